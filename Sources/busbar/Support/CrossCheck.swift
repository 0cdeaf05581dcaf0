import ArgumentParser
import BusbarGrid
import BusbarPowerFlow
import BusbarSimulation
import BusbarUnits
import ComplexModule

/// The solution of a simulation's power flow against the one by nodal admittances.
struct CrossCheck {
  private let simulation: Simulation

  init(_ simulation: Simulation) { self.simulation = simulation }

  /// Solves again and says the largest difference; ends with exit code 1 without a second solution.
  func report() throws {
    let network = simulation.solver.network
    let solver: FlowSolver
    do {
      solver = try FlowSolver(crossChecking: network)
    } catch {
      Terminal.complain("no cross-check: \(error)")
      throw ExitCode.runFailed
    }
    var state = solver.makeState(for: simulation.demand)
    let criterion = ConvergenceCriterion(
      tolerance: simulation.plan.criterion.tolerance, iterationLimit: 1_000)
    let outcome = solver.solve(
      simulation.demand, from: .unloaded, updating: &state, until: criterion)
    guard case .converged(let iterations, _) = outcome else {
      Terminal.complain("no cross-check: the nodal solution did not converge.")
      throw ExitCode.runFailed
    }
    var worst = (difference: -1.0, bus: "", conductor: "")
    for bus in network.grid.buses.indices {
      for conductor in network.conductors(at: bus).members {
        guard let terminal = network.terminal(at: bus, conductor),
          let voltage = simulation.voltage(at: bus, conductor)
        else { continue }
        let difference =
          (voltage - state.voltage(at: terminal)).length / network.nominalVoltage(at: bus)
        if difference > worst.difference {
          worst = (difference, network.grid.buses[bus].id, conductor.name)
        }
      }
    }
    Terminal.say(
      "cross-check: the nodal solution (\(iterations) iterations) differs by at most "
        + "\(Figures.short(worst.difference)) pu, at bus '\(worst.bus)', \(worst.conductor).")
  }
}
