/// A table of a scenario as text; no cell holds a comma, a quotation mark or a line feed.
struct TextTable {
  private(set) var columns: [String]
  var rows: [[String]]

  init(_ bytes: [UInt8]) {
    var lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    columns = lines.removeFirst()
    rows = lines
    precondition(
      rows.allSatisfy { $0.count == columns.count }, "Each row has a cell for each column.")
  }

  var bytes: [UInt8] {
    Array(([columns] + rows).map { $0.joined(separator: ",") + "\n" }.joined().utf8)
  }

  /// A cell of a column; empty where the table lacks the column.
  subscript(row: Int, column: String) -> String {
    get { columns.firstIndex(of: column).map { rows[row][$0] } ?? "" }
    set { rows[row][place(of: column)] = newValue }
  }

  /// Adds a row; its cells are empty but for the given ones.
  mutating func append(_ cells: KeyValuePairs<String, String>) {
    rows.append(columns.map { _ in "" })
    for (column, text) in cells { self[rows.count - 1, column] = text }
  }

  private mutating func place(of column: String) -> Int {
    if let place = columns.firstIndex(of: column) { return place }
    columns.append(column)
    for row in rows.indices { rows[row].append("") }
    return columns.count - 1
  }
}

/// The files of an imported scenario, to be changed as text.
struct ScenarioText {
  /// All files by name.
  private(set) var files: [String: [UInt8]]

  /// The tables in which the order of the rows means nothing.
  static let tableNames = [
    "buses", "line_codes", "line_matrices", "lines", "transformer_units", "windings",
    "capacitors", "shunts", "sources", "regulators", "capacitor_controls", "customers", "loads",
  ]

  init(_ files: [String: [UInt8]]) {
    let tables = files.keys.filter { $0.hasSuffix(".csv") && !$0.hasPrefix("profiles-") }
    precondition(
      tables.allSatisfy { $0 == "report.csv" || Self.tableNames.contains(String($0.dropLast(4))) },
      "Each table that the import writes is known here.")
    self.files = files
  }

  /// A table by its name without the ending; setting nil leaves the scenario as it is.
  subscript(table: String) -> TextTable? {
    get { files[table + ".csv"].map(TextTable.init) }
    set { if let newValue { files[table + ".csv"] = newValue.bytes } }
  }

  /// Makes a table that the scenario lacks, and names it among those of the network.
  mutating func addNetworkTable(_ name: String, columns: String) {
    guard files[name + ".csv"] == nil else { return }
    files[name + ".csv"] = Array((columns + "\n").utf8)
    let yaml = String(decoding: files["scenario.yaml"] ?? [], as: UTF8.self)
    let lines = yaml.split(separator: "\n", omittingEmptySubsequences: false).flatMap { line in
      line == "network:" ? [String(line), "  \(name): \(name).csv"] : [String(line)]
    }
    files["scenario.yaml"] = Array(lines.joined(separator: "\n").utf8)
  }

  /// Changes each cell of a column, where the table is there.
  mutating func rewrite(_ table: String, _ column: String, by change: (String) -> String) {
    guard var text = self[table], text.columns.contains(column) else { return }
    for row in text.rows.indices { text[row, column] = change(text[row, column]) }
    self[table] = text
  }
}
