internal import BusbarGrid
internal import BusbarUnits

/// A transformer whose windings are rows of a table of their own.
enum TransformerUnitRecord {
  /// Zero is refused where the sentence can say why.
  private static let leakageRange = FieldRange.closed(0...100)

  static let id = Field.identifier("id", "The name of the transformer.")
  static let ratedPower = Field.quantity(
    "rated_power", .apparentPower, range: FieldRange(from: .open(0), to: .closed(1e10)),
    "The rated power of all phases, the base of all relative values.")
  static let x12 = Field.quantity(
    "x12", .ratio, range: leakageRange, "Short-circuit reactance between windings 1 and 2.")
  static let x13 = Field.quantity(
    "x13", .ratio, range: leakageRange,
    "Short-circuit reactance between windings 1 and 3, where there are three."
  ).optional
  static let x23 = Field.quantity(
    "x23", .ratio, range: leakageRange,
    "Short-circuit reactance between windings 2 and 3, where there are three."
  ).optional
  static let noLoadLoss = Field.quantity(
    "no_load_loss", .ratio, default: 0, range: .fraction, "The loss without a load.")
  static let magnetisingCurrent = Field.quantity(
    "magnetising_current", .ratio, default: 0, range: .fraction,
    "The reactive part of the current without a load.")
  static let antifloat = TransformerRecord.antifloat

  static let declaration = RecordDeclaration(
    "transformer unit",
    "A transformer of any connection, with two or three rows in the table windings.",
    id, ratedPower, x12, x13, x23, noLoadLoss, magnetisingCurrent, antifloat)
}

/// The coils of one voltage level of a transformer unit.
enum WindingRecord {
  static let transformer = Field.reference(
    "transformer", to: "transformer_units", "The transformer unit that the winding belongs to.")
  static let number = Field.integer(
    "winding", range: .closed(1...3), "The number of the winding: 1, 2 or 3.")
  static let bus = Field.reference("bus", to: "buses", "The bus at which the coils end.")
  static let coils = Field.legs(
    "coils",
    "The ends of the coil of each phase, such as 'a-e b-e c-e' for a wye whose star point is earth "
      + "or 'a-b b-c c-a' for a delta.")
  static let coilVoltage = Field.quantity(
    "coil_voltage", .voltage, range: FieldRange(from: .open(0), to: .closed(2e6)),
    "The rated voltage across one coil.")
  static let resistance = Field.quantity(
    "resistance", .ratio, range: .closed(0...10),
    "The resistance of the winding, relative to the transformer's base.")
  static let turns = Field.quantity(
    "turns", .ratio, default: 1, range: .closed(0.01...100),
    "The turns at tap position 0, relative to the rated ones.")
  static let taps = TapFields("of the winding")

  static let declaration = RecordDeclaration(
    "winding", "The coils of one voltage level of a transformer unit.",
    fields: [transformer, number, bus, coils, coilVoltage, resistance, turns] + taps.all)

  static func winding(_ record: DecodedRecord) -> Winding {
    Winding(
      bus: record[bus], coils: ConductorPair.legs(record[coils]),
      coilVoltage: .volts(record[coilVoltage]), resistance: .perUnit(record[resistance]),
      turns: .perUnit(record[turns]), tapChanger: taps.changer(record))
  }
}
