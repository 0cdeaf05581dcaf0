internal import BusbarGrid
internal import BusbarUnits

enum TransformerRecord {
  private static let voltageRange = FieldRange(from: .open(0), to: .closed(2e6))

  static let id = Field.identifier("id", "The name of the transformer.")
  static let fromBus = Field.reference(
    "from_bus", to: "buses", "The bus of the winding that the group's capital letters name.")
  static let toBus = Field.reference("to_bus", to: "buses", "The bus of the other winding.")
  static let vectorGroup = Field.choice(
    "vector_group", VectorGroup.allCases.map(\.rawValue),
    "The connection of the windings after IEC 60076-1.")
  static let ratedPower = Field.quantity(
    "rated_power", .apparentPower, range: FieldRange(from: .open(0), to: .closed(1e10)),
    "The rated power of all phases.")
  static let fromVoltage = Field.quantity(
    "from_voltage", .voltage, range: voltageRange,
    "The rated voltage between two phases at from_bus.")
  static let toVoltage = Field.quantity(
    "to_voltage", .voltage, range: voltageRange, "The rated voltage between two phases at to_bus.")
  static let resistance = Field.quantity(
    "resistance", .ratio, range: .fraction,
    "Short-circuit resistance of both windings, relative to the transformer's base.")
  static let reactance = Field.quantity(
    "reactance", .ratio, range: FieldRange(from: .open(0), to: .closed(1)),
    "Short-circuit reactance of both windings, relative to the transformer's base.")
  static let antifloat = Field.number(
    "ppm_antifloat", default: 0, range: .closed(0...1e4),
    "Inductive susceptance from the windings to earth in millionths of the rating; OpenDSS has 1.")
  static let tapPosition = Field.integer(
    "tap_position", default: 0, range: .closed(-100...100),
    "The position of the tap changer at from_bus; 0 is neutral.")
  static let tapMinimum = Field.integer(
    "tap_minimum", default: 0, range: .closed(-100...0), "The lowest tap position.")
  static let tapMaximum = Field.integer(
    "tap_maximum", default: 0, range: .closed(0...100), "The highest tap position.")
  static let tapStep = Field.quantity(
    "tap_step", .ratio, default: 0, range: .closed(0...0.1),
    "The change of the turns at from_bus with each tap position.")

  static let declaration = RecordDeclaration(
    "transformer", "A three-phase transformer with two windings.", id, fromBus, toBus,
    vectorGroup, ratedPower, fromVoltage, toVoltage, resistance, reactance, antifloat,
    tapPosition, tapMinimum, tapMaximum, tapStep)

  static func transformer(
    _ record: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> Transformer? {
    guard let group = VectorGroup(rawValue: record[vectorGroup]) else {
      preconditionFailure("A vector group is one of the words of its field.")
    }
    let range = record[tapMinimum]...record[tapMaximum]
    let position = record[tapPosition]
    guard range.contains(position) else {
      diagnostics.error(
        "tap_position \(position) lies outside \(range.lowerBound) to \(range.upperBound)",
        at: record.location(of: tapPosition),
        remedy: "give a position within tap_minimum and tap_maximum")
      return nil
    }
    let step = record[tapStep]
    guard Double(range.lowerBound) * step > -0.9 else {
      diagnostics.error(
        "the lowest tap position leaves no turns", at: record.location(of: tapStep),
        remedy: "make tap_step or the range of the positions smaller")
      return nil
    }
    let changer =
      range.count > 1
      ? TapChanger(range: range, step: .perUnit(step), initialPosition: position) : nil
    return Transformer(
      id: record[id], fromBus: record[fromBus], toBus: record[toBus], vectorGroup: group,
      ratedPower: .voltAmperes(record[ratedPower]), fromVoltage: .volts(record[fromVoltage]),
      toVoltage: .volts(record[toVoltage]), resistance: .perUnit(record[resistance]),
      reactance: .perUnit(record[reactance]), antifloatPPM: record[antifloat],
      tapChanger: changer)
  }
}
