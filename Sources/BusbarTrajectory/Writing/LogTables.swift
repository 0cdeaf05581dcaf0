internal import BusbarEvents
internal import BusbarHDF5
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

  init(
    _ maker: DatasetMaker, _ root: HDF5Group, _ clock: String, controls: [String]
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
    if !controls.isEmpty {
      // The targets of control actions, from 0, so that positions over time can be read by name.
      try targets.dataset.setAttribute("controls", to: controls.joined(separator: "\n"))
    }
    target = targets.block
    ordinal = try column("event_ordinal", Int64.self, "the sender's own counter").block
    outcome = try column(
      "event_outcome", Int64.self,
      "1 when the demand changed, the meters that were read, the sweeps that were made, or the tap "
        + "position or closed steps after a control's action"
    ).block
  }

  func record(_ record: EventRecord) throws(HDF5Error) {
    try time.append { $0.append(record.key.time.milliseconds) }
    try round.append { $0.append(Int32(clamping: record.key.round)) }
    try phase.append { $0.append(Int8(bitPattern: record.key.phase.rawValue)) }
    try kind.append { $0.append(Int8(clamping: record.event.code)) }
    try target.append { $0.append(Int64(record.key.target)) }
    try ordinal.append { $0.append(Int64(record.key.ordinal)) }
    try outcome.append { $0.append(Int64(record.outcome)) }
  }

  func write() throws(HDF5Error) {
    try time.write()
    try round.write()
    try phase.write()
    try kind.write()
    try target.write()
    try ordinal.write()
    try outcome.write()
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
