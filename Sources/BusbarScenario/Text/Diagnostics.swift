/// The faults found so far, of which only the first ones of each file are kept.
public struct Diagnostics: Sendable {
  /// How many diagnostics of one file are kept unless stated otherwise.
  public static let usualLimitPerFile = 200

  private let limitPerFile: Int
  private var kept: [Diagnostic] = []
  private var countByFile: [String: Int] = [:]
  private var filesWithOmittedErrors: Set<String> = []
  private var errorCount = 0

  /// Creates an empty collection.
  public init(limitPerFile: Int = usualLimitPerFile) {
    self.limitPerFile = limitPerFile
  }

  /// Whether any error was appended, kept or not.
  public var hasErrors: Bool { errorCount > 0 }

  /// How many diagnostics were appended, kept or not.
  public var count: Int { countByFile.values.reduce(0, +) }

  /// Adds a fault, which is counted even when it is not kept.
  public mutating func append(_ diagnostic: Diagnostic) {
    if diagnostic.severity == .error { errorCount += 1 }
    let count = countByFile[diagnostic.location.file, default: 0] + 1
    countByFile[diagnostic.location.file] = count
    if count <= limitPerFile {
      kept.append(diagnostic)
    } else if diagnostic.severity == .error {
      filesWithOmittedErrors.insert(diagnostic.location.file)
    }
  }

  /// Adds a fault that makes the input unusable.
  public mutating func error(
    _ problem: String, at location: SourceLocation, remedy: String
  ) {
    append(Diagnostic(.error, at: location, problem, remedy: remedy))
  }

  /// Adds a fault with which the input can still be used.
  public mutating func warning(
    _ problem: String, at location: SourceLocation, remedy: String
  ) {
    append(Diagnostic(.warning, at: location, problem, remedy: remedy))
  }

  /// Whether faults of a file are only counted from now on.
  func isFull(for file: String) -> Bool { countByFile[file, default: 0] >= limitPerFile }

  /// Whether an error at this place was kept.
  func hasError(at location: SourceLocation) -> Bool {
    kept.contains { $0.location == location && $0.severity == .error }
  }

  /// The kept diagnostics by file, line and column; a file with more ends with their number.
  public var sorted: [Diagnostic] {
    var byFile: [String: [Diagnostic]] = [:]
    for diagnostic in kept { byFile[diagnostic.location.file, default: []].append(diagnostic) }
    return byFile.keys.sorted().flatMap { file in
      let ordered = (byFile[file] ?? []).enumerated().sorted {
        ($0.element.location, $0.offset) < ($1.element.location, $1.offset)
      }
      let all = ordered.map(\.element)
      let omitted = countByFile[file, default: 0] - all.count
      return omitted > 0 ? all + [note(omitted, in: file)] : all
    }
  }

  private func note(_ omitted: Int, in file: String) -> Diagnostic {
    Diagnostic(
      filesWithOmittedErrors.contains(file) ? .error : .warning, at: SourceLocation(file: file),
      "\(omitted) more faults are not shown",
      remedy: "mend those above and validate again")
  }
}
