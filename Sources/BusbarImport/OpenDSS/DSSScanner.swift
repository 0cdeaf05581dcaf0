internal import BusbarScenario

/// A parameter of a command: a value, perhaps with the name that it is for.
struct DSSParameter: Hashable {
  let name: DSSValue?
  let value: DSSValue
}

/// Splits one line of an OpenDSS file into parameters.
///
/// Blanks, commas and equals signs separate; a quote counts at the start of a word only, and is
/// closed by the first partner; `!` and `//` outside quotes end the line.
struct DSSScanner {
  private let bytes: ArraySlice<UInt8>
  private let file: String
  private let line: Int
  private var position: Int
  private var column: Int
  private var separator: UInt8 = 0x20
  /// The quote that is never closed, if there is one.
  private(set) var openQuote: SourceLocation?

  init(_ bytes: ArraySlice<UInt8>, file: String, line: Int) {
    self.bytes = bytes
    self.file = file
    self.line = line
    position = bytes.startIndex
    column = 1
  }

  /// Where the next character stands.
  var location: SourceLocation { SourceLocation(file: file, line: line, column: column) }

  /// Returns the next parameter, or nil at the end of the line.
  mutating func next() -> DSSParameter? {
    guard let first = token() else { return nil }
    guard separator == .equals else { return DSSParameter(name: nil, value: first) }
    let value = token() ?? DSSValue("", at: location)
    return DSSParameter(name: first, value: value)
  }

  /// The rest of the line as text, without blanks at its ends and without a comment.
  mutating func rest() -> DSSValue {
    skipBlanks()
    let place = location
    var end = position
    while end < bytes.endIndex && !isComment(at: end) { end += 1 }
    var last = end
    while last > position && Self.isBlank(bytes[last - 1]) { last -= 1 }
    let text = String(decoding: bytes[position..<last], as: UTF8.self)
    move(to: bytes.endIndex)
    return DSSValue(text, at: place)
  }

  private mutating func token() -> DSSValue? {
    skipBlanks()
    separator = 0x20
    guard position < bytes.endIndex, !isComment(at: position) else { return nil }
    let start = location
    let value: DSSValue
    if let close = Self.closing(bytes[position]) {
      let first = position + 1
      var end = first
      while end < bytes.endIndex && bytes[end] != close { end += 1 }
      if end == bytes.endIndex { openQuote = openQuote ?? start }
      value = DSSValue(
        String(decoding: bytes[first..<end], as: UTF8.self), isQuoted: true, at: start)
      move(to: min(end + 1, bytes.endIndex))
    } else {
      var end = position
      while end < bytes.endIndex, !Self.isBlank(bytes[end]), bytes[end] != .comma,
        bytes[end] != .equals, !isComment(at: end)
      { end += 1 }
      value = DSSValue(String(decoding: bytes[position..<end], as: UTF8.self), at: start)
      move(to: end)
    }
    skipBlanks()
    if position < bytes.endIndex, bytes[position] == .comma || bytes[position] == .equals {
      separator = bytes[position]
      move(to: position + 1)
    }
    return value
  }

  private mutating func skipBlanks() {
    while position < bytes.endIndex && Self.isBlank(bytes[position]) {
      position += 1
      column += 1
    }
  }

  private mutating func move(to end: Int) {
    column += Self.characterCount(bytes[position..<end])
    position = end
  }

  private func isComment(at i: Int) -> Bool {
    if bytes[i] == UInt8(ascii: "!") { return true }
    let slash = UInt8(ascii: "/")
    return bytes[i] == slash && i + 1 < bytes.endIndex && bytes[i + 1] == slash
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  /// Returns what closes a quote, or nil if the byte opens none.
  static func closing(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "("): UInt8(ascii: ")")
    case UInt8(ascii: "["): UInt8(ascii: "]")
    case UInt8(ascii: "{"): UInt8(ascii: "}")
    case UInt8(ascii: "\""), UInt8(ascii: "'"): byte
    default: nil
    }
  }

  /// Counts Unicode scalars.
  static func characterCount(_ bytes: ArraySlice<UInt8>) -> Int {
    var count = 0
    for byte in bytes where byte & 0xC0 != 0x80 { count += 1 }
    return count
  }
}
