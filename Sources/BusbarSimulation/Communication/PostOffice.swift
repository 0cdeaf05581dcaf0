internal import BusbarDevices
internal import BusbarEvents
internal import BusbarMessaging
internal import BusbarUnits

/// All that communicates in a run: the links, what is on its way, the metering and the processes.
struct PostOffice: Sendable {
  var links: LinkStates
  var metering: MeteringSystem?
  var processes: ProcessBoard
  var transit = Transit()
  /// The number of transmissions so far.
  var transmissionCount = 0
  /// How many deliveries each link has had, and how often each timer was set.
  private var deliveries: [Int]
  private var timers: [Int] = []
  var records = CommunicationRecords()

  /// What a checkpoint keeps.
  struct State: Codable {
    var links: LinkStates
    var metering: MeteringSystem.State?
    var processes: ProcessBoard
    var transit: Transit
    var transmissionCount: Int
    var deliveries: [Int]
    var timers: [Int]
  }

  init(_ setup: CommunicationSetup, interval: Interval, seed: UInt64) {
    links = LinkStates(of: setup.network, seed: seed)
    metering = setup.metering.map { MeteringSystem($0, interval: interval, seed: seed) }
    processes = ProcessBoard(count: setup.processes.count)
    deliveries = Array(repeating: 0, count: setup.network.links.count)
  }

  init(_ setup: CommunicationSetup, resuming state: State) {
    links = state.links
    metering = setup.metering.flatMap { metering in
      state.metering.map { MeteringSystem(metering, resuming: $0) }
    }
    processes = state.processes
    transit = state.transit
    transmissionCount = state.transmissionCount
    deliveries = state.deliveries
    timers = state.timers
  }

  var state: State {
    State(
      links: links, metering: metering?.state, processes: processes, transit: transit,
      transmissionCount: transmissionCount, deliveries: deliveries, timers: timers)
  }

  /// The number of the next delivery over a link; the link is the sender in the event's order.
  mutating func nextDelivery(over link: Index<Link>) -> Int {
    defer { deliveries[link.position] += 1 }
    return deliveries[link.position]
  }

  /// The number of the next time that a timer is set.
  mutating func nextSetting(of timer: MeteringTimer) -> Int {
    let place = timer.place
    while timers.count <= place { timers.append(0) }
    defer { timers[place] += 1 }
    return timers[place]
  }
}

/// Messages on their way, in places that are used again.
struct Transit: Sendable, Codable {
  /// A message with the number of its transmission.
  struct Item: Sendable, Codable {
    var message: Message<MessageContent>
    var number: Int
  }

  private var items: [Item?] = []
  private var free: [Int] = []

  /// Takes a message up and returns its place.
  mutating func add(_ item: Item) -> Int {
    guard let place = free.popLast() else {
      items.append(item)
      return items.count - 1
    }
    items[place] = item
    return place
  }

  /// Hands a message over and frees its place.
  mutating func take(_ place: Int) -> Item {
    guard let item = items[place] else {
      preconditionFailure("A message on its way is delivered once.")
    }
    items[place] = nil
    free.append(place)
    return item
  }

  /// A message that stays on its way.
  func peek(_ place: Int) -> Item? { items.indices.contains(place) ? items[place] : nil }
}

extension MeteringTimer {
  /// The place of the timer among all timers.
  var place: Int {
    switch self {
    case .meterPush: 0
    case .overrun: 1
    case .injection: 2
    case .check: 3
    case .synchronise: 4
    case .poll(let concentrator): 5 + 4 * concentrator.position
    case .answer(let concentrator): 6 + 4 * concentrator.position
    case .uplink(let concentrator): 7 + 4 * concentrator.position
    case .batch(let concentrator): 8 + 4 * concentrator.position
    }
  }
}

extension MeteringPayload {
  /// The words used in files, in the order of `code` (requirements 1.8).
  static let kinds = [
    "half_hourly_record", "batch", "read_request", "read_reject", "no_data", "configure_meter",
    "time_sync", "last_gasp", "supply_return", "acknowledge_records", "acknowledge_batch", "pcoup",
    "stge", "sinsti", "ask", "answer",
  ]

  /// The position of the payload's kind in `kinds`.
  var code: Int {
    switch self {
    case .halfHourlyRecords: 0
    case .batch: 1
    case .readRequest: 2
    case .readReject: 3
    case .noData: 4
    case .configureMeter: 5
    case .timeSync: 6
    case .lastGasp: 7
    case .supplyReturn: 8
    case .acknowledgeRecords: 9
    case .acknowledgeBatch: 10
    case .pcoup: 11
    case .stge: 12
    case .sinsti: 13
    case .ask: 14
    case .answer: 15
    }
  }
}
