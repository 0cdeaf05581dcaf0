internal import BusbarGrid
internal import BusbarUnits

/// The keys of `network` that hold one value each.
enum NetworkRecord {
  static let frequency = Field.quantity(
    "frequency", .frequency, default: 50, range: .closed(1...1_000), "The nominal frequency.")

  static let declaration = RecordDeclaration(
    "network", "The lines, transformers and sources between the buses.", frequency)
}

enum BusRecord {
  static let id = Field.identifier("id", "The name of the bus.")
  static let nominalVoltage = Field.quantity(
    "nominal_voltage", .voltage, range: FieldRange(from: .open(0), to: .closed(2e6)),
    "The nominal voltage between two phases.")
  static let x = Field.quantity("x", .length, "Position to the east, for pictures.").optional
  static let y = Field.quantity("y", .length, "Position to the north, for pictures.").optional

  static let declaration = RecordDeclaration(
    "bus", "A set of terminals at one electrical point.", id, nominalVoltage, x, y)

  static func bus(_ record: DecodedRecord) -> Bus {
    let position = record[optional: x].flatMap { x in
      record[optional: y].map { MapPosition(x: x, y: $0) }
    }
    return Bus(id: record[id], nominalVoltage: .volts(record[nominalVoltage]), position: position)
  }
}

enum LineCodeRecord {
  /// 1 kΩ/m: far above any line; keeps the products of the sweep finite.
  private static let impedanceRange = FieldRange(from: .closed(0), to: .closed(1e3))
  private static let capacitanceRange = FieldRange(from: .closed(0), to: .closed(1e-6))

  static let id = Field.identifier("id", "The name of the line code.")
  static let r1 = Field.quantity(
    "r1", .impedancePerLength, range: impedanceRange, "Positive-sequence resistance.")
  static let x1 = Field.quantity(
    "x1", .impedancePerLength, range: impedanceRange, "Positive-sequence reactance.")
  static let r0 = Field.quantity(
    "r0", .impedancePerLength, range: impedanceRange, "Zero-sequence resistance.")
  static let x0 = Field.quantity(
    "x0", .impedancePerLength, range: impedanceRange, "Zero-sequence reactance.")
  static let c1 = Field.quantity(
    "c1", .capacitancePerLength, default: 0, range: capacitanceRange,
    "Positive-sequence capacitance to earth.")
  static let c0 = Field.quantity(
    "c0", .capacitancePerLength, default: 0, range: capacitanceRange,
    "Zero-sequence capacitance to earth.")

  static let declaration = RecordDeclaration(
    "line code", "The impedance and the charging of a kind of line.", id, r1, x1, r0, x0, c1, c0)

  static func lineCode(_ record: DecodedRecord, frequency: Frequency) -> LineCode {
    LineCode(
      id: record[id], positiveSequence: Phasor(record[r1], record[x1]),
      zeroSequence: Phasor(record[r0], record[x0]), positiveCapacitance: record[c1],
      zeroCapacitance: record[c0], frequency: frequency)
  }
}

enum LineRecord {
  static let id = Field.identifier("id", "The name of the line.")
  static let fromBus = Field.reference("from_bus", to: "buses", "The bus at one end.")
  static let toBus = Field.reference("to_bus", to: "buses", "The bus at the other end.")
  static let phases = Field.phases("phases", default: "abc", "The phases that the line carries.")
  static let lineCode = Field.reference("line_code", to: "line_codes", "The kind of line.")
  static let length = Field.quantity(
    "length", .length, range: FieldRange(from: .open(0), to: .closed(1e6)),
    "The length of the section.")

  static let declaration = RecordDeclaration(
    "line", "An overhead line or a cable section between two buses.", id, fromBus, toBus, phases,
    lineCode, length)

  static func line(_ record: DecodedRecord, _ conductors: ConductorSet) -> Line {
    Line(
      id: record[id], fromBus: record[fromBus], toBus: record[toBus], conductors: conductors,
      lineCode: record[lineCode], length: .metres(record[length]))
  }
}
