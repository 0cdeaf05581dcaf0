import ArgumentParser
import BusbarEvents
import BusbarReport
import BusbarScenario
import BusbarSimulation
import BusbarTrajectory
import Foundation

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a scenario and write its trajectory to an HDF5 file.",
    discussion: """
      The file is written as FILE.part and moved to FILE when the run has finished. It opens as it \
      is with xarray.open_dataset(FILE), engine h5netcdf or netcdf4. A run that was stopped or \
      killed goes on with --resume FILE, to the same content as an unbroken one.
      """)

  @Argument(
    help: "The folder of the scenario, the path of its scenario.yaml, or an OpenDSS .dss file.")
  var scenario: String?

  @OptionGroup var replacements: OverrideOptions

  @Option(help: "Go on with an interrupted run: its result, or the .part file that it left.")
  var resume: String?

  @Option(
    help: ArgumentHelp(
      "Begin a branch from a .checkpoint file, or from the .part file of an interrupted run.",
      valueName: "checkpoint"))
  var from: String?

  @Option(
    name: [.short, .long],
    help: ArgumentHelp(
      "The result file; by default named after the scenario's folder or the checkpoint, here."))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The simulated time between two checkpoints, such as 6h. (default: at the end of a block of "
        + "output, every 30 s of the clock on the wall)",
      valueName: "interval"))
  var checkpointEvery: TimeArgument?

  @Option(help: "The threads that compute what is recorded; changes no result.")
  var threads = 1

  @Flag(help: "Overwrite an existing result.")
  var force = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  @Flag(name: [.short, .long], help: "Print no progress and no summary.")
  var quiet = false

  func validate() throws {
    guard [scenario, resume, from].count(where: { $0 != nil }) == 1 else {
      throw ValidationError("Name one of: a scenario, --resume with a file, --from with a file.")
    }
    if resume != nil, !replacements.all.isEmpty {
      throw ValidationError(
        "A run is resumed as it began. Use --set and --seed with a scenario or with --from.")
    }
    if resume != nil, output != nil {
      throw ValidationError("A run is resumed in its own file. Leave --output out.")
    }
    if let checkpointEvery, checkpointEvery.interval <= .zero {
      throw ValidationError("--checkpoint-every is longer than no time.")
    }
    guard (1...1_024).contains(threads) else {
      throw ValidationError("--threads is from 1 to 1024.")
    }
  }

  func run() throws {
    var watch = Stopwatch()
    let existing: OutputPath.ExistingOutput = force ? .replace : .keep
    var prepared = try watch.measure(.reading) { try prepare(existing) }
    prepared.scenario.recording.threads = threads
    let output = prepared.output
    var run = ScenarioRun(prepared)
    if let checkpointEvery { run.checkpoints = .every(checkpointEvery.interval) }
    if case .newFile = prepared.beginning {
      try requireSpace(run.estimatedBytes, at: output, prepared.scenario.title)
    }
    Interruption.watch()
    let ending = try reportingFailures { () throws(TrajectoryError) in
      try run.execute(&watch, isQuiet: quiet)
    }
    let summary = RunSummary(run.simulation, output, ending, watch)
    if !quiet { Terminal.print(json ? summary.json : summary.text) }
    try finish(ending, run.simulation, output)
  }

  private func prepare(_ existing: OutputPath.ExistingOutput) throws -> PreparedRun {
    if let resume { return try PreparedRun(resuming: resume, existing: existing) }
    if let from {
      let path = output ?? BranchName.result(ofBranchFrom: from)
      return try PreparedRun(
        branching: from, overrides: replacements.all, OutputPath(path, existing: existing))
    }
    let source = ScenarioSource(path: scenario ?? ".", overrides: replacements.all)
    let path = OutputPath(output ?? source.name + ".h5", existing: existing)
    return PreparedRun(try source.read(), path)
  }

  private func requireSpace(_ size: Int, at output: OutputPath, _ title: String) throws {
    if let free = FreeSpace.bytes(at: output.path), free < size {
      Terminal.complain(
        "the result needs about \(Figures.bytes(size)), but only \(Figures.bytes(free)) are free. "
          + "Free some space, or record less often or fewer variables.")
      throw ExitCode.cannotWrite
    }
    if !quiet, Terminal.isWatched {
      Terminal.say("\(title): about \(Figures.bytes(size)) to '\(output.path)'")
    }
  }

  private func finish(
    _ ending: TrajectoryWriter.Ending, _ simulation: Simulation, _ output: OutputPath
  ) throws {
    let network = simulation.plan.solver.network
    if let failure = simulation.firstFailure {
      let bus = network.grid.buses[failure.bus].id
      let policy = simulation.plan.divergencePolicy.rawValue
      Terminal.complain(
        "no solution at \(Figures.instant(failure.time, simulation.plan.epoch)) after "
          + "\(Figures.count(failure.iterations, "sweep")): the voltage of bus '\(bus)', phase "
          + "\(failure.conductor.name), still moved "
          + (failure.mismatch < 1e6
            ? "by \(Figures.short(failure.mismatch)) of its nominal value" : "without bound")
          + ". The network cannot carry the demand, an impedance is wrong, or "
          + "power_flow.iteration_limit is too low. Policy: \(policy); power flows without a "
          + "solution: \(simulation.failureCount).")
    }
    switch ending {
    case .interrupted:
      Terminal.say(
        "Stopped at \(Figures.instant(simulation.now, simulation.plan.epoch)). What was recorded "
          + "until then is in '\(output.partialPath)'. Go on with: busbar run --resume "
          + CommandText.quoted(output.path))
      throw Interruption.signal == SIGINT ? ExitCode.interrupted : ExitCode.terminated
    case .stopped:
      switch simulation.ending {
      case .unsettled(let endless): Terminal.complain(Figures.sentence(endless))
      case .unsolvable(let failure):
        Terminal.complain(Figures.sentence(failure, simulation.plan.epoch))
      case .stalled(let stall):
        Terminal.complain(Figures.sentence(stall, simulation.plan.epoch))
      default: break
      }
      throw ExitCode.runFailed
    case .completed:
      sayWhoWaits(simulation)
      if simulation.failureCount > 0 { throw ExitCode.incompleteSteps }
    }
  }

  /// A run may end while processes wait for messages that were lost.
  private func sayWhoWaits(_ simulation: Simulation) {
    guard simulation.waitingForeverCount > 0 else { return }
    let shown = simulation.waitingForever.suffix(3).joined(separator: "; ")
    Terminal.say(
      "\(Figures.count(simulation.waitingForeverCount, "run")) of processes never ended, since a "
        + "message got lost: \(shown)"
        + (simulation.waitingForeverCount > 3 ? "; ..." : ""))
  }
}

/// The default name of the result of a branch.
enum BranchName {
  /// Such as `run.warm-branch.h5` for `run.h5.warm.checkpoint`.
  static func result(ofBranchFrom path: String) -> String {
    var name = URL(fileURLWithPath: path).lastPathComponent
    for ending in [".checkpoint", ".part", ".h5"] where name.hasSuffix(ending) {
      name = String(name.dropLast(ending.count))
    }
    return name.replacing(".h5.", with: ".") + "-branch.h5"
  }
}
