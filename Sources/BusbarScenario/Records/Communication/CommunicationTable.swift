internal import BusbarUnits

/// The keys of `communication` that hold a table each.
enum CommunicationTable: String, CaseIterable {
  case linkClasses = "link_classes"
  case parties, media, links, routes, airlocks, faults, concentrators, processes
  case processSteps = "process_steps"

  /// The key of the one record that is no table.
  static let headEnd = "head_end"

  var declaration: RecordDeclaration {
    switch self {
    case .linkClasses: LinkClassRecord.declaration
    case .parties: PartyRecord.declaration
    case .media: MediumRecord.declaration
    case .links: CommunicationLinkRecord.declaration
    case .routes: RouteRecord.declaration
    case .airlocks: AirlockRecord.declaration
    case .faults: LinkFaultRecord.declaration
    case .concentrators: ConcentratorRecord.declaration
    case .processes: ProcessRecordDeclaration.declaration
    case .processSteps: ProcessStepRecord.declaration
    }
  }

  /// The field that names a row; nil when rows are named by something else.
  var id: Field<String>? {
    switch self {
    case .linkClasses: LinkClassRecord.id
    case .parties: PartyRecord.id
    case .media: MediumRecord.id
    case .routes: RouteRecord.id
    case .faults: LinkFaultRecord.id
    case .concentrators: ConcentratorRecord.id
    case .processes: ProcessRecordDeclaration.id
    case .links, .airlocks, .processSteps: nil
    }
  }
}
