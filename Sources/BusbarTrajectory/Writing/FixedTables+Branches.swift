internal import BusbarGrid
internal import BusbarHDF5
internal import BusbarSimulation
internal import BusbarUnits

/// What does not change of lines and transformers.
///
/// A file of an older version lacks lengths, kinds and ratings: their absence means unknown.
extension FixedTables {
  func makeBranches(
    _ simulation: Simulation, _ maker: DatasetMaker, _ root: HDF5Group
  ) throws(HDF5Error) {
    let branches = simulation.plan.solver.network.grid.branches
    try makeEnds(simulation, maker, root)
    try maker.makeTexts(
      "branch_kind", branches.values.map { BranchKind(of: $0).rawValue }, in: root,
      longName: "kind of branch: line, switch (a line without impedance) or transformer",
      along: scale(.branch))
    try maker.makeNumbers(
      "branch_length", branches.values.map { $0.length?.metres }, in: root, unit: "m",
      longName: "length of a line", along: scale(.branch))
    try maker.makeNumbers(
      "branch_rated_current", branches.values.map { $0.ratedCurrent?.amperes }, in: root,
      unit: "A", longName: "rated current of each conductor of a line", along: scale(.branch))
  }

  private func makeEnds(
    _ simulation: Simulation, _ maker: DatasetMaker, _ root: HDF5Group
  ) throws(HDF5Error) {
    let grid = simulation.plan.solver.network.grid
    let flows = simulation.flows
    let ends = grid.branches.indices.map { branch -> (feeding: String, fed: String) in
      let buses = grid.branches[branch].endBuses
      let feeding = flows.feedingEnd(of: branch)
      let fed = buses.indices.last { $0 != feeding } ?? feeding
      return (grid.buses[buses[feeding]].id, grid.buses[buses[fed]].id)
    }
    try maker.makeTexts(
      "branch_from_bus", ends.map(\.feeding), in: root,
      longName: "bus at the feeding end, nearer to the source", along: scale(.branch))
    try maker.makeTexts(
      "branch_to_bus", ends.map(\.fed), in: root, longName: "bus at the fed end",
      along: scale(.branch))
  }

  func makeTransformers(
    _ simulation: Simulation, _ maker: DatasetMaker, _ root: HDF5Group
  ) throws(HDF5Error) {
    let grid = simulation.plan.solver.network.grid
    let ratings = grid.transformers.map { branch -> Double? in
      guard case .transformer(let transformer) = grid.branches[branch].element else { return nil }
      return transformer.ratedPower.voltAmperes
    }
    try maker.makeNumbers(
      "transformer_rated_power", ratings, in: root, unit: "VA",
      longName: "rated apparent power of all phases", along: scale(.transformer))
  }
}

/// What a branch is, as far as the network knows.
private enum BranchKind: String {
  case line
  /// A line without a series impedance: a switch, a coupler or a link.
  case `switch`
  case transformer

  init(of branch: Branch) {
    switch branch.element {
    case .transformer: self = .transformer
    case .line(_, let code):
      self = code.seriesImpedance == ComplexMatrix(zero: code.order) ? .switch : .line
    }
  }
}
