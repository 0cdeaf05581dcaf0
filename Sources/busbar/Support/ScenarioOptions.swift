import ArgumentParser
import BusbarGrid
import BusbarScenario
import Foundation

/// The arguments that name a scenario and replace some of its values.
struct ScenarioOptions: ParsableArguments {
  @Argument(
    help: "The folder of the scenario, the path of its scenario.yaml, or an OpenDSS .dss file.")
  var scenario: String

  @OptionGroup var replacements: OverrideOptions

  private var source: ScenarioSource {
    ScenarioSource(path: scenario, overrides: replacements.all)
  }

  /// Reads the scenario; prints all faults and ends with exit code 65 when there are errors.
  func read(taps path: String? = nil) throws -> Scenario {
    guard let path else { return try source.read() }
    guard let data = FileManager.default.contents(atPath: path) else {
      Terminal.complain("cannot read '\(path)'. Name a table of taps.")
      throw ExitCode.badInput
    }
    var diagnostics = Diagnostics()
    guard let taps = TapSettings([UInt8](data), file: path, &diagnostics) else {
      for diagnostic in diagnostics.sorted { Terminal.say(diagnostic.description) }
      Terminal.say(
        "\(Figures.count(diagnostics.count, "fault")) in '\(path)'; nothing was run.")
      throw ExitCode.badInput
    }
    return try source.read(taps: taps)
  }

  /// The name of a conductor in results: OpenDSS's number of the node for an OpenDSS file.
  func nodeName(_ conductor: Conductor) -> String {
    source.isOpenDSS ? String(conductor.position + 1) : conductor.name
  }
}

/// The options that replace values of a scenario.
struct OverrideOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp(
      "Replace a value of the scenario, such as power_flow.tolerance=1e-6. Repeatable.",
      valueName: "path=value"))
  var overrides: [String] = []

  @Option(help: "Replace the scenario's seed.")
  var seed: UInt64?

  /// All replacements as `path=value`.
  var all: [String] { overrides + (seed.map { ["seed=\($0)"] } ?? []) }
}
