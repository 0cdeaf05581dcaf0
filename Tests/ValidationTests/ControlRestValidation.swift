import BusbarEvents
import BusbarGrid
import BusbarScenario
import BusbarSimulation
import BusbarTestSupport
import Foundation
import Testing

/// Where the controls of each feeder come to rest, against the control runs of OpenDSS.
///
/// The reference compiles the file, whose own commands solve it once or more, and then solves it with
/// ControlMode=Static. Here the controls set out from the taps that the file gives.
@Suite(.enabled(if: CaseCatalog.data != nil, "\(PackageFolder.absentData)"))
struct ControlRestValidation {
  /// The cases whose reference is a run with control.
  static let cases: [ValidationCase] = CaseCatalog.all.filter { item in
    ["control", "control_wide"].contains { item.name.hasSuffix("/\($0)") }
      || item.name.hasPrefix("ieee_variants/") || item.name.hasPrefix("ausnet_mvlv/")
  }.map { item in
    var own = item
    own.edits.removeAll { $0.hasPrefix("edit transformer.") || $0.hasPrefix("edit capacitor.") }
    return own
  }

  @Test(arguments: cases)
  func `Controls come to rest where those of OpenDSS do`(item: ValidationCase) throws {
    let reading = item.read()
    let scenario = try #require(reading.scenario, "\(item.name): \(reading.diagnostics)")
    let plan = scenario.snapshotPlan
    guard !plan.controls.isEmpty, let folder = item.reference.map(ReferenceFolder.init) else {
      return
    }
    var simulation = Simulation(plan, controls: .idle)
    while case .powerFlow = simulation.advance(through: .start) { simulation.solvePendingFlow() }
    let settling = simulation.settleControls()
    print("|controls| \(item.name) | \(settling) |")
    guard let table = try folder.table("taps.csv") else { return }
    let grid = plan.solver.network.grid
    for control in plan.controls {
      guard case .regulator(let regulator) = control.equipment else { continue }
      let id = grid.branches[regulator.transformer].id
      let own = simulation.positions.tapPosition(
        of: regulator.transformer, winding: regulator.tapWinding)
      let row = table.rows.first {
        $0[0].lowercased() == id.lowercased() && Int($0[1]) == regulator.tapWinding + 1
      }
      let reference = try #require(row.flatMap { Int($0[6]) }, "\(id)")
      if own != reference { print("|controls| \(item.name) | \(id) | \(own) | \(reference) |") }
      #expect(abs(own - reference) <= 1, "\(item.name) \(id)")
    }
  }
}
