import BusbarTestSupport
import Foundation
import Testing

/// What the program says about itself; the texts are kept as files in `Help`.
struct HelpTests {
  static let verbs = [
    "", "init", "import", "import opendss", "import simbench", "run", "solve", "validate",
    "compare", "reproduce", "explain", "latency", "plot", "report", "export", "export csv",
    "schema", "doctor",
  ]
  /// Set this variable of the environment to 1 to write the files anew; then read the difference.
  static let update = "BUSBAR_UPDATE_SNAPSHOTS"
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Help")

  @Test(arguments: verbs)
  func theHelpIsTheOneThatIsKept(_ verb: String) throws {
    let words = verb.split(separator: " ").map(String.init)
    let help = try Command.busbar(words + ["--help"], environment: ["COLUMNS": "80"])
    #expect(help.exitCode == 0)
    #expect(help.errors.isEmpty)
    let name = (["busbar"] + words).joined(separator: "-") + ".txt"
    let file = Self.folder.appendingPathComponent(name)
    if ProcessInfo.processInfo.environment[Self.update] == "1" {
      try Data(help.output.utf8).write(to: file)
    }
    let kept = try? String(contentsOf: file, encoding: .utf8)
    #expect(
      help.output == kept,
      "the help differs from Help/\(name); if that is meant, test again with \(Self.update)=1")
  }

  @Test func noSnapshotIsLeftOfAVerbThatIsGone() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    let expected = Self.verbs.map { verb in
      (["busbar"] + verb.split(separator: " ").map(String.init)).joined(separator: "-") + ".txt"
    }
    #expect(names.sorted() == expected.sorted())
  }

  @Test(arguments: [
    ["rnu"], ["run"], ["run", "a", "b"], ["run", "a", "--forse"], ["run", "a", "--seed", "one"],
    ["solve", "a", "--at", "noon"], ["solve", "a", "--format", "xml"], ["compare", "one.h5"],
    ["export", "parquet", "one.h5"], ["run", "a", "--resume", "b.h5"],
    ["run", "a", "--from", "b.checkpoint"], ["run", "--resume", "b.h5", "--set", "seed=2"],
    ["run", "--resume", "b.h5", "--seed", "2"], ["run", "--resume", "b.h5", "-o", "c.h5"],
    ["run", "a", "--checkpoint-every", "0 h"], ["run", "a", "--threads", "0"], ["reproduce"],
  ])
  func wrongUsageEndsWithItsExitCodeAndPointsToTheHelp(_ arguments: [String]) throws {
    let command = try Command.busbar(arguments)
    #expect(command.exitCode == 64)
    #expect(command.output.isEmpty)
    #expect(command.errors.contains("Usage: busbar"), "\(command.errors)")
    #expect(command.errors.contains("--help"), "\(command.errors)")
  }

  @Test func theVersionIsOneLine() throws {
    let command = try Command.busbar(["--version"])
    #expect(command.exitCode == 0)
    #expect(command.output.wholeMatch(of: /\d+\.\d+\.\d+\n/) != nil)
  }
}
