import BusbarTestSupport
import Foundation
import Testing

/// Loads that the network cannot carry: the run ends as its policy says, and never with NaN.
struct OverloadTests {
  /// The oven draws 0.1 of this until 02:00 and more than can be carried from then until 14:00.
  static let tooMuch = "devices.load[oven].power=3 MW"
  /// Recording instants are a quarter of an hour apart, readings half an hour.
  static let missingInstants = 8..<56
  static let missingReadings = 4..<28

  static func run(_ policy: String) throws -> (command: Command, result: ResultFile) {
    let place = try Workplace()
    let command = try place.busbar(
      "run", place.scenario, "--set", tooMuch, "--set", "power_flow.on_divergence=\(policy)",
      "--output", "out.h5")
    let result = try ResultFile(place.url("out.h5"))
    try result.expectFiniteNumbers()
    #expect(
      command.errors.contains(
        "no solution at 2025-01-15 02:00:00 +01:00 after 50 sweeps: the voltage of bus 'end-"),
      "\(command.errors)")
    #expect(command.errors.contains(", phase "))
    #expect(command.errors.contains("Policy: \(policy)"))
    return (command, result)
  }

  @Test func thePolicyStopEndsTheRunWithExitCodeOne() throws {
    let (command, result) = try Self.run("stop")
    #expect(command.exitCode == 1)
    #expect(command.output.contains("ending            stopped"))
    #expect(result.reader.rootText("run_ending") == "stopped")
    #expect(try result.values("status") == Array(repeating: 0, count: 8))
    #expect(try result.values("solver_status") == [0, 0, 2])
    #expect(try result.values("bus_voltage_magnitude").allSatisfy { $0 != nil })
  }

  @Test func thePolicyHoldKeepsTheLastSolutionAndMarksIt() throws {
    let (command, result) = try Self.run("hold")
    #expect(command.exitCode == 3)
    #expect(result.reader.rootText("run_ending") == "completed")
    let status = try result.values("status")
    #expect(status == (0..<96).map { Self.missingInstants.contains($0) ? 1 : 0 })
    let voltages = try result.rows("bus_voltage_magnitude")
    for instant in Self.missingInstants {
      #expect(voltages[instant] == voltages[Self.missingInstants.lowerBound - 1])
    }
    #expect(voltages.joined().allSatisfy { $0 != nil })
    let readings = try result.values("reading_status")
    #expect(readings == (0..<48).map { Self.missingReadings.contains($0) ? 1 : 0 })
  }

  @Test func thePolicyMissingLeavesOutWhatHasNoSolution() throws {
    let (command, result) = try Self.run("missing")
    #expect(command.exitCode == 3)
    let status = try result.values("status")
    #expect(status == (0..<96).map { Self.missingInstants.contains($0) ? 2 : 0 })
    for variable in result.reader.variables
    where variable.dimensions.first == "time" && variable.type.hasPrefix("float") {
      for (instant, row) in try result.rows(variable.path).enumerated() {
        #expect(
          row.allSatisfy { ($0 == nil) == Self.missingInstants.contains(instant) },
          "\(variable.path) at instant \(instant)")
      }
    }
  }

  /// A reading is marked by what happened in its own interval, and by nothing else.
  @Test func aReadingOfAnIntervalWithMissingStepsIsMarked() throws {
    let (_, result) = try Self.run("missing")
    let status = try result.values("reading_status")
    #expect(status == (0..<48).map { Self.missingReadings.contains($0) ? 2 : 0 })
    let powers = try result.rows("meter_import_active_power")
    for (reading, row) in powers.enumerated() {
      let isMissing = Self.missingReadings.contains(reading)
      #expect(row.allSatisfy { ($0 == nil) == isMissing }, "reading \(reading)")
    }
  }

  /// The loads of the real feeder, each large enough that no night is quiet enough.
  static let feeder: [String] = (1...55).flatMap {
    ["--set", "devices.load[LOAD\($0)].power=200 kW"]
  }

  @Test(arguments: [("stop", 1), ("hold", 3), ("missing", 3)] as [(String, Int32)])
  func theRealFeederCollapsesAsItsPolicySays(_ policy: String, _ exitCode: Int32) throws {
    let folder = try PackageFolder.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let command = try Command.busbar(
      [
        "run", PackageFolder.scenario("european-lv").path, "--output", "out.h5", "--set",
        "duration=20 min", "--set", "power_flow.on_divergence=\(policy)",
      ] + Self.feeder, in: folder)
    #expect(command.exitCode == exitCode, "\(command.errors)")
    #expect(command.errors.contains("no solution at 2025-01-15 00:"))
    #expect(command.errors.contains("the voltage of bus '"))
    let result = try ResultFile(folder.appendingPathComponent("out.h5"))
    try result.expectFiniteNumbers()
    #expect(try result.values("solver_status").contains { $0 != 0 })
  }
}
