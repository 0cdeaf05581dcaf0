import BusbarGrid
import BusbarPowerFlow
import BusbarSimulation

/// How the power flows of a network are solved, in words.
struct SolutionMethod {
  private let solver: FlowSolver

  init(_ solver: FlowSolver) { self.solver = solver }

  /// For programs: `sweep` or `nodal`.
  var name: String { solver.method == .sweep ? "sweep" : "nodal" }

  /// For people: the method, and why it was not the sweep.
  var text: String {
    let topology = solver.network.topology
    switch solver.method {
    case .sweep:
      let count = topology.breakpoints.count
      return count == 0
        ? "backward-forward sweeps"
        : "backward-forward sweeps; loops closed at \(Figures.count(count, "breakpoint"))"
    case .nodal(.meshed(let breakpoints)):
      return "nodal admittances (KLU), since \(Figures.count(breakpoints, "breakpoint")) are too "
        + "many for loop compensation, or have no impedance"
    case .nodal(.afloat(let bus)):
      return
        "nodal admittances (KLU), since bus '\(solver.network.grid.buses[bus].id)' has no path "
        + "to earth while loops are open"
    }
  }

  /// How many legs of devices lay outside their voltage window.
  static func text(_ windowing: Windowing) -> String {
    "in \(Figures.count(windowing.flowCount, "power flow")) up to "
      + "\(Figures.count(windowing.mostLegs, "load leg")) lay outside it and were impedances"
  }
}
