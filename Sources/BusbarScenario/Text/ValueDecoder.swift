internal import BusbarUnits

/// Reads one text as the value of a field.
struct ValueDecoder {
  /// What is wrong with a text, and how to mend it.
  struct Fault: Error, Hashable {
    let problem: String
    let remedy: String
  }

  let field: FieldDeclaration
  let key: FieldDeclaration.Key

  func decode(_ text: String) -> Result<FieldValue, Fault> {
    switch field.kind {
    case .quantity, .interval: measured(text)
    case .number: number(text)
    case .integer: integer(text)
    case .text: .success(.text(text))
    case .identifier, .reference: identifier(text)
    case .boolean: boolean(text)
    case .choice(let words): choice(text, among: words)
    case .conductors, .connection, .legs: conductors(text)
    }
  }

  func fault(_ problem: String, _ remedy: String) -> Result<FieldValue, Fault> {
    .failure(Fault(problem: "\(key.name): \(problem)", remedy: remedy))
  }

  private func fault(_ text: String, _ fault: DecimalText.Fault) -> Result<FieldValue, Fault> {
    self.fault(fault == .empty ? "the value is empty" : "'\(text)' \(fault.problem)", fault.remedy)
  }

  // MARK: Numbers with units

  private func measured(_ text: String) -> Result<FieldValue, Fault> {
    guard let dimension = field.kind.dimension else {
      preconditionFailure("Field '\(field.name)' has no dimension.")
    }
    let number: ScannedNumber
    switch DecimalText.numberAndRest(text) {
    case .failure(let fault): return self.fault(text, fault)
    case .success(let scanned): number = scanned
    }
    if case .bareNumber(let unit) = key.meaning {
      guard number.rest.isEmpty else {
        return fault(
          "'\(text)' carries a unit, but the key already states \(unit.symbol)",
          "write the number alone, or use the key '\(field.name)'")
      }
      return stored(number, unit)
    }
    guard let unit = dimension.unit(symbol: number.rest) else {
      return number.rest.isEmpty ? missingUnit(text, dimension) : wrongUnit(text, number, dimension)
    }
    return stored(number, unit)
  }

  private func stored(_ number: ScannedNumber, _ unit: UnitOfMeasure) -> Result<FieldValue, Fault> {
    let value = unit.stored(number.value)
    guard value.isFinite else { return fault("\(number.value)", .tooLarge) }
    guard field.range.contains(value) else { return outside(number.value, unit) }
    guard case .interval = field.kind else { return .success(.number(value)) }
    guard let milliseconds = number.decimal.whole(times: Int64(unit.multiplier)) else {
      return fault(
        "\(number.value) \(unit.symbol) is not a whole number of milliseconds, or is too long",
        "write an interval of whole milliseconds")
    }
    return .success(.milliseconds(milliseconds))
  }

  private func missingUnit(_ text: String, _ dimension: Dimension) -> Result<FieldValue, Fault> {
    let keys = field.keys.dropFirst().map(\.name).joined(separator: ", ")
    return fault(
      "'\(text)' has no unit", "add one of \(symbols(dimension)), or use one of the keys \(keys)")
  }

  private func wrongUnit(
    _ text: String, _ number: ScannedNumber, _ dimension: Dimension
  ) -> Result<FieldValue, Fault> {
    let all = dimension.units.map(\.symbol).filter { !$0.isEmpty }
    let nearest = NearestName.of(number.rest, among: all)
    let allowed = "allowed units: \(symbols(dimension))"
    return fault(
      "'\(number.rest)' in '\(text)' is not a unit of \(dimension.name)",
      nearest.map { "write '\($0)'; \(allowed)" } ?? allowed)
  }

  private func symbols(_ dimension: Dimension) -> String {
    dimension.units.map(\.symbol).filter { !$0.isEmpty }.joined(separator: ", ")
  }

  // MARK: Numbers without units

  private static let noUnit = UnitOfMeasure("", suffix: "")

  private func number(_ text: String) -> Result<FieldValue, Fault> {
    switch DecimalText.number(text) {
    case .failure(let fault): self.fault(text, fault)
    case .success(let number) where field.range.contains(number.value):
      .success(.number(number.value))
    case .success(let number): outside(number.value, Self.noUnit)
    }
  }

  private func integer(_ text: String) -> Result<FieldValue, Fault> {
    switch DecimalText.number(text) {
    case .failure(let fault): return self.fault(text, fault)
    case .success(let number):
      guard let whole = number.decimal.whole() else {
        return fault("'\(text)' is not a whole number, or is too large", "write a whole number")
      }
      guard field.range.contains(Double(whole)) else {
        return outside(number.value, Self.noUnit)
      }
      return .success(.integer(Int(whole)))
    }
  }

  private func outside(_ value: Double, _ unit: UnitOfMeasure) -> Result<FieldValue, Fault> {
    let blank = unit.symbol.isEmpty ? "" : " "
    let range = field.range.description(in: unit)
    return fault(
      "\(plainDecimal(value))\(blank)\(unit.symbol) is outside the allowed range",
      range.hasPrefix("from") ? "write a value \(range)" : "write a value of \(range)")
  }

  // MARK: Words

  private func identifier(_ text: String) -> Result<FieldValue, Fault> {
    switch Identifier.fault(in: text) {
    case nil: .success(.text(text))
    case .empty: fault("the name is empty", "write a name")
    case .blankAtEnd: fault("'\(text)' starts or ends with a blank", "remove the blank")
    case .controlCharacter: fault("the name holds a control character", "remove it")
    case .tooLong(let count):
      fault(
        "the name has \(count) characters", "write at most \(Identifier.longest) characters")
    }
  }

  private func boolean(_ text: String) -> Result<FieldValue, Fault> {
    switch text {
    case "true": .success(.boolean(true))
    case "false": .success(.boolean(false))
    default: fault("'\(text)' is neither true nor false", "write true or false")
    }
  }

  private func choice(_ text: String, among words: [String]) -> Result<FieldValue, Fault> {
    if words.contains(text) { return .success(.text(text)) }
    let allowed = "allowed values: \(words.joined(separator: ", "))"
    let nearest = NearestName.of(text, among: words)
    return fault(
      "'\(text)' is not an allowed value", nearest.map { "write '\($0)'; \(allowed)" } ?? allowed)
  }
}
