internal import BusbarGrid
internal import BusbarUnits

/// The records of the network, table by table, as far as they could be decoded.
struct NetworkTables {
  private var records: [NetworkTable: [DecodedRecord]] = [:]

  /// The records of a table; nil when it has a fault.
  subscript(table: NetworkTable) -> [DecodedRecord]? {
    get { records[table] }
    set { records[table] = newValue }
  }

  /// Whether every table could be decoded.
  var areWhole: Bool { records.count == NetworkTable.allCases.count }

  /// All records that could be decoded, table by table.
  var all: [DecodedRecord] { NetworkTable.allCases.flatMap { records[$0] ?? [] } }

  /// The names that references to a table can have, by the table; those with faults are left out.
  var names: [String: Set<String>] {
    var result: [String: Set<String>] = [:]
    for table in NetworkTable.allCases {
      guard let id = table.id, let rows = records[table] else { continue }
      result[table.rawValue] = Set(rows.map { $0[id] })
    }
    let matrices = records[.lineMatrices].map { Set($0.map { $0[LineMatrixRecord.lineCode] }) }
    let codes = result.removeValue(forKey: NetworkTable.lineCodes.rawValue)
    if let codes, let matrices { result[NetworkTable.lineCodes.rawValue] = codes.union(matrices) }
    return result
  }

  /// The record of each element by what the compilation calls it.
  var places: [GridFault.Kind: [String: DecodedRecord]] {
    var places: [GridFault.Kind: [String: DecodedRecord]] = [:]
    for table in NetworkTable.allCases {
      guard let kind = table.gridKind, let rows = records[table] else { continue }
      let id = table.id ?? LineMatrixRecord.lineCode
      for row in rows where places[kind]?[row[id]] == nil {
        places[kind, default: [:]][row[id]] = row
      }
    }
    return places
  }

  /// Makes the grid, or appends what does not fit together within the tables.
  func grid(frequency: Frequency, _ diagnostics: inout Diagnostics) -> Grid? {
    let areApart = checkNames(&diagnostics)
    checkRatings(&diagnostics)
    let codes = records[.lineMatrices].flatMap {
      LineMatrixRecord.lineCodes($0, frequency: frequency, &diagnostics)
    }
    let lines = elements(.lines, LineRecord.line, &diagnostics)
    let transformers = elements(.transformers, TransformerRecord.transformer, &diagnostics)
    let units = records[.transformerUnits].flatMap { units in
      records[.windings].flatMap {
        TransformerAssembly(units: units, windings: $0).transformers(&diagnostics)
      }
    }
    let capacitors = elements(.capacitors, CapacitorRecord.shunt, &diagnostics)
    let shunts = elements(.shunts, ShuntRecord.shunt, &diagnostics)
    let sources = elements(.sources, SourceRecord.source, &diagnostics)
    guard areApart, areWhole, let codes, let lines, let transformers, let units, let capacitors,
      let shunts, let sources
    else { return nil }
    return Grid(
      frequency: frequency, buses: (records[.buses] ?? []).map(BusRecord.bus),
      lineCodes: (records[.lineCodes] ?? [])
        .map { LineCodeRecord.lineCode($0, frequency: frequency) } + codes,
      lines: lines, transformers: transformers + units, shunts: capacitors + shunts,
      sources: sources)
  }

  /// The elements of a table, or nil when one of them has a fault.
  private func elements<Element>(
    _ table: NetworkTable,
    _ make: (DecodedRecord, inout Diagnostics) -> Element?, _ diagnostics: inout Diagnostics
  ) -> [Element]? {
    guard let rows = records[table] else { return nil }
    let elements = rows.compactMap { make($0, &diagnostics) }
    return elements.count == rows.count ? elements : nil
  }
}
