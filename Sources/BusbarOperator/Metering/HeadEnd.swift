public import BusbarDevices
public import BusbarEvents
internal import BusbarUnits

/// The system operator's head-end: it stores what arrives from meters, and nothing else (U-4).
///
/// Its content is the operator's *belief*. The values are looked up in the meters' memory, but
/// only for records whose message has arrived; the truth of all others is not to be had here.
public struct HeadEnd: Sendable {
  /// What does not change in a run.
  public let plan: HeadEndPlan
  /// What a checkpoint holds.
  public internal(set) var state: State

  /// The part that changes in a run.
  public struct State: Sendable, Hashable, Codable {
    var book: ArrivalBook
    var alterations = AlterationList()
    /// The last batch of each concentrator, by position; zero before the first.
    var batches: [Int32] = []
    /// The meter with which the next check begins.
    var nextAsked = 0
    /// What the head-end has counted since the start.
    public internal(set) var counts = HeadEndCounts()
  }

  /// Makes an empty head-end.
  public init(_ plan: HeadEndPlan) {
    self.plan = plan
    state = State(book: ArrivalBook(plan))
  }

  /// Makes a head-end that goes on where a state was saved.
  public init(_ plan: HeadEndPlan, resuming state: State) {
    precondition(state.book.meterCount == plan.meterCount, "A state belongs to its plan.")
    self.plan = plan
    self.state = state
  }

  /// Asks for the first wake-up calls; once, at the start of a run.
  public mutating func start(into actions: inout [MeteringAction]) {
    if let check = plan.check { actions.append(.wake(.check, at: .start + check.offset)) }
    if let synchronisation = plan.synchronisation {
      actions.append(.wake(.synchronise, at: .start + synchronisation.offset))
    }
  }

  /// Does what is due at one of its timers; others are none of its.
  public mutating func wake(
    _ timer: MeteringTimer, at now: SimulationTime, memory: MeterMemory,
    into actions: inout [MeteringAction]
  ) {
    switch timer {
    case .check: check(at: now, memory: memory, into: &actions)
    case .synchronise: synchronise(at: now, into: &actions)
    default: preconditionFailure("Timer \(timer) does not belong to the head-end.")
    }
  }

  func send(
    _ payload: MeteringPayload, to receiver: MeteringAddress,
    into actions: inout [MeteringAction]
  ) {
    actions.append(
      .send(payload, from: .headEnd, to: receiver, bytes: plan.sizes.bytes(of: payload)))
  }
}

/// What the head-end has counted since the start of the run.
public struct HeadEndCounts: Sendable, Hashable, Codable {
  /// Records that arrived for the first time.
  public internal(set) var arrived = 0
  /// Records that had arrived before, or that no meter remembers any more.
  public internal(set) var duplicates = 0
  /// Records of which it learned that the meter registered nothing.
  public internal(set) var absent = 0
  /// Records that arrived late.
  public internal(set) var late = 0
  /// Questions for missing records.
  public internal(set) var requests = 0
  /// Requests that meters rejected.
  public internal(set) var rejected = 0
}
