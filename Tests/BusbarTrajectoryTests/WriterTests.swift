import BusbarDevices
import BusbarEvents
import BusbarGrid
import BusbarSimulation
import BusbarTestSupport
import BusbarTrajectory
import Foundation
import Testing

struct WriterTests {
  private let provenance = Provenance(
    busbarVersion: "test", title: "A test",
    inputs: [.init(name: "a.csv", bytes: Array("1,2\n".utf8))],
    definition: RunDefinition(scenarioFile: "scenario.yaml", overrides: []))

  /// Runs a plan into a file and returns its path.
  private func write(
    _ plan: SimulationPlan, _ options: RecordingOptions, in folder: URL, _ name: String
  ) throws -> String {
    let path = folder.appendingPathComponent(name).path
    var simulation = Simulation(plan)
    let writer = try TrajectoryWriter(OutputPath(path), for: simulation, options, provenance)
    while let instant = writer.nextRecording {
      switch simulation.advance(through: instant) {
      case .powerFlow: simulation.solvePendingFlow()
      case .reached: try writer.record(&simulation)
      case .stopped, .unsettled, .unsolvable, .stalled:
        try writer.close(&simulation, as: .stopped)
        return path
      }
    }
    while simulation.advance(through: plan.end) == .powerFlow { simulation.solvePendingFlow() }
    try writer.close(&simulation, as: .completed)
    return path
  }

  private func plan(_ policy: DivergencePolicy = .stop, peak: Double = 900) throws
    -> SimulationPlan
  {
    var watts = (0..<60).map { 500 + 10 * Double($0) }
    watts[30] = peak
    return try TestRun.plan(
      minutes: 60, first: watts, second: Array(repeating: 300, count: 60), policy: policy)
  }

  private func inFolder(_ body: (URL) throws -> Void) throws {
    let folder = try PackageFolder.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test func valuesComeBackAsTheyWere() throws {
    try inFolder { folder in
      let plan = try plan()
      let path = try write(
        plan, RecordingOptions(interval: .minutes(1), precision: .double), in: folder, "a.h5")
      let reader = try TrajectoryReader(path)
      let variable = try reader.variable(named: "bus_voltage_magnitude")
      #expect(variable.shape == [60, 3, 3])
      #expect(variable.dimensions == ["time", "bus", "phase"])
      #expect(try reader.labels(ofDimension: 1, of: variable) == ["0", "1", "2"])
      #expect(
        try reader.labels(ofDimension: 0, of: variable).prefix(2) == [
          "2025-01-15T00:00:00Z", "2025-01-15T00:01:00Z",
        ])
      var simulation = Simulation(plan)
      _ = TestRun.run(&simulation, through: .start + .minutes(17))
      let row = try reader.numbers(of: variable, rows: 17..<18)
      for bus in plan.solver.network.grid.buses.indices {
        for phase in 0..<3 {
          let stored = try #require(row[bus.position * 3 + phase])
          #expect(stored == simulation.voltage(at: bus, Conductor(position: phase))?.length)
        }
      }
    }
  }

  /// Determinism contract, clause 2: chunks, compression and selection change no value.
  @Test func storageOptionsDoNotChangeTheContent() throws {
    try inFolder { folder in
      let plan = try plan()
      var blocks = RecordingOptions(interval: .minutes(1))
      blocks.instantsPerBlock = 7
      var few = RecordingOptions(
        interval: .minutes(1), variables: ["loss_active_power"], compressionLevel: 1)
      few.devices = .none
      let first = try TrajectoryReader(
        write(plan, RecordingOptions(interval: .minutes(1)), in: folder, "a.h5"))
      for (number, options) in [blocks, few].enumerated() {
        let path = try write(plan, options, in: folder, "b\(number).h5")
        let comparison = try ContentComparison(first, TrajectoryReader(path))
        #expect(comparison.isSame, "\(comparison.differences)")
        #expect(comparison.onlyInSecond.isEmpty)
      }
    }
  }

  @Test func aDifferentValueIsFoundAndNamed() throws {
    try inFolder { folder in
      let options = RecordingOptions(interval: .minutes(1))
      let first = try TrajectoryReader(write(plan(), options, in: folder, "a.h5"))
      let second = try TrajectoryReader(write(plan(peak: 901), options, in: folder, "b.h5"))
      let comparison = try ContentComparison(first, second)
      #expect(!comparison.isSame)
      #expect(comparison.firstDigest != comparison.secondDigest)
      #expect(
        comparison.differences.contains { $0.hasPrefix("devices/load/load_active_power: 1 ") })
      #expect(comparison.differences.contains { $0.contains("first at [30, 0]") })
    }
  }

  @Test func missingStepsHaveTheFillValueAndTheStatus() throws {
    try inFolder { folder in
      let path = try write(
        plan(.missing, peak: 1e6), RecordingOptions(interval: .minutes(1)), in: folder, "a.h5")
      let reader = try TrajectoryReader(path)
      let status = try reader.numbers(of: reader.variable(named: "status"), rows: 0..<60)
      #expect(status.enumerated().filter { $0.element != 0 }.map(\.offset) == [30])
      for name in TrajectoryVariable.all.map(\.name) {
        guard let variable = try? reader.variable(named: name) else { continue }
        for row in 0..<60 {
          let values = try reader.numbers(of: variable, rows: row..<(row + 1))
          #expect(values.allSatisfy { ($0 == nil) == (row == 30) }, "\(name), row \(row)")
        }
      }
    }
  }

  @Test func anExistingResultIsKept() throws {
    try inFolder { folder in
      let path = folder.appendingPathComponent("a.h5").path
      try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: TrajectoryError.self) {
        try write(plan(), RecordingOptions(interval: .minutes(1)), in: folder, "a.h5")
      }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
    }
  }

  @Test func aResultThatAppearsDuringTheRunIsKept() throws {
    try inFolder { folder in
      let path = folder.appendingPathComponent("a.h5").path
      var simulation = Simulation(try plan())
      let writer = try TrajectoryWriter(
        OutputPath(path), for: simulation, RecordingOptions(interval: .minutes(1)), provenance)
      try Data("precious".utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: TrajectoryError.self) { try writer.close(&simulation, as: .completed) }
      #expect(try String(contentsOfFile: path, encoding: .utf8) == "precious")
      #expect(FileManager.default.fileExists(atPath: path + ".part"))
    }
  }

  @Test func theSizeIsEstimatedWithinTenPercent() throws {
    try inFolder { folder in
      let first = (0..<600).map { 500 + Double($0) }
      let plan = try TestRun.plan(
        minutes: 600, first: first, second: first, metering: .minutes(30))
      let options = RecordingOptions(interval: .seconds(2))
      let estimate = TrajectorySize.bytes(of: Simulation(plan), options, inputs: [4])
      let path = try write(plan, options, in: folder, "a.h5")
      let size = try #require(
        FileManager.default.attributesOfItem(atPath: path)[.size] as? NSNumber)
      #expect(abs(Double(estimate) / size.doubleValue - 1) < 0.1, "\(estimate), \(size)")
    }
  }

  @Test func aFileOfAnotherKindIsRefused() throws {
    try inFolder { folder in
      let path = folder.appendingPathComponent("a.h5").path
      try Data("not HDF5".utf8).write(to: URL(fileURLWithPath: path))
      #expect(throws: TrajectoryError.self) { try TrajectoryReader(path) }
      #expect(throws: TrajectoryError.self) { try TrajectoryReader(folder.path) }
    }
  }

  @Test func csvHasARowAnInstantAndAColumnATerminal() throws {
    try inFolder { folder in
      let path = try write(
        plan(), RecordingOptions(interval: .minutes(30)), in: folder, "a.h5")
      var text = ""
      try CSVExport(
        TrajectoryReader(path), variable: "branch_current_magnitude", elements: ["line-2"]
      ).write { text += $0 }
      let lines = text.split(separator: "\n")
      #expect(lines.count == 3)
      #expect(lines[0] == "time,line-2.a,line-2.b,line-2.c")
      #expect(lines[1].hasPrefix("2025-01-15T00:00:00Z,0.0,1."))
    }
  }
}
