import ArgumentParser
import BusbarEvents
import BusbarScenario
import BusbarSimulation
import BusbarTrajectory
import Foundation

struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run", abstract: "Run a scenario and write its trajectory to an HDF5 file.",
    discussion: """
      The file is written as FILE.part and moved to FILE when the run has finished. It opens as it \
      is with xarray.open_dataset(FILE), engine h5netcdf or netcdf4.
      """)

  @OptionGroup var source: ScenarioOptions

  @Option(
    name: [.short, .long],
    help: "The result file; by default the name of the scenario's folder with .h5, here.")
  var output: String?

  @Flag(help: "Overwrite an existing result.")
  var force = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  @Flag(name: [.short, .long], help: "Print no progress and no summary.")
  var quiet = false

  func run() throws {
    var watch = Stopwatch()
    let output = OutputPath(
      self.output ?? source.name + ".h5", existing: force ? .replace : .keep)
    let scenario = try watch.measure(.reading) { try source.read() }
    var run = ScenarioRun(scenario, output)
    let size = run.estimatedBytes
    if let free = FreeSpace.bytes(at: output.path), free < size {
      Terminal.complain(
        "the result needs about \(Figures.bytes(size)), but only \(Figures.bytes(free)) are free. "
          + "Free some space, or record less often or fewer variables.")
      throw ExitCode.cannotWrite
    }
    if !quiet, Terminal.isWatched {
      Terminal.say("\(scenario.title): about \(Figures.bytes(size)) to '\(output.path)'")
    }
    Interruption.watch()
    let ending = try reportingFailures { () throws(TrajectoryError) in
      try run.execute(&watch, isQuiet: quiet)
    }
    let summary = RunSummary(run.simulation, output, ending, watch)
    if !quiet { Terminal.print(json ? summary.json : summary.text) }
    try finish(ending, run.simulation, output)
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
          + "until then is in '\(output.partialPath)'.")
      throw Interruption.signal == SIGINT ? ExitCode.interrupted : ExitCode.terminated
    case .stopped:
      switch simulation.ending {
      case .unsettled(let endless): Terminal.complain(Figures.sentence(endless))
      case .unsolvable(let failure):
        Terminal.complain(Figures.sentence(failure, simulation.plan.epoch))
      default: break
      }
      throw ExitCode.runFailed
    case .completed:
      if simulation.failureCount > 0 { throw ExitCode.incompleteSteps }
    }
  }
}
