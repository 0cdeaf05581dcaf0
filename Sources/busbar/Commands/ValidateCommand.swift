import ArgumentParser
import BusbarScenario
import BusbarSimulation
import BusbarTrajectory

struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Check a scenario and report all of its faults at once; nothing is written.")

  @OptionGroup var source: ScenarioOptions

  @Flag(name: [.short, .long], help: "Print nothing when the scenario is sound.")
  var quiet = false

  func run() throws {
    let scenario = try source.read()
    guard !quiet else { return }
    let plan = scenario.plan
    let grid = plan.solver.network.grid
    let size = TrajectorySize.bytes(
      of: Simulation(plan), scenario.recording, inputs: scenario.inputs.map(\.bytes.count))
    Terminal.print(
      """
      \(scenario.title)
      \(grid.buses.count) buses, \(grid.branches.count) branches, \(grid.sources.count) sources, \
      \(plan.connections.count) devices, \(plan.meters.count) meters
      from \(Figures.instant(.start, plan.epoch)) for \(Figures.fixed(plan.duration.hours, 2)) h
      result: about \(Figures.bytes(size)) without compression
      sound

      """)
  }
}
