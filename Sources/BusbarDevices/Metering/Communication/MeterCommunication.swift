public import BusbarEvents
internal import BusbarUnits

/// The communication side of a fleet of smart meters, as one state machine.
///
/// Each input appends what the meters want done to a buffer that the caller reuses. The load
/// profiles themselves are in a `MeterMemory`, the clocks in `MeterClocks`; both are handed in.
public struct MeterCommunication: Sendable {
  /// What does not change in a run.
  public let plan: MeterFleetPlan
  /// What a checkpoint holds.
  public internal(set) var state: State

  /// The part that changes in a run.
  public struct State: Sendable, Hashable, Codable {
    var supply: SupplyWatch
    var push: PeriodicPush?
    var realTime: RealTimePush?
    /// What the fleet has counted since the start.
    public internal(set) var counts = MeterCounts()
  }

  /// Makes a fleet at the start of a run; the seed is that of all random streams.
  public init(_ plan: MeterFleetPlan, seed: UInt64) {
    self.plan = plan
    state = State(
      supply: SupplyWatch(meters: plan.ids.count, recharge: plan.lastGaspRecharge),
      push: plan.push.map { PeriodicPush($0, ids: plan.ids, seed: seed) },
      realTime: plan.realTime.map(RealTimePush.init))
  }

  /// Makes a fleet that goes on where a state was saved.
  public init(_ plan: MeterFleetPlan, resuming state: State) {
    precondition(state.supply.meterCount == plan.ids.count, "A state belongs to its plan.")
    self.plan = plan
    self.state = state
  }

  /// Asks for the first wake-up call; once, at the start of a run.
  public mutating func start(at now: SimulationTime, into actions: inout [MeteringAction]) {
    armTimers(at: now, into: &actions)
  }

  /// Does what is due at a timer of the meters; other timers are none of theirs.
  public mutating func wake(
    _ timer: MeteringTimer, at now: SimulationTime, memory: MeterMemory, clocks: MeterClocks,
    into actions: inout [MeteringAction]
  ) {
    switch timer {
    case .meterPush: pushProfiles(at: now, memory: memory, into: &actions)
    case .overrun: repeatOverruns(at: now, clocks: clocks, into: &actions)
    case .injection: repeatInjections(at: now, clocks: clocks, into: &actions)
    default: preconditionFailure("Timer \(timer) does not belong to the meters.")
    }
    armTimers(at: now, into: &actions)
  }

  mutating func armTimers(at now: SimulationTime, into actions: inout [MeteringAction]) {
    if let time = state.push?.arm(at: now) { actions.append(.wake(.meterPush, at: time)) }
    if let time = state.realTime?.overrun.timetable.arm(at: now) {
      actions.append(.wake(.overrun, at: time))
    }
    if let time = state.realTime?.injection.timetable.arm(at: now) {
      actions.append(.wake(.injection, at: time))
    }
  }

  func send(
    _ payload: MeteringPayload, from meter: Index<SmartMeter>, to receiver: MeteringAddress,
    into actions: inout [MeteringAction]
  ) {
    actions.append(
      .send(payload, from: .meter(meter), to: receiver, bytes: plan.sizes.bytes(of: payload)))
  }

  private mutating func pushProfiles(
    at now: SimulationTime, memory: MeterMemory, into actions: inout [MeteringAction]
  ) {
    while let meter = state.push?.nextDue(at: now) {
      guard state.supply.isOn(meter) else {
        state.push?.skip(meter, at: now)
        continue
      }
      guard let rows = state.push?.push(meter, at: now, memory: memory) else { continue }
      sendPush(rows, of: Index(meter), into: &actions)
    }
  }

  mutating func sendPush(
    _ rows: RowRange, of meter: Index<SmartMeter>, into actions: inout [MeteringAction]
  ) {
    state.counts.pushes += 1
    send(
      .halfHourlyRecords(meter, rows, .push), from: meter,
      to: plan.collectors[meter.position], into: &actions)
  }
}

/// What a fleet of meters has counted since the start of the run.
public struct MeterCounts: Sendable, Hashable, Codable {
  /// Pushes of the load profile, repetitions included.
  public internal(set) var pushes = 0
  /// Requests that were answered with data.
  public internal(set) var answeredWithData = 0
  /// Requests that were rejected.
  public internal(set) var rejected = 0
  /// Requests for which there was no data.
  public internal(set) var answeredWithNoData = 0
  /// Messages that reached a meter without supply, which does not answer.
  public internal(set) var unheard = 0
}
