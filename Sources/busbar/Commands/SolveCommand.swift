import ArgumentParser
import BusbarEvents
import BusbarGrid
import BusbarScenario
import BusbarSimulation
import BusbarTrajectory
import Foundation

struct SolveCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "solve", abstract: "Solve one power flow of a scenario and print its voltages.",
    discussion: "Rows: bus, node, magnitude_v, magnitude_pu, angle_deg, phase to earth.")

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case csv
    case json
  }

  @OptionGroup var source: ScenarioOptions

  @Option(
    help: "The time since the start of the run, such as 9.5h. (default: power_flow.snapshot)")
  var at: TimeArgument?

  @Option(
    help: "Whether regulators and capacitor controls stay (off), go to their final positions (static)."
  )
  var controls: Controls = .off

  enum Controls: String, ExpressibleByArgument, CaseIterable {
    case off
    case `static`
  }

  @Option(help: "How the voltages are printed.")
  var format: Format = .csv

  @Option(name: [.short, .long], help: "Write to a file instead of stdout.")
  var output: String?

  @Flag(help: "Overwrite an existing file.")
  var force = false

  func run() throws {
    let scenario = try source.read()
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
      case .unsettled: preconditionFailure("Idle controls do not act.")
      case .reached:
        if controls == .static, simulation.status == .solved { try settle(&simulation) }
        guard simulation.status != .missing else {
          Terminal.complain("there is no solution at that time.")
          throw ExitCode.runFailed
        }
        let rows = voltages(simulation)
        try TextOutput(output, replacing: force).write(format == .csv ? csv(rows) : json(rows))
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

  private struct Row {
    var bus: String
    var node: String
    var volts: Double
    var perUnit: Double
    var degrees: Double
  }

  private func voltages(_ simulation: Simulation) -> [Row] {
    let network = simulation.plan.solver.network
    return network.grid.buses.indices.flatMap { bus in
      network.conductors(at: bus).members.compactMap { conductor -> Row? in
        guard let voltage = simulation.voltage(at: bus, conductor) else { return nil }
        return Row(
          bus: network.grid.buses[bus].id, node: conductor.name, volts: voltage.length,
          perUnit: voltage.length / network.nominalVoltage(at: bus), degrees: voltage.degrees)
      }
    }
  }

  private func csv(_ rows: [Row]) -> String {
    rows.reduce(into: "bus,node,magnitude_v,magnitude_pu,angle_deg\n") { text, row in
      text += "\(CSVExport.quoted(row.bus)),\(row.node),"
      text += "\(row.volts),\(row.perUnit),\(row.degrees)\n"
    }
  }

  private func json(_ rows: [Row]) -> String {
    JSONValue.array(
      rows.map { row in
        .object([
          .init("bus", .string(row.bus)), .init("node", .string(row.node)),
          .init("magnitude_v", .number(row.volts)), .init("magnitude_pu", .number(row.perUnit)),
          .init("angle_deg", .number(row.degrees)),
        ])
      }
    ).text
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
