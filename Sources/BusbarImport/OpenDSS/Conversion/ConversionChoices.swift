/// Choices by words, of which OpenDSS takes the beginning.
extension DSSValue {
  /// Whether a connection is a delta; wye otherwise.
  func isDelta() throws(DSSValueFault) -> Bool {
    let word = text.lowercased()
    if word == "ll" || !word.isEmpty && "delta".hasPrefix(word) { return true }
    if ["ln", "y"].contains(word) || !word.isEmpty && "wye".hasPrefix(word) { return false }
    throw fault("'\(shortText)' is not a connection", remedy: "write wye or delta")
  }

  /// One of some words, or the beginning of one.
  func choice(_ words: [String]) throws(DSSValueFault) -> String {
    let written = text.lowercased()
    if words.contains(written) { return written }
    guard !written.isEmpty, let word = words.first(where: { $0.hasPrefix(written) }) else {
      throw fault(
        "'\(shortText)' is not a choice", remedy: "write \(words.joined(separator: ", "))")
    }
    return word
  }

  /// A whole number between limits.
  func count(_ range: ClosedRange<Int>) throws(DSSValueFault) -> Int {
    let count = try wholeNumber()
    guard range.contains(count) else {
      throw fault(
        "\(count) is out of range",
        remedy: "write a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return count
  }

  /// A number of phases or conductors.
  func phases() throws(DSSValueFault) -> Int { try count(1...32) }

  /// A number above zero.
  func positive() throws(DSSValueFault) -> Double {
    let number = try number()
    guard number > 0 else {
      throw fault("'\(shortText)' is not above zero", remedy: "write a number above zero")
    }
    return number
  }

  /// A resistance and a reactance.
  func complex() throws(DSSValueFault) -> (real: Double, imaginary: Double) {
    let numbers = try numbers()
    guard numbers.count == 2 else {
      throw fault("'\(shortText)' is not two numbers", remedy: "write [resistance, reactance]")
    }
    return (numbers[0], numbers[1])
  }
}
