import BusbarEvents
import BusbarScenario
import BusbarSimulation
import BusbarTrajectory
import Foundation

/// One run from where it begins to its closed file.
struct ScenarioRun {
  private let prepared: PreparedRun
  /// The simulation, at the end of the run after `execute`.
  private(set) var simulation: Simulation
  /// When checkpoints are taken.
  var checkpoints = CheckpointSchedule.standard

  private var scenario: Scenario { prepared.scenario }
  private var plan: SimulationPlan { scenario.plan }

  /// Takes over a prepared run; no file is touched yet.
  init(_ prepared: PreparedRun) {
    self.prepared = prepared
    simulation = prepared.simulation
  }

  /// Prepares a run of a scenario from its start; no file is touched yet.
  init(_ scenario: Scenario, _ output: OutputPath) {
    self.init(PreparedRun(scenario, output))
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
    let writer = try watch.measure(.recording) { () throws(TrajectoryError) in try open() }
    do {
      let ending = try loop(writer, &watch, isQuiet: isQuiet)
      try watch.measure(.recording) { () throws(TrajectoryError) in
        try writer.close(&simulation, as: ending)
      }
      return ending
    } catch {
      writer.abandon()
      throw error
    }
  }

  private mutating func open() throws(TrajectoryError) -> TrajectoryWriter {
    switch prepared.beginning {
    case .unfinishedFile(let checkpoint):
      return try TrajectoryWriter(
        resuming: prepared.output, at: checkpoint, for: simulation, scenario.recording)
    case .newFile:
      // Found out now rather than days later.
      for checkpoint in scenario.checkpoints { try prepared.path(of: checkpoint).check() }
      let writer = try TrajectoryWriter(
        prepared.output, for: simulation, scenario.recording, prepared.provenance)
      // The parent may be gone when a branch is resumed.
      if beginsAsBranch { try writer.checkpoint(&simulation) }
      return writer
    }
  }

  private var beginsAsBranch: Bool {
    if case .newFile = prepared.beginning { prepared.isBranch } else { false }
  }

  private mutating func loop(
    _ writer: TrajectoryWriter, _ watch: inout Stopwatch, isQuiet: Bool
  ) throws(TrajectoryError) -> TrajectoryWriter.Ending {
    var progress = Progress(until: plan.end, isQuiet: isQuiet)
    defer { progress.finish() }
    var schedule = CheckpointSchedule(checkpoints, from: simulation.now, until: plan.end)
    // A branch does not repeat the checkpoint from which it begins.
    // The end is an instant of observation only, so that a longer run goes on from just before it.
    let last = SimulationTime(milliseconds: plan.end.milliseconds - 1)
    var named = scenario.checkpoints.map {
      NamedCheckpoint(id: $0.id, instant: min($0.instant, last))
    }.filter {
      $0.instant > simulation.now || $0.instant == simulation.now && !beginsAsBranch
    }[...]
    while true {
      let due =
        [writer.nextRecording, schedule.next, named.first?.instant].compactMap { $0 }.min()
        ?? plan.end
      let target = min(due, simulation.now + Self.longestStride)
      switch watch.measure(.events, { simulation.advance(through: target) }) {
      case .powerFlow:
        watch.measure(.solving) { simulation.solvePendingFlow() }
        try watch.measure(.recording) { () throws(TrajectoryError) in
          try writer.keepUp(with: &simulation)
        }
        // Recording instants may lie far apart.
        if Interruption.signal != nil { return .interrupted }
      case .stopped, .unsettled, .unsolvable, .stalled: return .stopped
      case .reached:
        if Interruption.signal != nil { return .interrupted }
        try watch.measure(.recording) { () throws(TrajectoryError) in
          try record(target, writer, &schedule, &named)
          try writer.keepUp(with: &simulation)
        }
        if target == plan.end { return .completed }
        progress.update(simulation.now)
      }
    }
  }

  /// Messages come without any power flow: their records must not pile up, and a signal must not wait.
  private static let longestStride = Interval.minutes(1)

  /// Does what is due at an instant that is complete: rows, named checkpoints, checkpoints.
  private mutating func record(
    _ instant: SimulationTime, _ writer: TrajectoryWriter, _ schedule: inout CheckpointSchedule,
    _ named: inout ArraySlice<NamedCheckpoint>
  ) throws(TrajectoryError) {
    if writer.nextRecording == instant {
      let committed = try writer.record(
        &simulation, committing: schedule.isDueAtBlockEnd ? .checkpoint : .rows)
      if committed == .checkpoint { schedule.note(instant) }
    }
    while let checkpoint = named.first, checkpoint.instant == instant {
      named.removeFirst()
      // Records are the writer's; a state that is kept alone holds none of them.
      try writer.takeRecords(of: &simulation)
      try CheckpointFile.write(
        simulation, prepared.provenance, to: prepared.path(of: checkpoint))
    }
    if schedule.next == instant {
      try writer.checkpoint(&simulation)
      schedule.note(instant)
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
