import BusbarEvents
import BusbarSimulation
import BusbarTestSupport
import BusbarTrajectory
import Foundation

@testable import BusbarReport

/// A small feeder whose run was recorded, as pictures see it; its file lasts as long as it does.
final class RecordedRun {
  let path: String
  let result: ResultView

  /// Two loads of a feeder at an instant of a zone, every minute; there is no solution in `gap`.
  init(
    minutes: Int = 300, start: Int64 = 1_736_899_200_000, zone: String = "UTC", offset: Int = 0,
    gap: Range<Int> = 0..<0
  ) throws {
    var first = (0..<minutes).map { 500 + 3 * Double($0 * 37 % 101) }
    for minute in gap { first[minute] = 1e6 }
    let plain = try TestRun.plan(
      minutes: Int64(minutes), first: first,
      second: (0..<minutes).map { 300 + Double($0 % 60) }, policy: .missing)
    let plan = SimulationPlan(
      solver: plain.solver,
      epoch: Epoch(unixMilliseconds: start, zone: zone, offsetSeconds: offset),
      duration: plain.duration, seed: 1, fleets: plain.fleets, connections: plain.connections,
      meters: plain.meters, meteringInterval: plain.meteringInterval, criterion: plain.criterion,
      divergencePolicy: plain.divergencePolicy)
    path = try PackageFolder.makeTemporaryFolder().appendingPathComponent("run.h5").path
    var simulation = Simulation(plan)
    let writer = try TrajectoryWriter(
      OutputPath(path), for: simulation,
      RecordingOptions(interval: .minutes(1), precision: .double),
      Provenance(
        busbarVersion: "test", title: "A small feeder", inputs: [],
        definition: RunDefinition(scenarioFile: "scenario.yaml", overrides: [])))
    while let instant = writer.nextRecording {
      while case .powerFlow = simulation.advance(through: instant) { simulation.solvePendingFlow() }
      try writer.record(&simulation)
    }
    try writer.close(&simulation, as: .completed)
    result = try ResultView(TrajectoryReader(path))
  }

  deinit {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    try? FileManager.default.removeItem(at: folder)
  }

  func variable(_ name: String) throws -> TrajectoryReader.StoredVariable {
    try result.reader.variable(named: name)
  }

  /// All values of a variable, row by row.
  func numbers(_ name: String) throws -> [Double?] {
    let variable = try variable(name)
    return try result.reader.numbers(of: variable, rows: 0..<variable.shape[0])
  }
}
