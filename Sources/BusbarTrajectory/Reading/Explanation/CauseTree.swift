internal import BusbarEvents
internal import BusbarSimulation

/// Follows events back to what brought them about, each event at most once.
struct CauseTree {
  private let log: EventLog
  private let words: EventWords
  private let clock: ResultClock
  private let longestSchedule: Int
  /// The events that are told already.
  private var told: Set<Int64> = []

  /// Causes below each other that are told; controls that hunt have chains without an end.
  private static let deepest = 64

  /// Messages that brought each other about are told one by one up to here, as in a poll of meters.
  private static let deepestMessage = 6

  /// Makes a tree that follows no more than some events of one schedule.
  init(_ words: EventWords, longestSchedule: Int) {
    self.words = words
    self.longestSchedule = longestSchedule
    log = words.log
    clock = words.clock
  }

  /// Whether an event is told already.
  func tells(_ event: LoggedEvent) -> Bool { told.contains(event.number) }

  /// What happened in an event, with its causes.
  mutating func cause(
    _ event: LoggedEvent, depth: Int = 0
  ) throws(TrajectoryError) -> Explanation.Cause {
    var cause = Explanation.Cause(
      text: try words.text(event), event: event.number, instant: event.time)
    guard told.insert(event.number).inserted else {
      cause.text += ", as told above"
      return cause
    }
    guard depth < Self.deepest else {
      cause.causes = [Explanation.Cause(text: "of earlier events, which are not followed further")]
      return cause
    }
    switch event.kind {
    case EventKindWord.messageDelivery where depth >= Self.deepestMessage:
      cause.causes = [try exchange(before: event, depth: depth + 1)]
    case EventKindWord.powerFlow: cause.causes = try causes(ofFlow: event, depth: depth + 1)
    case EventKindWord.controlAction, EventKindWord.messageDelivery, EventKindWord.messageFetch,
      EventKindWord.messageConfirmation, EventKindWord.processStep, EventKindWord.processCommand:
      cause.causes = [try self.cause(numbered: event.cause, depth: depth + 1)]
    default: cause.causes = [try schedule(of: event, depth: depth + 1)]
    }
    return cause
  }

  /// The cause of a number: an event, the scenario, or what the file does not hold.
  mutating func cause(
    numbered number: Int64, depth: Int = 0
  ) throws(TrajectoryError) -> Explanation.Cause {
    if number == Int64(EventRecord.noCause) {
      return Explanation.Cause(text: "the scenario says so")
    }
    if let event = try log.event(numbered: number) { return try cause(event, depth: depth) }
    return Explanation.Cause(
      text: try log.isBeforeRecording(number)
        ? "of an event before the recording began" : "of an event that is not in the file",
      event: number)
  }

  // MARK: Power flows

  /// What had changed when a power flow was made: all of its instant, and what asked for it.
  private mutating func causes(
    ofFlow flow: LoggedEvent, depth: Int
  ) throws(TrajectoryError) -> [Explanation.Cause] {
    var causes: [Explanation.Cause] = []
    // Backwards, so that what an earlier power flow of the instant followed from is told there.
    for row in (try log.firstRow(at: flow.time)..<flow.row).reversed() {
      let event = try log.event(inRow: row)
      guard event.number == flow.cause || event.changesDemandOrNetwork, !tells(event) else {
        continue
      }
      causes.append(try cause(event, depth: depth))
    }
    if causes.isEmpty || !told.contains(flow.cause) {
      causes.append(try cause(numbered: flow.cause, depth: depth))
    }
    return causes.reversed()
  }

  // MARK: Messages

  /// Collapses a long chain of messages that were each sent because of the one before.
  private mutating func exchange(
    before event: LoggedEvent, depth: Int
  ) throws(TrajectoryError) -> Explanation.Cause {
    var first = event
    var count = 0
    while count < longestSchedule, let earlier = try log.event(numbered: first.cause),
      earlier.kind == EventKindWord.messageDelivery, !tells(earlier)
    {
      first = earlier
      count += 1
    }
    guard count > 1 else { return try cause(numbered: event.cause, depth: depth) }
    return Explanation.Cause(
      text: "\(count) messages before it, each sent because of the one before, the first at "
        + clock.text(first.time), causes: [try cause(numbered: first.cause, depth: depth + 1)])
  }

  // MARK: Schedules

  /// Collapses a chain of events that each brought the next one of their kind about.
  private mutating func schedule(
    of event: LoggedEvent, depth: Int
  ) throws(TrajectoryError) -> Explanation.Cause {
    let (first, count) = try log.schedule(of: event, following: longestSchedule)
    guard count > 0 else { return try cause(numbered: event.cause, depth: depth) }
    var cause = Explanation.Cause(
      text: "its own schedule came to it, as \(count) time\(count == 1 ? "" : "s") before since "
        + clock.text(first.time))
    cause.causes = [
      count < longestSchedule
        ? try self.cause(numbered: first.cause, depth: depth + 1)
        : Explanation.Cause(text: "of earlier events of that schedule, which are not followed")
    ]
    return cause
  }
}

extension LoggedEvent {
  /// Whether the event asks for a power flow: its outcome says that something electrical changed.
  fileprivate var changesDemandOrNetwork: Bool {
    switch kind {
    case EventKindWord.deviceChange, EventKindWord.lineOperation, EventKindWord.processCommand:
      outcome != 0
    case EventKindWord.controlAction: true
    default: false
    }
  }
}
