public import BusbarUnits

/// A grid compiled for solving: sorted elements, a tree, and the matrices of the sweep.
public struct Network: Sendable {
  /// The elements, sorted and resolved.
  public let grid: ResolvedGrid
  /// Which node is fed through which branch.
  public let topology: Topology
  /// The matrices of the sweep at `positions`.
  public private(set) var parameters: Parameters
  /// The tap positions to which the parameters belong.
  public private(set) var positions: Positions

  /// Compiles a grid; throws all of its faults that one pass can see.
  public init(compiling grid: Grid) throws(GridFaults) {
    self.grid = try ResolvedGrid(grid)
    let faults = Self.voltageFaults(self.grid)
    do {
      topology = try Topology(self.grid)
    } catch {
      throw GridFaults(faults + error.faults)
    }
    guard faults.isEmpty else { throw GridFaults(faults) }
    positions = Positions(self.grid)
    parameters = try Parameters(self.grid, topology, positions)
  }

  /// Moves a tap changer and recomputes what depends on it.
  public mutating func moveTap(
    of branch: Index<Branch>, to target: Int
  ) throws(GridFaults) -> NetworkChange {
    let change = positions.moveTap(of: branch, to: target)
    if change.contains(.parameters) { parameters = try Parameters(grid, topology, positions) }
    return change
  }

  /// The place of a phase of a bus in the sweep's tables, or nil when the bus lacks the phase.
  public func terminal(at bus: Index<Bus>, phase: Int) -> Int? {
    let node = topology.nodeOfBus[bus]
    guard topology.conductors[node].positions.contains(phase) else { return nil }
    return node.position * ConductorSet.capacity + phase
  }

  /// The phases that reach a bus.
  public func conductors(at bus: Index<Bus>) -> ConductorSet {
    topology.conductors[topology.nodeOfBus[bus]]
  }

  /// How far a rated voltage may lie from its bus's nominal one; the square root of three is beyond.
  private static let ratingMargin = 0.25

  /// A line joins buses of one voltage, and a transformer's ratings fit its buses.
  private static func voltageFaults(_ grid: ResolvedGrid) -> [GridFault] {
    var faults: [GridFault] = []
    for branch in grid.branches.values {
      let from = grid.buses[branch.fromBus]
      let to = grid.buses[branch.toBus]
      switch branch.element {
      case .line where from.nominalVoltage != to.nominalVoltage:
        faults.append(
          GridFault(
            .line, branch.id, field: "to_bus",
            problem: "it joins bus '\(from.id)' of \(from.nominalVoltage.volts) V to bus "
              + "'\(to.id)' of \(to.nominalVoltage.volts) V",
            remedy: "mend the nominal voltages, or put a transformer between the buses"))
      case .line: break
      case .transformer(let transformer):
        let ends = [
          ("from_voltage", transformer.fromVoltage, from),
          ("to_voltage", transformer.toVoltage, to),
        ]
        for (field, rated, bus) in ends
        where abs(rated.volts / bus.nominalVoltage.volts - 1) > Self.ratingMargin {
          faults.append(
            GridFault(
              .transformer, branch.id, field: field,
              problem: "it is rated \(rated.volts) V at bus '\(bus.id)' of "
                + "\(bus.nominalVoltage.volts) V",
              remedy: "mend the rating, the nominal voltage, or swap the transformer's ends"))
        }
      }
    }
    return faults
  }
}

extension Network {
  /// The bus and the phase of a place in the sweep's tables, in the user's words.
  public func name(ofTerminal terminal: Int) -> (bus: String, phase: String) {
    let node = Index<Node>(terminal / ConductorSet.capacity)
    return (
      grid.buses[topology.busOfNode[node]].id, ConductorSet.names[terminal % ConductorSet.capacity]
    )
  }
}
