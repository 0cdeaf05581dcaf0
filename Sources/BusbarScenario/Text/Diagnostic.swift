/// One fault of the user's input: what is wrong, where, and how to mend it.
public struct Diagnostic: Sendable, Hashable, CustomStringConvertible {
  /// How grave a fault is.
  public enum Severity: String, Sendable, Hashable {
    case error
    case warning
  }

  /// Whether the input can be used all the same.
  public let severity: Severity
  /// Where the fault was written.
  public let location: SourceLocation
  /// What is wrong, in the user's words.
  public let problem: String
  /// How to mend it.
  public let remedy: String

  /// Creates a diagnostic; both texts are phrases without a final full stop.
  public init(
    _ severity: Severity, at location: SourceLocation, _ problem: String, remedy: String
  ) {
    self.severity = severity
    self.location = location
    self.problem = problem
    self.remedy = remedy
  }

  /// The sentences that the user reads, on two lines.
  public var description: String {
    "\(location): \(severity.rawValue): \(problem)\n  remedy: \(remedy)"
  }
}
