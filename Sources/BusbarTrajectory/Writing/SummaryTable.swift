internal import BusbarHDF5
internal import BusbarSimulation

/// Numbers about the whole run, as attributes of the group `summary`.
enum SummaryTable {
  static func write(_ simulation: Simulation, to root: HDF5Group) throws(HDF5Error) {
    // An interrupted run has written one already, which this one replaces.
    let group = try root.contains("summary") ? root.group("summary") : root.makeGroup("summary")
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
