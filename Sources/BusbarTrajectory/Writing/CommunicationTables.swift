internal import BusbarEvents
internal import BusbarHDF5
internal import BusbarSimulation

/// What was sent, what the head-end has learned of it, and how long processes have taken.
final class CommunicationTables {
  private let messages: MessageTables?
  private let headEnd: HeadEndTables?
  private let processes: ProcessTables?

  init(
    _ setup: CommunicationSetup, _ plan: SimulationPlan, _ options: RecordingOptions,
    _ maker: DatasetMaker, _ root: HDF5Group, _ clock: String
  ) throws(HDF5Error) {
    messages =
      options.messages == .all ? try MessageTables(setup.network, maker, root, clock) : nil
    headEnd = try setup.metering.map { (metering) throws(HDF5Error) in
      try HeadEndTables(metering, plan, maker, root, clock)
    }
    processes =
      setup.processes.isEmpty ? nil : try ProcessTables(setup, maker, root, clock)
  }

  /// Records how complete and how old the head-end's knowledge is at an instant.
  func record(_ instant: SimulationTime, _ simulation: Simulation) throws(HDF5Error) {
    try headEnd?.record(instant, simulation)
  }

  /// Takes what was sent and learned since the last call.
  func drain(_ simulation: inout Simulation) throws(HDF5Error) {
    let records = simulation.takeCommunicationRecords()
    for message in records.messages { try messages?.record(message) }
    for arrival in records.arrivals { try headEnd?.record(arrival, simulation) }
    for notice in records.notices { try headEnd?.record(notice) }
    for process in records.processes { try processes?.record(process) }
  }
}
