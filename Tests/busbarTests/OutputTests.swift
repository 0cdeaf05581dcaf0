import BusbarTestSupport
import Foundation
import Testing

/// Where results go, and what keeps them from being written.
struct OutputTests {
  @Test func anExistingResultIsKeptUnlessForced() throws {
    let place = try Workplace()
    try Data("precious".utf8).write(to: place.url("out.h5"))
    let before = try place.content()
    let refused = try place.busbar("run", place.scenario, "--output", "out.h5")
    #expect(refused.exitCode == 73)
    #expect(refused.errors.contains("'out.h5' exists. Name another output, or overwrite it with"))
    #expect(try place.content() == before)
    let forced = try place.busbar("run", place.scenario, "--output", "out.h5", "--force")
    #expect(forced.exitCode == 0)
    try ResultFile(place.url("out.h5")).expectFiniteNumbers()
    #expect(!FileManager.default.fileExists(atPath: place.url("out.h5.part").path))
  }

  @Test func anUnfinishedResultIsKeptUnlessForced() throws {
    let place = try Workplace()
    try Data("precious".utf8).write(to: place.url("out.h5.part"))
    let before = try place.content()
    let refused = try place.busbar("run", place.scenario, "--output", "out.h5")
    #expect(refused.exitCode == 73)
    #expect(refused.errors.contains("'out.h5.part' is left from a run that did not finish"))
    #expect(try place.content() == before)
    #expect(try place.busbar("run", place.scenario, "-o", "out.h5", "--force").exitCode == 0)
    #expect(!FileManager.default.fileExists(atPath: place.url("out.h5.part").path))
  }

  @Test(arguments: [
    ("nowhere/out.h5", "there is no folder", "Make it first"),
    ("small/buses.csv/out.h5", "there is no folder", "Make it first"),
    ("small", "it is a folder", "Name a file in it"),
    ("small/", "it does not name a file", "Add a file name"),
    ("", "it does not name a file", "Add a file name"),
  ])
  func aPlaceThatCannotHoldAResultIsRefused(
    _ output: String, _ problem: String, _ remedy: String
  ) throws {
    let place = try Workplace()
    let before = try place.content()
    let command = try place.busbar("run", place.scenario, "--output", output, "--force")
    #expect(command.exitCode == 73)
    #expect(
      command.errors.contains(problem) && command.errors.contains(remedy), "\(command.errors)")
    #expect(command.output.isEmpty)
    #expect(try place.content() == before)
  }

  /// Renaming over a device would replace it; a pipe stands for all that is no regular file.
  @Test(arguments: [
    ["run", "small", "--force", "--output"], ["solve", "small", "--force", "--output"],
  ])
  func whatIsNoRegularFileIsNotReplacedEvenIfForced(_ verb: [String]) throws {
    let place = try Workplace()
    let made = try Command.run(
      URL(fileURLWithPath: "/usr/bin/env"), ["mkfifo", place.url("pipe").path])
    #expect(made.exitCode == 0)
    let command = try place.busbar(verb + ["pipe"])
    #expect(command.exitCode == 73)
    #expect(command.errors.contains("it is not a regular file. Name another one."))
    let attributes = try FileManager.default.attributesOfItem(atPath: place.url("pipe").path)
    #expect(attributes[.type] as? FileAttributeType != .typeRegular)
  }

  @Test func aLinkToNowhereIsAnExistingOutput() throws {
    let place = try Workplace()
    try FileManager.default.createSymbolicLink(
      atPath: place.url("out.h5").path, withDestinationPath: "nowhere")
    let command = try place.busbar("run", place.scenario, "--output", "out.h5")
    #expect(command.exitCode == 73)
    #expect(command.errors.contains("'out.h5' exists."))
    #expect(try place.content()["out.h5.part"] == nil)
  }

  @Test(arguments: [
    ["solve", "small", "--output"], ["export", "csv", "small.h5", "status", "--output"],
  ])
  func textIsNotWrittenOverAFileEither(_ verb: [String]) throws {
    let place = try Workplace()
    _ = try place.run()
    try Data("precious".utf8).write(to: place.url("out.csv"))
    #expect(try place.busbar(verb + ["out.csv"]).exitCode == 73)
    #expect(try Data(contentsOf: place.url("out.csv")) == Data("precious".utf8))
    #expect(try place.busbar(verb + ["nowhere/out.csv"]).exitCode == 73)
    #expect(try place.busbar(verb + ["out.csv", "--force"]).exitCode == 0)
    #expect(try Data(contentsOf: place.url("out.csv")) != Data("precious".utf8))
  }

  /// A year of milliseconds needs some terabytes, which is said before anything is written.
  @Test func aResultThatDoesNotFitOnTheDiskIsRefusedBeforeTheRun() throws {
    let place = try Workplace { $0.dropProfiles() }
    let before = try place.content()
    let command = try place.busbar(
      "run", place.scenario, "--set", "duration=365 d", "--set", "record.every=1 ms")
    #expect(command.exitCode == 73)
    #expect(command.errors.contains("TiB, but only "))
    #expect(command.errors.contains("Free some space, or record less often or fewer variables."))
    #expect(try place.content() == before)
  }
}

/// A file system of its own, which only root can mount.
struct MountedDisk {
  let path: String

  init(options: String) throws {
    path = try PackageFolder.makeTemporaryFolder().path
    let mount = try Command.run(
      URL(fileURLWithPath: "/usr/bin/env"), ["mount", "-t", "tmpfs", "-o", options, "tmpfs", path])
    guard mount.exitCode == 0 else {
      try FileManager.default.removeItem(atPath: path)
      throw CocoaError(.fileWriteNoPermission)
    }
  }

  /// Changes the size, unless more is used already.
  func shrink(to size: String) throws -> Bool {
    try Command.run(
      URL(fileURLWithPath: "/usr/bin/env"), ["mount", "-o", "remount,size=\(size)", path]
    ).exitCode == 0
  }

  func remove() {
    _ = try? Command.run(URL(fileURLWithPath: "/usr/bin/env"), ["umount", "-l", path])
    try? FileManager.default.removeItem(atPath: path)
  }

  static let canBeMade: Bool = {
    guard let disk = try? MountedDisk(options: "size=64k") else { return false }
    disk.remove()
    return true
  }()
}

@Suite(
  .enabled(if: MountedDisk.canBeMade, "Full disks are tested only where tmpfs can be mounted"))
struct MountedDiskTests {
  @Test func aFolderThatIsNotWritableIsRefused() throws {
    let disk = try MountedDisk(options: "ro")
    defer { disk.remove() }
    let place = try Workplace()
    let command = try place.busbar("run", place.scenario, "--output", "\(disk.path)/out.h5")
    #expect(command.exitCode == 73)
    #expect(command.errors.contains("is not writable. Name another one."), "\(command.errors)")
    let made = try place.busbar("init", "\(disk.path)/new")
    #expect(made.exitCode == 73)
    #expect(made.errors.contains("cannot write to"))
  }

  @Test func aDiskThatIsTooSmallIsReportedBeforeTheRun() throws {
    let disk = try MountedDisk(options: "size=64k")
    defer { disk.remove() }
    let place = try Workplace()
    let command = try place.busbar("run", place.scenario, "--output", "\(disk.path)/out.h5")
    #expect(command.exitCode == 73)
    #expect(command.errors.contains("are free. Free some space"), "\(command.errors)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path).isEmpty)
  }

  /// Others write to the same disk: when the run begins there is room enough, then there is not.
  @Test func aDiskThatFillsUpDuringTheRunIsReported() throws {
    let disk = try MountedDisk(options: "size=2g")
    defer { disk.remove() }
    let place = try Workplace { $0.dropProfiles() }
    let run = try RunningBusbar(
      in: place, output: "\(disk.path)/out.h5",
      ["--set", "record.every=1 s", "--set", "duration=10 d"])
    // Refused while the file is larger than that already.
    let limit = try ["4m", "8m", "16m", "32m"].first { try disk.shrink(to: $0) }
    let (exitCode, errors) = try run.wait(seconds: 40)
    #expect(exitCode == 73)
    #expect(errors.contains("No space left on device"), "limit \(limit ?? "none"): \(errors)")
    #expect(errors.split(separator: "\n").count == 1, "\(errors)")
    #expect(!FileManager.default.fileExists(atPath: "\(disk.path)/out.h5"))
    #expect(throws: Never.self) { try ResultFile(URL(fileURLWithPath: "\(disk.path)/out.h5.part")) }
  }
}
