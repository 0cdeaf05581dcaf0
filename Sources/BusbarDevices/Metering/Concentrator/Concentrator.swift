public import BusbarEvents
internal import BusbarUnits

/// A data concentrator in a secondary substation: the distribution transformer controller (U-3).
///
/// It asks its meters in cycles or listens to their pushes, keeps what it gets, and hands it to
/// the head-end in batches, each kept until acknowledged (E-15). What it lacks it asks for again
/// in later cycles, so an outage leaves a backlog that later decays. Its clock is taken as true.
public struct Concentrator: Sendable {
  /// What does not change in a run.
  public let plan: ConcentratorPlan
  /// What a checkpoint holds.
  public internal(set) var state: State

  /// The part that changes in a run.
  public struct State: Sendable, Hashable, Codable {
    var cycle: PollCycle
    var uplink = Uplink()
    var supply = SupplyState.present
    var substationRows = 0
    var answerTimer: SimulationTime?
    var batchTimer: SimulationTime?
    /// What the concentrator has counted since the start.
    public internal(set) var counts = ConcentratorCounts()
  }

  /// Makes a concentrator at the start of a run.
  public init(_ plan: ConcentratorPlan) {
    self.plan = plan
    state = State(cycle: PollCycle(meters: plan.meters.count))
  }

  /// Makes a concentrator that goes on where a state was saved.
  public init(_ plan: ConcentratorPlan, resuming state: State) {
    precondition(
      state.cycle.windows.count == plan.meters.count, "A state belongs to its plan.")
    self.plan = plan
    self.state = state
  }

  /// The records of the batch that is on its way, for the head-end when it arrives.
  public var outbox: [RecordRun] { state.uplink.outbox }

  /// Asks for the first wake-up calls; once, at the start of a run.
  public mutating func start(into actions: inout [MeteringAction]) {
    if let poll = plan.poll {
      actions.append(.wake(.poll(plan.index), at: .start + poll.offset))
    }
    actions.append(.wake(.uplink(plan.index), at: .start + plan.uplink.offset))
  }

  /// Does what is due at one of its timers; others are none of its.
  public mutating func wake(
    _ timer: MeteringTimer, at now: SimulationTime, into actions: inout [MeteringAction]
  ) {
    switch timer {
    case .poll: beginCycle(at: now, into: &actions)
    case .answer: takeOverdue(at: now, into: &actions)
    case .uplink: beginBatch(at: now, into: &actions)
    case .batch: repeatBatch(at: now, into: &actions)
    default: preconditionFailure("Timer \(timer) does not belong to a concentrator.")
    }
  }

  /// Takes the loss or the return of its own supply; without it the concentrator is deaf and
  /// dumb, and keeps what it has collected.
  public mutating func supply(is supply: SupplyState) {
    if supply == .lost { state.cycle.restart() }
    state.supply = supply
  }

  /// Records that were recorded by its meters by now and are not acknowledged by the head-end.
  public func backlog(at now: SimulationTime) -> Int {
    let latest = latestRow(at: now)
    return state.cycle.windows.reduce(state.uplink.backlog) {
      $0 + $1.missing(through: latest)
    }
  }

  /// The meters that are being asked; at most the plan's capacity.
  public var askedCount: Int { state.cycle.askedCount }

  /// The latest row whose interval has ended, or -1.
  func latestRow(at now: SimulationTime) -> Int {
    Int(now.milliseconds / plan.rowInterval.milliseconds) - 1
  }

  func send(
    _ payload: MeteringPayload, to receiver: MeteringAddress,
    into actions: inout [MeteringAction]
  ) {
    actions.append(
      .send(
        payload, from: .concentrator(plan.index), to: receiver,
        bytes: plan.sizes.bytes(of: payload)))
  }
}

/// What a concentrator has counted since the start of the run.
public struct ConcentratorCounts: Sendable, Hashable, Codable {
  /// Poll cycles begun.
  public internal(set) var cycles = 0
  /// Requests sent, repetitions included.
  public internal(set) var requests = 0
  /// Answers that did not come in time.
  public internal(set) var timeouts = 0
  /// Meters given up for a cycle.
  public internal(set) var givenUp = 0
  /// Records that came more than once.
  public internal(set) var duplicates = 0
  /// Batches sent, repetitions included.
  public internal(set) var batches = 0
  /// Messages that came while it had no supply.
  public internal(set) var unheard = 0
}
