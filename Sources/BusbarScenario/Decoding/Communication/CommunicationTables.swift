internal import BusbarUnits

/// The records of `communication`, table by table.
struct CommunicationTables {
  private var records: [CommunicationTable: [DecodedRecord]] = [:]
  /// The head-end; nil when the scenario has none.
  var headEnd: DecodedRecord?
  /// The place of the section.
  var location: SourceLocation

  init(at location: SourceLocation) { self.location = location }

  /// The records of a table.
  subscript(table: CommunicationTable) -> [DecodedRecord] {
    get { records[table] ?? [] }
    set { records[table] = newValue }
  }

  /// All records, table by table.
  var all: [DecodedRecord] {
    CommunicationTable.allCases.flatMap { records[$0] ?? [] } + (headEnd.map { [$0] } ?? [])
  }

  /// The names that references to a table can have.
  var names: [String: Set<String>] {
    [
      "concentrators": Set(self[.concentrators].map { $0[ConcentratorRecord.id] }),
      "processes": Set(self[.processes].map { $0[ProcessRecordDeclaration.id] }),
    ]
  }

  /// Whether readings travel as messages.
  var collectsReadings: Bool { headEnd != nil || !self[.concentrators].isEmpty }
}

extension ScenarioDecoder {
  /// Reads the tables of the communication; an absent section has none.
  ///
  /// Nil when one of them has a fault.
  mutating func communication(_ node: TextNode?) -> CommunicationTables?? {
    guard let node, node.content != .null else { return .some(nil) }
    let keys = CommunicationTable.allCases.map(\.rawValue) + [CommunicationTable.headEnd]
    guard let section = node.section(allowing: keys, &input.diagnostics) else { return nil }
    var tables = CommunicationTables(at: node.location)
    var isSound = true
    for table in CommunicationTable.allCases {
      let records = records(
        table.declaration, section[table.rawValue], "communication.\(table.rawValue)",
        id: table.id)
      if let records { tables[table] = records } else { isSound = false }
    }
    if let headEnd = section[CommunicationTable.headEnd] {
      tables.headEnd = values(HeadEndRecord.declaration, headEnd)
      if tables.headEnd == nil { isSound = false }
    }
    return isSound ? .some(tables) : nil
  }
}
