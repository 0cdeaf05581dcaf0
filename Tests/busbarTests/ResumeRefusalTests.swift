import BusbarTestSupport
import Foundation
import Testing

/// What cannot be gone on with is refused by a sentence that says what to do.
struct ResumeRefusalTests {
  private func expectRefusal(
    _ command: Command, _ words: String, exitCode: Int32 = 65,
    _ location: SourceLocation = #_sourceLocation
  ) {
    #expect(command.exitCode == exitCode, "\(command.errors)", sourceLocation: location)
    #expect(command.errors.contains(words), "\(command.errors)", sourceLocation: location)
    #expect(command.output.isEmpty, sourceLocation: location)
  }

  @Test func aFinishedRunIsNotResumed() throws {
    let place = try Workplace()
    _ = try place.run(to: "a.h5")
    let before = try place.content()
    expectRefusal(try place.busbar("run", "--resume", "a.h5"), "'a.h5' is finished")
    #expect(try place.content() == before)
  }

  @Test func aFileThatIsNotThereIsNotResumed() throws {
    let place = try Workplace()
    expectRefusal(
      try place.busbar("run", "--resume", "a.h5"), "there is no 'a.h5.part' to resume")
  }

  @Test func aFinishedRunThatWasNotMovedIsNamed() throws {
    let place = try Workplace()
    _ = try place.run(to: "a.h5")
    try FileManager.default.moveItem(at: place.url("a.h5"), to: place.url("a.h5.part"))
    expectRefusal(try place.busbar("run", "--resume", "a.h5"), "Move it to 'a.h5'")
  }

  @Test func aResultThatHasAppearedIsKept() throws {
    let place = try stopped()
    try SmallScenario.write(Array("precious".utf8), to: place.url("out.h5"))
    expectRefusal(
      try place.busbar("run", "--resume", "out.h5"), "'out.h5' exists", exitCode: 73)
    #expect(try place.busbar("run", "--resume", "out.h5", "--force", "-q").exitCode == 0)
    #expect(try place.busbar("reproduce", "out.h5", "-q").exitCode == 0)
  }

  @Test func atTheEndNothingOfTheCheckpointIsLeft() throws {
    let place = try stopped()
    #expect(try place.busbar("run", "--resume", "out.h5", "-q").exitCode == 0)
    expectRefusal(
      try place.busbar("run", "--from", "out.h5", "-o", "b.h5"),
      "'out.h5' is a finished result, which holds no state")
  }

  @Test func aTruncatedFileIsRefused() throws {
    let place = try stopped()
    let part = place.url("out.h5.part")
    let data = try Data(contentsOf: part)
    try SmallScenario.write([UInt8](data.prefix(data.count / 2)), to: part)
    expectRefusal(
      try place.busbar("run", "--resume", "out.h5"), "remove the file and run the scenario again")
    #expect(try Data(contentsOf: part).count == data.count / 2)
  }

  @Test func anotherVersionIsRefused() throws {
    let place = try stopped()
    try place.setAttribute("busbar_version", to: "9.9.9", of: "out.h5.part")
    expectRefusal(
      try place.busbar("run", "--resume", "out.h5"), "it is of Busbar 9.9.9, this is 0.1.0.")
    expectRefusal(
      try place.busbar("run", "--from", "out.h5.part"), "it is of Busbar 9.9.9, this is 0.1.0.")
  }

  @Test func changedInputsAreRefused() throws {
    let place = try stopped()
    try replace("cable-2,end-1,end-2", by: "cable-2,end-1,end-3", in: place.url("out.h5.part"))
    expectRefusal(
      try place.busbar("run", "--resume", "out.h5"), "does not agree with its digest")
  }

  @Test func anotherSeedThanTheOneOfTheRunIsRefused() throws {
    let place = try stopped()
    try place.setAttribute("seed", to: "77", of: "out.h5.part")
    expectRefusal(
      try place.busbar("run", "--resume", "out.h5"),
      "its inputs, overrides or seed are not those that it began with")
  }

  @Test func whatHasAStateCannotChangeAtABranch() throws {
    let place = try stopped()
    expectRefusal(
      try place.busbar(
        "run", "--from", "out.h5.part", "--set", "customers[flat].meter=new-meter"),
      "The scenario has other meters than the checkpoint; new: 'new-meter'; gone: 'meter-2'")
  }

  @Test func aCheckpointFileIsNoResult() throws {
    let place = try Workplace {
      $0["scenario.yaml"] += "checkpoints:\n  - id: noon\n    at: 12 h\n"
    }
    _ = try place.run(to: "a.h5")
    expectRefusal(
      try place.busbar("compare", "a.h5", "a.h5.noon.checkpoint"), "not a result of Busbar")
    expectRefusal(
      try place.busbar("reproduce", "a.h5.noon.checkpoint"), "is a checkpoint")
    #expect(try place.busbar("run", "small", "-o", "a.h5", "--force", "-q").exitCode == 0)
    try FileManager.default.removeItem(at: place.url("a.h5"))
    expectRefusal(
      try place.busbar("run", "small", "-o", "a.h5"), "'a.h5.noon.checkpoint' exists",
      exitCode: 73)
  }

  @Test func anUnfinishedResultIsNotReproduced() throws {
    let place = try stopped()
    expectRefusal(
      try place.busbar("reproduce", "out.h5.part"), "Finish it with busbar run --resume")
  }

  /// A place with an interrupted run, `out.h5.part`.
  private func stopped() throws -> Workplace {
    let place = try Workplace()
    try SplitRun.leave(place, "out.h5", atPause: 70)
    return place
  }

  private func replace(_ old: String, by new: String, in file: URL) throws {
    var data = try Data(contentsOf: file)
    precondition(old.utf8.count == new.utf8.count, "A replacement keeps the places of the rest.")
    var found = false
    while let range = data.range(of: Data(old.utf8)) {
      data.replaceSubrange(range, with: Data(new.utf8))
      found = true
    }
    try #require(found)
    try SmallScenario.write([UInt8](data), to: file)
  }
}
