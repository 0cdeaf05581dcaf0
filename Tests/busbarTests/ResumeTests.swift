import BusbarScenario
import BusbarTestSupport
import BusbarTrajectory
import Foundation
import Glibc
import Testing

@testable import busbar

/// Clause 6 of the determinism contract: a checkpoint at any event boundary, resumed, gives the
/// same content as the unbroken run.
struct ResumeTests {
  private func small(_ place: Workplace, _ overrides: [String] = []) throws -> Scenario {
    try #require(Scenario.read(place.url("small").path, overrides: overrides).scenario)
  }

  @Test func theSmallScenarioIsSplitAtTwentyBoundaries() throws {
    let place = try Workplace()
    try SplitRun.expectSame(
      of: small(place, ["record.every=10 min", "metering.interval=25 min"]), in: place, seed: 41,
      boundaries: 20)
  }

  @Test func aResumedRunIsResumedAgain() throws {
    let place = try Workplace()
    let scenario = try small(place, ["warm_up=1 h", "duration=20 h", "record.compression=1"])
    let whole = SplitRun(scenario: scenario, output: OutputPath(place.url("whole.h5").path))
    let count = try whole.run()
    let split = SplitRun(scenario: scenario, output: OutputPath(place.url("split.h5").path))
    try split.run(leavingAt: [1, 2, 3, count / 3, count / 2, count - 1])
    let comparison = try ContentComparison.of(whole.output, split.output)
    #expect(comparison.isSame, "\(comparison.differences)")
  }

  @Test func blocksThatDoNotFitTheInstantsAreResumedToo() throws {
    let place = try Workplace()
    var scenario = try small(place)
    scenario.recording.instantsPerBlock = 7
    let whole = SplitRun(scenario: scenario, output: OutputPath(place.url("whole.h5").path))
    try whole.run()
    let split = SplitRun(scenario: scenario, output: OutputPath(place.url("split.h5").path))
    try split.run(leavingAt: [10, 20, 30, 40, 50])
    let comparison = try ContentComparison.of(whole.output, split.output)
    #expect(comparison.isSame, "\(comparison.differences)")
  }

  private static let long = ["--set", "record.every=1 s", "--set", "duration=90 min"]

  @Test(arguments: [SIGINT, SIGTERM, SIGUSR1])
  func aRunStoppedByASignalGoesOnToTheSameContent(_ signal: Int32) throws {
    let place = try Workplace()
    let stopped = try InterruptionTests.interrupt(place, Self.long, by: signal)
    #expect(stopped.exitCode == (signal == SIGINT ? 130 : 75))
    #expect(stopped.errors.contains("Go on with: busbar run --resume out.h5\n"))
    let resumed = try place.busbar("run", "--resume", "out.h5", "--json")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    #expect(resumed.output.contains("\"completed\""))
    #expect(!FileManager.default.fileExists(atPath: place.url("out.h5.part").path))
    #expect(try place.busbar(["run", "small", "-o", "whole.h5"] + Self.long).exitCode == 0)
    try SameContentTests.expectSame(place, "out.h5", "whole.h5")
    #expect(try ResultFile(place.url("out.h5")).reader.rootText("run_ending") == "completed")
  }

  @Test func theScenarioIsNotNeededAnyMore() throws {
    let place = try Workplace()
    let arguments = Self.long + ["--set", "devices.load[oven].power=20 kW", "--seed", "9"]
    _ = try InterruptionTests.interrupt(place, arguments, by: SIGTERM)
    try FileManager.default.moveItem(at: place.url("small"), to: place.url("elsewhere"))
    let resumed = try place.busbar("run", "--resume", "out.h5.part", "--threads", "2", "-q")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    #expect(try place.busbar(["run", "elsewhere", "-o", "b.h5"] + arguments).exitCode == 0)
    try SameContentTests.expectSame(place, "out.h5", "b.h5")
  }

  @Test func aKilledRunGoesOnFromItsLastCheckpoint() throws {
    let place = try Workplace()
    let run = try RunningBusbar(
      in: place, output: "out.h5", Self.long + ["--checkpoint-every", "10 s"])
    run.send(SIGKILL)
    run.waitForKill()
    let resumed = try place.busbar("run", "--resume", "out.h5", "-q")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    #expect(!resumed.errors.contains("from the beginning"))
    #expect(try place.busbar(["run", "small", "-o", "whole.h5"] + Self.long).exitCode == 0)
    try SameContentTests.expectSame(place, "out.h5", "whole.h5")
  }

  @Test func aRunKilledBeforeItsFirstCheckpointStartsAgainAndSaysSo() throws {
    let place = try Workplace()
    let run = try RunningBusbar(in: place, output: "out.h5", Self.long)
    run.send(SIGKILL)
    run.waitForKill()
    let resumed = try place.busbar("run", "--resume", "out.h5", "-q")
    #expect(resumed.exitCode == 0, "\(resumed.errors)")
    #expect(
      resumed.errors.contains(
        "'out.h5.part' holds no checkpoint yet: starting from the beginning."))
    #expect(try place.busbar(["run", "small", "-o", "whole.h5"] + Self.long).exitCode == 0)
    try SameContentTests.expectSame(place, "out.h5", "whole.h5")
  }
}
