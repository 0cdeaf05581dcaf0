/// A number with what followed it in its text.
struct ScannedNumber {
  let value: Double
  let decimal: DecimalText
  /// The rest of the text without blanks around it: a unit, or nothing.
  let rest: String
}

extension DecimalText {
  /// Reads a whole text as one finite decimal number; blanks around it are allowed.
  static func number(_ text: String) -> Result<ScannedNumber, Fault> {
    numberAndRest(text).flatMap { $0.rest.isEmpty ? .success($0) : .failure(fault(in: text)) }
  }

  /// Reads a number and leaves what follows it, which must not look like more of the number.
  static func numberAndRest(_ text: String) -> Result<ScannedNumber, Fault> {
    let bytes = trimmed(Array(text.utf8)[...])
    if bytes.isEmpty { return .failure(.empty) }
    let number = Array(bytes)
    guard let (decimal, end) = scan(number.span, from: 0) else {
      return .failure(fault(in: text))
    }
    if end < number.count, "_,':.0123456789xX".utf8.contains(number[end]) {
      return .failure(fault(in: text))
    }
    let written = String(decoding: number[..<end], as: UTF8.self)
    guard let value = decimal.quickValue ?? Double(written) else { return .failure(.notANumber) }
    guard value.isFinite else { return .failure(.tooLarge) }
    let rest = String(decoding: trimmed(number[end...]), as: UTF8.self)
    return .success(ScannedNumber(value: value, decimal: decimal, rest: rest))
  }

  /// Returns why a text that is not a number is none.
  private static func fault(in text: String) -> Fault {
    let word = String(decoding: trimmed(Array(text.lowercased().utf8)[...]), as: UTF8.self)
    let unsigned = word.hasPrefix("-") || word.hasPrefix("+") ? String(word.dropFirst()) : word
    let notFinite = ["nan", ".nan", "inf", ".inf", "infinity", "1.#inf", "1.#qnan"]
    let isDigitFirst = unsigned.first?.isASCIIDigit ?? false
    if unsigned.isEmpty { return word.isEmpty ? .empty : .notANumber }
    if notFinite.contains(unsigned) { return .notFinite }
    if unsigned.hasPrefix("0x") || unsigned.hasPrefix("0o") { return .hexadecimal }
    if isDigitFirst && (unsigned.contains("_") || unsigned.contains("'")) {
      return .digitSeparator
    }
    if isDigitFirst && unsigned.contains(",") {
      return unsigned.count(where: { $0 == "," }) > 1 || unsigned.contains(".")
        ? .digitSeparator : .decimalComma
    }
    if isDigitFirst && unsigned.contains(":") { return .sexagesimal }
    return .notANumber
  }

  private static func trimmed(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return [] }
    return bytes[first...last]
  }
}

extension Character {
  fileprivate var isASCIIDigit: Bool { isASCII && isNumber }
}
