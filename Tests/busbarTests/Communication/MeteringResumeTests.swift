import BusbarScenario
import BusbarTestSupport
import BusbarTrajectory
import Foundation
import Testing

@testable import busbar

/// Runs with meters that communicate are resumed and branched like others.
struct MeteringResumeTests {
  private static func metered(_ small: inout SmallScenario) {
    small.communicate(
      "  head_end: {check_period: 1 h, check_deadline: 1 h}\n  concentrators:\n    - {id: DTC, bus: lv}\n"
    )
    small.addToCommunication("link_classes", "{id: plc_prime, loss: 20 %}")
    small.addToCommunication(
      "faults", "{id: cut, medium: DTC/uplink, kind: drop, from: 10 h, until: 11 h}")
  }

  @Test func aMeteredRunIsSplitAtTwentyBoundaries() throws {
    let place = try Workplace(Self.metered)
    let scenario = try #require(
      Scenario.read(place.url("small").path, overrides: ["record.every=10 min"]).scenario)
    try SplitRun.expectSame(of: scenario, in: place, seed: 17, boundaries: 20)
  }

  /// The memory of the meters is in the checkpoint: what was not collected by noon still comes.
  @Test func aBranchHasTheMetersMemory() throws {
    let place = try Workplace { small in
      Self.metered(&small)
      small["scenario.yaml"] += "checkpoints:\n  - {id: cut, at: 645 min}\n"
    }
    _ = try place.run(to: "run.h5")
    let branch = try place.busbar("run", "--from", "run.h5.cut.checkpoint", "-o", "b.h5")
    #expect(branch.exitCode == 0, "\(branch.errors)")
    let files = try ["run.h5", "b.h5"].map { try ResultFile(place.url($0)) }
    #expect(
      files[0].reader.rootText("event_log_hash") == files[1].reader.rootText("event_log_hash"))
    let arrivals = try files.map { try $0.values("head_end/arrival_import_active_power") }
    #expect(arrivals[1].count > 40)
    #expect(Array(arrivals[0].suffix(arrivals[1].count)) == arrivals[1])
    let reproduced = try place.busbar("reproduce", "b.h5")
    #expect(reproduced.exitCode == 0, "\(reproduced.output) \(reproduced.errors)")
  }

  /// A state from the end of a run goes on in a longer one as if that had been meant from the start.
  @Test func aRunMadeLongerIsTheLongerRun() throws {
    let place = try Workplace { small in
      Self.metered(&small)
      small.dropProfiles()
      small["scenario.yaml"] += "checkpoints:\n  - {id: end, at: 12 h}\n"
      small.replace("duration: 24 h", by: "duration: 12 h", in: "scenario.yaml")
    }
    _ = try place.run(to: "half.h5")
    let longer = try place.busbar(
      "run", "--from", "half.h5.end.checkpoint", "--set", "duration=24 h", "-o", "b.h5")
    #expect(longer.exitCode == 0, "\(longer.errors)")
    _ = try place.run("--set", "duration=24 h", to: "whole.h5")
    // A changed value takes effect in a power flow of its own, so that not the hashes are compared,
    // but what came to be known.
    let known = try ["b.h5", "whole.h5"].map { name in
      let file = try ResultFile(place.url(name))
      let times = try file.values("head_end/arrival_time")
      let meters = try file.values("head_end/arrival_meter")
      return zip(times, meters).filter { $0.0 ?? 0 > 43_200_000 }.map { "\($0)" }
    }
    #expect(known[0].count > 40)
    #expect(known[0] == known[1])
  }
}
