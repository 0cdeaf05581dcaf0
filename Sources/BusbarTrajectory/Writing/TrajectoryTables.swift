internal import BusbarEvents
internal import BusbarHDF5
internal import BusbarSimulation

/// All tables of a result file, made anew or reopened.
final class TrajectoryTables {
  let ledger: RowLedger
  let instantsPerBlock: Int
  let variables: VariableTables
  private let time: RowBlock<Int64>
  private let status: RowBlock<Int8>
  private let meters: MeterTables?
  private var devices: [DeviceTables]
  private let solver: SolverTables
  private let events: EventTables
  private let communication: CommunicationTables?

  init(
    _ simulation: Simulation, _ options: RecordingOptions, _ root: HDF5Group, _ ledger: RowLedger,
    from begin: SimulationTime
  ) throws(HDF5Error) {
    self.ledger = ledger
    let plan = simulation.plan
    let instants = Int((plan.duration.milliseconds - 1) / options.interval.milliseconds) + 1
    instantsPerBlock = max(1, min(options.instantsPerBlock, instants))
    let maker = DatasetMaker(
      compressionLevel: options.compressionLevel, instantsPerBlock: instantsPerBlock,
      ledger: ledger)
    let clock = "milliseconds since \(CalendarText.utc(plan.epoch.unixMilliseconds))"
    let axis = try maker.makeTime(
      "time", in: root, unit: clock, longName: "recording instant, UTC")
    time = axis.block
    status = try maker.makeIntegers(
      "status", as: Int8.self, in: root, unit: nil,
      longName: "whether the values belong to the instant", time: axis.dataset,
      flags: SolutionStatus.names
    ).block
    let fixed = try FixedTables(simulation, maker, root)
    variables = try VariableTables(
      simulation, options, root, maker, clock, time: axis.dataset, axes: fixed, from: begin)
    meters =
      plan.meters.isEmpty
      ? nil
      : try MeterTables(
        plan, maker, root, clock, meter: fixed.scale(.meter), phase: fixed.scale(.phase))
    devices = []
    if options.devices == .all, !simulation.fleets.isEmpty {
      let group = try maker.group("devices", in: root)
      for (position, fleet) in simulation.fleets.enumerated() {
        devices.append(
          try DeviceTables(
            fleet, position, plan, maker, group, clock, precision: options.precision))
      }
    }
    solver = try SolverTables(maker, root, clock)
    events = try EventTables(maker, root, clock, plan)
    communication = try plan.communication.map { (setup) throws(HDF5Error) in
      try CommunicationTables(setup, plan, options, maker, root, clock)
    }
  }

  /// Whether any instant has been recorded.
  var hasInstants: Bool { time.count > 0 }

  /// Records an instant that the simulation has completed.
  func record(_ instant: SimulationTime, _ simulation: Simulation) throws(HDF5Error) {
    let isMissing = simulation.status == .missing
    try time.append { $0.append(instant.milliseconds) }
    try status.append { $0.append(simulation.status.rawValue) }
    try variables.record(instant, simulation, isMissing: isMissing)
    for position in devices.indices {
      try devices[position].record(instant, simulation, isMissing: isMissing)
    }
    try communication?.record(instant, simulation)
  }

  /// Takes the records of events, power flows and readings that the simulation has gathered.
  func drain(_ simulation: inout Simulation) throws(HDF5Error) {
    for reading in simulation.takeReadings() { try meters?.record(reading) }
    for flow in simulation.takeFlowRecords() { try solver.record(flow) }
    for event in simulation.takeEvents() { try events.record(event) }
    try communication?.drain(&simulation)
  }
}
