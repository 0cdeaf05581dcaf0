import BusbarEvents
import BusbarScenario
import BusbarSimulation
import BusbarTrajectory
import Foundation

/// One run from its first instant to its closed file.
struct ScenarioRun {
  private let scenario: Scenario
  private let output: OutputPath
  /// The simulation, at the end of the run after `execute`.
  private(set) var simulation: Simulation

  /// Prepares a run; no file is touched yet.
  init(_ scenario: Scenario, _ output: OutputPath) {
    self.scenario = scenario
    self.output = output
    simulation = Simulation(scenario.plan)
  }

  /// The size that the result will have without compression, in bytes.
  var estimatedBytes: Int {
    TrajectorySize.bytes(
      of: simulation, scenario.recording, inputs: scenario.inputs.map(\.bytes.count))
  }

  /// Runs to the end, to a power flow without a solution, or to a signal.
  mutating func execute(
    _ watch: inout Stopwatch, isQuiet: Bool
  ) throws(TrajectoryError) -> TrajectoryWriter.Ending {
    let provenance = Provenance(
      busbarVersion: busbarVersion, title: scenario.title, inputs: scenario.inputs,
      overrides: scenario.overrides)
    let writer = try watch.measure(.recording) { () throws(TrajectoryError) in
      try TrajectoryWriter(output, for: simulation, scenario.recording, provenance)
    }
    do {
      let ending = try loop(writer, &watch, isQuiet: isQuiet)
      simulation.finish()
      try watch.measure(.recording) { () throws(TrajectoryError) in
        try writer.close(&simulation, as: ending)
      }
      return ending
    } catch {
      writer.abandon()
      throw error
    }
  }

  private mutating func loop(
    _ writer: TrajectoryWriter, _ watch: inout Stopwatch, isQuiet: Bool
  ) throws(TrajectoryError) -> TrajectoryWriter.Ending {
    let end = scenario.plan.end
    var progress = Progress(until: end, isQuiet: isQuiet)
    defer { progress.finish() }
    while true {
      let target = writer.nextRecording ?? end
      switch watch.measure(.events, { simulation.advance(through: target) }) {
      case .powerFlow:
        watch.measure(.solving) { simulation.solvePendingFlow() }
        try watch.measure(.recording) { () throws(TrajectoryError) in
          try writer.keepUp(with: &simulation)
        }
        // Recording instants may lie far apart.
        if Interruption.signal != nil { return .interrupted }
      case .stopped, .unsettled, .unsolvable: return .stopped
      case .reached:
        if Interruption.signal != nil { return .interrupted }
        guard writer.nextRecording != nil else { return .completed }
        try watch.measure(.recording) { () throws(TrajectoryError) in
          try writer.record(&simulation)
        }
        progress.update(simulation.now)
      }
    }
  }
}

/// The room left on a file system.
enum FreeSpace {
  /// The bytes that a file at a path could still take; nil when that cannot be found out.
  static func bytes(at path: String) -> Int? {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let attributes = try? FileManager.default.attributesOfFileSystem(forPath: folder)
    return (attributes?[.systemFreeSize] as? NSNumber)?.intValue
  }
}
