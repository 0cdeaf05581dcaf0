import BusbarEvents
import BusbarGrid
import BusbarPowerFlow
import BusbarSimulation
import BusbarUnits

/// The power flows of the day one by one, without the simulation around them.
final class EuropeanLVSteps {
  private let solver: FlowSolver
  private let criterion: ConvergenceCriterion
  /// What the loads ask for in each minute.
  private let demands: [Demand]
  private let terminals: [Int]
  private var minute = 0
  private var demand: Demand
  private var state: FlowState
  /// The voltage of each phase of each bus, in V.
  private(set) var voltages: [Phasor]
  private let flows: BranchFlows

  init() throws {
    let plan = try EuropeanLVCase.read().plan
    solver = plan.solver
    criterion = plan.criterion
    demands = Self.demands(of: plan)
    demand = demands[0]
    state = solver.makeState(for: demand)
    flows = BranchFlows(solver)
    let network = solver.network
    terminals = network.grid.buses.indices.flatMap { bus in
      network.conductors(at: bus).members.compactMap { network.terminal(at: bus, $0) }
    }
    precondition(terminals.count == 2_721, "The feeder has 2,721 nodes.")
    voltages = Array(repeating: .zero, count: terminals.count)
  }

  private static func demands(of plan: SimulationPlan) -> [Demand] {
    var simulation = Simulation(plan)
    return (0..<EuropeanLVCase.minuteCount).map { minute in
      let instant = SimulationTime.start + .minutes(Int64(minute))
      while simulation.advance(through: instant) == .powerFlow { simulation.solvePendingFlow() }
      return simulation.pendingDemand
    }
  }

  /// Moves on to the next minute's demand; after midnight the day begins again.
  func prepare() {
    demand = demands[minute]
    minute = minute + 1 == demands.count ? 0 : minute + 1
  }

  func solve() {
    guard case .converged = solver.solve(demand, updating: &state, until: criterion) else {
      preconditionFailure("Each minute of the day has a solution.")
    }
  }

  func readVoltages() {
    state.readVoltages(at: terminals, into: &voltages)
  }

  /// What all lines and the transformer lose, from the flows of all branches.
  func readLosses() -> Phasor { flows.totalLoss(in: state) }
}
