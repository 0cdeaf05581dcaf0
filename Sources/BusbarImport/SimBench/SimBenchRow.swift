internal import BusbarScenario
internal import BusbarUnits

/// One row of a table, with checked access to its cells.
struct SimBenchRow {
  let file: String
  /// The line of the file, from 1.
  let line: Int
  let columns: [String: Int]
  let cells: [String]

  /// The place of the row.
  var location: SourceLocation { SourceLocation(file: file, line: line, column: 1) }

  /// The place of a cell, or of the row where there is no such column.
  func location(of column: String) -> SourceLocation {
    guard let place = columns[column] else { return location }
    let before = cells[..<place].reduce(1) { $0 + $1.unicodeScalars.count + 1 }
    return SourceLocation(file: file, line: line, column: before)
  }

  /// Returns the text of a cell; nil when it is empty, NULL or not there.
  func text(_ column: String) -> String? {
    guard let place = columns[column], !cells[place].isEmpty, cells[place] != "NULL" else {
      return nil
    }
    return cells[place]
  }

  /// Returns the text of a cell, or appends that it is empty.
  func requiredText(_ column: String, _ diagnostics: inout Diagnostics) -> String? {
    if let text = text(column) { return text }
    diagnostics.error(
      "the cell of column '\(column)' is empty", at: location(of: column),
      remedy: "write its value")
    return nil
  }

  /// Returns a name that Busbar can use, or appends why it cannot.
  func identifier(_ column: String, _ diagnostics: inout Diagnostics) -> String? {
    guard let text = requiredText(column, &diagnostics) else { return nil }
    guard Identifier.fault(in: text) != nil else { return text }
    diagnostics.error(
      "'\(text.prefix(40))' in column '\(column)' is no name", at: location(of: column),
      remedy: "write at most \(Identifier.longest) characters without a control character")
    return nil
  }

  /// Returns the number of a cell within a range, or appends what is wrong with it.
  func number(
    _ column: String, in range: ClosedRange<Double> = -1e12...1e12,
    _ diagnostics: inout Diagnostics
  ) -> SimBenchNumber? {
    guard let text = requiredText(column, &diagnostics) else { return nil }
    return number(text, column, in: range, &diagnostics)
  }

  /// Returns the number of a cell, a default when it is empty, or nil when it is no number.
  func number(
    _ column: String, default value: String, in range: ClosedRange<Double> = -1e12...1e12,
    _ diagnostics: inout Diagnostics
  ) -> SimBenchNumber? {
    number(text(column) ?? value, column, in: range, &diagnostics)
  }

  /// Returns the whole number of a cell, a default when it is empty, or nil when it is none.
  func integer(
    _ column: String, default value: Int, _ diagnostics: inout Diagnostics
  ) -> Int? {
    guard
      let number = number(column, default: String(value), in: -1_000...1_000, &diagnostics)
    else { return nil }
    if let whole = Int(exactly: number.value) { return whole }
    diagnostics.error(
      "'\(number.text)' in column '\(column)' is no whole number", at: location(of: column),
      remedy: "write a whole number")
    return nil
  }

  private func number(
    _ text: String, _ column: String, in range: ClosedRange<Double>,
    _ diagnostics: inout Diagnostics
  ) -> SimBenchNumber? {
    guard let number = SimBenchNumber(text.utf8) else {
      diagnostics.error(
        "'\(text.prefix(40))' in column '\(column)' is no number", at: location(of: column),
        remedy: "write a decimal number with a point")
      return nil
    }
    guard range.contains(number.value) else {
      diagnostics.error(
        "\(number.text) in column '\(column)' lies outside "
          + "\(plainDecimal(range.lowerBound)) to \(plainDecimal(range.upperBound))",
        at: location(of: column), remedy: "check the value and its unit")
      return nil
    }
    return number
  }
}

/// A finite number with a text that gives it exactly.
struct SimBenchNumber {
  let value: Double
  /// The number as it was written, or else the shortest text that gives it.
  let text: String

  /// The same number without its sign, or with one.
  var negated: String { text.hasPrefix("-") ? String(text.dropFirst()) : "-" + text }

  init(_ value: Double) {
    self.value = value
    text = "\(value)"
  }

  /// Reads a decimal number; nil when the text is something else.
  init?(_ text: some Collection<UInt8>) {
    let written = String(decoding: text, as: UTF8.self)
    guard text.allSatisfy({ "+-.0123456789eE".utf8.contains($0) }), let value = Double(written),
      value.isFinite
    else { return nil }
    self.value = value
    self.text = Self.isPlain(text) ? written : "\(value)"
  }

  /// Whether a text is a decimal as Busbar's own tables have it: `-12.5` or `3`.
  private static func isPlain(_ text: some Collection<UInt8>) -> Bool {
    let digits = text.first == UInt8(ascii: "-") ? text.dropFirst() : text.dropFirst(0)
    let parts = digits.split(
      separator: UInt8(ascii: "."), maxSplits: .max, omittingEmptySubsequences: false)
    return parts.count <= 2
      && parts.allSatisfy { part in
        !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) }
      }
  }
}
