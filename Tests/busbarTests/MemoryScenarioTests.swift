import BusbarScenario
import BusbarSimulation
import BusbarTestSupport
import Testing

/// A scenario that was never a folder.
struct MemoryScenarioTests {
  @Test func aScenarioInMemoryIsTheOneOfItsFolder() throws {
    let small = SmallScenario()
    let here = try #require(Scenario.read(files: small.files).scenario)
    let there = try #require(try small.read().scenario)
    #expect(here.inputs.map(\.name) == there.inputs.map(\.name))
    #expect(here.title == there.title)
    #expect(here.plan.connections == there.plan.connections)
    #expect(here.voltages() == there.voltages())
  }

  @Test func aFaultNamesTheFileInMemory() {
    var small = SmallScenario()
    small.replace("end-3,0.4\n", by: "end-3,0.4\nend-3,0.4\n", in: "buses.csv")
    let faults = Scenario.read(files: small.files).diagnostics.sorted
    #expect(faults.map(\.location.description) == ["buses.csv:7:1"])
  }

  @Test func aFileThatIsNotInMemoryIsMissing() {
    var small = SmallScenario()
    small.files["lines.csv"] = nil
    small.files["line.csv"] = []
    let faults = Scenario.read(files: small.files).diagnostics.sorted
    #expect(faults.map(\.problem) == ["there is no file 'lines.csv'"])
    #expect(faults.map(\.remedy) == ["write 'line.csv'"])
  }

  @Test func holidaysAreThoseOfTheScenario() throws {
    var small = SmallScenario()
    small.replace("seed: 1", by: "seed: 1\nholidays: [2025-12-26, 2025-12-25]", in: "scenario.yaml")
    let plan = try #require(Scenario.read(files: small.files).scenario).plan
    #expect(plan.epoch.holidays.map(\.description) == ["2025-12-25", "2025-12-26"])
    #expect(
      try #require(Scenario.read(files: SmallScenario().files).scenario).plan.epoch.holidays.isEmpty
    )
  }

  /// The bakery draws a tenth of 24 kW at midnight and all of it without its profile.
  @Test(arguments: [("start", 3_700.0), ("nominal", 30_500)])
  func aSnapshotShowsTheStartOrTheNominalPower(_ word: String, _ watts: Double) throws {
    var small = SmallScenario()
    small.replace("on_divergence: stop", by: "snapshot: \(word)", in: "scenario.yaml")
    let scenario = try #require(Scenario.read(files: small.files).scenario)
    #expect(scenario.snapshot.rawValue == word)
    var simulation = Simulation(scenario.snapshotPlan)
    _ = TestRun.run(&simulation, through: .start)
    #expect(abs(simulation.power.deliveredWatts - watts) < 1e-3)
    var first = Simulation(scenario.plan)
    _ = TestRun.run(&first, through: .start)
    #expect(abs(first.power.deliveredWatts - 3_700) < 1e-3)
  }
}

extension Scenario {
  /// The voltage magnitudes at the start in V, bus by bus and conductor by conductor.
  func voltages() -> [Double] {
    var simulation = Simulation(plan)
    _ = TestRun.run(&simulation, through: .start)
    let network = plan.solver.network
    return network.grid.buses.indices.flatMap { bus in
      network.conductors(at: bus).members.compactMap {
        simulation.voltage(at: bus, $0)?.length
      }
    }
  }
}
