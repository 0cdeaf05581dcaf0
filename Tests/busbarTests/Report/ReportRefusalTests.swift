import BusbarHDF5
import BusbarTestSupport
import Foundation
import Testing

/// What `busbar report` refuses, and what it leaves alone.
struct ReportRefusalTests {
  @Test func aFileThatIsNoReadableResultIsRefusedAndNothingIsWritten() throws {
    let place = try Workplace()
    _ = try place.run()
    let bytes = try Data(contentsOf: place.url("small.h5"))
    try bytes.prefix(bytes.count / 2).write(to: place.url("half.h5"))
    try Data("no result".utf8).write(to: place.url("text.h5"))
    try bytes.write(to: place.url("later.h5"))
    let later = try HDF5File(updating: place.url("later.h5").path)
    try later.root.setAttribute("busbar_schema_version", to: Int64(99))
    try later.close()
    let before = try place.content()
    for name in ["half.h5", "text.h5", "later.h5", "absent.h5"] {
      for arguments in [["-o", "p.html"], ["--emit-python", "p.py"]] {
        let report = try place.busbar(["report", name] + arguments)
        #expect(report.exitCode == 65, "\(name): \(report.errors)")
        #expect(report.errors.hasPrefix("error: "))
        #expect(report.errors.contains(name))
      }
    }
    #expect(try place.content() == before)
  }

  @Test func aFileThatIsBeingWrittenIsRefused() throws {
    let place = try Workplace { $0.dropProfiles() }
    let run = try RunningBusbar(
      in: place, output: "long.h5", ["--set", "record.every=1 s", "--set", "duration=100 d"])
    let report = try place.busbar("report", "long.h5.part", "-o", "p.html")
    run.send(SIGKILL)
    run.waitForKill()
    #expect(report.exitCode == 65, "\(report.errors)")
    #expect(!FileManager.default.fileExists(atPath: place.url("p.html").path))
  }

  @Test(arguments: [["-o"], ["--emit-python"]])
  func anExistingOutputIsKeptUnlessForced(_ option: [String]) throws {
    let place = try Workplace()
    _ = try place.run()
    try Data("precious".utf8).write(to: place.url("out"))
    let arguments = ["report", "small.h5"] + option + ["out"]
    let refused = try place.busbar(arguments)
    #expect(refused.exitCode == 73)
    #expect(try Data(contentsOf: place.url("out")) == Data("precious".utf8))
    #expect(try place.busbar(arguments + ["--force"]).exitCode == 0)
    #expect(try Data(contentsOf: place.url("out")) != Data("precious".utf8))
  }

  @Test(arguments: [
    ["report"], ["report", "a.h5", "--colour"], ["report", "a.h5", "--limits", "1.1:0.9"],
    ["report", "a.h5", "--js", "x.js", "--no-js"],
    ["report", "a.h5", "--emit-python", "a.py", "-o", "a.html"],
  ])
  func wrongUsageEndsWithItsExitCode(_ arguments: [String]) throws {
    let command = try Command.busbar(arguments)
    #expect(command.exitCode == 64)
    #expect(command.errors.contains("Usage: busbar report"), "\(command.errors)")
  }

  @Test func aWrongLibraryIsRefused() throws {
    let place = try Workplace()
    _ = try place.run()
    try Data("alert(1)".utf8).write(to: place.url("evil.js"))
    for library in ["evil.js", "absent.js"] {
      let report = try place.busbar("report", "small.h5", "-o", "p.html", "--js", library)
      #expect(report.exitCode == 65)
      #expect(report.errors.contains(library))
    }
    #expect(!FileManager.default.fileExists(atPath: place.url("p.html").path))
  }
}
