import BusbarEvents
import BusbarSimulation
import BusbarTestSupport
import BusbarTrajectory
import Foundation

/// A run that is written into a file of a folder that lasts as long as the test.
final class ExplainedRun {
  let folder: URL
  /// The file, complete or not.
  private(set) var path: String

  /// Runs a plan to its end, or gives the file up at an instant, as a killed process would.
  init(
    _ plan: SimulationPlan, _ options: RecordingOptions, givingUpAt last: SimulationTime? = nil
  ) throws {
    folder = try PackageFolder.makeTemporaryFolder()
    path = folder.appendingPathComponent("run.h5").path
    var simulation = Simulation(plan)
    let writer = try TrajectoryWriter(
      OutputPath(path), for: simulation, options,
      Provenance(
        busbarVersion: "test", title: "A test", inputs: [],
        definition: RunDefinition(scenarioFile: "scenario.yaml", overrides: [])))
    while let instant = writer.nextRecording {
      if let last, instant > last {
        writer.abandon()
        // The abandoned file stays locked until this process ends; its bytes do not.
        path = folder.appendingPathComponent("copy.h5.part").path
        try FileManager.default.copyItem(atPath: writer.output.partialPath, toPath: path)
        return
      }
      switch simulation.advance(through: instant) {
      case .powerFlow: simulation.solvePendingFlow()
      case .reached: try writer.record(&simulation)
      case .stopped, .unsettled, .unsolvable, .stalled:
        preconditionFailure("The run has no such end.")
      }
    }
    while simulation.advance(through: plan.end) == .powerFlow { simulation.solvePendingFlow() }
    try writer.close(&simulation, as: .completed)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  func explainer() throws -> Explainer { try Explainer(TrajectoryReader(path)) }

  /// The explanation of a bus as text.
  func text(bus: String, at instant: SimulationTime) throws -> String {
    let explainer = try explainer()
    return try explainer.explain(bus: bus, at: instant).text(explainer.clock)
  }

  /// The explanation of anything else as text.
  func text(entity: String, at instant: SimulationTime) throws -> String {
    let explainer = try explainer()
    return try explainer.explain(entity: entity, at: instant).text(explainer.clock)
  }
}

/// The text without the last voltage changes of sweeps, which are rounding and differ by machine.
func withoutMismatches(_ text: String) -> String {
  text.replacing(/, largest voltage change of the last one \S+ pu/, with: "")
}
