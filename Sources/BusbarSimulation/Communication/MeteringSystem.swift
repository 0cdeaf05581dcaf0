internal import BusbarDevices
internal import BusbarEvents
internal import BusbarOperator
internal import BusbarUnits

/// The meters with their memory and clocks, the concentrators and the head-end of a run.
///
/// Each input leaves in `actions` what is to be done, which the simulation does and then clears.
struct MeteringSystem: Sendable {
  private(set) var meters: MeterCommunication
  private(set) var concentrators: [Concentrator]
  private(set) var headEnd: HeadEnd
  private(set) var memory: MeterMemory
  private(set) var clocks: MeterClocks
  var actions: [MeteringAction] = []

  /// What a checkpoint keeps; the rows of the memory come apart.
  struct State: Codable {
    var meters: MeterCommunication.State
    var concentrators: [Concentrator.State]
    var headEnd: HeadEnd.State
    var memory: MeterMemory
    var clocks: MeterClocks
  }

  init(_ setup: MeteringSetup, interval: Interval, seed: UInt64) {
    meters = MeterCommunication(setup.meters, seed: seed)
    concentrators = setup.concentrators.map { Concentrator($0) }
    headEnd = HeadEnd(setup.headEnd)
    memory = MeterMemory(meterCount: setup.meters.ids.count, interval: interval)
    clocks = MeterClocks(ids: setup.meters.ids, quality: setup.clocks, seed: seed)
  }

  init(_ setup: MeteringSetup, resuming state: State) {
    meters = MeterCommunication(setup.meters, resuming: state.meters)
    concentrators = zip(setup.concentrators, state.concentrators).map {
      Concentrator($0, resuming: $1)
    }
    headEnd = HeadEnd(setup.headEnd, resuming: state.headEnd)
    memory = state.memory
    clocks = state.clocks
  }

  var state: State {
    State(
      meters: meters.state, concentrators: concentrators.map(\.state), headEnd: headEnd.state,
      memory: memory, clocks: clocks)
  }

  mutating func start() {
    meters.start(at: .start, into: &actions)
    for position in concentrators.indices { concentrators[position].start(into: &actions) }
    headEnd.start(into: &actions)
  }

  /// Writes the readings of an interval that has ended into the meters' memory.
  mutating func record(_ readings: [MeterReading?], at now: SimulationTime) {
    memory.append(
      MeterRow(
        number: memory.nextRow, end: now, readings: readings, clocks: clocks,
        interrupted: meters.interrupted))
    meters.beginRow()
  }

  mutating func restore(_ rows: [MeterRow]) { memory.restore(rows) }

  mutating func receive(
    _ payload: MeteringPayload, at address: MeteringAddress, from sender: MeteringAddress,
    factor: Double, now: SimulationTime
  ) {
    switch address {
    case .meter:
      meters.receive(
        payload, from: sender, at: now, memory: memory, clocks: &clocks, into: &actions)
    case .concentrator(let concentrator):
      concentrators[concentrator.position].receive(
        payload, from: sender, at: now, into: &actions)
    case .headEnd:
      headEnd.receive(
        payload, from: sender, batch: outbox(of: payload), factor: factor, at: now,
        memory: memory, into: &actions)
    case .localInterface: break
    }
  }

  private func outbox(of payload: MeteringPayload) -> [RecordRun] {
    guard case .batch(let concentrator, _, _) = payload else { return [] }
    return concentrators[concentrator.position].outbox
  }

  mutating func wake(_ timer: MeteringTimer, at now: SimulationTime) {
    switch timer {
    case .meterPush, .overrun, .injection:
      meters.wake(timer, at: now, memory: memory, clocks: clocks, into: &actions)
    case .poll(let concentrator), .answer(let concentrator), .uplink(let concentrator),
      .batch(let concentrator):
      concentrators[concentrator.position].wake(timer, at: now, into: &actions)
    case .check, .synchronise: headEnd.wake(timer, at: now, memory: memory, into: &actions)
    }
  }

  /// Whether any meter reports its power as it happens.
  var reportsPower: Bool { meters.plan.realTime != nil }

  mutating func observe(_ activeWatts: [Double], at now: SimulationTime) {
    meters.observe(activeWatts: activeWatts, at: now, clocks: clocks, into: &actions)
  }

  mutating func supply(
    ofMeter meter: Int, is supply: SupplyState, at now: SimulationTime
  ) {
    meters.supply(of: Index(meter), is: supply, at: now, clocks: clocks, into: &actions)
  }

  mutating func supply(ofConcentrator concentrator: Int, is supply: SupplyState) {
    concentrators[concentrator].supply(is: supply)
  }

  /// Gives a meter another cut-off power, as its own settings would.
  mutating func setCutOff(of meter: Index<SmartMeter>, watts: Double, at now: SimulationTime) {
    meters.receive(
      .configureMeter(meter, .cutOffPower(watts: Float(watts))), from: .headEnd, at: now,
      memory: memory, clocks: &clocks, into: &actions)
  }
}
