internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarHDF5
internal import BusbarPowerFlow
internal import BusbarSimulation

/// Power flows in the group `solver`, a row for each.
final class SolverTables {
  private static let rowsPerChunk = 1_024
  private let time: RowBlock<Int64>
  private let iterations: RowBlock<Int32>
  private let mismatch: RowBlock<Double>
  private let status: RowBlock<Int8>

  init(_ maker: DatasetMaker, _ root: HDF5Group, _ clock: String) throws(HDF5Error) {
    let group = try root.makeGroup("solver")
    let rows = Self.rowsPerChunk
    let axis = try maker.makeTime(
      "solver_time", in: group, unit: clock, longName: "instant of the power flow, UTC",
      rowsPerChunk: rows)
    time = axis.block
    iterations = try maker.makeIntegers(
      "solver_iterations", as: Int32.self, in: group, unit: "1", longName: "sweeps made",
      time: axis.dataset, rowsPerChunk: rows
    ).block
    mismatch = try maker.makeIntegers(
      "solver_mismatch", as: Double.self, in: group, unit: "1",
      longName: "largest voltage change of the last sweep, relative to the nominal voltage",
      time: axis.dataset, rowsPerChunk: rows
    ).block
    let flags = try maker.makeIntegers(
      "solver_status", as: Int8.self, in: group, unit: nil,
      longName: "what the tables hold after the power flow", time: axis.dataset,
      rowsPerChunk: rows)
    try maker.setFlags(SolutionStatus.names, on: flags.dataset)
    status = flags.block
  }

  func record(_ flow: FlowRecord) throws(HDF5Error) {
    try time.append { $0.append(flow.time.milliseconds) }
    try iterations.append { $0.append(Int32(clamping: flow.iterations)) }
    try mismatch.append { $0.append(flow.mismatch) }
    try status.append { $0.append(flow.status.rawValue) }
  }

  func write() throws(HDF5Error) {
    try time.write()
    try iterations.write()
    try mismatch.write()
    try status.write()
  }
}

/// All events in the group `events`, in the order in which they happened.
final class EventTables {
  private static let rowsPerChunk = 1_024
  private let time: RowBlock<Int64>
  private let round: RowBlock<Int32>
  private let phase: RowBlock<Int8>
  private let kind: RowBlock<Int8>
  private let target: RowBlock<Int64>
  private let ordinal: RowBlock<Int64>
  private let outcome: RowBlock<Int64>
  private let number: RowBlock<Int64>
  private let cause: RowBlock<Int64>

  init(
    _ maker: DatasetMaker, _ root: HDF5Group, _ clock: String, _ plan: SimulationPlan
  ) throws(HDF5Error) {
    let group = try root.makeGroup("events")
    let rows = Self.rowsPerChunk
    let axis = try maker.makeTime(
      "event_time", in: group, unit: clock, longName: "instant of the event, UTC",
      rowsPerChunk: rows)
    time = axis.block

    func column<Value: HDF5Scalar>(
      _ name: String, _ type: Value.Type, _ longName: String
    ) throws(HDF5Error) -> (dataset: HDF5Dataset, block: RowBlock<Value>) {
      try maker.makeIntegers(
        name, as: type, in: group, unit: nil, longName: longName, time: axis.dataset,
        rowsPerChunk: rows)
    }
    round = try column("event_round", Int32.self, "round within the instant").block
    let phases = try column("event_phase", Int8.self, "phase within the round")
    try maker.setFlags(EventPhase.allCases.map { "\($0)" }, on: phases.dataset)
    phase = phases.block
    let kinds = try column("event_kind", Int8.self, "what was done")
    try maker.setFlags(SimulationEvent.kinds, on: kinds.dataset)
    kind = kinds.block
    let targets = try column("event_target", Int64.self, "index of the entity concerned")
    // The targets by kind of event, from 0, so that a reader of the file alone can name them.
    for (name, ids) in [("controls", plan.controls.map(\.id)), ("fleets", plan.fleets.map(\.kind))]
    where !ids.isEmpty {
      try targets.dataset.setAttribute(name, to: ids.joined(separator: "\n"))
    }
    target = targets.block
    ordinal = try column("event_ordinal", Int64.self, "the sender's own counter").block
    outcome = try column(
      "event_outcome", Int64.self,
      "1 when the demand changed, the meters that were read, the sweeps that were made, or the tap "
        + "position or closed steps after a control's action"
    ).block
    number = try column("event_number", Int64.self, "number of the event in the run, from 0").block
    cause = try column(
      "event_cause", Int64.self,
      "number of the event that brought this one about; -1 for the scenario"
    ).block
    try Self.writeOperations(plan, maker, group, clock)
  }

  /// Names the line of each planned operation, to which `event_ordinal` points.
  ///
  /// As datasets, because HDF5 keeps an attribute below 64 KiB and a plan may be long.
  private static func writeOperations(
    _ plan: SimulationPlan, _ maker: DatasetMaker, _ group: HDF5Group, _ clock: String
  ) throws(HDF5Error) {
    guard !plan.operations.isEmpty else { return }
    let branches = plan.solver.network.grid.branches
    let lines = try maker.makeLabels(
      "operation_line", plan.operations.map { branches[$0.line].id }, in: group,
      longName: "line of each planned operation, by the event_ordinal of line_operation")
    try maker.makeTexts(
      "operation_state", plan.operations.map(\.state.rawValue), in: group,
      longName: "what the planned operation makes of the line", along: lines)
    try maker.makeNumbers(
      "operation_time", plan.operations.map { Double($0.time.milliseconds) }, in: group,
      unit: clock, longName: "instant of the planned operation, UTC", along: lines)
  }

  func record(_ record: EventRecord) throws(HDF5Error) {
    try time.append { $0.append(record.key.time.milliseconds) }
    try round.append { $0.append(Int32(clamping: record.key.round)) }
    try phase.append { $0.append(Int8(bitPattern: record.key.phase.rawValue)) }
    try kind.append { $0.append(Int8(clamping: record.event.code)) }
    try target.append { $0.append(Int64(record.key.target)) }
    try ordinal.append { $0.append(Int64(record.key.ordinal)) }
    try outcome.append { $0.append(Int64(record.outcome)) }
    try number.append { $0.append(Int64(record.number)) }
    try cause.append { $0.append(Int64(record.cause)) }
  }

  func write() throws(HDF5Error) {
    try time.write()
    try round.write()
    try phase.write()
    try kind.write()
    try target.write()
    try ordinal.write()
    try outcome.write()
    try number.write()
    try cause.write()
  }
}

/// The files that defined the run, as bytes in the group `inputs`, each content once.
enum InputTables {
  static func write(_ inputs: [Provenance.InputFile], to root: HDF5Group) throws(HDF5Error) {
    let group = try root.makeGroup("inputs")
    var written: Set<String> = []
    var listing: [String] = []
    for input in inputs {
      let digest = SHA256Digest.hex(of: input.bytes)
      listing.append("\(digest)  \(input.name)")
      guard written.insert(digest).inserted else { continue }
      var layout = DatasetLayout(.uint8, shape: [input.bytes.count])
      if input.bytes.count > 1_024 { layout.compression = .deflate(level: 1) }
      let dataset = try group.makeDataset(digest, layout)
      try dataset.write(input.bytes.span)
      try dataset.setAttribute("long_name", to: input.name)
      // A dimension of its own, so that readers of the whole tree need not invent one.
      try dataset.makeScale(named: digest)
    }
    // In the manner of sha256sum, so that a user can check the files of a folder.
    try group.setAttribute("sha256", to: listing.joined(separator: "\n"))
  }
}

/// Numbers about the whole run, as attributes of the group `summary`.
enum SummaryTable {
  static func write(_ simulation: Simulation, to root: HDF5Group) throws(HDF5Error) {
    let group = try root.makeGroup("summary")
    let energy = simulation.energy
    try group.setAttribute("energy_sent_joules", to: energy.sent)
    try group.setAttribute("energy_delivered_joules", to: energy.delivered)
    try group.setAttribute("energy_lost_joules", to: energy.lost)
    try group.setAttribute("largest_power_imbalance_watts", to: energy.largestImbalance)
    try group.setAttribute(
      "largest_power_deviation_volt_amperes", to: energy.largestDeviation)
    try group.setAttribute("power_flows", to: Int64(simulation.flowCount))
    try group.setAttribute("power_flows_without_solution", to: Int64(simulation.failureCount))
    try group.setAttribute("sweeps", to: Int64(simulation.iterationTotal))
    let network = simulation.plan.solver.network
    for (name, point) in [
      ("lowest", simulation.extremes.lowest), ("highest", simulation.extremes.highest),
    ] {
      guard let point else { continue }
      try group.setAttribute("\(name)_voltage_per_unit", to: point.perUnit)
      try group.setAttribute("\(name)_voltage_bus", to: network.grid.buses[point.bus].id)
      try group.setAttribute("\(name)_voltage_phase", to: point.conductor.name)
      try group.setAttribute("\(name)_voltage_time_milliseconds", to: point.time.milliseconds)
    }
  }
}
