import ArgumentParser
import BusbarEvents
import BusbarScenario
import BusbarSimulation
import BusbarTrajectory
import Foundation

struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce",
    abstract: "Run again what a result file holds, and compare the contents.",
    discussion: """
      The file is enough: it holds its scenario, its overrides and its seed, and for a branch those \
      of its ancestors, which are run up to their checkpoints. Exit code 0: the same content; 1: not.
      """)

  @Argument(help: "A finished result file.")
  var file: String

  @Option(help: "The threads that compute what is recorded; changes no result.")
  var threads = 1

  @Flag(name: [.short, .long], help: "Print nothing; the exit code says it all.")
  var quiet = false

  func run() throws {
    let stored = try reportingFailures { () throws(TrajectoryError) in try StoredRun(file) }
    guard stored.kind == .finished else {
      Terminal.complain(
        stored.kind == .checkpoint
          ? "'\(file)' is a checkpoint. Name a finished result."
          : "'\(file)' is unfinished. Finish it with busbar run --resume first.")
      throw ExitCode.badInput
    }
    if !quiet { sayDifferences(from: stored) }
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("busbar-reproduce-\(UUID().uuidString)")
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      Terminal.complain("cannot make '\(folder.path)': \(error.localizedDescription)")
      throw ExitCode.cannotWrite
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    let copy = folder.appendingPathComponent("reproduced.h5").path
    try reproduce(stored, to: copy)
    let comparison = try reportingFailures { () throws(TrajectoryError) in
      try ContentComparison(TrajectoryReader(file), TrajectoryReader(copy))
    }
    if !quiet { comparison.print(as: file, and: "the reproduction") }
    guard comparison.isSame else { throw ExitCode.runFailed }
  }

  private func reproduce(_ stored: StoredRun, to path: String) throws {
    Interruption.watch()
    var prepared = try PreparedRun(reproducing: stored, OutputPath(path))
    prepared.scenario.recording.threads = threads
    var run = ScenarioRun(prepared)
    var watch = Stopwatch()
    let ending = try reportingFailures { () throws(TrajectoryError) in
      try run.execute(&watch, isQuiet: quiet)
    }
    if ending == .interrupted {
      throw Interruption.signal == SIGINT ? ExitCode.interrupted : ExitCode.terminated
    }
  }

  private func sayDifferences(from stored: StoredRun) {
    if stored.busbarVersion != busbarVersion {
      Terminal.say(
        "note: the file is of Busbar \(stored.busbarVersion), this is \(busbarVersion).")
    }
    for difference in MachineProvenance.current.differences(from: stored.machine) {
      Terminal.say("note: \(difference). Last digits can differ.")
    }
  }
}
