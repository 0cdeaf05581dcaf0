internal import BusbarGrid
internal import BusbarUnits

/// One element of the symmetrical matrices of a line code; the rows together make the code.
enum LineMatrixRecord {
  private static let placeRange = FieldRange.closed(1...Double(Conductor.capacity))
  /// As for sequence values; between two conductors every sign can occur.
  private static let impedanceRange = FieldRange.closed(-1e3...1e3)

  static let lineCode = Field.identifier("line_code", "The name of the line code.")
  static let row = Field.integer(
    "row", range: placeRange, "The row of the matrix, counted from 1; at least the column.")
  static let column = Field.integer(
    "column", range: placeRange, "The column of the matrix, counted from 1.")
  static let r = Field.quantity(
    "r", .impedancePerLength, default: 0, range: impedanceRange, "Series resistance.")
  static let x = Field.quantity(
    "x", .impedancePerLength, default: 0, range: impedanceRange, "Series reactance.")
  static let c = Field.quantity(
    "c", .capacitancePerLength, default: 0, range: .closed(-1e-6...1e-6),
    "Element of the capacitance matrix; not above zero beside the diagonal.")

  static let declaration = RecordDeclaration(
    "line matrix element",
    "An element of the lower triangle of a line code's matrices; those left out beside the diagonal "
      + "are zero.",
    lineCode, row, column, r, x, c)

  /// Makes the line codes in the order of their first rows, or appends what is wrong with them.
  static func lineCodes(
    _ records: [DecodedRecord], frequency: Frequency, _ diagnostics: inout Diagnostics
  ) -> [LineCode]? {
    var places: [String: Int] = [:]
    var rows: [(id: String, records: [DecodedRecord])] = []
    for record in records {
      let id = record[lineCode]
      if let place = places[id] {
        rows[place].records.append(record)
      } else {
        places[id] = rows.count
        rows.append((id, [record]))
      }
    }
    let codes = rows.compactMap { code($0.id, $0.records, frequency, &diagnostics) }
    return codes.count == rows.count ? codes : nil
  }

  private static func code(
    _ id: String, _ records: [DecodedRecord], _ frequency: Frequency,
    _ diagnostics: inout Diagnostics
  ) -> LineCode? {
    let order = records.map { max($0[row], $0[column]) }.max() ?? 0
    let omega = 2 * Double.pi * frequency.hertz
    var impedance = ComplexMatrix(zero: order)
    var admittance = ComplexMatrix(zero: order)
    var places: [Int: SourceLocation] = [:]
    var isSound = true
    for record in records {
      let (i, j) = (record[row] - 1, record[column] - 1)
      guard i >= j else {
        diagnostics.error(
          "column \(j + 1) is larger than row \(i + 1) of line code '\(id)'",
          at: record.location(of: column),
          remedy: "write the lower triangle: exchange row and column, or remove the element")
        isSound = false
        continue
      }
      if let earlier = places.updateValue(record.location, forKey: i * order + j) {
        diagnostics.error(
          "row \(i + 1), column \(j + 1) of line code '\(id)' is given already at \(earlier)",
          at: record.location, remedy: "keep one of them")
        isSound = false
      }
      impedance[i, j] = Phasor(record[r], record[x])
      impedance[j, i] = impedance[i, j]
      admittance[i, j] = Phasor(0, omega * record[c])
      admittance[j, i] = admittance[i, j]
    }
    guard isSound else { return nil }
    if let gap = (0..<order).first(where: { places[$0 * order + $0] == nil }) {
      diagnostics.error(
        "line code '\(id)' has no element in row \(gap + 1), column \(gap + 1)",
        at: records[0].location, remedy: "add it with the conductor's own r and x")
      return nil
    }
    return LineCode(id: id, seriesImpedance: impedance, shuntAdmittance: admittance)
  }
}
