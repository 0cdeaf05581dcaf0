public import BusbarEvents
internal import BusbarGrid
internal import BusbarHDF5
public import BusbarSimulation
internal import BusbarUnits

/// Writes one run into an HDF5 file, block by block, with bounded memory.
///
/// The root holds time and the arrays of buses, branches, transformers, sources and meters; the
/// groups `overview_hour` and `overview_day`, `devices/<kind>`, `events`, `solver`, `summary` and
/// `inputs` hold the rest. Every block is flushed, so a killed process loses at most the block that
/// was waiting.
public final class TrajectoryWriter {
  /// Where the result goes.
  public let output: OutputPath
  private let options: RecordingOptions
  private let file: HDF5File
  private let maker: DatasetMaker
  private let time: (dataset: HDF5Dataset, block: RowBlock<Int64>)
  private let status: (dataset: HDF5Dataset, block: RowBlock<Int8>)
  private var variables: [RecordedVariable]
  private let overviews: [OverviewTables]
  private let meters: MeterTables?
  private var devices: [DeviceTables]
  private let solver: SolverTables
  private let events: EventTables
  private let end: SimulationTime
  private var recordedRows = 0

  private struct RecordedVariable {
    let variable: TrajectoryVariable
    let block: RealBlock
    /// The place in the overviews; nil for a variable that has none.
    let overview: Int?
    var row: [Double]
  }

  /// The next instant to record, or nil when none is left in the run.
  public private(set) var nextRecording: SimulationTime? = .start

  /// Creates the file with everything that does not change during the run.
  public init(
    _ output: OutputPath, for simulation: Simulation, _ options: RecordingOptions,
    _ provenance: Provenance
  ) throws(TrajectoryError) {
    self.output = output
    self.options = options
    let plan = simulation.plan
    end = plan.end
    try output.check()
    do {
      file = try HDF5File(
        creating: output.partialPath, existing: output.existing == .replace ? .replace : .keep)
      let root = file.root
      let instants = Int((plan.duration.milliseconds - 1) / options.interval.milliseconds) + 1
      maker = DatasetMaker(
        compressionLevel: options.compressionLevel,
        instantsPerBlock: max(1, min(options.instantsPerBlock, instants)))
      try Self.writeProvenance(provenance, plan, to: root)
      let clock = "milliseconds since \(CalendarText.utc(plan.epoch.unixMilliseconds))"
      time = try maker.makeTime(
        "time", in: root, unit: clock, longName: "recording instant, UTC")
      status = try maker.makeIntegers(
        "status", as: Int8.self, in: root, unit: nil,
        longName: "whether the values belong to the instant", time: time.dataset)
      try maker.setFlags(SolutionStatus.names, on: status.dataset)

      let axes = try Self.makeAxes(simulation, maker, root)
      variables = []
      var covered: [TrajectoryVariable] = []
      for variable in TrajectoryVariable.all where options.variables.contains(variable.name) {
        let scales = variable.axes.map { axes.scale($0) }
        guard scales.allSatisfy({ $0.shape[0] > 0 }) else { continue }
        let block = try maker.makeReals(
          variable.name, in: root, unit: variable.unit, longName: variable.longName,
          precision: options.precision, time: time.dataset, axes: scales)
        let width = scales.map { $0.shape[0] }.reduce(1, *)
        let hasOverview = OverviewTables.covers(variable)
        variables.append(
          RecordedVariable(
            variable: variable, block: block, overview: hasOverview ? covered.count : nil,
            row: Array(repeating: 0, count: width)))
        if hasOverview { covered.append(variable) }
      }
      var overviews: [OverviewTables] = []
      for length in CalendarPeriods.Length.allCases {
        overviews.append(
          try OverviewTables(length, simulation, covered, options, root, clock))
      }
      self.overviews = overviews
      meters =
        plan.meters.isEmpty
        ? nil
        : try MeterTables(plan, maker, root, clock, meter: axes.meter, phase: axes.phase)
      devices = []
      if options.devices == .all, !simulation.fleets.isEmpty {
        let group = try root.makeGroup("devices")
        for (position, fleet) in simulation.fleets.enumerated() {
          devices.append(
            try DeviceTables(
              fleet, position, plan, maker, group, clock, precision: options.precision))
        }
      }
      solver = try SolverTables(maker, root, clock)
      events = try EventTables(maker, root, clock, plan)
      try InputTables.write(provenance.inputs, to: root)
      try file.flush()
    } catch {
      throw .writing(output.path, error)
    }
  }

  /// Records the instant that the simulation has completed, and moves on to the next one.
  public func record(_ simulation: inout Simulation) throws(TrajectoryError) {
    guard let instant = nextRecording else { return }
    do {
      let isMissing = simulation.status == .missing
      try time.block.append { $0.append(instant.milliseconds) }
      try status.block.append { $0.append(simulation.status.rawValue) }
      for overview in overviews { try overview.begin(instant, isMissing: isMissing) }
      for position in variables.indices {
        if isMissing {
          for place in variables[position].row.indices {
            variables[position].row[place] = MissingValue.number
          }
        } else {
          variables[position].variable.fill(simulation, &variables[position].row)
          if let series = variables[position].overview {
            for overview in overviews { overview.add(variables[position].row, ofSeries: series) }
          }
        }
        try variables[position].block.append(variables[position].row)
      }
      for position in devices.indices {
        try devices[position].record(instant, simulation, isMissing: isMissing)
      }
      recordedRows += 1
      if recordedRows == maker.instantsPerBlock {
        recordedRows = 0
        try drain(&simulation)
        try file.flush()
      }
    } catch {
      throw .writing(output.path, error)
    }
    let next = instant + options.interval
    nextRecording = next < end ? next : nil
  }

  /// Takes the records of events, power flows and readings when many wait.
  ///
  /// For runs whose recording instants lie far apart; call it after each power flow.
  public func keepUp(with simulation: inout Simulation) throws(TrajectoryError) {
    guard simulation.waitingRecordCount >= Self.mostWaitingRecords else { return }
    do {
      try drain(&simulation)
    } catch {
      throw .writing(output.path, error)
    }
  }

  /// Records that may wait in memory, some hundred bytes each.
  private static let mostWaitingRecords = 16_384

  /// Writes the records of events, power flows and readings that the simulation has gathered.
  private func drain(_ simulation: inout Simulation) throws(HDF5Error) {
    for reading in simulation.takeReadings() { try meters?.record(reading) }
    for flow in simulation.takeFlowRecords() { try solver.record(flow) }
    for event in simulation.takeEvents() { try events.record(event) }
  }

  /// How a run ended, as the file says it.
  public enum Ending: String, Sendable {
    case completed
    case stopped
    case interrupted
  }

  /// Writes what waits and the summary, and closes the file; a complete or stopped run moves into
  /// its place, an interrupted one stays beside it.
  public func close(_ simulation: inout Simulation, as ending: Ending) throws(TrajectoryError) {
    do {
      try drain(&simulation)
      try time.block.write()
      try status.block.write()
      for variable in variables { try variable.block.write() }
      for overview in overviews { try overview.write() }
      for table in devices { try table.write() }
      try meters?.write()
      try solver.write()
      try events.write()
      try file.root.setAttribute("event_log_hash", to: simulation.eventHash.description)
      try file.root.setAttribute("run_ending", to: ending.rawValue)
      try SummaryTable.write(simulation, to: file.root)
      try file.close()
    } catch {
      throw .writing(output.path, error)
    }
    if ending != .interrupted { try output.moveIntoPlace() }
  }

  /// Gives the file up after a failure; what was flushed stays in the `.part` file.
  public func abandon() { file.abandon() }

  // MARK: What does not change during a run

  private struct Axes {
    var scales: [TrajectoryAxis: HDF5Dataset] = [:]
    var meter: HDF5Dataset { scale(.meter) }
    var phase: HDF5Dataset { scale(.phase) }

    func scale(_ axis: TrajectoryAxis) -> HDF5Dataset {
      guard let scale = scales[axis] else { preconditionFailure("Each axis has a scale.") }
      return scale
    }
  }

  private static func makeAxes(
    _ simulation: Simulation, _ maker: DatasetMaker, _ root: HDF5Group
  ) throws(HDF5Error) -> Axes {
    var axes = Axes()
    for axis in TrajectoryAxis.allCases {
      axes.scales[axis] = try maker.makeLabels(
        axis.rawValue, axis.labels(of: simulation), in: root, longName: axis.longName)
    }
    let network = simulation.plan.solver.network
    let grid = network.grid
    let buses = grid.buses.values
    try maker.makeNumbers(
      "bus_nominal_voltage", buses.map(\.nominalVoltage.volts), in: root, unit: "V",
      longName: "nominal voltage between two phases", along: axes.scale(.bus))
    if buses.contains(where: { $0.position != nil }) {
      try maker.makeNumbers(
        "bus_x", buses.map { $0.position?.x }, in: root, unit: "m",
        longName: "position to the east", along: axes.scale(.bus))
      try maker.makeNumbers(
        "bus_y", buses.map { $0.position?.y }, in: root, unit: "m",
        longName: "position to the north", along: axes.scale(.bus))
    }
    let ends = grid.branches.indices.map { branch -> (feeding: String, fed: String) in
      let buses = grid.branches[branch].endBuses
      let feeding = simulation.flows.feedingEnd(of: branch)
      let fed = buses.indices.last { $0 != feeding } ?? feeding
      return (grid.buses[buses[feeding]].id, grid.buses[buses[fed]].id)
    }
    try maker.makeTexts(
      "branch_from_bus", ends.map(\.feeding), in: root,
      longName: "bus at the feeding end, nearer to the source", along: axes.scale(.branch))
    try maker.makeTexts(
      "branch_to_bus", ends.map(\.fed), in: root, longName: "bus at the fed end",
      along: axes.scale(.branch))
    let meters = simulation.plan.meters
    try maker.makeTexts(
      "meter_customer", meters.map(\.customer), in: root, longName: "customer of the meter",
      along: axes.meter)
    try maker.makeTexts(
      "meter_bus", meters.map { grid.buses[$0.bus].id }, in: root, longName: "bus of the meter",
      along: axes.meter)
    return axes
  }

  private static func writeProvenance(
    _ provenance: Provenance, _ plan: SimulationPlan, to root: HDF5Group
  ) throws(HDF5Error) {
    try root.setAttribute("Conventions", to: "CF-1.11")
    try root.setAttribute("title", to: provenance.title)
    try root.setAttribute("busbar_version", to: provenance.busbarVersion)
    try root.setAttribute("busbar_schema_version", to: Provenance.schemaVersion)
    try root.setAttribute("hdf5_version", to: HDF5Library.version)
    try root.setAttribute("cpu_level", to: ProcessorLevel.current)
    try root.setAttribute("seed", to: "\(plan.seed)")
    try root.setAttribute("time_zone", to: plan.epoch.zone)
    try root.setAttribute("utc_offset_at_start_seconds", to: Int64(plan.epoch.offsetSeconds))
    try root.setAttribute("overrides", to: provenance.overrides.joined(separator: "\n"))
  }
}
