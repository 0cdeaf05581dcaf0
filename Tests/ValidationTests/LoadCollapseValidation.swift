import BusbarEvents
import BusbarGrid
import BusbarImport
import BusbarPowerFlow
import BusbarScenario
import BusbarSimulation
import BusbarTestSupport
import BusbarUnits
import Foundation
import Testing

/// Feeders loaded step by step until there is no solution.
@Suite(.enabled(if: CaseCatalog.data != nil, "\(PackageFolder.absentData)"))
struct LoadCollapseValidation {
  /// The last load factor at which OpenDSS converges, to 0.05 %; see
  /// `Tests/Python/collapse_with_opendss.py`.
  static let factors: [(name: String, master: String, factor: Double)] = [
    ("ieee/13Bus", "ieee/13Bus/IEEE13Nodeckt.dss", 2.5963),
    ("ieee/34Bus-Mod1", "ieee/34Bus/ieee34Mod1.dss", 1.2507),
    ("ieee/123Bus", "ieee/123Bus/IEEE123Master.dss", 2.9467),
    ("ieee/4Bus-YY-Bal", "ieee/4Bus-YY-Bal/4Bus-YY-Bal.DSS", 1.3293),
    (
      "enwl_4wire_derived/network_1_Feeder_4",
      "enwl_4wire_derived/network_1_Feeder_4/Master.dss", 6.0061
    ),
  ]

  /// Where a file's own solution leaves its regulators before OpenDSS searches.
  static let taps = [
    "ieee/13Bus": [
      "edit transformer.reg1 wdg=2 tap=1.05625", "edit transformer.reg2 wdg=2 tap=1.0375",
      "edit transformer.reg3 wdg=2 tap=1.05625",
    ]
  ]

  /// Both programs search for the factor from the unloaded network, with up to 5,000 iterations.
  @Test(arguments: factors)
  func collapseIsFoundWhereOpenDSSStopsConverging(
    name: String, master: String, factor: Double
  ) throws {
    let data = try #require(CaseCatalog.data)
    let item = ValidationCase(
      name: name, master: data.appendingPathComponent(master),
      edits: ["batchedit load..* vminpu=0.01 vmaxpu=5 vlowpu=0.01 model=1"]
        + (Self.taps[name] ?? []), reference: nil)
    let reading = item.read()
    let scenario = try #require(reading.scenario, "\(reading.diagnostics.sorted)")
    var low = 1.0
    var high = 2.0
    while Self.converges(scenario, high) { (low, high) = (high, 2 * high) }
    try #require(Self.converges(scenario, low))
    while high / low > 1.0005 {
      let middle = (low * high).squareRoot()
      if Self.converges(scenario, middle) { low = middle } else { high = middle }
    }
    print("|collapse| \(name) | \(factor) | \(String(format: "%.4f", low)) |")
    // One per cent of the factor, as the two programs iterate in different ways near the limit.
    #expect(abs(low / factor - 1) < 0.01, "\(name): \(low) against \(factor)")
  }

  private static func converges(_ scenario: Scenario, _ factor: Double) -> Bool {
    let simulation = FeederValidation.solve(scenario)
    guard let simulation else { return false }
    var demand = simulation.demand
    for entry in 0..<demand.count {
      demand.activePower[entry] *= factor
      demand.reactivePower[entry] *= factor
    }
    let solver = simulation.plan.solver
    var state = solver.makeState(for: demand)
    let outcome = solver.solve(
      demand, from: .unloaded, updating: &state,
      until: ConvergenceCriterion(tolerance: .perUnit(1e-9), iterationLimit: 5_000))
    switch outcome {
    case .converged: return true
    case .diverged(_, let mismatch, _, _):
      // Collapse is an outcome: a finite mismatch, and the state is left alone.
      precondition(mismatch.perUnit.isFinite)
      return false
    }
  }
}
