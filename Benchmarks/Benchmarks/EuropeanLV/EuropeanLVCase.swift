import BusbarScenario
import BusbarSimulation
import BusbarTrajectory
import Foundation

/// The scenario `Scenarios/european-lv` of the package.
enum EuropeanLVCase {
  static let minuteCount = 1_440

  private static let folder: String = {
    var folder = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { folder.deleteLastPathComponent() }
    return folder.appendingPathComponent("Scenarios/european-lv").path
  }()

  /// Decodes the scenario and compiles its network.
  static func read() throws -> Scenario {
    let reading = Scenario.read(folder)
    guard let scenario = reading.scenario else { throw Unreadable() }
    return scenario
  }

  struct Unreadable: Error {}

  /// Does what `busbar run` does, without its output to the terminal.
  static func runDay() throws {
    let scenario = try read()
    var simulation = Simulation(scenario.plan)
    let output = OutputPath(
      FileManager.default.temporaryDirectory
        .appendingPathComponent("busbar-benchmark-\(ProcessInfo.processInfo.processIdentifier).h5")
        .path, existing: .replace)
    defer { try? FileManager.default.removeItem(atPath: output.path) }
    let provenance = Provenance(
      busbarVersion: "benchmark", title: scenario.title, inputs: scenario.inputs,
      definition: RunDefinition(scenarioFile: scenario.mainFile, overrides: []))
    let writer = try TrajectoryWriter(output, for: simulation, scenario.recording, provenance)
    while true {
      switch simulation.advance(through: writer.nextRecording ?? scenario.plan.end) {
      case .powerFlow: simulation.solvePendingFlow()
      case .stopped, .unsettled, .unsolvable, .stalled:
        preconditionFailure("Each minute of the day has a solution.")
      case .reached:
        guard writer.nextRecording != nil else {
          try writer.close(&simulation, as: .completed)
          return
        }
        try writer.record(&simulation)
      }
    }
  }
}
