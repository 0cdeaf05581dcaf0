/// A scenario folder as text, and what was done to write it.
public struct ImportedScenario: Sendable, Hashable {
  /// A file of the folder.
  public struct File: Sendable, Hashable {
    /// The name within the folder.
    public let name: String
    /// The whole text, which ends with a line feed.
    public let text: String
  }

  /// The files by name.
  public let files: [File]
  /// What was translated, approximated or ignored, in the order of the elements.
  public let report: [ImportNote]

  /// Returns how many notes are of a kind.
  public func count(_ kind: ImportNote.Kind) -> Int {
    report.lazy.filter { $0.kind == kind }.count
  }
}

/// What became of an element of the original, or of a part of it.
public struct ImportNote: Sendable, Hashable {
  /// How faithful the result is.
  public enum Kind: String, Sendable, Hashable, CaseIterable {
    /// It has the same effect, written in another way.
    case translated
    /// It has nearly the same effect.
    case approximated
    /// It has no effect here.
    case ignored
  }

  /// How faithful the result is.
  public let kind: Kind
  /// The element of the original, such as `line.l1`, or how many of them.
  public let element: String
  /// What was done, in one sentence.
  public let text: String
}
