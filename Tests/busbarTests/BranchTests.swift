import BusbarTestSupport
import BusbarTrajectory
import Foundation
import Testing

/// Branches from checkpoints, and results that are run again from nothing but their file.
struct BranchTests {
  private static let noon = "checkpoints:\n  - id: noon\n    at: 12 h\n"

  /// A place with a finished run, `run.h5`, and its checkpoint at noon.
  private func place(_ further: String = "") throws -> Workplace {
    let place = try Workplace { $0["scenario.yaml"] += Self.noon + further }
    _ = try place.run(to: "run.h5")
    return place
  }

  /// The rows of a variable and their instants, in milliseconds.
  private func rows(
    _ place: Workplace, _ name: String, _ variable: String, time: String = "time"
  ) throws -> [Double: [Double?]] {
    let result = try ResultFile(place.url(name))
    let times = try result.values(time).map { $0 ?? -1 }
    return Dictionary(
      zip(times, try result.rows(variable)), uniquingKeysWith: { first, _ in first })
  }

  private static let noonMilliseconds = 43_200_000.0

  @Test func aBranchWithoutAChangeIsTheRestOfItsParent() throws {
    let place = try place()
    let branch = try place.busbar("run", "--from", "run.h5.noon.checkpoint", "-o", "b.h5")
    #expect(branch.exitCode == 0, "\(branch.errors)")
    for (variable, time) in [
      ("bus_voltage_magnitude", "time"), ("branch_current_angle", "time"),
      ("meter_voltage", "reading_time"), ("meter_import_active_power", "reading_time"),
      ("solver/solver_mismatch", "solver/solver_time"),
    ] {
      let parent = try rows(place, "run.h5", variable, time: time)
      let own = try rows(place, "b.h5", variable, time: time)
      #expect(own.count >= 10)
      #expect(own.allSatisfy { parent[$0.key] == $0.value }, "\(variable)")
      // A row at noon belongs to what both have in common; later ones are all there.
      let later = parent.keys.filter { $0 > Self.noonMilliseconds }
      #expect(later.allSatisfy { own[$0] != nil }, "\(variable)")
    }
    let hashes = try ["run.h5", "b.h5"].map {
      try ResultFile(place.url($0)).reader.rootText("event_log_hash")
    }
    #expect(hashes[0] == hashes[1])
  }

  @Test func aBranchWithOtherValuesDiffersOnlyAfterItsInstant() throws {
    let place = try place()
    let branch = try place.busbar(
      "run", "--from", "run.h5.noon.checkpoint", "--set", "devices.load[house-load].power=9 kW")
    #expect(branch.exitCode == 0, "\(branch.errors)")
    let own = try rows(
      place, "run.noon-branch.h5", "devices/load/load_active_power",
      time: "devices/load/load_time")
    let parent = try rows(
      place, "run.h5", "devices/load/load_active_power",
      time: "devices/load/load_time")
    #expect(own.keys.min() == Self.noonMilliseconds)
    #expect(own.filter { $0.key > Self.noonMilliseconds }.allSatisfy { parent[$0.key] != $0.value })
  }

  @Test func aResultNamesTheCheckpointFromWhichItBegan() throws {
    let place = try place()
    _ = try place.busbar("run", "--from", "run.h5.noon.checkpoint", "-o", "b.h5", "-q")
    let reader = try TrajectoryReader(place.url("b.h5").path)
    #expect(reader.rootText("parent_checkpoint") == "run.h5.noon.checkpoint")
    let checkpoint = try StoredRun(place.url("run.h5.noon.checkpoint").path)
    #expect(checkpoint.kind == .checkpoint)
    #expect(reader.rootText("parent_digest") == checkpoint.checkpoint?.digest)
    let stored = try StoredRun(place.url("b.h5").path)
    #expect(stored.definition.lineage.map(\.untilMilliseconds) == [43_200_000])
    #expect(stored.definition.lineage.map(\.overrides) == [[]])
  }

  @Test func anUnfinishedResultIsAParentToo() throws {
    let place = try Workplace()
    try SplitRun.leave(place, "out.h5", atPause: 70)
    let branch = try place.busbar("run", "--from", "out.h5.part", "--set", "record.every=5 min")
    #expect(branch.exitCode == 0, "\(branch.errors)")
    let again = try place.busbar("reproduce", "out-branch.h5")
    #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
  }

  @Test func aBranchOfABranchIsReproducedFromItsFileAlone() throws {
    let place = try place("  - id: evening\n    at: 18 h\n")
    let first = try place.busbar(
      "run", "--from", "run.h5.noon.checkpoint", "--set", "devices.load[oven].power=12 kW", "-o",
      "b.h5")
    #expect(first.exitCode == 0, "\(first.errors)")
    let second = try place.busbar(
      "run", "--from", "b.h5.evening.checkpoint", "--set", "devices.load[oven].power=30 kW", "-o",
      "c.h5")
    #expect(second.exitCode == 0, "\(second.errors)")
    for name in ["small", "run.h5", "b.h5", "run.h5.noon.checkpoint", "b.h5.evening.checkpoint"] {
      try FileManager.default.removeItem(at: place.url(name))
    }
    let again = try place.busbar("reproduce", "c.h5")
    #expect(again.exitCode == 0, "\(again.output)\(again.errors)")
    #expect(again.output.hasPrefix("same content: "))
    #expect(again.errors.isEmpty)
  }

  @Test func aTamperedResultIsNotReproduced() throws {
    let place = try Workplace()
    let result = try place.run("--set", "record.precision=double", to: "a.h5")
    let value = try #require(try result.values("loss_active_power")[40])
    var data = try Data(contentsOf: place.url("a.h5"))
    let pattern = Data((0..<8).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) })
    let range = try #require(data.range(of: pattern))
    data[range.lowerBound] ^= 1
    try data.write(to: place.url("b.h5"))
    let again = try place.busbar("reproduce", "b.h5")
    #expect(again.exitCode == 1, "\(again.errors)")
    #expect(again.output.contains("loss_active_power: 1 values differ"), "\(again.output)")
    #expect(again.output.contains("different content: sha256 "))
    let quiet = try place.busbar("reproduce", "--quiet", "b.h5")
    #expect(quiet.exitCode == 1 && quiet.output.isEmpty)
  }

  @Test func anotherMachineIsSaidBeforeTheComparison() throws {
    let place = try Workplace()
    _ = try place.run(to: "a.h5")
    try FileManager.default.copyItem(at: place.url("a.h5"), to: place.url("b.h5"))
    try place.setAttribute("libc_version", to: "glibc 2.1", of: "b.h5")
    let again = try place.busbar("reproduce", "b.h5")
    #expect(again.exitCode == 0)
    #expect(again.errors.contains("note: C library "), "\(again.errors)")
  }
}
