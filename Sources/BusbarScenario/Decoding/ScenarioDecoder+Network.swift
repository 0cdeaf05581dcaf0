internal import BusbarGrid
internal import BusbarUnits

/// The network of a scenario with the places where its elements were written.
struct DecodedNetwork {
  /// The grid; nil when a table or an element has a fault, which has been reported.
  var grid: Grid?
  var tables: NetworkTables
  var location: SourceLocation

  /// Sets the turns that a table of taps gives.
  mutating func apply(_ taps: TapSettings, _ diagnostics: inout Diagnostics) {
    guard var grid else { return }
    taps.apply(to: &grid, &diagnostics)
    self.grid = grid
  }
}

extension ScenarioDecoder {
  /// Reads the tables of the network; nil when it has no form at all.
  mutating func network(_ node: TextNode) -> DecodedNetwork? {
    let names = NetworkTable.allCases.map(\.rawValue)
    let keys = NetworkRecord.declaration.allKeys + names
    guard let section = node.section(allowing: keys, &input.diagnostics) else { return nil }
    let values = input.record(
      of: NetworkRecord.declaration, in: node.keeping(only: Set(keys)), excluding: Set(names))
    var tables = NetworkTables()
    for table in NetworkTable.allCases {
      let isRequired = NetworkTable.required.contains(table)
      if isRequired, section.required(table.rawValue, &input.diagnostics) == nil { continue }
      tables[table] = records(
        table.declaration, section[table.rawValue], "network.\(table.rawValue)", id: table.id)
    }
    // The elements are checked even if the frequency has a fault, which changes no fault of theirs.
    let frequency = values?[NetworkRecord.frequency] ?? 50
    let grid = tables.grid(frequency: .hertz(frequency), &input.diagnostics)
    return DecodedNetwork(
      grid: values == nil ? nil : grid, tables: tables, location: node.location)
  }
}
