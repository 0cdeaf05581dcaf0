import BusbarScenario
import BusbarTestSupport
import Testing

/// Clause 6 of the determinism contract on a real feeder.
struct SplitRunValidation {
  @Test func theEuropeanFeederIsSplitAtTwentyBoundaries() throws {
    let place = try Workplace()
    let path = PackageFolder.scenario("european-lv").path
    let reading = Scenario.read(path, overrides: ["duration=2 h", "metering.interval=7 min"])
    try SplitRun.expectSame(
      of: try #require(reading.scenario), in: place, seed: 42, boundaries: 20)
  }
}
