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
  static let noLoadLoss = Field.quantity(
    "no_load_loss", .ratio, default: 0, range: .fraction,
    "The loss without a load, relative to the rated power; drawn between the windings.")
  static let magnetisingCurrent = Field.quantity(
    "magnetising_current", .ratio, default: 0, range: .fraction,
    "The reactive part of the current without a load, relative to the rated one.")
  static let antifloat = Field.number(
    "ppm_antifloat", default: 0, range: .closed(0...1e4),
    "Inductive susceptance from the windings to earth in millionths of the rating; OpenDSS has 1.")
  static let taps = TapFields("at from_bus")

  static let declaration = RecordDeclaration(
    "transformer", "A three-phase transformer with two windings.",
    fields: [
      id, fromBus, toBus, vectorGroup, ratedPower, fromVoltage, toVoltage, resistance, reactance,
      noLoadLoss, magnetisingCurrent, antifloat,
    ] + taps.all)

  static func transformer(
    _ record: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> Transformer? {
    guard let group = VectorGroup(rawValue: record[vectorGroup]) else {
      preconditionFailure("A vector group is one of the words of its field.")
    }
    guard taps.check(record, &diagnostics) else { return nil }
    return Transformer(
      id: record[id], fromBus: record[fromBus], toBus: record[toBus], vectorGroup: group,
      ratedPower: .voltAmperes(record[ratedPower]), fromVoltage: .volts(record[fromVoltage]),
      toVoltage: .volts(record[toVoltage]), resistance: .perUnit(record[resistance]),
      reactance: .perUnit(record[reactance]), noLoadLoss: .perUnit(record[noLoadLoss]),
      magnetisingCurrent: .perUnit(record[magnetisingCurrent]), antifloatPPM: record[antifloat],
      tapChanger: taps.changer(record))
  }
}
