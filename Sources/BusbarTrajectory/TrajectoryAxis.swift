internal import BusbarGrid
internal import BusbarSimulation

/// A labelled dimension of a result file besides time.
public enum TrajectoryAxis: String, Sendable, CaseIterable {
  case bus
  case phase
  case branch
  case transformer
  case source
  case meter

  /// What the labels are, in words.
  var longName: String {
    switch self {
    case .bus: "bus id"
    case .phase: "conductor: phase a, b or c, neutral n, or a number"
    case .branch: "line or transformer id"
    case .transformer: "transformer id"
    case .source: "source id"
    case .meter: "smart meter id"
    }
  }

  /// The labels in index order.
  func labels(of simulation: Simulation) -> [String] {
    let grid = simulation.plan.solver.network.grid
    switch self {
    case .bus: return grid.buses.values.map(\.id)
    case .phase: return simulation.flows.conductors.map(\.name)
    case .branch: return grid.branches.values.map(\.id)
    case .transformer: return grid.transformers.map { grid.branches[$0].id }
    case .source: return grid.sources.values.map(\.id)
    case .meter: return simulation.plan.meters.map(\.id)
    }
  }
}
