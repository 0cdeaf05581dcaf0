public import BusbarSimulation
public import BusbarTrajectory
internal import Foundation

/// Everything that defines one run: decoded, checked, and ready to be simulated.
public struct Scenario: Sendable {
  /// What the scenario shows, in a few words.
  public let title: String
  /// The network, the devices and the rules of the run.
  public let plan: SimulationPlan
  /// What is recorded.
  public let recording: RecordingOptions
  /// The files that were read, in the order of their names.
  public let inputs: [Provenance.InputFile]
  /// What replaced values of the files, as `path=value`.
  public let overrides: [String]

  /// The name of the file that a scenario's folder must hold.
  public static let fileName = "scenario.yaml"

  /// A scenario, or why there is none; warnings can stand beside a scenario.
  public struct Reading: Sendable {
    /// Nil when any error was found.
    public let scenario: Scenario?
    /// All faults, of all files.
    public let diagnostics: Diagnostics
  }

  /// Reads a scenario from its folder, or from the path of its `scenario.yaml`.
  ///
  /// Overrides have the form `path=value`, such as `network.transformers[TR1].tap_position=2`.
  public static func read(
    _ path: String, overrides: [String] = [], catalog: Catalog = .standard
  ) -> Reading {
    var decoder = ScenarioDecoder(folder(of: path), overrides: overrides, catalog)
    let parts = decoder.decode(path)
    let diagnostics = decoder.input.diagnostics
    guard let parts, !diagnostics.hasErrors else {
      precondition(diagnostics.hasErrors, "A scenario that is refused has a diagnostic.")
      return Reading(scenario: nil, diagnostics: diagnostics)
    }
    let inputs = decoder.input.folder.loadedFiles
      .map { Provenance.InputFile(name: $0.name, bytes: $0.bytes) }
      .sorted { $0.name < $1.name }
    let scenario = Scenario(
      title: parts.title, plan: parts.plan, recording: parts.recording, inputs: inputs,
      overrides: overrides)
    return Reading(scenario: scenario, diagnostics: diagnostics)
  }

  private static func folder(of path: String) -> ScenarioFolder {
    let url = URL(fileURLWithPath: path)
    let isFile = ["yaml", "yml"].contains(url.pathExtension.lowercased())
    return ScenarioFolder(isFile ? url.deletingLastPathComponent().path : url.path)
  }
}
