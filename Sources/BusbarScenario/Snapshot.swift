/// What a single power flow of a scenario shows when no time is asked for.
public enum Snapshot: String, Sendable, CaseIterable {
  /// The first instant of the run.
  case start
  /// All devices at their nominal power, without profiles.
  case nominal
}
