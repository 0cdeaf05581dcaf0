internal import BusbarGrid
internal import BusbarUnits

enum SourceRecord {
  private static let positive = FieldRange(from: .open(0), to: .closed(1e12))
  private static let impedanceRange = FieldRange(from: .closed(0), to: .closed(1e9))

  static let id = Field.identifier("id", "The name of the source.")
  static let bus = Field.reference("bus", to: "buses", "The bus that the source feeds.")
  static let voltage = Field.quantity(
    "voltage", .voltage, range: FieldRange(from: .open(0), to: .closed(2e6)),
    "The nominal voltage between two phases; of a phase against earth when there are one or two.")
  static let phases = Field.conductors(
    "phases", default: "abc", "The conductors that the source feeds, in the order of its phases.")
  static let perUnit = Field.number(
    "voltage_pu", default: 1, range: FieldRange(from: .open(0), to: .closed(2)),
    "The voltage behind the impedance, relative to the nominal one.")
  static let angle = Field.quantity(
    "angle", .angle, default: 0, range: .closed(-360...360),
    "The angle of the first phase behind the impedance.")
  static let current3 = Field.quantity(
    "short_circuit_current_3ph", .current, range: positive,
    "The current into a three-phase fault at nominal voltage."
  ).optional
  static let current1 = Field.quantity(
    "short_circuit_current_1ph", .current, range: positive,
    "The current into a fault of one phase to earth at nominal voltage."
  ).optional
  static let power3 = Field.quantity(
    "short_circuit_power_3ph", .apparentPower, range: positive,
    "The power of a three-phase fault at nominal voltage."
  ).optional
  static let power1 = Field.quantity(
    "short_circuit_power_1ph", .apparentPower, range: positive,
    "The power of a fault of one phase to earth at nominal voltage."
  ).optional
  static let ratio1 = Field.number(
    "x_over_r_1", default: 4, range: .closed(0...1e3),
    "Reactance over resistance in the positive sequence, with short-circuit values.")
  static let ratio0 = Field.number(
    "x_over_r_0", default: 3, range: .closed(0...1e3),
    "Reactance over resistance in the zero sequence, with short-circuit values.")
  static let r1 = Field.quantity(
    "r1", .impedance, range: impedanceRange, "Positive-sequence resistance."
  ).optional
  static let x1 = Field.quantity(
    "x1", .impedance, range: impedanceRange, "Positive-sequence reactance."
  ).optional
  static let r0 = Field.quantity(
    "r0", .impedance, range: impedanceRange, "Zero-sequence resistance."
  ).optional
  static let x0 = Field.quantity(
    "x0", .impedance, range: impedanceRange, "Zero-sequence reactance."
  ).optional

  static let declaration = RecordDeclaration(
    "source", "The upstream network at a feeder head: a balanced voltage behind an impedance.",
    id, bus, phases, voltage, perUnit, angle, current3, current1, power3, power1, ratio1, ratio0,
    r1, x1,
    r0, x0)

  static func source(_ record: DecodedRecord, _ diagnostics: inout Diagnostics) -> Source? {
    guard let impedance = impedance(record, &diagnostics) else { return nil }
    return Source(
      id: record[id], connection: connection(record),
      voltage: .volts(record[voltage] * record[perUnit]), angleDegrees: record[angle],
      impedance: impedance)
  }

  private static func connection(_ record: DecodedRecord) -> Connection {
    Connection(bus: record[bus], text: record[phases])
  }

  /// The impedance, from exactly one of the three ways to give it.
  private static func impedance(
    _ record: DecodedRecord, _ diagnostics: inout Diagnostics
  ) -> SequenceImpedance? {
    let ways: [[Field<Double>]] = [[current3, current1], [power3, power1], [r1, x1, r0, x0]]
    let given = ways.map { way in way.filter { record[optional: $0] != nil } }
    let remedy =
      "give short_circuit_current_3ph and _1ph, or short_circuit_power_3ph and _1ph, or r1, x1, "
      + "r0 and x0"
    guard let used = given.firstIndex(where: { !$0.isEmpty }) else {
      diagnostics.error(
        "source '\(record[id])' has no impedance", at: record.location, remedy: remedy)
      return nil
    }
    if let other = given.indices.first(where: { $0 != used && !given[$0].isEmpty }) {
      diagnostics.error(
        "'\(given[other][0].name)' and '\(given[used][0].name)' both give the impedance",
        at: record.location(of: given[other][0]), remedy: remedy)
      return nil
    }
    let count = connection(record).conductors.count
    if count < 3 && used != 2 {
      diagnostics.error(
        "'\(given[used][0].name)' belongs to three phases, but the source has \(count)",
        at: record.location(of: given[used][0]), remedy: "give r1 and x1 in ohm instead")
      return nil
    }
    var values = ways[used].map { record[optional: $0] }
    // A single phase has no zero sequence of its own.
    if count == 1 { values = values.enumerated().map { $1 ?? values[$0 & 1] } }
    if let gap = values.firstIndex(where: { $0 == nil }) {
      diagnostics.error(
        "'\(ways[used][gap].name)' is missing beside '\(given[used][0].name)'",
        at: record.location, remedy: "add '\(ways[used][gap].name)'")
      return nil
    }
    let numbers = values.compactMap { $0 }
    if used == 2 {
      return SequenceImpedance(
        positive: Phasor(numbers[0], numbers[1]), zero: Phasor(numbers[2], numbers[3]))
    }
    let volts = record[voltage]
    let scale = used == 0 ? 1 : 1 / (3.0.squareRoot() * volts)
    let impedance = SequenceImpedance(
      nominalVoltage: .volts(volts), threePhaseFault: .amperes(numbers[0] * scale),
      singlePhaseFault: .amperes(numbers[1] * scale), positiveXOverR: record[ratio1],
      zeroXOverR: record[ratio0])
    if impedance == nil {
      diagnostics.error(
        "'\(ways[used][1].name)' is too large for any zero-sequence impedance",
        at: record.location(of: ways[used][1]),
        remedy: "give less than one and a half times '\(ways[used][0].name)'")
    }
    return impedance
  }
}
