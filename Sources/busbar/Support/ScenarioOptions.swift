import ArgumentParser
import BusbarGrid
import BusbarImport
import BusbarScenario
import Foundation

/// The arguments that name a scenario and replace some of its values.
struct ScenarioOptions: ParsableArguments {
  @Argument(
    help: "The folder of the scenario, the path of its scenario.yaml, or an OpenDSS .dss file.")
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
  func read(taps path: String? = nil) throws -> Scenario {
    let reading = try reading(path)
    for diagnostic in reading.diagnostics.sorted { Terminal.say(diagnostic.description) }
    guard let scenario = reading.scenario else {
      let count = reading.diagnostics.count
      Terminal.say("\(Figures.count(count, "fault")) in '\(self.scenario)'; nothing was run.")
      throw ExitCode.badInput
    }
    return scenario
  }

  private func reading(_ tapFile: String?) throws -> Scenario.Reading {
    var diagnostics = Diagnostics()
    var taps: TapSettings?
    if let tapFile {
      guard let data = FileManager.default.contents(atPath: tapFile) else {
        Terminal.complain("cannot read '\(tapFile)'. Name a table of taps.")
        throw ExitCode.badInput
      }
      taps = TapSettings([UInt8](data), file: tapFile, &diagnostics)
      if taps == nil { return Scenario.Reading(scenario: nil, diagnostics: diagnostics) }
    }
    guard isOpenDSS else {
      return Scenario.read(scenario, overrides: allOverrides, taps: taps)
    }
    guard
      let imported = OpenDSSImport.scenario(
        at: scenario, from: DSSDiskFiles(), &diagnostics)
    else {
      return Scenario.Reading(scenario: nil, diagnostics: diagnostics)
    }
    let files = Dictionary(
      imported.files.map { ($0.name, Array($0.text.utf8)) }, uniquingKeysWith: { first, _ in first }
    )
    return Scenario.read(files: files, overrides: allOverrides, taps: taps)
  }

  /// Whether the scenario is an OpenDSS file, which is translated in memory.
  private var isOpenDSS: Bool {
    URL(fileURLWithPath: scenario).pathExtension.lowercased() == "dss"
  }

  /// The name of a conductor in results: OpenDSS's number of the node for an OpenDSS file.
  func nodeName(_ conductor: Conductor) -> String {
    isOpenDSS ? String(conductor.position + 1) : conductor.name
  }

  var allOverrides: [String] { overrides + (seed.map { ["seed=\($0)"] } ?? []) }

  /// The name of the scenario's folder.
  var name: String {
    let url = URL(fileURLWithPath: scenario).standardizedFileURL
    let isFile = ["yaml", "yml"].contains(url.pathExtension.lowercased())
    return (isFile ? url.deletingLastPathComponent() : url).lastPathComponent
  }
}
