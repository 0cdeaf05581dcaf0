/// What sort of value a field holds, and so how its text is read.
public enum FieldKind: Sendable, Hashable {
  /// A `Double` in the stored unit of a dimension.
  case quantity(Dimension)
  /// A `Double` without a unit.
  case number
  /// An `Int`.
  case integer
  /// An `Int64` of milliseconds.
  case interval
  /// Any `String`.
  case text
  /// A `String` that names one thing: see `Identifier`.
  case identifier
  /// A `Bool`, written `true` or `false`.
  case boolean
  /// One of several words.
  case choice([String])
  /// Conductors of a bus, each once, such as `abc`, `bn` or `a.b.5`.
  case conductors
  /// A conductor of a bus or earth for each conductor of an element, such as `abe` or `a.b.5.5`.
  case connection
  /// Pairs of conductors of a bus or earth with blanks between them, such as `a-b b-e`.
  case legs
  /// The identifier of a row of the named table.
  case reference(to: String)

  /// The dimension whose units the value may carry.
  public var dimension: Dimension? {
    switch self {
    case .quantity(let dimension): dimension
    case .interval: .interval
    default: nil
    }
  }
}

/// Rules for names that users give to things.
public enum Identifier {
  /// The largest number of characters.
  public static let longest = 200

  /// A way in which a text fails to be an identifier.
  public enum Fault: Sendable, Hashable {
    case empty
    case blankAtEnd
    case controlCharacter
    case tooLong(Int)
  }

  /// Returns what is wrong with `text` as an identifier.
  public static func fault(in text: String) -> Fault? {
    // Nearly all names are short and of plain letters, for which the bytes say everything.
    let bytes = text.utf8
    if !bytes.isEmpty && bytes.count <= longest && bytes.allSatisfy({ 0x21...0x7E ~= $0 }) {
      return nil
    }
    guard let first = text.first, let last = text.last else { return .empty }
    if first.isWhitespace || last.isWhitespace { return .blankAtEnd }
    if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      return .controlCharacter
    }
    return text.count > longest ? .tooLong(text.count) : nil
  }
}
