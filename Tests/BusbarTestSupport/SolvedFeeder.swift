public import BusbarGrid
public import BusbarPowerFlow
public import BusbarUnits

/// A feeder with the solution of its power flow.
public struct SolvedFeeder {
  public let solver: FlowSolver
  public let demand: Demand
  public let state: FlowState
  public let outcome: FlowOutcome

  public var network: Network { solver.network }
  public var flows: BranchFlows { BranchFlows(solver) }

  /// Whether the power flow has converged.
  public var isConverged: Bool {
    if case .converged = outcome { true } else { false }
  }

  /// The terminal of a conductor of a bus.
  public func terminal(_ bus: String, _ conductor: Conductor) -> Int {
    guard let index = network.grid.bus(named: bus),
      let terminal = network.terminal(at: index, conductor)
    else { fatalError("the test asks for the voltage of no terminal") }
    return terminal
  }

  /// The voltage of a phase of a bus, in V.
  public func voltage(_ bus: String, _ phase: Int = 0) -> Phasor {
    state.voltage(at: terminal(bus, Conductor(position: phase)))
  }

  /// The voltage of a conductor of a bus against earth, in V.
  public func voltage(_ bus: String, _ conductor: Conductor) -> Phasor {
    state.voltage(at: terminal(bus, conductor))
  }

  /// The branch of an id.
  public func branch(_ id: String) -> Index<Branch> {
    guard let branch = network.grid.branch(named: id) else { fatalError("no branch '\(id)'") }
    return branch
  }

  /// The power that an entry draws, in W and var.
  public func power(ofEntry entry: Int) -> Phasor {
    let ends = demand.terminals(ofEntry: entry)
    let across =
      (ends.plus.map { state.voltage(at: $0) } ?? .zero)
      - (ends.minus.map { state.voltage(at: $0) } ?? .zero)
    return across * state.current(ofEntry: entry).conjugate
  }

  /// The largest distance of a voltage from that of another solution of a feeder with the same
  /// buses, relative to the nominal voltage, and where it is.
  public func distance(to other: SolvedFeeder) -> (perUnit: Double, place: String) {
    var worst = (perUnit: 0.0, place: "nowhere")
    for bus in network.grid.buses.indices {
      let id = network.grid.buses[bus].id
      for conductor in network.conductors(at: bus).members {
        let difference =
          (voltage(id, conductor) - other.voltage(id, conductor)).length
          / network.nominalVoltage(at: bus)
        // What is no number counts as infinitely far away.
        let size = difference.isNaN ? .infinity : difference
        if size > worst.perUnit { worst = (size, "\(id).\(conductor.name)") }
      }
    }
    return worst
  }
}
