internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarMessaging
internal import BusbarOperator
internal import BusbarSimulation
internal import BusbarUnits

/// The parties, links and routes over which readings come from the meters to the head-end.
///
/// A meter's links are named `METER>CONCENTRATOR` and `CONCENTRATOR>METER`, and those of a
/// concentrator `CONCENTRATOR>HEAD-END` and back. The links of a concentrator's meters share the
/// medium `CONCENTRATOR/meters`, and the two to the head-end `CONCENTRATOR/uplink`.
struct MeterCollection {
  private let assembly: CommunicationAssembly
  private let headEnd: DecodedRecord
  /// The concentrators in natural order of their ids.
  private let concentrators: [DecodedRecord]
  /// The position of each meter's concentrator; nil for one that talks to the head-end itself.
  private let concentratorOfMeter: [Int?]

  /// Declares all that the collection needs; nil when the scenario collects no readings.
  init?(
    _ assembly: CommunicationAssembly, _ declared: inout Communication,
    _ places: inout CommunicationPlaces, _ diagnostics: inout Diagnostics
  ) {
    guard assembly.tables.collectsReadings else { return nil }
    self.assembly = assembly
    headEnd =
      assembly.tables.headEnd
      ?? DecodedRecord(defaultsOf: HeadEndRecord.declaration, at: assembly.tables.location)
    concentrators = assembly.tables[.concentrators].sorted {
      NaturalOrder.precedes($0[ConcentratorRecord.id], $1[ConcentratorRecord.id])
    }
    guard
      let assigned = Self.assign(assembly, concentrators, &diagnostics)
    else { return nil }
    concentratorOfMeter = assigned
    declare(&declared, &places)
  }

  /// Finds the concentrator of each meter: the one that its customer names, or the only one.
  private static func assign(
    _ assembly: CommunicationAssembly, _ concentrators: [DecodedRecord],
    _ diagnostics: inout Diagnostics
  ) -> [Int?]? {
    let positions = Dictionary(
      concentrators.enumerated().map { ($1[ConcentratorRecord.id], $0) },
      uniquingKeysWith: { first, _ in first })
    let customers = Dictionary(
      assembly.customers.map { ($0[CustomerRecord.id], $0) },
      uniquingKeysWith: { first, _ in first })
    var isSound = true
    let assigned = assembly.meters.map { meter -> Int? in
      guard let customer = customers[meter.customer] else { return nil }
      if let name = customer[optional: CustomerRecord.concentrator] { return positions[name] }
      if concentrators.count > 1 {
        isSound = false
        diagnostics.error(
          "meter '\(meter.id)' names none of the \(concentrators.count) concentrators",
          at: customer.location, remedy: "name one of them in the customer's 'concentrator'")
      }
      return concentrators.isEmpty ? nil : 0
    }
    return isSound ? assigned : nil
  }

  private var headEndID: String { HeadEndRecord.name(headEnd) }

  private func id(_ concentrator: Int) -> String {
    concentrators[concentrator][ConcentratorRecord.id]
  }

  // MARK: Declaring

  private func declare(_ declared: inout Communication, _ places: inout CommunicationPlaces) {
    declared.parties.append(Party(id: headEndID))
    places.note(.party, headEndID, headEnd)
    for (position, record) in concentrators.enumerated() {
      let isSupplied = record[optional: ConcentratorRecord.bus] != nil
      declared.parties.append(
        Party(id: id(position), supply: isSupplied ? .grid : .independent))
      places.note(.party, id(position), record)
      link(
        id(position), headEndID, ConcentratorRecord.uplinkLinkClass(record),
        medium: "\(id(position))/uplink", record, &declared, &places)
    }
    for (position, meter) in assembly.meters.enumerated() {
      declared.parties.append(Party(id: meter.id, supply: .grid))
      guard let concentrator = concentratorOfMeter[position] else {
        let linkClass = headEnd[optional: HeadEndRecord.meterClass] ?? LinkClass.gprs.name
        link(meter.id, headEndID, linkClass, medium: nil, headEnd, &declared, &places)
        continue
      }
      let record = concentrators[concentrator]
      link(
        meter.id, id(concentrator), ConcentratorRecord.meterLinkClass(record),
        medium: "\(id(concentrator))/meters", record, &declared, &places)
      let (up, down) = (id(concentrator), headEndID)
      declared.routes.append(
        RouteDeclaration(
          id: "\(meter.id)>\(down)", links: ["\(meter.id)>\(up)", "\(up)>\(down)"]))
      declared.routes.append(
        RouteDeclaration(
          id: "\(down)>\(meter.id)", links: ["\(down)>\(up)", "\(up)>\(meter.id)"]))
    }
  }

  /// Declares the links between two parties in both directions, and their medium if they take time.
  private func link(
    _ from: String, _ to: String, _ linkClass: String, medium: String?, _ record: DecodedRecord,
    _ declared: inout Communication, _ places: inout CommunicationPlaces
  ) {
    let takesTime = declared.linkClasses.contains {
      $0.name == linkClass && $0.bitsPerSecond != nil
    }
    let shared = takesTime ? medium : nil
    if let shared, declared.media.last?.id != shared,
      !declared.media.contains(where: { $0.id == shared })
    {
      declared.media.append(Medium(id: shared))
    }
    for (first, second) in [(from, to), (to, from)] {
      let id = "\(first)>\(second)"
      declared.links.append(
        LinkDeclaration(
          id: id, from: first, to: second, linkClass: linkClass, medium: shared))
      places.note(.link, id, record)
    }
  }

  // MARK: Setting up

  /// The metering with its parties in a compiled plan.
  func setup(_ plan: CommunicationPlan) -> MeteringSetup {
    func party(_ id: String) -> Index<Party> {
      guard let party = plan.party(id) else {
        preconditionFailure("Each part of the metering is a party.")
      }
      return party
    }
    let meters = assembly.meters
    let collectors = concentratorOfMeter.map { concentrator in
      concentrator.map { MeteringAddress.concentrator(Index($0)) } ?? .headEnd
    }
    let metering = assembly.metering
    var fleet = MeterFleetPlan(ids: meters.map(\.id), collectors: collectors)
    fleet.push = MeteringRecord.push(metering)
    setRealTime(of: &fleet)
    var setup = MeteringSetup(
      meters: fleet,
      concentrators: concentrators.enumerated().map { position, record in
        ConcentratorRecord.plan(
          record, index: position,
          meters: meters.indices.filter { concentratorOfMeter[$0] == position }
            .map { Index($0) }, interval: assembly.interval)
      },
      headEnd: HeadEndRecord.plan(headEnd, meters: meters.count, interval: assembly.interval),
      map: map,
      parties: MeteringParties(
        meters: meters.map { party($0.id) },
        concentrators: concentrators.indices.map { party(id($0)) }, headEnd: party(headEndID)))
    setup.clocks = MeteringRecord.clocks(metering)
    return setup
  }

  private func setRealTime(of fleet: inout MeterFleetPlan) {
    let reporting = assembly.metering[MeteringRecord.realTime]
    guard let receiver = MeteringRecord.RealTime(rawValue: reporting), receiver != .none else {
      return
    }
    let limits = Dictionary(
      assembly.customers.map {
        ($0[CustomerRecord.id], $0[optional: CustomerRecord.contractedPower])
      }, uniquingKeysWith: { first, _ in first })
    fleet.realTime = RealTimeSchedule(
      meters: assembly.meters.indices.map { Index($0) },
      cutOffWatts: assembly.meters.map { limits[$0.customer] ?? nil })
    fleet.realTimeReceiver = receiver == .local ? .localInterface : .collector
  }

  /// What the operator believes: the truth, the errors that are drawn, and those that are written.
  private var map: MeterMap {
    let grid = assembly.network.grid
    let truth = assembly.meters.map { meter in
      let phases = meter.conductors.intersection(.abc).members
      return MeterConnection(bus: meter.bus, phase: phases.count == 1 ? phases[0] : nil)
    }
    var map = MeterMap(truth: truth)
    map.mistakePhases(
      share: assembly.metering[MeteringRecord.mapErrors], ids: assembly.meters.map(\.id),
      phases: assembly.meters.map { grid.conductors[$0.bus].intersection(.abc) },
      seed: assembly.seed)
    let customers = Dictionary(
      assembly.customers.map { ($0[CustomerRecord.id], $0) },
      uniquingKeysWith: { first, _ in first })
    for (position, meter) in assembly.meters.enumerated() {
      guard let text = customers[meter.customer]?[optional: CustomerRecord.mappedPhases],
        let phases = ConductorSet(text)?.members
      else { continue }
      map.misplace(
        Index(position),
        to: MeterConnection(bus: meter.bus, phase: phases.count == 1 ? phases[0] : nil))
    }
    return map
  }
}
