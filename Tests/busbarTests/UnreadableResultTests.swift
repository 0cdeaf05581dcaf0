import BusbarHDF5
import BusbarTestSupport
import Foundation
import Glibc
import Testing

/// A file that cannot be read is refused by a sentence that says what it is and what to do.
struct UnreadableResultTests {
  /// Commands that read a result; both open it by the same door as all others do.
  static let readers: [[String]] = [
    ["export", "csv"], ["explain", "--at", "1h", "--bus", "end-1"],
  ]

  /// Checks that each reader refuses a file as bad input.
  private func expectRefusal(
    of file: String, in place: Workplace, _ sentence: String,
    _ location: SourceLocation = #_sourceLocation
  ) throws {
    for reader in Self.readers {
      let command = try place.busbar(reader + [file])
      #expect(command.exitCode == 65, sourceLocation: location)
      #expect(
        command.errors == "error: Cannot read '\(file)': \(sentence)\n", sourceLocation: location)
      #expect(command.output.isEmpty, sourceLocation: location)
    }
  }

  private func setVersion(_ attribute: String, of file: URL, to version: Int64) throws {
    let file = try HDF5File(updating: file.path)
    try file.root.setAttribute(attribute, to: version)
    try file.close()
  }

  @Test(arguments: [0, 2] as [Int64])
  func aLayoutOfAnotherVersionIsRefused(_ version: Int64) throws {
    let place = try Workplace()
    _ = try place.run(to: "a.h5")
    try place.setAttribute("busbar_version", to: "9.9.9", of: "a.h5")
    try setVersion("busbar_schema_version", of: place.url("a.h5"), to: version)
    let sentence =
      "its layout has version \(version), and this program reads version 1. Read it with the "
      + "Busbar 9.9.9 that wrote it, or run its scenario again with this one."
    try expectRefusal(of: "a.h5", in: place, sentence)
    for command in [["reproduce", "a.h5"], ["run", "--from", "a.h5", "-o", "b.h5"]] {
      let refused = try place.busbar(command)
      #expect(refused.exitCode == 65)
      #expect(refused.errors.contains(sentence), "\(refused.errors)")
    }
  }

  @Test func aCheckpointOfAnotherVersionIsRefused() throws {
    let place = try Workplace { small in
      small["scenario.yaml"] += "checkpoints:\n  - {id: noon, at: 12 h}\n"
    }
    _ = try place.run(to: "a.h5")
    try setVersion("busbar_checkpoint_version", of: place.url("a.h5.noon.checkpoint"), to: 7)
    let refused = try place.busbar("run", "--from", "a.h5.noon.checkpoint", "-o", "b.h5")
    #expect(refused.exitCode == 65)
    #expect(
      refused.errors.contains("its layout has version 7, and this program reads version 1."),
      "\(refused.errors)")
  }

  /// Cut within the superblock of HDF5, within the tables and before the last byte.
  @Test(arguments: [50, 3_000, -1])
  func aFileThatIsCutOffIsRefused(_ length: Int) throws {
    let place = try Workplace()
    _ = try place.run(to: "a.h5")
    let whole = try Data(contentsOf: place.url("a.h5"))
    let part = whole.prefix(length < 0 ? whole.count + length : length)
    try SmallScenario.write(Array(part), to: place.url("b.h5"))
    try expectRefusal(
      of: "b.h5", in: place,
      "its end is missing, as after a copy that was cut short. Copy it again, or run its scenario "
        + "again.")
  }

  @Test func aFileThatIsNoResultIsRefused() throws {
    let place = try Workplace()
    try expectRefusal(
      of: "small/buses.csv", in: place, "it is not an HDF5 file. Name a result of busbar run.")
    try expectRefusal(
      of: "a.h5", in: place, "there is no such file. Name a result of busbar run.")
    try HDF5File(creating: place.url("other.h5").path).close()
    try expectRefusal(
      of: "other.h5", in: place, "it is an HDF5 file, but not a result of Busbar.")
  }

  @Test func theNameThatAFinishedFileHadIsLedToItsNewOne() throws {
    let place = try Workplace()
    _ = try place.run(to: "a.h5")
    try expectRefusal(of: "a.h5.part", in: place, "its run has finished. Read 'a.h5'.")
  }

  /// The run stands still while it is read, so that it surely goes on then, and ends later.
  @Test func aRunThatGoesOnIsNamedAndNotDisturbed() throws {
    let place = try Workplace { $0.dropProfiles() }
    let settings = ["--set", "record.every=5 s", "--set", "duration=3 h"]
    #expect(try place.busbar(["run", place.scenario, "-q", "-o", "a.h5"] + settings).exitCode == 0)
    let run = try RunningBusbar(in: place, output: "b.h5", settings, settling: 0)
    run.send(SIGSTOP)
    try expectRefusal(
      of: "b.h5", in: place,
      "its run is still going on, or was stopped before its end. What there is so far is in "
        + "'b.h5.part', which can be read when the run has stopped; busbar run --resume finishes "
        + "it.")
    try expectRefusal(
      of: "b.h5.part", in: place,
      "a run is still writing it. Wait for its end and read 'b.h5'. To look at it now, stop the "
        + "run with Ctrl-C, and go on later with busbar run --resume.")
    run.send(SIGCONT)
    let ended = try run.wait(seconds: 60)
    #expect(ended.exitCode == 0, "\(ended.errors)")
    #expect(try place.busbar("compare", "a.h5", "b.h5").exitCode == 0)
  }
}
