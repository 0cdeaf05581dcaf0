internal import BusbarGrid
internal import BusbarUnits

/// The grid of a scenario with the places where its elements were written.
struct DecodedNetwork {
  var grid: Grid
  var places: [GridFault.Kind: [String: DecodedRecord]]
  var location: SourceLocation
  /// All records that refer to other tables.
  var records: [DecodedRecord]
}

extension ScenarioDecoder {
  /// The keys of `network` that hold tables.
  static let networkTables = ["buses", "line_codes", "lines", "transformers", "sources"]

  /// Reads the tables of the network; nil when one of them has a fault.
  mutating func network(_ node: TextNode) -> DecodedNetwork? {
    let keys = NetworkRecord.declaration.allKeys + Self.networkTables
    guard let section = node.section(allowing: keys, &input.diagnostics) else { return nil }
    let values = input.record(
      of: NetworkRecord.declaration, in: node.keeping(only: Set(keys)),
      excluding: Set(Self.networkTables))
    var isSound = values != nil
    for table in ["buses", "sources"]
    where section.required(table, &input.diagnostics) == nil {
      isSound = false
    }

    func table(
      _ declaration: RecordDeclaration, _ name: String, _ id: Field<String>,
      _ decoder: inout ScenarioDecoder
    ) -> [DecodedRecord] {
      let records = decoder.records(declaration, section[name], "network.\(name)", id: id)
      if records == nil { isSound = false }
      return records ?? []
    }
    let buses = table(BusRecord.declaration, "buses", BusRecord.id, &self)
    let codes = table(LineCodeRecord.declaration, "line_codes", LineCodeRecord.id, &self)
    let lines = table(LineRecord.declaration, "lines", LineRecord.id, &self)
    let transformers = table(
      TransformerRecord.declaration, "transformers", TransformerRecord.id, &self)
    let sources = table(SourceRecord.declaration, "sources", SourceRecord.id, &self)

    let frequency = Frequency.hertz(values?[NetworkRecord.frequency] ?? 50)
    let grid = Grid(
      frequency: frequency, buses: buses.map(BusRecord.bus),
      lineCodes: codes.map { LineCodeRecord.lineCode($0, frequency: frequency) },
      lines: lines.compactMap { record in
        conductors(record, LineRecord.phases).map { LineRecord.line(record, $0) }
      },
      transformers: transformers.compactMap {
        TransformerRecord.transformer($0, &input.diagnostics)
      },
      sources: sources.compactMap { SourceRecord.source($0, &input.diagnostics) })
    let isWhole =
      grid.lines.count == lines.count && grid.transformers.count == transformers.count
      && grid.sources.count == sources.count
    guard isSound, isWhole else { return nil }
    func byID(_ records: [DecodedRecord], _ id: Field<String>) -> [String: DecodedRecord] {
      Dictionary(records.map { ($0[id], $0) }, uniquingKeysWith: { first, _ in first })
    }
    return DecodedNetwork(
      grid: grid,
      places: [
        .bus: byID(buses, BusRecord.id), .lineCode: byID(codes, LineCodeRecord.id),
        .line: byID(lines, LineRecord.id),
        .transformer: byID(transformers, TransformerRecord.id),
        .source: byID(sources, SourceRecord.id),
      ],
      location: node.location, records: lines + transformers + sources)
  }

  /// The phases of a branch or a customer; an explicit neutral is refused with its place.
  mutating func conductors(_ record: DecodedRecord, _ field: Field<String>) -> ConductorSet? {
    if let set = ConductorSet(record[field]) { return set }
    input.diagnostics.error(
      "'\(record[field])' names a neutral conductor, which this version does not model",
      at: record.location(of: field), remedy: "use phases a, b and c, with Kron-reduced impedances")
    return nil
  }
}
