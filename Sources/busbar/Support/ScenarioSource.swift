import ArgumentParser
import BusbarImport
import BusbarScenario
import BusbarTrajectory
import Foundation

/// Where a scenario is read from, with the overrides that go with it.
struct ScenarioSource {
  /// The folder of the scenario, the path of its main file, or an OpenDSS file.
  let path: String
  /// What replaces values of the files, as `path=value`.
  let overrides: [String]

  /// Reads the scenario; prints all faults and ends with exit code 65 when there are errors.
  func read(taps: TapSettings? = nil) throws -> Scenario {
    try Self.sound(reading(taps), from: path)
  }

  /// Reads the scenario that a file of Busbar holds, with the file's overrides and some more.
  static func read(_ stored: StoredRun, adding overrides: [String] = []) throws -> Scenario {
    try sound(
      reading(stored.inputs, stored.definition, stored.definition.overrides + overrides),
      from: stored.path)
  }

  /// Reads the scenario of an ancestor of the run in a file.
  static func read(
    _ stored: StoredRun, ancestor: RunDefinition.Ancestor
  ) throws -> Scenario {
    try sound(
      reading(stored.inputs, stored.definition, ancestor.overrides), from: stored.path)
  }

  private static func reading(
    _ inputs: [Provenance.InputFile], _ definition: RunDefinition, _ overrides: [String]
  ) -> Scenario.Reading {
    let files = Dictionary(
      inputs.map { ($0.name, $0.bytes) }, uniquingKeysWith: { first, _ in first })
    return Scenario.read(files: files, main: definition.scenarioFile, overrides: overrides)
  }

  private static func sound(_ reading: Scenario.Reading, from place: String) throws -> Scenario {
    for diagnostic in reading.diagnostics.sorted { Terminal.say(diagnostic.description) }
    guard let scenario = reading.scenario else {
      let count = reading.diagnostics.count
      Terminal.say("\(Figures.count(count, "fault")) in '\(place)'; nothing was run.")
      throw ExitCode.badInput
    }
    return scenario
  }

  private func reading(_ taps: TapSettings?) throws -> Scenario.Reading {
    guard isOpenDSS else { return Scenario.read(path, overrides: overrides, taps: taps) }
    var diagnostics = Diagnostics()
    guard
      let imported = OpenDSSImport.scenario(at: path, from: DSSDiskFiles(), &diagnostics)
    else {
      return Scenario.Reading(scenario: nil, diagnostics: diagnostics)
    }
    let files = Dictionary(
      imported.files.map { ($0.name, Array($0.text.utf8)) }, uniquingKeysWith: { first, _ in first }
    )
    return Scenario.read(files: files, overrides: overrides, taps: taps)
  }

  /// Whether the scenario is an OpenDSS file, which is translated in memory.
  var isOpenDSS: Bool {
    URL(fileURLWithPath: path).pathExtension.lowercased() == "dss"
  }

  /// The name of the scenario's folder.
  var name: String {
    let url = URL(fileURLWithPath: path).standardizedFileURL
    let isFile = ["yaml", "yml"].contains(url.pathExtension.lowercased())
    return (isFile ? url.deletingLastPathComponent() : url).lastPathComponent
  }
}
