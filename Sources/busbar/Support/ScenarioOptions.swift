import ArgumentParser
import BusbarScenario
import Foundation

/// The arguments that name a scenario and replace some of its values.
struct ScenarioOptions: ParsableArguments {
  @Argument(help: "The folder of the scenario, or the path of its scenario.yaml.")
  var scenario: String

  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Replace a value of the scenario, such as power_flow.tolerance=1e-6. Repeatable.",
      valueName: "path=value"))
  var overrides: [String] = []

  @Option(help: "Replace the scenario's seed.")
  var seed: UInt64?

  /// Reads the scenario; prints all faults and ends with exit code 65 when there are errors.
  func read() throws -> Scenario {
    let reading = Scenario.read(scenario, overrides: allOverrides)
    for diagnostic in reading.diagnostics.sorted { Terminal.say(diagnostic.description) }
    guard let scenario = reading.scenario else {
      let count = reading.diagnostics.count
      Terminal.say("\(Figures.count(count, "fault")) in '\(self.scenario)'; nothing was run.")
      throw ExitCode.badInput
    }
    return scenario
  }

  var allOverrides: [String] { overrides + (seed.map { ["seed=\($0)"] } ?? []) }

  /// The name of the scenario's folder.
  var name: String {
    let url = URL(fileURLWithPath: scenario).standardizedFileURL
    let isFile = ["yaml", "yml"].contains(url.pathExtension.lowercased())
    return (isFile ? url.deletingLastPathComponent() : url).lastPathComponent
  }
}
