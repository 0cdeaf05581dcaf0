public import BusbarScenario

/// A value as an OpenDSS file writes it: text with its quoting and place.
public struct DSSValue: Sendable, Hashable {
  /// The text without its quotes.
  public let text: String
  /// Whether it stood in quotes, brackets, parentheses or braces.
  public let isQuoted: Bool
  /// The place of the first character, or of the opening quote.
  public let location: SourceLocation

  /// Creates a value.
  public init(_ text: String, isQuoted: Bool = false, at location: SourceLocation) {
    self.text = text
    self.isQuoted = isQuoted
    self.location = location
  }

  /// The place of a character of the text, counted from 0.
  func place(ofCharacter offset: Int) -> SourceLocation {
    guard case .position(let line, let column) = location.place else { return location }
    return SourceLocation(
      file: location.file, line: line, column: column + offset + (isQuoted ? 1 : 0))
  }
}

/// Why a value cannot be read as what is wanted.
public struct DSSValueFault: Error, Sendable, Hashable {
  /// Where the fault was written.
  public let location: SourceLocation
  /// What is wrong.
  public let problem: String
  /// How to mend it.
  public let remedy: String
}

/// One piece of a list, such as `13.2` or `(13.2 3 sqrt /)`.
struct DSSListItem {
  enum Kind: Hashable { case plain, quoted, rowEnd }
  let kind: Kind
  let text: String
  /// The place in the list, in characters from 0.
  let offset: Int
}

extension DSSValue {
  /// Whether the text is empty, as in `kv=` at the end of a line.
  public var isEmpty: Bool { text.isEmpty }

  /// The value as a choice: yes or no, true or false, of which the first letter counts.
  public func boolean() throws(DSSValueFault) -> Bool {
    switch text.utf8.first.map({ $0 | 0x20 }) {
    case UInt8(ascii: "y"), UInt8(ascii: "t"): return true
    case UInt8(ascii: "n"), UInt8(ascii: "f"): return false
    default: throw fault("'\(shortText)' is neither yes nor no", remedy: "write yes or no")
    }
  }

  /// The words of a list, such as the buses of `[650.1 rg60.1]`.
  public func words() throws(DSSValueFault) -> [DSSValue] {
    try items().filter { $0.kind != .rowEnd }.map {
      DSSValue($0.text, isQuoted: $0.kind == .quoted, at: place(ofCharacter: $0.offset))
    }
  }

  /// Splits a list at blanks, commas and row ends; inner quotes hold their text together.
  func items() throws(DSSValueFault) -> [DSSListItem] {
    let bytes = Array(text.utf8)
    var items: [DSSListItem] = []
    var position = 0
    var characters = 0
    func isSeparator(_ byte: UInt8) -> Bool {
      DSSScanner.isBlank(byte) || byte == .comma || byte == .equals
    }
    while position < bytes.count {
      let byte = bytes[position]
      if isSeparator(byte) {
        position += 1
        characters += 1
      } else if byte == .bar {
        items.append(DSSListItem(kind: .rowEnd, text: "|", offset: characters))
        position += 1
        characters += 1
      } else if let close = DSSScanner.closing(byte) {
        let start = position + 1
        var end = start
        while end < bytes.count && bytes[end] != close { end += 1 }
        guard end < bytes.count else {
          throw fault(
            "a quote inside the list is never closed", remedy: "close it",
            atCharacter: characters)
        }
        let inner = bytes[start..<end]
        items.append(
          DSSListItem(
            kind: .quoted, text: String(decoding: inner, as: UTF8.self), offset: characters))
        characters += 2 + DSSScanner.characterCount(inner)
        position = end + 1
      } else {
        var end = position
        while end < bytes.count && !isSeparator(bytes[end]) && bytes[end] != .bar { end += 1 }
        let word = bytes[position..<end]
        items.append(
          DSSListItem(
            kind: .plain, text: String(decoding: word, as: UTF8.self), offset: characters))
        characters += DSSScanner.characterCount(word)
        position = end
      }
    }
    return items
  }

  /// The text, cut to what a message can show.
  var shortText: String { text.count > 40 ? text.prefix(40) + "..." : text }

  func fault(
    _ problem: String, remedy: String, atCharacter offset: Int? = nil
  ) -> DSSValueFault {
    DSSValueFault(
      location: offset.map(place(ofCharacter:)) ?? location, problem: problem, remedy: remedy)
  }
}

extension UInt8 {
  static let equals = UInt8(ascii: "=")
  static let comma = UInt8(ascii: ",")
  static let bar = UInt8(ascii: "|")
}
