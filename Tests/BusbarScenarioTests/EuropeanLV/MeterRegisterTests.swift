import BusbarEvents
import BusbarScenario
import BusbarSimulation
import BusbarTestSupport
import Foundation
import Testing

/// Import and export are registered apart, also when both happen within one interval (E-11).
struct MeterRegisterTests {
  /// Of the first load's half hour, 20 minutes draw 1.2 kW and 10 minutes feed in 0.9 kW.
  @Test func energyInBothDirectionsWithinOneIntervalDoesNotCancel() throws {
    let folder = try PackageFolder.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = PackageFolder.scenario("european-lv")
    for name in try FileManager.default.contentsOfDirectory(atPath: source.path) {
      try FileManager.default.copyItem(
        at: source.appendingPathComponent(name), to: folder.appendingPathComponent(name))
    }
    let profiles = folder.appendingPathComponent("profiles.csv")
    var lines = try String(contentsOf: profiles, encoding: .utf8).split(separator: "\n")
    try #require(lines[0].hasPrefix("shape-01,"))
    for minute in 1...30 {
      let others = lines[minute].drop { $0 != "," }
      lines[minute] = (minute % 3 == 0 ? "-0.9" : "1.2") + others
    }
    try lines.joined(separator: "\n").appending("\n")
      .write(to: profiles, atomically: true, encoding: .utf8)
    let reading = Scenario.read(folder.path, overrides: ["duration=30min"])
    let plan = try #require(reading.scenario, "\(reading.diagnostics)").plan
    var simulation = Simulation(plan)
    simulation.advanceSolving(through: plan.end)
    let record = try #require(simulation.takeReadings().last)
    let meter = try #require(record.readings[0])
    // Delivered power is that of the last sweep, which is within 1e-8 pu of what was asked for.
    let tolerance = 1e-3
    #expect(abs(meter.importedActiveWatts - 1_200.0 * 20 / 30) < tolerance)
    #expect(abs(meter.exportedActiveWatts - 900.0 * 10 / 30) < tolerance)
    let tangent = (1 / (0.95 * 0.95) - 1.0).squareRoot()
    #expect(abs(meter.importedReactiveVars - 1_200 * tangent * 20 / 30) < tolerance)
    #expect(abs(meter.exportedReactiveVars - 900 * tangent * 10 / 30) < tolerance)
  }
}
