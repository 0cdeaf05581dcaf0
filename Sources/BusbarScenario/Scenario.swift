public import BusbarSimulation
public import BusbarTrajectory
internal import Foundation

/// Everything that defines one run: decoded, checked, and ready to be simulated.
public struct Scenario: Sendable {
  /// What the scenario shows, in a few words.
  public let title: String
  /// The network, the devices and the rules of the run.
  public let plan: SimulationPlan
  /// What a single power flow shows when no time is asked for.
  public let snapshot: Snapshot
  /// The plan whose first instant is that snapshot: the run's own, or one without profiles.
  public let snapshotPlan: SimulationPlan
  /// What is recorded.
  public var recording: RecordingOptions
  /// The instants whose states go into files of their own, in their order in time.
  public var checkpoints: [NamedCheckpoint]
  /// The name of the file that was read first, and that names all others.
  public let mainFile: String
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

    /// Makes a reading; without a scenario the diagnostics say why.
    public init(scenario: Scenario?, diagnostics: Diagnostics) {
      self.scenario = scenario
      self.diagnostics = diagnostics
    }
  }

  /// Reads a scenario from its folder, or from the path of its `scenario.yaml`.
  ///
  /// Overrides have the form `path=value`, such as `network.transformers[TR1].tap_position=2`.
  /// Taps replace the positions of the transformers that they name.
  public static func read(
    _ path: String, overrides: [String] = [], taps: TapSettings? = nil,
    catalog: Catalog = .standard
  ) -> Reading {
    let url = URL(fileURLWithPath: path)
    let isFile = ["yaml", "yml"].contains(url.pathExtension.lowercased())
    let folder = ScenarioFolder(isFile ? url.deletingLastPathComponent().path : url.path)
    return read(
      isFile ? url.lastPathComponent : fileName,
      with: ScenarioDecoder(folder, overrides: overrides, taps: taps, catalog), overrides)
  }

  /// Reads a scenario from the contents of its files by their names; touches no disk.
  ///
  /// One of them names all others; the places of faults are in the files as they are named here.
  public static func read(
    files: [String: [UInt8]], main: String = fileName, overrides: [String] = [],
    taps: TapSettings? = nil,
    catalog: Catalog = .standard
  ) -> Reading {
    let folder = ScenarioFolder(files: files)
    return read(
      main, with: ScenarioDecoder(folder, overrides: overrides, taps: taps, catalog), overrides)
  }

  private static func read(
    _ name: String, with decoder: consuming ScenarioDecoder, _ overrides: [String]
  ) -> Reading {
    let parts = decoder.decode(name)
    let diagnostics = decoder.input.diagnostics
    guard let parts, !diagnostics.hasErrors else {
      precondition(diagnostics.hasErrors, "A scenario that is refused has a diagnostic.")
      return Reading(scenario: nil, diagnostics: diagnostics)
    }
    let inputs = decoder.input.folder.loadedFiles
      .map { Provenance.InputFile(name: $0.name, bytes: $0.bytes) }
      .sorted { $0.name < $1.name }
    let plan = parts.plan(following: parts.profiles)
    let scenario = Scenario(
      title: parts.title, plan: plan, snapshot: parts.snapshot,
      snapshotPlan: parts.snapshot == .start
        ? plan : parts.plan(following: parts.profiles.nominal),
      recording: parts.recording, checkpoints: parts.checkpoints, mainFile: name, inputs: inputs,
      overrides: overrides)
    return Reading(scenario: scenario, diagnostics: diagnostics)
  }
}
