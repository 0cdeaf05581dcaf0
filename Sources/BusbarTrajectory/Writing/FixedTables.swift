internal import BusbarGrid
internal import BusbarHDF5
internal import BusbarSimulation
internal import BusbarUnits

/// What does not change during a run: the labels of the axes and where the elements stand.
struct FixedTables {
  private var scales: [TrajectoryAxis: HDF5Dataset] = [:]

  init(
    _ simulation: Simulation, _ maker: DatasetMaker, _ root: HDF5Group
  ) throws(HDF5Error) {
    for axis in TrajectoryAxis.allCases {
      scales[axis] = try maker.makeLabels(
        axis.rawValue, axis.labels(of: simulation), in: root, longName: axis.longName)
    }
    try makeBuses(simulation, maker, root)
    try makeBranches(simulation, maker, root)
    try makeTransformers(simulation, maker, root)
    try makeMeters(simulation, maker, root)
  }

  /// The scale of an axis.
  func scale(_ axis: TrajectoryAxis) -> HDF5Dataset {
    guard let scale = scales[axis] else { preconditionFailure("Each axis has a scale.") }
    return scale
  }

  private func makeBuses(
    _ simulation: Simulation, _ maker: DatasetMaker, _ root: HDF5Group
  ) throws(HDF5Error) {
    let buses = simulation.plan.solver.network.grid.buses.values
    try maker.makeNumbers(
      "bus_nominal_voltage", buses.map(\.nominalVoltage.volts), in: root, unit: "V",
      longName: "nominal voltage between two phases", along: scale(.bus))
    guard buses.contains(where: { $0.position != nil }) else { return }
    try maker.makeNumbers(
      "bus_x", buses.map { $0.position?.x }, in: root, unit: "m",
      longName: "position to the east", along: scale(.bus))
    try maker.makeNumbers(
      "bus_y", buses.map { $0.position?.y }, in: root, unit: "m",
      longName: "position to the north", along: scale(.bus))
  }

  private func makeMeters(
    _ simulation: Simulation, _ maker: DatasetMaker, _ root: HDF5Group
  ) throws(HDF5Error) {
    let grid = simulation.plan.solver.network.grid
    let meters = simulation.plan.meters
    try maker.makeTexts(
      "meter_customer", meters.map(\.customer), in: root, longName: "customer of the meter",
      along: scale(.meter))
    try maker.makeTexts(
      "meter_bus", meters.map { grid.buses[$0.bus].id }, in: root, longName: "bus of the meter",
      along: scale(.meter))
  }
}
