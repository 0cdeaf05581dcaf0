internal import BusbarUnits

/// The keys at the top of `scenario.yaml` that hold one value each.
enum GeneralRecord {
  /// The version of the scenario format that this program reads.
  static let formatVersion = 1

  static let version = Field.integer(
    "busbar", range: .closed(1...1), "The version of the scenario format: 1.")
  static let title = Field.text("title", "What the scenario shows, in a few words.")
  static let start = Field.text(
    "start",
    "When the run begins, such as 2025-01-15T00:00:00; with an offset such as +01:00, or local to "
      + "time_zone.")
  static let timeZone = Field.text(
    "time_zone", "The IANA name of the time zone, such as Europe/London."
  ).optional
  static let duration = Field.interval(
    "duration", range: .positiveTime,
    "The recorded length of the run.")
  static let warmUp = Field.interval(
    "warm_up", default: 0, range: .time,
    "The simulated time from the start in which nothing is recorded; the run takes this and its "
      + "duration.")
  static let seed = Field.integer(
    "seed", default: 0, range: .nonNegative, "The seed of all random draws.")

  static let declaration = RecordDeclaration(
    "scenario", "A run of Busbar: a network, its customers, and what is recorded.",
    version, title, start, timeZone, warmUp, duration, seed)
}

/// An instant at which the state of the run is kept in a file of its own.
enum CheckpointRecord {
  static let id = Field.identifier(
    "id", "The name of the checkpoint, which becomes a part of its file's name.")
  static let at = Field.interval(
    "at", range: .time, "The time since the start, the warm-up included.")

  static let declaration = RecordDeclaration(
    "checkpoint", "An instant whose state is kept in a file of its own.", id, at)
}
