import BusbarDevices
import BusbarEvents
import BusbarMessaging
import BusbarOperator
import BusbarUnits

/// How a test's metering system is built: meters polled by concentrators, and a head-end.
struct MeteringSystemSettings {
  var meters = 200
  var metersPerConcentrator = 50
  var loss = 0.0
  var latency = Distribution.constant(400)
  var attempts: Int? = 4
  var pollCapacity = 4
  var check: CheckSchedule?
  var push: PushSchedule?
  var isPolled = true
  var seed: UInt64 = 5
}

/// A whole metering system on a queue of events: the parties, and the links between them.
///
/// Rows of half an hour are taken at their true ends; messages go hop by hop over links that
/// delay and lose them. Values of a row are its number, so that belief can be told from truth.
struct MeteringSystem {
  private enum Event: Sendable {
    case takeRow
    case wake(MeteringTimer)
    case arrive(MeteringPayload, from: MeteringAddress, to: MeteringAddress, hop: Int)
  }

  let settings: MeteringSystemSettings
  var fleet: MeterCommunication
  var memory: MeterMemory
  var clocks: MeterClocks
  var concentrators: [Concentrator]
  var headEnd: HeadEnd
  private(set) var eventCount = 0
  /// Called before each event; sees the concentrators.
  var mostAsked = 0
  private let network: CommunicationPlan
  private var links: LinkStates
  /// For each meter, the link from its concentrator and to it; then those of the uplinks.
  private let meterLinks: [(down: Index<Link>, up: Index<Link>)]
  private let uplinks: [(down: Index<Link>, up: Index<Link>)]
  private var queue = EventQueue<Event>()
  private var ordinal = 0
  private var actions: [MeteringAction] = []
  private let readings: [MeterReading?]
  private let interrupted: [Bool]
  private var lastAcknowledged: SimulationTime?

  init(_ settings: MeteringSystemSettings) throws {
    self.settings = settings
    let ids = (0..<settings.meters).map { "meter-\($0)" }
    let stations = (settings.meters - 1) / settings.metersPerConcentrator + 1
    var plan = MeterFleetPlan(
      ids: ids,
      collectors: ids.indices.map { .concentrator(Index($0 / settings.metersPerConcentrator)) })
    plan.push = settings.push
    fleet = MeterCommunication(plan, seed: settings.seed)
    memory = MeterMemory(meterCount: settings.meters, interval: .minutes(30))
    clocks = MeterClocks(ids: ids, quality: .exact, seed: settings.seed)
    concentrators = (0..<stations).map { Self.concentrator($0, settings) }
    var operatorPlan = HeadEndPlan(meterCount: settings.meters, rowInterval: .minutes(30))
    operatorPlan.check = settings.check
    headEnd = HeadEnd(operatorPlan)
    network = try CommunicationPlan(compiling: Self.communication(ids, stations, settings))
    links = LinkStates(of: network, seed: settings.seed)
    let network = network
    func pair(_ one: String, _ other: String) throws -> (down: Index<Link>, up: Index<Link>) {
      guard let down = network.link("\(one)>\(other)"), let up = network.link("\(other)>\(one)")
      else { preconditionFailure("Each pair of neighbours has two links.") }
      return (down, up)
    }
    meterLinks = try ids.indices.map {
      try pair("station-\($0 / settings.metersPerConcentrator)", ids[$0])
    }
    uplinks = try (0..<stations).map { try pair("head-end", "station-\($0)") }
    readings = Array(
      repeating: MeterReading(
        importedActiveWatts: 500, exportedActiveWatts: 0, importedReactiveVars: 0,
        exportedReactiveVars: 0, volts: (230, 0, 0)), count: settings.meters)
    interrupted = Array(repeating: false, count: settings.meters)
    start()
  }

  private static func concentrator(
    _ station: Int, _ settings: MeteringSystemSettings
  ) -> Concentrator {
    let first = station * settings.metersPerConcentrator
    let end = min(first + settings.metersPerConcentrator, settings.meters)
    return Concentrator(
      ConcentratorPlan(
        index: Index(station), meters: (first..<end).map { Index($0) },
        rowInterval: .minutes(30),
        poll: settings.isPolled
          ? PollSchedule(
            period: .minutes(30), offset: .seconds(1_860), capacity: settings.pollCapacity,
            retry: RetryPolicy(firstWait: .seconds(5), attemptLimit: settings.attempts))
          : nil,
        uplink: UplinkSchedule(
          period: .minutes(30), offset: .seconds(2_700),
          retry: RetryPolicy(firstWait: .seconds(20)))))
  }

  private static func communication(
    _ ids: [String], _ stations: Int, _ settings: MeteringSystemSettings
  ) -> Communication {
    var result = Communication()
    var hop = LinkClass(name: "hop", latency: settings.latency, source: "made up for this test")
    hop.loss = settings.loss
    result.linkClasses = [hop]
    result.parties =
      ids.map { Party(id: $0) } + (0..<stations).map { Party(id: "station-\($0)") }
      + [Party(id: "head-end")]
    func link(_ one: String, _ other: String) {
      for (from, to) in [(one, other), (other, one)] {
        result.links.append(
          LinkDeclaration(id: "\(from)>\(to)", from: from, to: to, linkClass: "hop"))
      }
    }
    for position in ids.indices {
      link("station-\(position / settings.metersPerConcentrator)", ids[position])
    }
    for station in 0..<stations { link("head-end", "station-\(station)") }
    return result
  }

  private mutating func start() {
    schedule(.takeRow, at: .start + .minutes(30), .observation)
    fleet.start(at: .start, into: &actions)
    for station in concentrators.indices { concentrators[station].start(into: &actions) }
    headEnd.start(into: &actions)
    carryOut(at: .start)
  }

  /// Runs all events up to an instant.
  mutating func run(through end: SimulationTime) {
    while let key = queue.nextKey, key.time <= end, let (key, event) = queue.next() {
      eventCount += 1
      handle(event, at: key.time)
      carryOut(at: key.time)
    }
  }

  private mutating func handle(_ event: Event, at now: SimulationTime) {
    switch event {
    case .takeRow: takeRow(at: now)
    case .wake(let timer): wake(timer, at: now)
    case .arrive(let payload, let sender, let receiver, let hop):
      if let next = route(from: sender, to: receiver, hop: hop) {
        transmit(payload, from: sender, to: receiver, over: next, hop: hop, at: now)
      } else {
        receive(payload, from: sender, to: receiver, at: now)
      }
    }
  }

  private mutating func takeRow(at now: SimulationTime) {
    memory.append(
      MeterRow(
        number: memory.nextRow, end: now, readings: readings, clocks: clocks,
        interrupted: interrupted))
    fleet.beginRow()
    schedule(.takeRow, at: now + .minutes(30), .observation)
  }

  private mutating func wake(_ timer: MeteringTimer, at now: SimulationTime) {
    switch timer {
    case .meterPush, .overrun, .injection:
      fleet.wake(timer, at: now, memory: memory, clocks: clocks, into: &actions)
    case .poll(let station), .answer(let station), .uplink(let station), .batch(let station):
      concentrators[station.position].wake(timer, at: now, into: &actions)
      mostAsked = max(mostAsked, concentrators[station.position].askedCount)
    case .check, .synchronise: headEnd.wake(timer, at: now, memory: memory, into: &actions)
    }
  }

  private mutating func receive(
    _ payload: MeteringPayload, from sender: MeteringAddress, to receiver: MeteringAddress,
    at now: SimulationTime
  ) {
    switch receiver {
    case .meter:
      fleet.receive(
        payload, from: sender, at: now, memory: memory, clocks: &clocks, into: &actions)
    case .concentrator(let station):
      concentrators[station.position].receive(payload, from: sender, at: now, into: &actions)
      mostAsked = max(mostAsked, concentrators[station.position].askedCount)
    case .headEnd:
      var batch: [RecordRun] = []
      if case .batch(let station, _, _) = payload {
        batch = concentrators[station.position].outbox
      }
      headEnd.receive(
        payload, from: sender, batch: batch, at: now, memory: memory, into: &actions)
    case .localInterface: break
    }
  }

  private mutating func carryOut(at now: SimulationTime) {
    for action in actions {
      switch action {
      case .wake(let timer, let time): schedule(.wake(timer), at: time, .decision)
      case .send(let payload, let sender, let receiver, _):
        guard let link = route(from: sender, to: receiver, hop: 0) else { continue }
        transmit(payload, from: sender, to: receiver, over: link, hop: 0, at: now)
      case .store, .announce: break
      }
    }
    actions.removeAll(keepingCapacity: true)
  }

  private mutating func transmit(
    _ payload: MeteringPayload, from sender: MeteringAddress, to receiver: MeteringAddress,
    over link: Index<Link>, hop: Int, at now: SimulationTime
  ) {
    let fate = links.transmit(over: link, bytes: 0, at: now, in: network)
    guard let arrival = fate.arrival else { return }
    schedule(.arrive(payload, from: sender, to: receiver, hop: hop + 1), at: arrival, .delivery)
  }

  /// The link of a hop of a message's way, or nil when it has arrived.
  private func route(
    from sender: MeteringAddress, to receiver: MeteringAddress, hop: Int
  ) -> Index<Link>? {
    switch (sender, receiver) {
    case (.meter(let meter), .concentrator):
      hop == 0 ? meterLinks[meter.position].up : nil
    case (.concentrator, .meter(let meter)):
      hop == 0 ? meterLinks[meter.position].down : nil
    case (.concentrator(let station), .headEnd):
      hop == 0 ? uplinks[station.position].up : nil
    case (.headEnd, .concentrator(let station)):
      hop == 0 ? uplinks[station.position].down : nil
    case (.headEnd, .meter(let meter)):
      [uplinks[station(of: meter)].down, meterLinks[meter.position].down][safe: hop]
    case (.meter(let meter), .headEnd):
      [meterLinks[meter.position].up, uplinks[station(of: meter)].up][safe: hop]
    default: preconditionFailure("There is no way from \(sender) to \(receiver).")
    }
  }

  private func station(of meter: Index<SmartMeter>) -> Int {
    meter.position / settings.metersPerConcentrator
  }

  private mutating func schedule(_ event: Event, at time: SimulationTime, _ phase: EventPhase) {
    queue.schedule(event, at: EventKey(time: time, phase: phase, target: 0, ordinal: ordinal))
    ordinal += 1
  }
}

extension Array {
  fileprivate subscript(safe position: Int) -> Element? {
    indices.contains(position) ? self[position] : nil
  }
}
