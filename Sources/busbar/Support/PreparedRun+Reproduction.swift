import BusbarEvents
import BusbarScenario
import BusbarSimulation
import BusbarTrajectory

extension PreparedRun {
  /// The run of a finished result once more, from nothing but what the file holds.
  ///
  /// Ancestors are run unrecorded up to the checkpoints at which they were left.
  init(reproducing stored: StoredRun, _ output: OutputPath) throws {
    var scenario = try ScenarioSource.read(stored)
    // The files of named checkpoints are no part of the result.
    scenario.checkpoints = []
    let definition = stored.definition
    let generations = definition.lineage.map(\.overrides) + [definition.overrides]
    var simulation: Simulation?
    for (generation, ancestor) in definition.lineage.enumerated() {
      let plan = try ScenarioSource.read(stored, ancestor: ancestor).plan
      var ancestral = simulation ?? Simulation(plan)
      if generation > 0 {
        ancestral = try ancestral.handedOver(
          to: plan, .between(generations[generation - 1], generations[generation]), stored.path)
      }
      ancestral.runUnrecorded(until: ancestor.until, eventCount: ancestor.eventCount)
      simulation = ancestral
    }
    let last = try simulation?.handedOver(
      to: scenario.plan, .between(generations[generations.count - 2], definition.overrides),
      stored.path)
    self.init(
      scenario, output, Provenance(scenario, definition), last ?? Simulation(scenario.plan))
  }
}

extension Restoration {
  /// How a run with some overrides goes on from the state of one with others.
  ///
  /// Without a change nothing is to take effect, and the branch is the rest of its parent.
  static func between(_ former: [String], _ latter: [String]) -> Restoration {
    former == latter ? .resumption : .branch
  }
}

extension Simulation {
  /// The state of the simulation under another plan, as if it had gone through a checkpoint.
  fileprivate func handedOver(
    to plan: SimulationPlan, _ restoration: Restoration, _ path: String
  ) throws -> Simulation {
    try PreparedRun.restore(encodedState(), [], plan, as: restoration, from: path)
  }

  /// Runs to an event boundary without keeping any record.
  fileprivate mutating func runUnrecorded(until instant: SimulationTime, eventCount: Int) {
    while now < instant || eventHash.count < eventCount {
      switch advance(through: instant) {
      case .powerFlow: solvePendingFlow()
      case .reached, .stopped, .unsettled, .unsolvable, .stalled: return
      }
      _ = takeEvents()
      _ = takeFlowRecords()
      _ = takeReadings()
    }
  }
}
