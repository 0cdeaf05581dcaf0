/// Checks that bytes are readable text, before anything else looks at them.
enum UTF8Text {
  /// A byte that no text file should hold.
  struct Fault: Hashable {
    let line: Int
    let column: Int
    let problem: String
    let remedy: String
  }

  static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// Returns how many bytes of a byte order mark stand at the start: 0 or 3.
  static func lengthOfMark(_ bytes: [UInt8]) -> Int {
    bytes.starts(with: byteOrderMark) ? byteOrderMark.count : 0
  }

  /// Returns the length of the UTF-8 sequence at `start`, or `nil` if it is malformed.
  static func sequenceLength(_ bytes: Span<UInt8>, at start: Int) -> Int? {
    let lead = bytes[start]
    let length = lead < 0x80 ? 1 : lead < 0xC2 ? 0 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
    guard length > 0, lead < 0xF5, start + length <= bytes.count else { return nil }
    for i in start + 1..<start + length where bytes[i] & 0xC0 != 0x80 { return nil }
    if length < 3 { return length }
    let second = bytes[start + 1]
    let isBad =
      (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F)
      || (lead == 0xF0 && second < 0x90) || (lead == 0xF4 && second > 0x8F)
    return isBad ? nil : length
  }

  /// Returns the first byte that is not UTF-8 or is a control character other than tab or line end.
  static func firstFault(in bytes: [UInt8]) -> Fault? {
    let span = bytes.span
    var line = 1
    var column = 1
    var i = lengthOfMark(bytes)
    while i < span.count {
      let byte = span[i]
      guard let length = sequenceLength(span, at: i) else {
        return malformed(byte, line: line, column: column)
      }
      if length == 1, byte < 0x20 || byte == 0x7F {
        let isLineEnd = byte == 0x0A || byte == 0x0D
        if !isLineEnd && byte != 0x09 { return control(byte, line: line, column: column) }
        if isLineEnd {
          if byte == 0x0D, i + 1 < span.count, span[i + 1] == 0x0A { i += 1 }
          i += 1
          line += 1
          column = 1
          continue
        }
      } else if length > 1, let name = unwelcome(span, at: i) {
        return Fault(
          line: line, column: column, problem: "the invisible character \(name) stands here",
          remedy: "remove it")
      }
      i += length
      column += 1
    }
    return nil
  }

  static func malformed(_ byte: UInt8, line: Int, column: Int) -> Fault {
    Fault(
      line: line, column: column, problem: "byte 0x\(hex(byte)) is not part of UTF-8 text",
      remedy: "save the file with the encoding UTF-8")
  }

  static func control(_ byte: UInt8, line: Int, column: Int) -> Fault {
    let name = byte == 0 ? "a NUL byte" : "the control character 0x\(hex(byte))"
    let remedy = byte == 0 ? "save the file as UTF-8 text, not UTF-16 or binary" : "remove it"
    return Fault(line: line, column: column, problem: "\(name) stands here", remedy: remedy)
  }

  /// Names C1 controls, other line ends, inner byte order marks and private-use characters.
  private static func unwelcome(_ bytes: Span<UInt8>, at i: Int) -> String? {
    switch (bytes[i], bytes[i + 1]) {
    case (0xC2, 0x80...0x9F): return "U+00\(hex(bytes[i + 1]))"
    case (0xE2, 0x80) where bytes[i + 2] == 0xA8 || bytes[i + 2] == 0xA9:
      return bytes[i + 2] == 0xA8 ? "U+2028" : "U+2029"
    case (0xEE, 0x80...0x83): return "of private use"
    case (0xEF, 0xBB) where bytes[i + 2] == 0xBF: return "U+FEFF"
    case (0xEF, 0xBF) where bytes[i + 2] > 0xBD: return "U+FFF\(bytes[i + 2] == 0xBE ? "E" : "F")"
    default: return nil
    }
  }

  private static func hex(_ byte: UInt8) -> String {
    let digits = String(byte, radix: 16, uppercase: true)
    return digits.count == 1 ? "0\(digits)" : digits
  }
}
