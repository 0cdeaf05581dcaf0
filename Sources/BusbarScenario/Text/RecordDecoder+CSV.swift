internal import BusbarUnits

extension RecordDecoder {
  /// Returns the values of all rows, or appends all their faults and returns `nil`.
  ///
  /// An empty cell is an absent value. Faults of the header are reported once. `overrides` replace
  /// cells of the rows with these numbers, counted from 0.
  public func decode(
    _ table: CSVTable, overrides: [Int: [Record.Entry]] = [:], _ diagnostics: inout Diagnostics
  ) -> [DecodedRecord]? {
    let plan = Plan(table, self, &diagnostics)
    var decoded: [DecodedRecord] = []
    decoded.reserveCapacity(table.rowCount)
    for row in 0..<table.rowCount {
      guard let overriding = overrides[row] else {
        if let values = decode(table, row, plan, &diagnostics) { decoded.append(values) }
        continue
      }
      let record = record(table, row, plan, overriding)
      let empty = checkEmptyCells(table, row, plan, record, &diagnostics)
      let absent = plan.missing.union(empty)
      if let values = decode(record, absent: absent, &diagnostics) { decoded.append(values) }
    }
    return plan.isSound && decoded.count == table.rowCount ? decoded : nil
  }

  /// What the header says about the columns.
  private struct Plan {
    /// The field of each known column.
    var positions: [Int?] = []
    /// How the cells of each known column are read.
    var decoders: [ValueDecoder?] = []
    /// The required fields that no column holds.
    var missing: Set<Int> = []
    var isSound = true

    init(_ table: CSVTable, _ decoder: RecordDecoder, _ diagnostics: inout Diagnostics) {
      let declaration = decoder.declaration
      var firstKeys: [Int: String] = [:]
      for cell in table.header {
        guard let use = declaration.use(ofKey: cell.name) else {
          decoder.reportUnknown(cell.name, "column", at: cell.location, &diagnostics)
          isSound = false
          skipColumn()
          continue
        }
        if let earlier = firstKeys.updateValue(cell.name, forKey: use.position) {
          decoder.reportTwice(cell.name, earlier, at: cell.location, &diagnostics)
          isSound = false
          skipColumn()
          continue
        }
        positions.append(use.position)
        decoders.append(
          ValueDecoder(field: declaration.fields[use.position], key: use.key))
      }
      for (position, field) in declaration.fields.enumerated()
      where field.presence == .required && firstKeys[position] == nil {
        missing.insert(position)
        isSound = false
        diagnostics.error(
          "the table of \(declaration.name) records lacks the column '\(field.name)'",
          at: table.header[0].location, remedy: RecordDecoder.add(field))
      }
    }

    private mutating func skipColumn() {
      positions.append(nil)
      decoders.append(nil)
    }
  }

  /// Reads a row that nothing overrides, which is nearly every one, by the columns alone.
  private func decode(
    _ table: CSVTable, _ row: Int, _ plan: Plan, _ diagnostics: inout Diagnostics
  ) -> DecodedRecord? {
    var values = [FieldValue?](repeating: nil, count: declaration.fields.count)
    var places = [SourceLocation?](repeating: nil, count: declaration.fields.count)
    var isSound = plan.missing.isEmpty
    for (column, cell) in table.cells(inRow: row).enumerated() {
      guard let position = plan.positions[column], let decoder = plan.decoders[column] else {
        continue
      }
      if cell.text.isEmpty {
        guard decoder.field.presence == .required else { continue }
        reportEmpty(table.header[column].name, decoder.field, at: cell.location, &diagnostics)
        isSound = false
        continue
      }
      places[position] = cell.location
      switch decoder.decode(cell.text) {
      case .success(let value): values[position] = value
      case .failure(let fault):
        diagnostics.error(fault.problem, at: cell.location, remedy: fault.remedy)
        isSound = false
      }
    }
    guard isSound else { return nil }
    return DecodedRecord(
      FieldValues(of: declaration, inOrder: values), at: table.location(ofRow: row), places)
  }

  private func reportEmpty(
    _ column: String, _ field: FieldDeclaration, at location: SourceLocation,
    _ diagnostics: inout Diagnostics
  ) {
    diagnostics.error(
      "the cell of column '\(column)' is empty", at: location,
      remedy: "write a value: \(field.documentation)")
  }

  private func record(
    _ table: CSVTable, _ row: Int, _ plan: Plan, _ overrides: [Record.Entry]
  ) -> Record {
    var entries: [Record.Entry] = []
    for (column, cell) in table.cells(inRow: row).enumerated()
    where plan.positions[column] != nil && !cell.text.isEmpty {
      let header = table.header[column]
      entries.append(
        Record.Entry(
          key: header.name, text: cell.text, location: cell.location, keyLocation: header.location))
    }
    return Record(entries + overrides, at: table.location(ofRow: row))
  }

  /// Reports the empty cells of required fields and returns the places of these fields.
  private func checkEmptyCells(
    _ table: CSVTable, _ row: Int, _ plan: Plan, _ record: Record,
    _ diagnostics: inout Diagnostics
  ) -> Set<Int> {
    let required = declaration.fields.count { $0.presence == .required } - plan.missing.count
    var present: Set<Int> = []
    for entry in record.entries {
      guard let position = declaration.use(ofKey: entry.key)?.position else { continue }
      if declaration.fields[position].presence == .required { present.insert(position) }
    }
    if present.subtracting(plan.missing).count == required { return [] }
    var empty: Set<Int> = []
    for (column, cell) in table.cells(inRow: row).enumerated() where cell.text.isEmpty {
      guard let position = plan.positions[column], !present.contains(position),
        declaration.fields[position].presence == .required
      else { continue }
      empty.insert(position)
      reportEmpty(
        table.header[column].name, declaration.fields[position], at: cell.location, &diagnostics)
    }
    return empty
  }
}
