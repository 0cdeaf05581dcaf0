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
  /// Whether the run ends where it is left for the first time.
  private var isLeft = false

  init(scenario: Scenario, output: OutputPath) {
    self.scenario = scenario
    self.output = output
  }

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
        if isLeft { return count }
        (simulation, writer) = try resumed()
      }
    }
  }

  /// Runs the small scenario of a place up to a pause and leaves an unfinished file there.
  static func leave(_ place: Workplace, _ name: String, atPause pause: Int) throws {
    let overrides = ["record.every=10 min"]
    let reading = Scenario.read(place.url("small").path, overrides: overrides)
    var split = SplitRun(
      scenario: try #require(reading.scenario), output: OutputPath(place.url(name).path))
    split.isLeft = true
    try split.run(leavingAt: [pause])
  }

  /// Splits runs of a scenario at random boundaries, one each, and compares them with a whole one.
  static func expectSame(
    of scenario: Scenario, in place: Workplace, seed: UInt64, boundaries: Int,
    _ location: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let whole = SplitRun(scenario: scenario, output: OutputPath(place.url("whole.h5").path))
    let count = try whole.run()
    var numbers = SeededNumbers(seed: seed)
    for number in 0..<boundaries {
      let pause = Int.random(in: 1..<count, using: &numbers)
      let split = SplitRun(
        scenario: scenario, output: OutputPath(place.url("split-\(number).h5").path))
      try split.run(leavingAt: [pause])
      let comparison = try ContentComparison.of(whole.output, split.output)
      #expect(
        comparison.isSame, "left at pause \(pause), seed \(seed): \(comparison.differences)",
        sourceLocation: location)
      #expect(comparison.onlyInFirst.isEmpty && comparison.onlyInSecond.isEmpty)
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
