internal import BusbarScenario
internal import BusbarUnits

extension SimBenchConversion {
  mutating func writeTransformers(_ nodes: SimBenchNodes, _ tables: SimBenchTables) {
    var table = TableText(
      "id", "from_bus", "to_bus", "vector_group", "rated_power_mva", "from_voltage_kv",
      "to_voltage_kv", "resistance", "reactance", "no_load_loss", "magnetising_current",
      "ppm_antifloat", "tap_position", "tap_minimum", "tap_maximum", "tap_step_percent")
    var automatic = 0
    var types: [String: TransformerValues] = [:]
    for row in tables.transformers {
      let high = nodes.bus("nodeHV", of: row, &diagnostics)
      let low = nodes.bus("nodeLV", of: row, &diagnostics)
      guard let high, let low, let type = row.requiredText("type", &diagnostics) else { continue }
      guard let typeRow = tables.transformerTypes[type] else {
        diagnostics.error(
          "there is no transformer type '\(type.prefix(60))'", at: row.location(of: "type"),
          remedy: NearestName.suggestion(
            for: type, among: tables.transformerTypes.keys.sorted(),
            otherwise: "add it to TransformerType.csv"))
        continue
      }
      if types[type] == nil { types[type] = TransformerValues(typeRow, &diagnostics) }
      guard let values = types[type], let taps = TransformerTaps(row, typeRow, &diagnostics) else {
        continue
      }
      if row.text("autoTap") == "1" { automatic += 1 }
      table.add(
        name(row.text("id") ?? "", of: "Transformer", in: .branch), high.id, low.id,
        values.vectorGroup, values.ratedPower.text, values.highVoltage.text,
        values.lowVoltage.text, values.resistance, values.reactance, values.noLoadLoss,
        values.magnetisingCurrent, values.antifloat, taps.position, taps.minimum, taps.maximum,
        taps.step)
    }
    add("transformers.csv", table)
    note(types, count: table.rowCount, automatic: automatic)
  }

  private mutating func note(
    _ types: [String: TransformerValues], count: Int, automatic: Int
  ) {
    guard count > 0 else { return }
    note(
      .translated, "\(count) transformers",
      "Short-circuit impedance, no-load branch in the middle (T equivalent circuit), taps.")
    for (id, values) in types.sorted(by: { NaturalOrder.precedes($0.key, $1.key) })
    where values.isGroupGuessed {
      note(
        .approximated, "Transformer type \(id)",
        "Vector group \(values.vectorGroup): the type says no more than the clock number.")
    }
    if types.values.contains(where: { $0.antifloat != nil }) {
      note(
        .approximated, "Transformers with a delta on the low side",
        "A hundredth of a millionth of the rating, inductive to earth, gives the delta a reference."
      )
    }
    if automatic > 0 {
      note(
        .ignored, "\(automatic) transformers with autoTap",
        "The taps stay where they are; there is no automatic control of them.")
    }
  }
}

/// What the type of a transformer says, in our terms.
struct TransformerValues {
  let vectorGroup: String
  /// Whether the vector group is a guess from the clock number and the voltage.
  let isGroupGuessed: Bool
  let ratedPower, highVoltage, lowVoltage: SimBenchNumber
  /// Ratios on the transformer's base.
  let resistance, reactance, noLoadLoss, magnetisingCurrent: String
  let antifloat: String?

  init?(_ row: SimBenchRow, _ diagnostics: inout Diagnostics) {
    let power = row.number("sR", in: 1e-6...1e4, &diagnostics)
    let high = row.number("vmHV", in: 1e-3...2_000, &diagnostics)
    let low = row.number("vmLV", in: 1e-3...2_000, &diagnostics)
    let impedance = row.number("vmImp", in: 0...100, &diagnostics)
    let copperLoss = row.number("pCu", in: 0...1e6, &diagnostics)
    let ironLoss = row.number("pFe", in: 0...1e6, &diagnostics)
    let current = row.number("iNoLoad", in: 0...100, &diagnostics)
    guard let power, let high, let low, let impedance, let copperLoss, let ironLoss, let current
    else { return nil }
    guard let group = Self.group(row, lowVoltage: low.value, &diagnostics) else { return nil }
    (vectorGroup, isGroupGuessed) = group
    (ratedPower, highVoltage, lowVoltage) = (power, high, low)
    // Losses are in kW and the rating in MVA.
    let resistance = copperLoss.value / (power.value * 1_000)
    let total = impedance.value / 100
    guard total > resistance else {
      diagnostics.error(
        "pCu \(copperLoss.text) kW is more than vmImp \(impedance.text) % leaves room for",
        at: row.location(of: "pCu"), remedy: "check pCu, vmImp and sR")
      return nil
    }
    let noLoadLoss = ironLoss.value / (power.value * 1_000)
    guard noLoadLoss < 1 else {
      diagnostics.error(
        "pFe \(ironLoss.text) kW is more than the rating", at: row.location(of: "pFe"),
        remedy: "write pFe in kW and sR in MVA")
      return nil
    }
    let ratio = current.value / 100
    self.resistance = "\(resistance)"
    reactance = "\((total * total - resistance * resistance).squareRoot())"
    self.noLoadLoss = "\(noLoadLoss)"
    magnetisingCurrent =
      "\(max(0, ratio * ratio - noLoadLoss * noLoadLoss).squareRoot())"
    antifloat = group.name.contains("d") ? "0.01" : nil
  }

  /// The group from the name of the type, or else from its clock number.
  private static func group(
    _ row: SimBenchRow, lowVoltage: Double, _ diagnostics: inout Diagnostics
  ) -> (name: String, isGuessed: Bool)? {
    guard let angle = row.number("va0", in: -360...360, &diagnostics) else { return nil }
    let hours = angle.value / 30
    guard hours == hours.rounded() else {
      diagnostics.error(
        "va0 \(angle.text) is no multiple of 30 degrees", at: row.location(of: "va0"),
        remedy: "write the lag of the low voltage in degrees, such as 150")
      return nil
    }
    let clock = (Int(hours) % 12 + 12) % 12
    let words = (row.text("id") ?? "").split(separator: " ").map(String.init)
    let known = words.first { $0.wholeMatch(of: /(D|YN?|ZN?)(d|yn?|zn?)\d{1,2}/) != nil }
    let guess = clock % 6 == 0 ? "YNyn\(clock)" : lowVoltage <= 1 ? "Dyn\(clock)" : "YNd\(clock)"
    let name = known ?? guess
    guard supported.contains(name) else {
      diagnostics.error(
        "vector group \(name) is not known", at: row.location(of: known == nil ? "va0" : "id"),
        remedy: "known groups: \(supported.joined(separator: ", "))")
      return nil
    }
    guard name.drop(while: { !$0.isNumber }) == "\(clock)" else {
      diagnostics.error(
        "the name says \(name), but va0 is \(angle.text) degrees", at: row.location(of: "va0"),
        remedy: "make va0 30 degrees times the number of the vector group")
      return nil
    }
    return (name, known == nil)
  }

  private static let supported = [
    "Dyn1", "Dyn5", "Dyn7", "Dyn11", "YNyn0", "YNyn6", "YNd1", "YNd5", "YNd7", "YNd11", "Dd0",
    "Dd6",
  ]
}

/// The tap changer of a transformer, with 0 as the neutral position.
struct TransformerTaps {
  private(set) var position: String?
  private(set) var minimum: String?
  private(set) var maximum: String?
  private(set) var step: String?

  init?(_ row: SimBenchRow, _ type: SimBenchRow, _ diagnostics: inout Diagnostics) {
    let neutral = type.integer("tapNeutr", default: 0, &diagnostics)
    let lowest = type.integer("tapMin", default: neutral ?? 0, &diagnostics)
    let highest = type.integer("tapMax", default: neutral ?? 0, &diagnostics)
    let step = type.number("dVm", default: "0", in: 0...10, &diagnostics)
    let angle = type.number("dVa", default: "0", in: -180...180, &diagnostics)
    guard let neutral, let lowest, let highest, let step, let angle,
      let tap = row.integer("tappos", default: neutral, &diagnostics)
    else { return nil }
    guard neutral - lowest <= 100, highest - neutral <= 100, lowest <= neutral, neutral <= highest
    else {
      diagnostics.error(
        "tapNeutr \(neutral) does not lie within tapMin \(lowest) and tapMax \(highest), or more "
          + "than 100 steps off", at: type.location(of: "tapNeutr"), remedy: "check the taps")
      return nil
    }
    guard (lowest...highest).contains(tap) else {
      diagnostics.error(
        "tappos \(tap) lies outside tapMin \(lowest) to tapMax \(highest)",
        at: row.location(of: "tappos"), remedy: "write a position that the type has")
      return nil
    }
    guard Double(lowest - neutral) * step.value > -90 else {
      diagnostics.error(
        "tapMin \(lowest) with steps of \(step.text) % leaves no turns",
        at: type.location(of: "dVm"), remedy: "check dVm and tapMin")
      return nil
    }
    if tap != neutral, type.text("tapside") != "HV" || angle.value != 0 {
      diagnostics.error(
        "the tap is not a ratio on the high-voltage side", at: row.location(of: "tappos"),
        remedy: "use a transformer type with tapside HV and dVa 0, or the neutral position")
      return nil
    }
    guard lowest < highest, type.text("tapside") == "HV" else { return }
    position = "\(tap - neutral)"
    minimum = "\(lowest - neutral)"
    maximum = "\(highest - neutral)"
    self.step = step.text
  }
}
