public import BusbarUnits

/// A grid compiled for solving: sorted elements, a tree, and the matrices of the sweep.
public struct Network: Sendable {
  /// How the network is solved.
  public enum Method: Sendable, Hashable {
    /// Backward and forward sweeps along the tree; loops are closed by compensation.
    case sweep
    /// A sparse factorisation of the nodal admittances, and why the sweep was not chosen.
    case nodal(NodalReason)
  }

  /// Why a network is not swept.
  public enum NodalReason: Sendable, Hashable {
    /// The network has more breakpoints than compensation is good for.
    case meshed(breakpoints: Int)
    /// Opening its loops leaves a bus without a path to earth.
    case afloat(bus: Index<Bus>)
  }

  /// The elements, sorted and resolved.
  public let grid: ResolvedGrid
  /// Which node is fed through which branch.
  public private(set) var topology: Topology
  /// The elements between the nodes at `positions`.
  public private(set) var elements: NetworkElements
  /// The matrices of the sweep at `positions`.
  public private(set) var parameters: Parameters
  /// How the network is solved.
  public private(set) var method: Method
  /// The taps, steps and switches to which the parameters belong.
  public private(set) var positions: Positions

  /// The number of breakpoint terminals from which on a network is solved by its nodal admittances.
  public static let breakpointLimit = 60

  /// Compiles a grid; throws all of its faults that one pass can see.
  public init(compiling grid: Grid) throws(GridFaults) {
    self.grid = try ResolvedGrid(grid)
    positions = Positions(self.grid)
    let faults = Self.voltageFaults(self.grid)
    guard faults.isEmpty else { throw GridFaults(faults) }
    topology = try Topology(self.grid, positions)
    let islands = GalvanicIslands(self.grid, topology, positions)
    elements = try NetworkElements(self.grid, topology, positions, islands)
    (parameters, method) = Self.parameters(self.grid, topology, elements, islands)
  }

  private mutating func recompile(_ change: NetworkChange) throws(GridFaults) {
    if change.contains(.topology) { topology = try Topology(grid, positions) }
    if !change.isEmpty {
      let islands = GalvanicIslands(grid, topology, positions)
      elements = try NetworkElements(grid, topology, positions, islands)
      (parameters, method) = Self.parameters(grid, topology, elements, islands)
    }
  }

  private static func parameters(
    _ grid: ResolvedGrid, _ topology: Topology, _ elements: NetworkElements,
    _ islands: GalvanicIslands
  ) -> (Parameters, Method) {
    let count = topology.breakpoints.count
    var parameters = Parameters(grid, topology, islands)
    guard count <= Self.breakpointLimit else {
      return (parameters, .nodal(.meshed(breakpoints: count)))
    }
    do {
      try parameters.eliminate(topology, elements)
      return (parameters, .sweep)
    } catch {
      let bus = topology.conductorOfTerminal[topology.terminals[error.node].lowerBound].bus
      return (Parameters(grid, topology, islands), .nodal(.afloat(bus: bus)))
    }
  }

  /// The terminal of a conductor of a bus, or nil when the bus lacks it.
  public func terminal(at bus: Index<Bus>, _ conductor: Conductor) -> Int? {
    grid.conductors[bus].rank(of: conductor).map { topology.firstTerminal[bus] + $0 }
  }

  /// The conductors that reach a bus.
  public func conductors(at bus: Index<Bus>) -> ConductorSet { grid.conductors[bus] }

  /// The conductors of all buses in order, always with a, b and c; O(buses).
  public var allConductors: [Conductor] {
    grid.conductors.values.reduce(ConductorSet.abc) { $0.union($1) }.members
  }

  /// The bus and the conductor of a terminal, in the user's words.
  public func name(ofTerminal terminal: Int) -> (bus: String, conductor: String) {
    let place = topology.conductorOfTerminal[terminal]
    return (grid.buses[place.bus].id, place.conductor.name)
  }

  /// Nominal voltage between a phase and earth at a bus, in V.
  public func nominalVoltage(at bus: Index<Bus>) -> Double {
    parameters.nominalVoltage[topology.nodeOfBus[bus].position]
  }
}

extension Network {
  /// Takes over positions that differ by a known change, and recomputes what depends on them.
  public mutating func adopt(
    _ positions: Positions, after change: NetworkChange
  ) throws(GridFaults) {
    self.positions = positions
    try recompile(change)
  }

  /// Moves a tap changer and recomputes what depends on it.
  public mutating func moveTap(
    ofTransformer branch: Index<Branch>, winding: Int, to target: Int
  ) throws(GridFaults) -> NetworkChange {
    let change = positions.moveTap(of: branch, winding: winding, to: target)
    try recompile(change)
    return change
  }

  /// Switches the first steps of a shunt on and the others off, and recomputes what depends on it.
  public mutating func switchSteps(
    ofShunt shunt: Index<Shunt>, on count: Int
  ) throws(GridFaults) -> NetworkChange {
    let change = positions.switchSteps(of: shunt, on: count)
    try recompile(change)
    return change
  }

  /// Opens or closes a line and recomputes the tree; terminals have other numbers afterwards.
  public mutating func setLine(
    _ branch: Index<Branch>, to state: SwitchState
  ) throws(GridFaults) -> NetworkChange {
    let change = positions.setLine(branch, to: state)
    try recompile(change)
    return change
  }

  /// A line joins buses of one nominal voltage.
  private static func voltageFaults(_ grid: ResolvedGrid) -> [GridFault] {
    grid.branches.values.compactMap { branch in
      guard case .line = branch.element else { return nil }
      let from = grid.buses[branch.fromBus]
      let to = grid.buses[branch.toBus]
      guard from.nominalVoltage != to.nominalVoltage else { return nil }
      return GridFault(
        .line, branch.id, field: "to_bus",
        problem: "it joins bus '\(from.id)' of \(from.nominalVoltage.volts) V to bus "
          + "'\(to.id)' of \(to.nominalVoltage.volts) V",
        remedy: "mend the nominal voltages, or put a transformer between the buses")
    }
  }
}
