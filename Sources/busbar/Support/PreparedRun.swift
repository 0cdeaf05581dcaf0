import ArgumentParser
import BusbarDevices
import BusbarScenario
import BusbarSimulation
import BusbarTrajectory
import Foundation

/// A run that is ready to go, from its start, from where it was left, or as a branch of another.
struct PreparedRun {
  /// How its result file comes about.
  enum Beginning {
    case newFile
    /// The unfinished file goes on behind its checkpoint.
    case unfinishedFile(StoredCheckpoint)
  }

  var scenario: Scenario
  let output: OutputPath
  let beginning: Beginning
  let provenance: Provenance
  let simulation: Simulation

  /// A run of a scenario from its start.
  init(_ scenario: Scenario, _ output: OutputPath) {
    self.scenario = scenario
    self.output = output
    beginning = .newFile
    provenance = Provenance(
      scenario,
      RunDefinition(scenarioFile: scenario.mainFile, overrides: scenario.overrides))
    simulation = Simulation(scenario.plan)
  }

  /// The rest of an interrupted run, named by its result or by the unfinished file.
  init(resuming name: String, existing: OutputPath.ExistingOutput) throws {
    let path = name.hasSuffix(".part") ? String(name.dropLast(5)) : name
    let output = OutputPath(path, existing: existing)
    let stored = try Self.unfinished(output)
    // A finished result beside it is replaced only when that was asked for.
    if existing == .keep, FileManager.default.fileExists(atPath: path) {
      try reportingFailures { () throws(TrajectoryError) in
        throw TrajectoryError.outputExists(path: path)
      }
    }
    scenario = try ScenarioSource.read(stored)
    provenance = Provenance(scenario, stored.definition)
    guard let checkpoint = stored.checkpoint else {
      Terminal.say("'\(output.partialPath)' holds no checkpoint yet: starting from the beginning.")
      self.output = OutputPath(path, existing: .replace)
      beginning = .newFile
      simulation = Simulation(scenario.plan)
      return
    }
    self.output = output
    beginning = .unfinishedFile(checkpoint)
    simulation = try Self.restore(
      checkpoint.state, checkpoint.meterRows, scenario.plan, as: .resumption,
      from: output.partialPath)
  }

  /// A branch from a checkpoint, with further overrides.
  init(branching path: String, overrides: [String], _ output: OutputPath) throws {
    let stored = try reportingFailures { () throws(TrajectoryError) in
      let stored = try StoredRun(path)
      try stored.requireContinuable(by: busbarVersion)
      return stored
    }
    Self.warn(of: stored)
    guard let checkpoint = stored.checkpoint else {
      Terminal.complain(
        stored.kind == .finished
          ? "'\(path)' is a finished result, which holds no state. Name a .checkpoint file; the key "
            + "'checkpoints' of a scenario makes them."
          : "'\(path)' holds no sound checkpoint. Name another file, or run the scenario again.")
      throw ExitCode.badInput
    }
    scenario = try ScenarioSource.read(stored, adding: overrides)
    self.output = output
    beginning = .newFile
    var definition = stored.definition
    definition.lineage.append(
      .init(
        overrides: definition.overrides, until: checkpoint.instant,
        eventCount: checkpoint.eventCount))
    definition.overrides = scenario.overrides
    provenance = Provenance(
      scenario, definition,
      parent: ParentCheckpoint(
        file: URL(fileURLWithPath: path).lastPathComponent, digest: checkpoint.digest,
        instant: checkpoint.instant))
    simulation = try Self.restore(
      checkpoint.state, checkpoint.meterRows, scenario.plan,
      as: .between(stored.definition.overrides, scenario.overrides), from: path)
  }

  /// A run of a scenario from a state that is at hand.
  init(
    _ scenario: Scenario, _ output: OutputPath, _ provenance: Provenance, _ simulation: Simulation
  ) {
    self.scenario = scenario
    self.output = output
    beginning = .newFile
    self.provenance = provenance
    self.simulation = simulation
  }

  /// Whether the run begins from the state of another one.
  var isBranch: Bool { !provenance.definition.lineage.isEmpty }

  /// The file of a named checkpoint.
  func path(of checkpoint: NamedCheckpoint) -> OutputPath {
    OutputPath("\(output.path).\(checkpoint.id).checkpoint", existing: output.existing)
  }

  // MARK: What goes wrong

  private static func unfinished(_ output: OutputPath) throws -> StoredRun {
    let files = FileManager.default
    guard files.fileExists(atPath: output.partialPath) else {
      Terminal.complain(
        files.fileExists(atPath: output.path)
          ? "'\(output.path)' is finished: there is nothing to resume. Run the scenario again, or "
            + "check the file with busbar reproduce."
          : "there is no '\(output.partialPath)' to resume. Name the result of an interrupted run.")
      throw ExitCode.badInput
    }
    let stored = try reportingFailures { () throws(TrajectoryError) in
      let stored: StoredRun
      do {
        stored = try StoredRun(output.partialPath)
      } catch {
        throw TrajectoryError.cannotResume(
          path: output.partialPath,
          reason: "\(error) If its run is not going on any more, remove the file and run the "
            + "scenario again.")
      }
      try stored.requireContinuable(by: busbarVersion)
      return stored
    }
    guard stored.kind == .unfinished else {
      Terminal.complain(
        "'\(output.partialPath)' holds a finished run: there is nothing to resume. Move it to "
          + "'\(output.path)'.")
      throw ExitCode.badInput
    }
    warn(of: stored)
    return stored
  }

  private static func warn(of stored: StoredRun) {
    for difference in MachineProvenance.current.differences(from: stored.machine) {
      Terminal.say("warning: '\(stored.path)': \(difference). Last digits can differ.")
    }
  }

  /// The simulation of a state; ends with exit code 65 when the plan does not fit it.
  static func restore(
    _ state: [UInt8], _ meterRows: [MeterRow], _ plan: SimulationPlan,
    as restoration: Restoration, from path: String
  ) throws -> Simulation {
    do {
      return try Simulation(
        plan, restoring: state, meterRows: meterRows, as: restoration)
    } catch {
      Terminal.complain("cannot go on from '\(path)': \(error)")
      throw ExitCode.badInput
    }
  }
}

extension Provenance {
  /// The provenance of a run of a scenario by this program.
  init(_ scenario: Scenario, _ definition: RunDefinition, parent: ParentCheckpoint? = nil) {
    self.init(
      busbarVersion: busbar.busbarVersion, title: scenario.title, inputs: scenario.inputs,
      definition: definition, parent: parent)
  }
}
