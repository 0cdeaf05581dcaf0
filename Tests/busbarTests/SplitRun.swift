import BusbarEvents
import BusbarScenario
import BusbarSimulation
import BusbarTestSupport
import BusbarTrajectory
import Foundation
import Testing

@testable import busbar

/// A scenario run in pieces: left at some event boundaries, and gone on with from the file.
struct SplitRun {
  let scenario: Scenario
  let output: OutputPath

  /// Runs until the pauses of these numbers, closing and reopening the file at each of them.
  ///
  /// Returns the number of pauses of the whole run. A pause is where a checkpoint can be taken:
  /// behind a power flow or at an instant that is complete.
  @discardableResult
  func run(leavingAt pauses: [Int] = []) throws -> Int {
    var simulation = Simulation(scenario.plan)
    var writer = try TrajectoryWriter(
      output, for: simulation, scenario.recording, PreparedRun(scenario, output).provenance)
    var count = 0
    while true {
      let target = writer.nextRecording ?? scenario.plan.end
      switch simulation.advance(through: target) {
      case .powerFlow: simulation.solvePendingFlow()
      case .reached:
        if writer.nextRecording != nil {
          try writer.record(&simulation)
        } else {
          try writer.close(&simulation, as: .completed)
          return count
        }
      default: throw Failure.stopped
      }
      count += 1
      if pauses.contains(count) {
        try writer.close(&simulation, as: .interrupted)
        (simulation, writer) = try resumed()
      }
    }
  }

  private func resumed() throws -> (Simulation, TrajectoryWriter) {
    let prepared = try PreparedRun(resuming: output.path, existing: .keep)
    guard case .unfinishedFile(let checkpoint) = prepared.beginning else {
      throw Failure.noCheckpoint
    }
    // The block's length is no part of a scenario.
    var recording = prepared.scenario.recording
    recording.instantsPerBlock = scenario.recording.instantsPerBlock
    return (
      prepared.simulation,
      try TrajectoryWriter(
        resuming: output, at: checkpoint, for: prepared.simulation, recording)
    )
  }

  enum Failure: Error {
    case stopped
    case noCheckpoint
  }
}

extension ContentComparison {
  /// Compares two results by their paths.
  static func of(_ first: OutputPath, _ second: OutputPath) throws -> ContentComparison {
    try ContentComparison(TrajectoryReader(first.path), TrajectoryReader(second.path))
  }
}
