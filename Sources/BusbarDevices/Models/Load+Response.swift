internal import BusbarUnits

extension Load {
  /// The words for what the power does when the voltage is not the rated one.
  enum ResponseWord: String, CaseIterable {
    case constantPower = "constant_power"
    case constantCurrent = "constant_current"
    case constantImpedance = "constant_impedance"
    case motor
    case fixedReactive = "fixed_reactive"
    case fixedReactiveImpedance = "fixed_reactive_impedance"
    case exponential
    case zip
  }

  static let response = Field.choice(
    "response", ResponseWord.allCases.map(\.rawValue),
    default: ResponseWord.constantPower.rawValue,
    "How the power follows the voltage; motor: constant active power and reactive impedance; "
      + "fixed_reactive and fixed_reactive_impedance: constant active power, and a reactive power "
      + "or impedance that does not follow the profile.")
  static let ratedVoltage = Field.quantity(
    "rated_voltage", .voltage, range: FieldRange(from: .open(0), to: .closed(2e6)),
    "The voltage across a leg at which the load draws its nominal power."
  ).optional
  static let minimumVoltage = Field.number(
    "minimum_voltage", range: .closed(0...1e6),
    "The lowest voltage of the response relative to the rated one, with maximum_voltage; below it "
      + "the current falls in a straight line, until low_voltage."
  ).optional
  static let lowVoltage = Field.number(
    "low_voltage", range: .closed(0...1e6),
    "The voltage below which the load is its rated impedance; 0.5 by default, or minimum_voltage "
      + "where that is lower."
  ).optional
  static let maximumVoltage = Field.number(
    "maximum_voltage", range: FieldRange(from: .open(0), to: .closed(1e6)),
    "The highest voltage of the response relative to the rated one; above it the load is a "
      + "constant impedance."
  ).optional

  private static let exponentRange = FieldRange.closed(-20...20)
  static let activeExponent = Field.number(
    "active_exponent", range: exponentRange,
    "The power of the relative voltage by which an exponential load's active power changes."
  ).optional
  static let reactiveExponent = Field.number(
    "reactive_exponent", range: exponentRange,
    "The power of the relative voltage by which an exponential load's reactive power changes."
  ).optional

  /// The shares of a ZIP load in the order impedance, current, power; first of P, then of Q.
  static let shares: [Field<Double>] = [
    share("zip_p_z", "active power that is a constant impedance"),
    share("zip_p_i", "active power that is a constant current"),
    share("zip_p_p", "active power that is constant"),
    share("zip_q_z", "reactive power that is a constant impedance"),
    share("zip_q_i", "reactive power that is a constant current"),
    share("zip_q_p", "reactive power that is constant"),
  ]
  static let cutoff = Field.number(
    "zip_cutoff", range: .closed(0...1e6),
    "The voltage relative to the rated one below which a ZIP load draws nothing; 0 by default."
  ).optional

  private static func share(_ name: String, _ part: String) -> Field<Double> {
    Field.number(name, range: .closed(-1e3...1e3), "The share of a ZIP load's \(part).").optional
  }

  static var responseFields: [any DeclaredField] {
    [
      response, ratedVoltage, minimumVoltage, lowVoltage, maximumVoltage, activeExponent,
      reactiveExponent,
    ] + shares + [cutoff]
  }

  // MARK: From values to parameters

  static func word(in values: FieldValues) -> ResponseWord {
    guard let word = ResponseWord(rawValue: values[response]) else {
      preconditionFailure("A response is one of the words of its field.")
    }
    return word
  }

  /// Takes over the response from values that do not contradict one another.
  static func setResponse(of parameters: inout Parameters, from values: FieldValues) {
    let word = word(in: values)
    parameters.response =
      switch word {
      case .constantPower, .fixedReactive: .constantPower
      case .constantCurrent: .constantCurrent
      case .constantImpedance: .constantImpedance
      case .motor, .fixedReactiveImpedance: .motor
      case .exponential:
        .exponential(
          active: values[optional: activeExponent] ?? 0,
          reactive: values[optional: reactiveExponent] ?? 0)
      case .zip: .zip(coefficients(values))
      }
    parameters.reactiveCourse =
      [.fixedReactive, .fixedReactiveImpedance].contains(word) ? .nominal : .alongProfile
    parameters.ratedVoltage = values[optional: ratedVoltage].map { .volts($0) }
    if let minimum = values[optional: minimumVoltage],
      let maximum = values[optional: maximumVoltage]
    {
      parameters.window = VoltageWindow(
        minimum: minimum, maximum: maximum,
        low: values[optional: lowVoltage] ?? min(0.5, minimum))
    }
  }

  private static func coefficients(_ values: FieldValues) -> ZIPCoefficients {
    let given = shares.map { values[optional: $0] ?? 0 }
    return ZIPCoefficients(
      active: (given[0], given[1], given[2]), reactive: (given[3], given[4], given[5]),
      cutoff: values[optional: cutoff] ?? 0)
  }

  // MARK: What does not go together

  static func responseContradictions(in values: FieldValues) -> [FieldContradiction] {
    let word = word(in: values)
    return missingRatedVoltage(word, values) + windowContradictions(values)
      + belonging([activeExponent, reactiveExponent], to: .exponential, word, values)
      + belonging(shares, [cutoff], to: .zip, word, values)
  }

  private static func missingRatedVoltage(
    _ word: ResponseWord, _ values: FieldValues
  ) -> [FieldContradiction] {
    guard values[optional: ratedVoltage] == nil else { return [] }
    let limit = [minimumVoltage, maximumVoltage, lowVoltage]
      .first { values[optional: $0] != nil }
    if ![.constantPower, .fixedReactive].contains(word) {
      return [
        FieldContradiction(
          response, "response '\(word.rawValue)' needs 'rated_voltage'",
          remedy: "add 'rated_voltage', the voltage across a leg at which it draws its power")
      ]
    }
    return limit.map {
      [
        FieldContradiction(
          $0, "'\($0.name)' needs 'rated_voltage', to which it is relative",
          remedy: "add 'rated_voltage', or remove '\($0.name)'")
      ]
    } ?? []
  }

  private static func windowContradictions(_ values: FieldValues) -> [FieldContradiction] {
    let minimum = values[optional: minimumVoltage]
    let maximum = values[optional: maximumVoltage]
    let low = values[optional: lowVoltage]
    guard let minimum, let maximum else {
      guard
        let given = [minimumVoltage, maximumVoltage, lowVoltage]
          .first(where: { values[optional: $0] != nil })
      else { return [] }
      let missing = minimum == nil ? minimumVoltage.name : maximumVoltage.name
      return [
        FieldContradiction(
          given, "'\(missing)' is missing beside '\(given.name)'", remedy: "add '\(missing)'")
      ]
    }
    if minimum >= maximum {
      return [
        FieldContradiction(
          maximumVoltage,
          "maximum_voltage \(plainDecimal(maximum)) is not above minimum_voltage "
            + plainDecimal(minimum), remedy: "make maximum_voltage larger")
      ]
    }
    if let low, low > minimum {
      return [
        FieldContradiction(
          lowVoltage,
          "low_voltage \(plainDecimal(low)) is above minimum_voltage \(plainDecimal(minimum))",
          remedy: "make it at most \(plainDecimal(minimum)), or raise minimum_voltage")
      ]
    }
    return []
  }

  /// Fields that one response must have, and others that it may have, and that no other has.
  private static func belonging(
    _ needed: [Field<Double>], _ possible: [Field<Double>] = [], to owner: ResponseWord,
    _ word: ResponseWord, _ values: FieldValues
  ) -> [FieldContradiction] {
    if word == owner {
      let missing = needed.filter { values[optional: $0] == nil }.map { "'\($0.name)'" }
      if missing.isEmpty { return [] }
      let list = missing.joined(separator: ", ")
      return [
        FieldContradiction(
          response, "response '\(owner.rawValue)' lacks \(list)", remedy: "add \(list)")
      ]
    }
    return (needed + possible).filter { values[optional: $0] != nil }.prefix(1).map {
      FieldContradiction(
        $0, "'\($0.name)' has no meaning for the response '\(word.rawValue)'",
        remedy: "remove it, or write the response '\(owner.rawValue)'")
    }
  }
}
