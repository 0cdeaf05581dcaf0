import ArgumentParser
import BusbarEvents
import BusbarGrid
import BusbarScenario
import BusbarSimulation
import BusbarTrajectory
import Foundation

struct SolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve",
    abstract: "Solve one power flow of a scenario or of an OpenDSS file and print its voltages.",
    discussion: """
      Rows: bus, node, magnitude_v, magnitude_pu, angle_deg, conductor to earth. A node is a, b, c, \
      n or a number; for an OpenDSS file it is OpenDSS's number of the node.
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv
    case json
  }

  @OptionGroup var source: ScenarioOptions

  @Option(
    help: "The time since the start of the run, such as 9.5h. (default: power_flow.snapshot)")
  var at: TimeArgument?

  @Option(
    help: ArgumentHelp(
      "Freeze the taps of a table with the columns transformer, winding (from 1) and tap_pu.",
      valueName: "taps.csv"))
  var taps: String?

  @Option(help: "What is printed: \(FlowTable.allCases.map(\.rawValue).joined(separator: ", ")).")
  var show: FlowTable = .voltages

  @Flag(help: "Solve again by the nodal admittances, and say how far the two solutions are apart.")
  var crossCheck = false

  @Option(
    help: "Let regulators and capacitor controls stay (off), or go to where they rest (static)."
  )
  var controls: Controls = .off

  enum Controls: String, ExpressibleByArgument, CaseIterable {
    case off
    case `static`
  }

  @Option(help: "How it is printed.")
  var format: Format = .csv

  @Option(name: [.short, .long], help: "Write to a file instead of stdout.")
  var output: String?

  @Flag(help: "Overwrite an existing file.")
  var force = false

  func run() throws {
    let scenario = try source.read(taps: taps)
    let plan = at == nil ? scenario.snapshotPlan : scenario.plan
    let target = SimulationTime.start + (at?.interval ?? .zero)
    guard target < plan.end else {
      throw ValidationError(
        "--at lies behind the end of the run, which lasts "
          + "\(Figures.fixed(plan.duration.hours, 2)) h.")
    }
    var simulation = Simulation(plan, controls: .idle)
    while true {
      switch simulation.advance(through: target) {
      case .powerFlow: simulation.solvePendingFlow()
      case .stopped(let failure):
        let bus = plan.solver.network.grid.buses[failure.bus].id
        Terminal.complain(
          "no solution at \(Figures.instant(failure.time, plan.epoch)): the voltage of bus "
            + "'\(bus)', phase \(failure.conductor.name), did not settle in "
            + "\(Figures.count(failure.iterations, "sweep")).")
        throw ExitCode.runFailed
      case .unsettled(let endless):
        Terminal.complain(Figures.sentence(endless))
        throw ExitCode.runFailed
      case .unsolvable(let failure):
        Terminal.complain(Figures.sentence(failure, plan.epoch))
        throw ExitCode.runFailed
      case .stalled(let stall):
        Terminal.complain(Figures.sentence(stall, plan.epoch))
        throw ExitCode.runFailed
      case .reached:
        if controls == .static, simulation.status == .solved { try settle(&simulation) }
        guard simulation.status != .missing else {
          Terminal.complain("there is no solution at that time.")
          throw ExitCode.runFailed
        }
        if crossCheck { try CrossCheck(simulation).report() }
        if simulation.solver.method != .sweep {
          Terminal.say("solved by \(SolutionMethod(simulation.solver).text).")
        }
        let legs = simulation.windowing.lastLegs
        if legs > 0 {
          Terminal.say(
            "\(Figures.count(legs, "load leg")) of \(simulation.demand.count) outside the voltage "
              + "window: constant impedances there.")
        }
        let table = FlowTables(simulation: simulation, nodeName: source.nodeName).table(show)
        try TextOutput(output, replacing: force)
          .write(format == .csv ? table.csv : table.json.text)
        if simulation.status == .held { throw ExitCode.incompleteSteps }
        return
      }
    }
  }

  /// Lets the controls go to their final positions.
  private func settle(_ simulation: inout Simulation) throws {
    switch simulation.settleControls() {
    case .settled(let operations):
      Terminal.say("controls settled after \(Figures.count(operations, "operation")).")
    case .cycling(let hunting):
      Terminal.complain(Figures.sentence(hunting))
      throw ExitCode.runFailed
    case .unsolved:
      Terminal.complain("there is no solution on the way of the controls.")
      throw ExitCode.runFailed
    }
  }
}

/// A length of time on the command line.
struct TimeArgument: ExpressibleByArgument {
  var interval: Interval

  init?(argument: String) {
    let units = [("ms", 1.0), ("min", 60_000), ("s", 1_000), ("h", 3_600_000), ("d", 86_400_000)]
    guard let (suffix, factor) = units.first(where: { argument.hasSuffix($0.0) }),
      let number = Double(argument.dropLast(suffix.count).trimmingCharacters(in: .whitespaces)),
      number >= 0, number * factor < 1e15
    else { return nil }
    interval = Interval(milliseconds: Int64((number * factor).rounded()))
  }
}

extension FlowTable: ExpressibleByArgument {}
