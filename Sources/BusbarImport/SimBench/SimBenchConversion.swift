internal import BusbarScenario
internal import BusbarUnits

/// The state of one conversion: what was read, what was written, and what there is to say.
struct SimBenchConversion {
  let folder: SimBenchFolder
  var diagnostics = Diagnostics()
  var notes: [ImportNote] = []
  /// The CSV files written so far.
  var files: [ImportedScenario.File] = []
  /// Names of branches and of devices that are taken.
  var takenNames: [NameSpace: Set<String>] = [:]

  /// What must differ in its names.
  enum NameSpace {
    case branch, device
  }

  init(_ folder: SimBenchFolder) { self.folder = folder }

  /// Converts all tables; nil when one of them cannot be used.
  mutating func convert() -> [ImportedScenario.File]? {
    guard let tables = SimBenchTables(folder, &diagnostics) else { return nil }
    refuse(tables)
    guard let nodes = SimBenchNodes(tables, &diagnostics) else { return nil }
    noteNodes(nodes)
    writeBuses(nodes, tables)
    writeLines(nodes, tables)
    writeTransformers(nodes, tables)
    writeSources(nodes, tables)
    writeShunts(nodes, tables)
    let profiles = readProfiles()
    let devices = writeDevices(nodes, tables, profiles)
    let profileFiles = writeProfiles(profiles, used: devices.profiles)
    if diagnostics.hasErrors { return nil }
    noteIgnoredTables()
    let names = files.map(\.name)
    let scenario = SimBenchScenarioText(
      name: folder.name, tables: names, profiles: profileFiles, clock: profiles?.clock)
    add("scenario.yaml", scenario.text)
    add("README.md", SimBenchReadme(folder.name, notes).text)
    return files.sorted { $0.name < $1.name }
  }

  // MARK: Writing

  mutating func add(_ name: String, _ text: String) {
    files.append(ImportedScenario.File(name: name, text: text))
  }

  /// Adds a table that has rows.
  mutating func add(_ name: String, _ table: TableText) {
    if table.rowCount > 0 { add(name, table.text) }
  }

  mutating func note(_ kind: ImportNote.Kind, _ element: String, _ text: String) {
    notes.append(ImportNote(kind: kind, element: element, text: text))
  }

  /// Returns a name that nothing else in the space has; prefixed where another table has it.
  mutating func name(_ id: String, of table: String, in space: NameSpace) -> String {
    if takenNames[space, default: []].insert(id).inserted { return id }
    var name = "\(table) \(id)"
    while !takenNames[space, default: []].insert(name).inserted { name = "\(table) \(name)" }
    note(
      .translated, "\(table) \(id)", "Named '\(name)', since another element has the name already.")
    return name
  }

  // MARK: What is not read

  /// Reports elements that are needed for a right result and cannot be translated.
  private mutating func refuse(_ tables: SimBenchTables) {
    for row in tables.unsupported {
      diagnostics.error(
        "elements of \(row.file) cannot be imported", at: row.location,
        remedy: "use a grid without them, or replace them by loads and two-winding transformers")
    }
  }

  private mutating func noteIgnoredTables() {
    let reasons = [
      "Measurement": "measurements; they have no effect on the grid",
      "StudyCases": "study cases; the profiles and the nominal powers are used instead",
      "NodePFResult": "results of a power flow",
      "Substation": "names of substations", "DCLineType": "types of DC lines; there are none",
    ]
    let known = SimBenchTables.names
    for table in folder.tables where !known.contains(table) && !table.hasSuffix("Profile") {
      note(.ignored, "\(table).csv", "Not used: \(reasons[table] ?? "unknown to this import").")
    }
  }
}
