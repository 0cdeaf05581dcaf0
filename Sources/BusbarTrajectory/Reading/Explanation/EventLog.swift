internal import BusbarEvents
internal import BusbarHDF5
internal import BusbarSimulation

/// An event as it stands in a result file.
struct LoggedEvent {
  /// The row in the log.
  var row: Int
  /// The number of the event in the run.
  var number: Int64
  /// The number of the event that brought it about; `EventRecord.noCause` for the scenario.
  var cause: Int64
  /// The instant.
  var time: SimulationTime
  /// The word for what was done, such as `power_flow`.
  var kind: String
  /// The index of the entity concerned.
  var target: Int64
  /// The sender's own counter.
  var ordinal: Int64
  /// The number that sums up the outcome.
  var outcome: Int64
}

/// The events of a result file, found by their number and by their instant.
///
/// A log of an unfinished file may have columns of different lengths; the rows that all of them have
/// count.
final class EventLog {
  /// The number of events in the file.
  let count: Int
  /// The ids of the controls, by target.
  let controls: [String]
  /// The kinds of the fleets, by target.
  let fleets: [String]
  /// The planned operations of lines, by ordinal.
  let operations: [PlannedOperation]

  /// The processes of the communication, by their position.
  let processes: [String]
  /// The concentrators of the metering, by their position.
  let concentrators: [String]

  private let numbers: LogColumn
  private let causes: LogColumn
  private let times: LogColumn
  private let kinds: LogColumn
  private let targets: LogColumn
  private let ordinals: LogColumn
  private let outcomes: LogColumn
  private let kindWords: [Int64: String]

  /// Opens the log of a file; throws for a file that does not know the causes of its events.
  init(_ reader: TrajectoryReader) throws(TrajectoryError) {
    guard reader.has("events/event_cause"), reader.has("events/event_number") else {
      throw .cannotRead(
        path: reader.path,
        reason: "it does not say what caused its events. Run the scenario again with this version.")
    }
    func column(_ name: String) throws(TrajectoryError) -> LogColumn {
      try LogColumn("events/event_\(name)", in: reader)
    }
    numbers = try column("number")
    causes = try column("cause")
    times = try column("time")
    kinds = try column("kind")
    targets = try column("target")
    ordinals = try column("ordinal")
    outcomes = try column("outcome")
    count =
      [numbers, causes, times, kinds, targets, ordinals, outcomes].map(\.count).min() ?? 0
    kindWords = try kinds.flags()
    controls = try targets.lines(ofAttribute: "controls")
    fleets = try targets.lines(ofAttribute: "fleets")
    operations = try PlannedOperation.all(in: reader)
    processes = try reader.texts("processes/step_process").reduce(into: []) { names, name in
      if names.last != name { names.append(name) }
    }
    concentrators = try reader.texts("head_end/concentrator")
  }

  /// The event of a row.
  func event(inRow row: Int) throws(TrajectoryError) -> LoggedEvent {
    let code = try kinds.value(at: row)
    return LoggedEvent(
      row: row, number: try numbers.value(at: row), cause: try causes.value(at: row),
      time: SimulationTime(milliseconds: try times.value(at: row)),
      kind: kindWords[code] ?? "event of kind \(code)", target: try targets.value(at: row),
      ordinal: try ordinals.value(at: row), outcome: try outcomes.value(at: row))
  }

  /// The event of a number; nil for one that is not in the file.
  func event(numbered number: Int64) throws(TrajectoryError) -> LoggedEvent? {
    guard let row = try row(numbered: number) else { return nil }
    return try event(inRow: row)
  }

  private func row(numbered number: Int64) throws(TrajectoryError) -> Int? {
    guard count > 0, number >= 0 else { return nil }
    // Numbers follow each other without gaps, so that this is the row at the first try.
    let (row, overflows) = number.subtractingReportingOverflow(try numbers.value(at: 0))
    if !overflows, row >= 0, row < Int64(count), try numbers.value(at: Int(row)) == number {
      return Int(row)
    }
    let found = try numbers.firstRow(above: number - 1, of: count)
    guard found < count, try numbers.value(at: found) == number else { return nil }
    return found
  }

  /// Follows an event back over those of its kind and target that each brought the next one about.
  ///
  /// Returns the first of them and how many come before the event, of which at most `limit` are
  /// followed.
  func schedule(
    of event: LoggedEvent, following limit: Int
  ) throws(TrajectoryError) -> (first: LoggedEvent, count: Int) {
    let kind = try kinds.value(at: event.row)
    var first = event.row
    var count = 0
    while count < limit, let earlier = try row(numbered: causes.value(at: first)),
      try kinds.value(at: earlier) == kind, try targets.value(at: earlier) == event.target
    {
      first = earlier
      count += 1
    }
    return (try self.event(inRow: first), count)
  }

  /// Whether an event happened before the first one in the file, as in a warm-up.
  func isBeforeRecording(_ number: Int64) throws(TrajectoryError) -> Bool {
    guard count > 0 else { return false }
    let first = try numbers.value(at: 0)
    return number >= 0 && number < first
  }

  /// The first row that lies behind an instant; the number of rows when none does.
  func firstRow(after instant: SimulationTime) throws(TrajectoryError) -> Int {
    try times.firstRow(above: instant.milliseconds, of: count)
  }

  /// The first row at an instant or behind it.
  func firstRow(at instant: SimulationTime) throws(TrajectoryError) -> Int {
    try times.firstRow(above: instant.milliseconds - 1, of: count)
  }

  /// The last event before a row that is of a kind and passes a test; nil when there is none.
  ///
  /// Reads back piece by piece, in the worst case to the beginning of the log.
  func last(
    _ kind: String, before row: Int,
    where matches: (LoggedEvent) throws(TrajectoryError) -> Bool = { (_) in true }
  ) throws(TrajectoryError) -> LoggedEvent? {
    guard let code = kindWords.first(where: { $0.value == kind })?.key else { return nil }
    for row in (0..<row).reversed() {
      guard try kinds.value(at: row) == code else { continue }
      let event = try event(inRow: row)
      if try matches(event) { return event }
    }
    return nil
  }

  /// The event that carried out a planned operation; nil when it is not in the file.
  func event(ofOperation ordinal: Int) throws(TrajectoryError) -> LoggedEvent? {
    let time = operations[ordinal].time
    for row in try firstRow(at: time)..<firstRow(after: time) {
      let event = try event(inRow: row)
      if event.kind == EventKindWord.lineOperation, event.ordinal == Int64(ordinal) { return event }
    }
    return nil
  }

  /// The last event in the file; nil for an empty log.
  func lastEvent() throws(TrajectoryError) -> LoggedEvent? {
    count == 0 ? nil : try event(inRow: count - 1)
  }
}

/// The words that result files use for the kinds of events.
enum EventKindWord {
  static let deviceChange = "device_change"
  static let meterReading = "meter_reading"
  static let powerFlow = "power_flow"
  static let controlAction = "control_action"
  static let lineOperation = "line_operation"
  static let messageDelivery = "message_delivery"
  static let messageFetch = "message_fetch"
  static let messageConfirmation = "message_confirmation"
  static let meteringTimer = "metering_timer"
  static let processStart = "process_start"
  static let processStep = "process_step"
  static let processCommand = "process_command"
}
