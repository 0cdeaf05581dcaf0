internal import BusbarGrid
internal import BusbarUnits

/// The keys of `network` that hold one value each.
enum NetworkRecord {
  static let frequency = Field.quantity(
    "frequency", .frequency, default: 50, range: .closed(1...1_000), "The nominal frequency.")

  static let declaration = RecordDeclaration(
    "network", "The lines, transformers, shunts and sources between the buses.", frequency)
}

/// The keys of `network` that hold a table each.
enum NetworkTable: String, CaseIterable {
  case buses
  case lineCodes = "line_codes"
  case lineMatrices = "line_matrices"
  case lines, transformers
  case transformerUnits = "transformer_units"
  case windings, capacitors, shunts, sources, regulators
  case capacitorControls = "capacitor_controls"
  case switching

  static let required: [NetworkTable] = [.buses, .sources]

  var declaration: RecordDeclaration {
    switch self {
    case .buses: BusRecord.declaration
    case .lineCodes: LineCodeRecord.declaration
    case .lineMatrices: LineMatrixRecord.declaration
    case .lines: LineRecord.declaration
    case .transformers: TransformerRecord.declaration
    case .transformerUnits: TransformerUnitRecord.declaration
    case .windings: WindingRecord.declaration
    case .capacitors: CapacitorRecord.declaration
    case .shunts: ShuntRecord.declaration
    case .sources: SourceRecord.declaration
    case .regulators: RegulatorRecord.declaration
    case .capacitorControls: CapacitorControlRecord.declaration
    case .switching: SwitchingRecord.declaration
    }
  }

  /// The field that names a row; nil when rows are parts of something with a name.
  var id: Field<String>? {
    switch self {
    case .buses: BusRecord.id
    case .lineCodes: LineCodeRecord.id
    case .lines: LineRecord.id
    case .transformers: TransformerRecord.id
    case .transformerUnits: TransformerUnitRecord.id
    case .capacitors: CapacitorRecord.id
    case .shunts: ShuntRecord.id
    case .sources: SourceRecord.id
    case .regulators: RegulatorRecord.id
    case .capacitorControls: CapacitorControlRecord.id
    case .lineMatrices, .windings, .switching: nil
    }
  }

  /// What the compilation calls the elements of the table.
  var gridKind: GridFault.Kind? {
    switch self {
    case .buses: .bus
    case .lineCodes, .lineMatrices: .lineCode
    case .lines: .line
    case .transformers, .transformerUnits: .transformer
    case .capacitors, .shunts: .shunt
    case .sources: .source
    case .windings, .regulators, .capacitorControls, .switching: nil
    }
  }
}

enum BusRecord {
  static let id = Field.identifier("id", "The name of the bus.")
  static let nominalVoltage = Field.quantity(
    "nominal_voltage", .voltage, range: FieldRange(from: .open(0), to: .closed(2e6)),
    "The nominal voltage between two phases.")
  static let conductors = Field.conductors(
    "conductors",
    "Conductors that the bus has besides those that its lines, transformers and shunts bring, such "
      + "as a star point that no line reaches."
  ).optional
  static let x = Field.quantity("x", .length, "Position to the east, for pictures.").optional
  static let y = Field.quantity("y", .length, "Position to the north, for pictures.").optional

  static let declaration = RecordDeclaration(
    "bus", "A set of terminals at one electrical point.", id, nominalVoltage, conductors,
    x, y)

  static func bus(_ record: DecodedRecord) -> Bus {
    let position = record[optional: x].flatMap { x in
      record[optional: y].map { MapPosition(x: x, y: $0) }
    }
    return Bus(
      id: record[id], nominalVoltage: .volts(record[nominalVoltage]),
      conductors: record[optional: conductors].flatMap { ConductorSet($0) } ?? [],
      position: position)
  }
}
