internal import BusbarGrid
internal import BusbarUnits

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
  /// 1 MA: far above any line.
  static let ratedCurrentRange = FieldRange(from: .open(0), to: .closed(1e6))
  static let ratedCurrent = Field.quantity(
    "rated_current", .current, range: ratedCurrentRange,
    "The current that each conductor may carry all the time, to which loadings refer; it has no "
      + "effect on the power flow."
  ).optional

  static let declaration = RecordDeclaration(
    "line code", "The impedance and the charging of a kind of line.", id, r1, x1, r0, x0, c1, c0,
    ratedCurrent)

  static func lineCode(_ record: DecodedRecord, frequency: Frequency) -> LineCode {
    LineCode(
      id: record[id], positiveSequence: Phasor(record[r1], record[x1]),
      zeroSequence: Phasor(record[r0], record[x0]), positiveCapacitance: record[c1],
      zeroCapacitance: record[c0], frequency: frequency,
      ratedCurrent: record[optional: ratedCurrent].map(Current.amperes))
  }
}

enum LineRecord {
  static let id = Field.identifier("id", "The name of the line.")
  static let fromBus = Field.reference("from_bus", to: "buses", "The bus at one end.")
  static let toBus = Field.reference("to_bus", to: "buses", "The bus at the other end.")
  static let phases = Field.connection(
    "phases", default: "abc",
    "The conductors of from_bus that the line joins, in the order of its line code.")
  static let toPhases = Field.connection(
    "to_phases", "The conductors of to_bus in the same order; those of phases by default."
  ).optional
  static let lineCode = Field.reference(
    "line_code", to: "line_codes",
    "The kind of line, in the table line_codes or line_matrices.")
  static let length = Field.quantity(
    "length", .length, range: FieldRange(from: .open(0), to: .closed(1e6)),
    "The length of the section.")
  static let state = Field.choice(
    "state", State.allCases.map(\.rawValue), default: State.closed.rawValue,
    "Whether the line conducts at the start; open for a normally open point.")
  static let ratedCurrent = Field.quantity(
    "rated_current", .current, range: LineCodeRecord.ratedCurrentRange,
    "The current that each conductor may carry all the time; that of the line code by default."
  ).optional

  private enum State: String, CaseIterable {
    case closed, open
  }

  static let declaration = RecordDeclaration(
    "line", "An overhead line, a cable section, a switch or a series reactor between two buses.",
    id, fromBus, toBus, phases, toPhases, lineCode, length, state, ratedCurrent)

  static func line(_ record: DecodedRecord, _ diagnostics: inout Diagnostics) -> Line? {
    let from = Connection(bus: record[fromBus], text: record[phases])
    let to = Connection(bus: record[toBus], text: record[optional: toPhases] ?? record[phases])
    guard from.conductors.count == to.conductors.count else {
      diagnostics.error(
        "to_phases names \(count(to)), but phases names \(count(from))",
        at: record.location(of: toPhases),
        remedy: "name a conductor or e for each conductor of the line at both ends")
      return nil
    }
    return Line(
      id: record[id], from: from, to: to, lineCode: record[lineCode],
      length: .metres(record[length]), isClosed: record[state] == State.closed.rawValue,
      ratedCurrent: record[optional: ratedCurrent].map(Current.amperes))
  }

  private static func count(_ connection: Connection) -> String {
    let count = connection.conductors.count
    return count == 1 ? "1 conductor" : "\(count) conductors"
  }
}
