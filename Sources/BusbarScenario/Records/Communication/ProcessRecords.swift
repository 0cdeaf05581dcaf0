internal import BusbarGrid
internal import BusbarSimulation
internal import BusbarUnits

/// A chain of messages that happens at given times (H-30).
enum ProcessRecordDeclaration {
  static let id = Field.identifier("id", "The name of the process.")
  static let first = Field.interval(
    "first", default: 0, range: .time, "When it runs first, from the start of the run.")
  static let every = Field.interval(
    "every", range: .positiveTime, "The time from one run to the next; once by default."
  ).optional
  static let deadline = Field.interval(
    "deadline", range: .positiveTime, "The time that a run should take at most."
  ).optional

  static let declaration = RecordDeclaration(
    "process", "A chain of messages between parties, its steps in process_steps.", id, first,
    every, deadline)
}

/// One message of a process.
enum ProcessStepRecord {
  static let process = Field.reference("process", to: "processes", "The process.")
  static let step = Field.integer(
    "step", range: .closed(1...10_000), "The place of the message in the process, from 1.")
  static let message = Field.choice(
    "message", InformationExchange.allCases.map(\.rawValue), "What is sent.")
  static let from = Field.identifier("from", "The party that sends.")
  static let to = Field.identifier("to", "The party that receives.")
  static let size = Field.quantity(
    "size", .dataSize, default: 500, range: .closed(1...1e9), "The size of the message.")
  static let delay = Field.interval(
    "delay", default: 0, range: .time, "How long the sender needs before it sends.")
  static let line = Field.reference(
    "line", to: "lines", "The line that the receiver opens or closes."
  ).optional
  static let state = Field.choice(
    "state", SwitchState.allCases.map(\.rawValue), "What becomes of that line."
  ).optional
  static let meter = Field.identifier(
    "meter", "The meter that gets another cut-off power."
  ).optional
  static let cutOffPower = Field.quantity(
    "cut_off_power", .activePower, range: .nonNegative, "The cut-off power of that meter."
  ).optional
  static let retryAfter = Field.interval(
    "retry_after", range: .positiveTime,
    "How long the sender waits before it sends again; it sends once by default."
  ).optional
  static let attempts = Field.integer(
    "attempts", range: .closed(1...1_000_000),
    "How often it sends at most; without end by default."
  ).optional

  static let declaration = RecordDeclaration(
    "process step", "One message of a process, sent when the one before has done its work.",
    process, step, message, from, to, size, delay, line, state, meter, cutOffPower, retryAfter,
    attempts)
}
