internal import BusbarUnits

extension ScenarioDecoder {
  /// Each name of another table's row must be there; the nearest one is suggested.
  ///
  /// A table with faults of its own is left out, since its names are not all known.
  mutating func checkReferences(
    _ network: DecodedNetwork?, _ profiles: Set<String>?, _ customers: [DecodedRecord]?,
    _ devices: [(kind: Catalog.Kind, records: [DecodedRecord])]?,
    _ communication: CommunicationTables??
  ) {
    var names = network?.tables.names ?? [:]
    names["profiles"] = profiles
    names["customers"] = customers.map { Set($0.map { $0[CustomerRecord.id] }) }
    if let communication {
      names["concentrators"] = communication?.names["concentrators"] ?? []
      names["processes"] = communication?.names["processes"] ?? []
    }
    var search = NameSearch(names)
    check(network?.tables.all ?? [], &search)
    check(customers ?? [], &search)
    for (_, records) in devices ?? [] { check(records, &search) }
    check(communication??.all ?? [], &search)
  }

  /// Checks records of which neighbours mostly follow one declaration.
  private mutating func check(_ records: [DecodedRecord], _ search: inout NameSearch) {
    var declaration: RecordDeclaration?
    var references: [(field: FieldDeclaration, table: String)] = []
    for record in records {
      if declaration?.name != record.values.record.name {
        declaration = record.values.record
        references = record.values.record.fields.compactMap { field in
          guard case .reference(let table) = field.kind else { return nil }
          return (field, table)
        }
      }
      for (field, table) in references {
        guard let name = record.values.text(of: field), search.isUnknown(name, in: table) else {
          continue
        }
        let place = record.location(of: field)
        let nearest =
          input.diagnostics.isFull(for: place.file) ? nil : search.nearest(to: name, in: table)
        input.diagnostics.error(
          "there is no '\(name)' in \(table), which \(field.name) names", at: place,
          remedy: nearest.map { "write '\($0)', or add '\(name)' to \(table)" }
            ?? "add '\(name)' to \(table)")
      }
    }
  }
}

/// The names in each table, for finding the one that was probably meant.
struct NameSearch {
  private let names: [String: Set<String>]
  private var sorted: [String: [String]] = [:]

  init(_ names: [String: Set<String>]) { self.names = names }

  /// Whether a table is known and does not hold a name.
  func isUnknown(_ name: String, in table: String) -> Bool {
    names[table].map { !$0.contains(name) } ?? false
  }

  mutating func nearest(to name: String, in table: String) -> String? {
    let all = sorted[table] ?? (names[table] ?? []).sorted(by: NaturalOrder.precedes)
    sorted[table] = all
    return NearestName.of(name, among: all)
  }
}
