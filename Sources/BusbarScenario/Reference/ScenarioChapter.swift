internal import BusbarUnits

/// A part of `scenario.yaml` whose keys belong together: where it stands and what it holds.
struct ScenarioChapter {
  /// How a part is written.
  enum Form {
    /// Keys under the path.
    case keys
    /// A list of records, or the name of a CSV file with a row for each.
    case table
    /// A list of records, which no CSV file can replace.
    case list
    /// A list of plain values; the text says which.
    case values(String)
  }

  /// The keys that lead to the part, with points between them; empty for the top of the file.
  let path: String
  /// How it is written.
  let form: Form
  /// What is written; nil for plain values.
  let declaration: RecordDeclaration?

  /// All parts in the order of the file; the network and the communication table by table.
  static func all(for catalog: Catalog) -> [ScenarioChapter] {
    [ScenarioChapter("", .keys, GeneralRecord.declaration)]
      + ScenarioDecoder.sections.flatMap { chapters(of: $0, catalog) }
  }

  private init(_ path: String, _ form: Form, _ declaration: RecordDeclaration?) {
    self.path = path
    self.form = form
    self.declaration = declaration
  }

  private static func chapters(of section: String, _ catalog: Catalog) -> [ScenarioChapter] {
    switch section {
    case "holidays":
      [
        ScenarioChapter(
          section, .values("The bank holidays, as dates such as 2025-12-25; none by default."), nil)
      ]
    case "network":
      [ScenarioChapter(section, .keys, NetworkRecord.declaration)]
        + NetworkTable.allCases.map {
          ScenarioChapter("\(section).\($0.rawValue)", .table, $0.declaration)
        }
    case "profiles": [ScenarioChapter(section, .list, ProfileRecord.declaration)]
    case "customers": [ScenarioChapter(section, .table, CustomerRecord.declaration)]
    case "devices":
      catalog.kinds.map { ScenarioChapter("\(section).\($0.name)", .table, $0.declaration) }
    case "metering": [ScenarioChapter(section, .keys, MeteringRecord.declaration)]
    case "communication":
      [
        ScenarioChapter(
          "\(section).\(CommunicationTable.headEnd)", .keys, HeadEndRecord.declaration)
      ]
        + CommunicationTable.allCases.map {
          ScenarioChapter("\(section).\($0.rawValue)", .table, $0.declaration)
        }
    case "power_flow": [ScenarioChapter(section, .keys, PowerFlowRecord.declaration)]
    case "record":
      [
        ScenarioChapter(section, .keys, RecordingRecord.declaration),
        ScenarioChapter(
          "\(section).\(RecordingRecord.variables)",
          .values("The names of the variables to record; all of them by default."), nil),
      ]
    case "checkpoints": [ScenarioChapter(section, .table, CheckpointRecord.declaration)]
    default: preconditionFailure("The section '\(section)' has no chapter in the reference.")
    }
  }
}
