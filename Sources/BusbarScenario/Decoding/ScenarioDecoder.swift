internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarPowerFlow
internal import BusbarSimulation
internal import BusbarTrajectory
internal import BusbarUnits

/// Reads the files of a scenario, compiles its network, and gathers all faults of both.
struct ScenarioDecoder {
  var input: ScenarioInput
  let catalog: Catalog
  private let taps: TapSettings?

  init(
    _ folder: ScenarioFolder, overrides: [String], taps: TapSettings? = nil, _ catalog: Catalog
  ) {
    input = ScenarioInput(folder, overrides: overrides)
    self.taps = taps
    self.catalog = catalog
  }

  /// The keys at the top of a scenario that hold more than one value.
  static let sections = [
    "holidays", "network", "profiles", "customers", "devices", "metering", "communication",
    "power_flow", "record", "checkpoints",
  ]

  /// Returns the parts of a scenario; nil when a fault keeps some of them from being read.
  mutating func decode(_ name: String) -> ScenarioParts? {
    guard let root = input.document(name) else { return nil }
    let keys = GeneralRecord.declaration.allKeys + Self.sections
    guard let sections = root.section(allowing: keys, &input.diagnostics) else { return nil }
    let known = root.keeping(only: Set(keys))
    let general = input.record(
      of: GeneralRecord.declaration, in: known, excluding: Set(Self.sections))
    let epoch = part(of: known, GeneralRecord.start, GeneralRecord.timeZone)
      .flatMap { self.epoch($0) }
    let holidays = self.holidays(sections["holidays"])
    var network = sections.required("network", &input.diagnostics).flatMap { self.network($0) }
    if let taps { network?.apply(taps, &input.diagnostics) }
    let profiles = self.profiles(
      sections["profiles"], runLength: part(of: known, GeneralRecord.warmUp, GeneralRecord.duration)
    )
    let customers = records(
      CustomerRecord.declaration, sections["customers"], "customers", id: CustomerRecord.id)
    let devices = self.devices(sections["devices"])
    let metering = values(MeteringRecord.declaration, sections["metering"])
    let communication = self.communication(sections["communication"])
    let powerFlow = values(PowerFlowRecord.declaration, sections["power_flow"])
    let recording = self.recording(sections["record"])
    let checkpoints = self.checkpoints(
      sections["checkpoints"], part(of: known, GeneralRecord.warmUp, GeneralRecord.duration))
    checkReferences(network, profiles?.names, customers, devices, communication)
    let connected = network.flatMap {
      ScenarioBuilder(
        network: $0, customers: customers ?? [], devices: devices ?? [],
        nominalProfiles: input.diagnostics.hasErrors ? nil : profiles?.library.nominal
      ).connect(&input.diagnostics)
    }
    let setup = communication.flatMap { tables -> CommunicationSetup?? in
      guard let tables else { return .some(nil) }
      guard let connected, let metering, let general, let customers else { return nil }
      return CommunicationAssembly(
        tables: tables, customers: customers, metering: metering, meters: connected.meters,
        network: connected.solver.network, seed: UInt64(general[GeneralRecord.seed])
      ).setup(&input.diagnostics).map { .some($0) }
    }
    input.finish()
    guard let general, var epoch, let holidays, let connected, let profiles, customers != nil,
      devices != nil, let metering, let powerFlow, let recording, let checkpoints, let setup
    else { return nil }
    epoch.holidays = holidays
    return ScenarioParts(
      title: general[GeneralRecord.title], epoch: epoch,
      warmUp: Interval(milliseconds: general[GeneralRecord.warmUp]),
      duration: Interval(milliseconds: general[GeneralRecord.duration]),
      seed: UInt64(general[GeneralRecord.seed]), connected: connected, profiles: profiles.library,
      communication: setup,
      meteringInterval: Interval(milliseconds: metering[MeteringRecord.interval]),
      criterion: PowerFlowRecord.criterion(powerFlow.values),
      policy: PowerFlowRecord.policy(powerFlow.values),
      snapshot: PowerFlowRecord.snapshot(powerFlow.values), recording: recording,
      checkpoints: checkpoints)
  }

  // MARK: Parts

  /// Some fields of a record whose other fields may have faults; all faults are reported elsewhere.
  private func part(of node: TextNode, _ fields: any DeclaredField...) -> DecodedRecord? {
    let declaration = RecordDeclaration("scenario", "", fields: fields)
    var reportedElsewhere = Diagnostics()
    return node.keeping(only: Set(declaration.allKeys)).record(&reportedElsewhere)
      .flatMap { RecordDecoder(declaration).decode($0, &reportedElsewhere) }
  }

  private mutating func epoch(_ general: DecodedRecord) -> Epoch? {
    let zone = general[optional: GeneralRecord.timeZone]
    switch StartInstant.epoch(general[GeneralRecord.start], zone: zone) {
    case .success(let epoch): return epoch
    case .failure(let fault):
      let field = fault.key == .timeZone ? GeneralRecord.timeZone : GeneralRecord.start
      input.diagnostics.error(
        fault.problem, at: general.location(of: field), remedy: fault.remedy)
      return nil
    }
  }

  /// One record whose keys all have defaults, so that the section itself may be absent.
  mutating func values(
    _ declaration: RecordDeclaration, _ node: TextNode?, excluding: Set<String> = []
  ) -> DecodedRecord? {
    let empty = TextNode(.mapping([]), at: SourceLocation(file: Scenario.fileName))
    let present = node.map { $0.content == .null ? empty : $0 }
    return input.record(of: declaration, in: present ?? empty, excluding: excluding)
  }

  /// Records of one kind, with ids of their own if they have any; an absent table has none.
  mutating func records(
    _ declaration: RecordDeclaration, _ node: TextNode?, _ path: String, id: Field<String>?
  ) -> [DecodedRecord]? {
    guard let node, node.content != .null else { return [] }
    guard let records = input.records(of: declaration, in: node, path: path) else { return nil }
    guard let id else { return records }
    return checkUnique(records, declaration.name, id: id) ? records : nil
  }

  private mutating func checkUnique(
    _ records: [DecodedRecord], _ name: String, id: Field<String>
  ) -> Bool {
    var first: [String: SourceLocation] = [:]
    var isSound = true
    for record in records {
      if let earlier = first[record[id]] {
        input.diagnostics.error(
          "\(name) '\(record[id])' is given already at \(earlier)", at: record.location(of: id),
          remedy: "give each \(name) a name of its own")
        isSound = false
      } else {
        first[record[id]] = record.location(of: id)
      }
    }
    return isSound
  }

  private mutating func recording(_ node: TextNode?) -> RecordingOptions? {
    let key = RecordingRecord.variables
    let record = values(RecordingRecord.declaration, node, excluding: [key])
    let known = TrajectoryVariable.all.map(\.name)
    var chosen = known
    if let list = node?.entries?.first(where: { $0.key == key })?.value {
      guard let elements = list.list(&input.diagnostics) else { return nil }
      chosen = []
      for element in elements {
        guard let name = element.singleText(&input.diagnostics) else { return nil }
        guard known.contains(name) else {
          let nearest = NearestName.of(name, among: known)
          let allowed = "known variables: \(known.joined(separator: ", "))"
          input.diagnostics.error(
            "there is no variable '\(name)'", at: element.location,
            remedy: nearest.map { "write '\($0)'; \(allowed)" } ?? allowed)
          return nil
        }
        chosen.append(name)
      }
    }
    return record.map { RecordingRecord.options($0.values, variables: chosen) }
  }
}
