/// Where a text was written, as the user would name the place.
public struct SourceLocation: Sendable, Hashable {
  /// The path relative to the scenario folder, or the whole argument of an override.
  public let file: String
  /// Where in the file.
  public let place: Place

  /// What inside the file is meant.
  public enum Place: Sendable, Hashable {
    /// The file as a whole.
    case whole
    /// A character, with line and column counted from 1 and columns in Unicode scalars.
    case position(line: Int, column: Int)
    /// An argument of the command line.
    case argument
  }

  /// Names a whole file.
  public init(file: String) {
    self.file = file
    place = .whole
  }

  /// Names a character of a file.
  public init(file: String, line: Int, column: Int) {
    self.file = file
    place = .position(line: line, column: column)
  }

  /// Names an argument of the command line, such as `--set pv.share=0.6`.
  public init(argument: String) {
    file = argument
    place = .argument
  }

  /// The line, counted from 1.
  public var line: Int? {
    if case .position(let line, _) = place { line } else { nil }
  }

  /// The column in Unicode scalars, counted from 1.
  public var column: Int? {
    if case .position(_, let column) = place { column } else { nil }
  }
}

extension SourceLocation: Comparable, CustomStringConvertible {
  /// Orders by file, then by line and column; a whole file comes first.
  public static func < (a: SourceLocation, b: SourceLocation) -> Bool {
    (a.file, a.line ?? 0, a.column ?? 0) < (b.file, b.line ?? 0, b.column ?? 0)
  }

  /// The file, and the line and column if they are known.
  public var description: String {
    if case .position(let line, let column) = place { "\(file):\(line):\(column)" } else { file }
  }
}
