internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarMessaging
internal import BusbarOperator
internal import BusbarSimulation
internal import BusbarUnits

/// Compiles the communication of a scenario, with the links that its metering needs.
struct CommunicationAssembly {
  let tables: CommunicationTables
  let customers: [DecodedRecord]
  let metering: DecodedRecord
  let meters: [MeterInstallation]
  let network: Network
  let seed: UInt64

  var interval: Interval { Interval(milliseconds: metering[MeteringRecord.interval]) }

  /// The setup, or nil after faults were reported.
  func setup(_ diagnostics: inout Diagnostics) -> CommunicationSetup? {
    let faultsBefore = diagnostics.count
    var declared = Communication()
    var places = CommunicationPlaces(tables.location)
    declareClasses(&declared, &places, &diagnostics)
    declareParties(&declared, &places)
    for record in tables[.media] {
      declared.media.append(MediumRecord.medium(record))
      places.note(.medium, record[MediumRecord.id], record)
    }
    for record in tables[.links] {
      declared.links.append(CommunicationLinkRecord.link(record))
      places.note(.link, CommunicationLinkRecord.name(record), record)
    }
    for record in tables[.routes] {
      declared.routes.append(RouteRecord.route(record))
      places.note(.route, record[RouteRecord.id], record)
    }
    for record in tables[.airlocks] {
      declared.airlocks.append(AirlockRecord.airlock(record))
      places.note(.airlock, record[AirlockRecord.party], record)
    }
    let collection = MeterCollection(self, &declared, &places, &diagnostics)
    for record in tables[.faults] {
      for fault in LinkFaultRecord.faults(record, links: declared.links, &diagnostics) ?? [] {
        declared.linkFaults.append(fault)
        places.note(.linkFault, fault.id, record)
      }
    }
    guard diagnostics.count == faultsBefore else { return nil }
    do {
      let plan = try CommunicationPlan(compiling: declared)
      let buses = buses(of: plan)
      var setup = CommunicationSetup(network: plan, buses: buses)
      setup.metering = collection?.setup(plan)
      let processes = ProcessAssembly(tables: tables, plan: plan, meters: meters, network: network)
      guard let processes = processes.processes(&diagnostics) else { return nil }
      setup.processes = processes
      return setup
    } catch {
      for fault in error.faults { places.report(fault, declared, &diagnostics) }
      return nil
    }
  }

  private func declareClasses(
    _ declared: inout Communication, _ places: inout CommunicationPlaces,
    _ diagnostics: inout Diagnostics
  ) {
    for record in tables[.linkClasses] {
      guard let linkClass = LinkClassRecord.linkClass(record, &diagnostics) else { continue }
      declared.linkClasses.removeAll { $0.name == linkClass.name }
      declared.linkClasses.append(linkClass)
      places.note(.linkClass, linkClass.name, record)
    }
  }

  private func declareParties(
    _ declared: inout Communication, _ places: inout CommunicationPlaces
  ) {
    for record in tables[.parties] {
      let id = record[PartyRecord.id]
      let isSupplied = record[optional: PartyRecord.bus] != nil
      declared.parties.append(Party(id: id, supply: isSupplied ? .grid : .independent))
      places.note(.party, id, record)
    }
  }

  /// The bus at which each party stands.
  private func buses(of plan: CommunicationPlan) -> [Index<Bus>?] {
    var known: [String: Index<Bus>] = [:]
    for meter in meters { known[meter.id] = meter.bus }
    let named =
      tables[.parties].map { ($0[PartyRecord.id], $0[optional: PartyRecord.bus]) }
      + tables[.concentrators].map {
        ($0[ConcentratorRecord.id], $0[optional: ConcentratorRecord.bus])
      }
    for (id, bus) in named {
      if let bus = bus.flatMap({ network.grid.bus(named: $0) }) { known[id] = bus }
    }
    return plan.parties.values.map { known[$0.id] }
  }
}

/// Where the parts of a communication were written.
struct CommunicationPlaces {
  private let section: SourceLocation
  private var records: [CommunicationFault.Element: [String: DecodedRecord]] = [:]

  init(_ section: SourceLocation) { self.section = section }

  mutating func note(
    _ element: CommunicationFault.Element, _ id: String, _ record: DecodedRecord
  ) {
    if records[element]?[id] == nil { records[element, default: [:]][id] = record }
  }

  /// Reports a fault where its element was written.
  func report(
    _ fault: CommunicationFault, _ declared: Communication, _ diagnostics: inout Diagnostics
  ) {
    let place = records[fault.element]?[fault.id]?.location ?? section
    var problem = fault.description
    if problem.hasSuffix(".") { problem.removeLast() }
    diagnostics.error(problem, at: place, remedy: remedy(fault, declared))
  }

  private func remedy(_ fault: CommunicationFault, _ declared: Communication) -> String {
    guard case .unknown(let element, let id) = fault.reason else {
      return "mend the \(fault.element.rawValue) or leave it out"
    }
    let names: [String] =
      switch element {
      case .party: declared.parties.map(\.id)
      case .linkClass: declared.linkClasses.map(\.name)
      case .medium: declared.media.map(\.id)
      case .link: declared.links.map(\.id)
      case .route: declared.routes.map(\.id)
      case .airlock, .linkFault: []
      }
    let nearest = NearestName.of(id, among: names.sorted(by: NaturalOrder.precedes))
    return nearest.map { "write '\($0)', or add '\(id)'" } ?? "add '\(id)'"
  }
}
