internal import BusbarUnits

/// What a reference says about a field: its values, its range and its default.
extension FieldDeclaration {
  /// What a value looks like, with the values that are allowed.
  var valueWords: String {
    let range = rangeWords.map { "; \($0)" } ?? ""
    return switch kind {
    case .quantity(let dimension): dimension.name + range
    case .interval: Dimension.interval.name + range
    case .number: "number" + range
    case .integer: "whole number" + range
    case .text: "text"
    case .identifier: "name"
    case .boolean: "`true` or `false`"
    case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
    case .conductors: "conductors, such as `abc`, `bn` or `a.b.5`"
    case .connection: "conductors, `e` being earth, such as `abe` or `a.b.5.5`"
    case .legs: "pairs of conductors, such as `a-b b-e`"
    case .reference(let table): "name in `\(table)`"
    }
  }

  /// What holds where the field is left out.
  var defaultWords: String {
    switch presence {
    case .required: "required"
    case .optional: "optional"
    case .defaulted(let value): "`\(words(of: value))`"
    }
  }

  private func words(of value: FieldValue) -> String {
    switch value {
    case .number(let number): amount(number)
    case .integer(let integer): String(integer)
    case .milliseconds(let milliseconds): amount(Double(milliseconds))
    case .text(let text): text
    case .boolean(let boolean): String(boolean)
    }
  }

  private func amount(_ stored: Double) -> String {
    let unit = unit(for: [stored])
    let number = plainDecimal(unit.amount(ofStored: stored))
    return unit.symbol.isEmpty ? number : "\(number) \(unit.symbol)"
  }

  private var rangeWords: String? {
    let ends = [range.lower, range.upper].compactMap { end -> Double? in
      switch end {
      case .unbounded: nil
      case .closed(let value), .open(let value): value
      }
    }
    return ends.isEmpty ? nil : range.description(in: unit(for: ends))
  }

  /// The largest unit in which all values are whole; the stored one where no other makes them so.
  private func unit(for values: [Double]) -> UnitOfMeasure {
    guard let dimension = kind.dimension else { return UnitOfMeasure("", suffix: "") }
    let whole = dimension.units.dropFirst().filter { unit in
      values.contains { $0 != 0 }
        && values.allSatisfy { Int(exactly: unit.amount(ofStored: $0)) != nil }
    }
    return whole.max { $0.stored(1) < $1.stored(1) }.flatMap { $0.stored(1) > 1 ? $0 : nil }
      ?? dimension.stored
  }
}
