internal import BusbarScenario

/// The tables of a grid that matter, each checked for its columns.
struct SimBenchTables {
  var nodes: [SimBenchRow] = []
  var coordinates: [SimBenchRow] = []
  var lines: [SimBenchRow] = []
  var lineTypes: [String: SimBenchRow] = [:]
  var dcLineTypes: [String: SimBenchRow] = [:]
  var switches: [SimBenchRow] = []
  var transformers: [SimBenchRow] = []
  var transformerTypes: [String: SimBenchRow] = [:]
  var externalNets: [SimBenchRow] = []
  var shunts: [SimBenchRow] = []
  var loads: [SimBenchRow] = []
  var generators: [SimBenchRow] = []
  var storages: [SimBenchRow] = []
  /// The first row of each table whose elements cannot be translated.
  var unsupported: [SimBenchRow] = []

  /// The tables that are read here.
  static let names: Set<String> = [
    "Node", "Coordinates", "Line", "LineType", "DCLineType", "Switch", "Transformer",
    "TransformerType", "ExternalNet", "Shunt", "Load", "RES", "Storage", "Transformer3W",
    "PowerPlant",
  ]

  /// Reads all tables, or appends their faults and returns nil.
  init?(_ folder: SimBenchFolder, _ diagnostics: inout Diagnostics) {
    var isSound = true
    func rows(_ table: String, _ columns: [String] = []) -> [SimBenchRow] {
      guard let file = folder.fileName(of: table) else { return [] }
      guard let bytes = folder.contents(of: file, &diagnostics),
        let read = SimBenchTable(
          bytes, file: file, requiring: ["id"] + columns, &diagnostics)
      else {
        isSound = false
        return []
      }
      if !Self.checkNames(read.rows, &diagnostics) { isSound = false }
      return read.rows
    }
    func named(_ table: String, _ columns: [String] = []) -> [String: SimBenchRow] {
      Dictionary(rows(table, columns).map { ($0.text("id") ?? "", $0) }) { first, _ in first }
    }
    for table in ["Node", "ExternalNet"] where folder.fileName(of: table) == nil {
      diagnostics.error(
        "there is no table \(table).csv", at: SourceLocation(file: "\(table).csv"),
        remedy: "name the folder of a SimBench grid in the CSV format, with all its tables")
      isSound = false
    }
    nodes = rows("Node", ["type", "vmR"])
    coordinates = rows("Coordinates", ["x", "y"])
    lines = rows("Line", ["nodeA", "nodeB", "type", "length"])
    lineTypes = named("LineType", ["r", "x", "b"])
    dcLineTypes = named("DCLineType")
    switches = rows("Switch", ["nodeA", "nodeB", "cond"])
    transformers = rows("Transformer", ["nodeHV", "nodeLV", "type", "tappos"])
    transformerTypes = named(
      "TransformerType", ["sR", "vmHV", "vmLV", "va0", "vmImp", "pCu", "pFe", "iNoLoad"])
    externalNets = rows("ExternalNet", ["node", "calc_type"])
    shunts = rows("Shunt", ["node", "p0", "q0", "vmR"])
    loads = rows("Load", ["node", "pLoad", "qLoad"])
    generators = rows("RES", ["node", "calc_type", "pRES", "qRES"])
    storages = rows("Storage", ["node", "pStor", "qStor"])
    unsupported = ["Transformer3W", "PowerPlant"].compactMap { rows($0).first }
    guard isSound else { return nil }
  }

  /// Whether each row has a name of its own that Busbar can use; appends what is wrong.
  private static func checkNames(
    _ rows: [SimBenchRow], _ diagnostics: inout Diagnostics
  ) -> Bool {
    var lines: [String: Int] = [:]
    var isSound = true
    for row in rows {
      guard let id = row.identifier("id", &diagnostics) else {
        isSound = false
        continue
      }
      if let first = lines.updateValue(row.line, forKey: id) {
        diagnostics.error(
          "'\(id)' is given already in line \(first)", at: row.location(of: "id"),
          remedy: "give each row a name of its own")
        isSound = false
      }
    }
    return isSound
  }
}
