import BusbarDevices
import BusbarEvents
import BusbarScenario
import BusbarSimulation
import BusbarTestSupport
import Testing

/// The tests of the article "Add a device in one file".
struct RefrigeratorTests {
  private static let catalog = Catalog(Load.self, Refrigerator.self)

  /// A refrigerator of 100 W at the end of 50 m of cable, for one day.
  private static func scenario(_ lead: String) -> Scenario.Reading {
    let text = """
      busbar: 1
      title: A refrigerator
      start: 2025-01-15T00:00:00+01:00
      duration: 24 h
      network:
        buses: [{id: a, nominal_voltage: 400 V}, {id: b, nominal_voltage: 400 V}]
        line_codes: [{id: c, r1: 0.2 ohm/km, x1: 0.1 ohm/km, r0: 0.8 ohm/km, x0: 0.4 ohm/km}]
        lines: [{id: l, from_bus: a, to_bus: b, line_code: c, length: 50 m}]
        sources: [{id: s, bus: a, voltage: 400 V, r1: 0.1 ohm, x1: 0.1 ohm, r0: 0.1 ohm,
          x0: 0.1 ohm}]
      customers: [{id: flat, bus: b, phases: a}]
      devices:
        refrigerator:
          - {id: fridge, customer: flat, power: 100 W, on_time: 12 min, off_time: 18 min,
             lead: \(lead)}

      """
    return Scenario.read(files: ["scenario.yaml": Array(text.utf8)], catalog: catalog)
  }

  /// Twelve minutes of each thirty: 100 W × 24 h × 0.4 = 3.456 MJ, wherever the cycle begins.
  ///
  /// The power flow's tolerance of 1e-8 pu leaves about 1e-6 W of 100 W, 0.04 J in the running
  /// hours of a day.
  @Test(arguments: ["0 min", "7 min", "12 min", "29.9 min"])
  func aDayTakesItsShareOfEachCycle(lead: String) throws {
    let plan = try #require(Self.scenario(lead).scenario).plan
    var simulation = Simulation(plan)
    let (_, flows, _) = TestRun.run(&simulation, through: plan.end)
    simulation.finish()
    #expect(flows.count >= 95)
    #expect(abs(simulation.energy.delivered - 3.456e6) < 0.04)
  }

  @Test func aLeadOfAWholeCycleIsRefused() throws {
    let reading = Self.scenario("30 min")
    #expect(reading.scenario == nil)
    let fault = try #require(reading.diagnostics.sorted.first)
    #expect(fault.problem == "'lead' is no shorter than a cycle of on_time and off_time")
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func theRefrigeratorObeysTheLaws(seed: UInt64) throws {
    let kind = try #require(Self.catalog.kind(named: "refrigerator"))
    var numbers = SeededNumbers(seed: seed)
    let values = DeviceLaws.soundValues(
      of: Refrigerator.self, kind.declaration, profile: "", &numbers)
    let parameters = Refrigerator.parameters(values, ProfileLibrary([]))
    #expect(DeviceLaws.violations(of: Refrigerator.self, parameters, seed: seed).isEmpty)
  }
}
