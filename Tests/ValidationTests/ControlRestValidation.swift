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
/// ControlMode=Static. Here the controls set out from the taps that the file gives. Which taps they
/// end on depends on the path, so that one tap of difference would be no fault; there is none.
@Suite(.enabled(if: CaseCatalog.data != nil, "\(PackageFolder.absentData)"))
struct ControlRestValidation {
  /// The cases whose reference is a run with control.
  ///
  /// That of `CapControlFollow` stands at the last hour of a day that its file runs through; a control
  /// that follows is shown by `ControlSequenceValidation`.
  static let cases: [ValidationCase] = CaseCatalog.all.filter { item in
    ["control", "control_wide"].contains { item.name.hasSuffix("/\($0)") }
      || item.name.hasPrefix("ieee_variants/")
  }.filter { !$0.name.hasSuffix("CapControlFollow") }.map { item in
    ValidationCase(
      name: item.name, master: item.master,
      edits: item.edits.filter {
        !$0.hasPrefix("edit transformer.") && !$0.hasPrefix("edit capacitor.")
      } + (item.name.hasPrefix("ieee/123Bus/") ? oneTapAtOnce : []),
      kilowatts: item.kilowatts, reference: item.reference)
  }

  /// What the feeder's own script sets before it solves: the regulator at the head moves first.
  private static let oneTapAtOnce =
    [("1a", 15), ("2a", 30), ("3a", 30), ("4a", 30), ("3c", 30), ("4b", 30), ("4c", 30)].map {
      "edit regcontrol.creg\($0.0) maxtapchange=1 delay=\($0.1)"
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
    guard case .settled = settling else {
      Issue.record("\(item.name): \(settling)")
      return
    }
    try expectCapacitors(of: folder, in: simulation, item.name)
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
      #expect(own == reference, "\(item.name) \(id)")
    }
  }

  /// The steps that are on, against those of the reference's summary.
  private func expectCapacitors(
    of folder: ReferenceFolder, in simulation: Simulation, _ name: String
  ) throws {
    let summary = try Data(contentsOf: folder.url.appendingPathComponent("summary.json"))
    let object = try JSONSerialization.jsonObject(with: summary) as? [String: Any]
    let grid = simulation.plan.solver.network.grid
    for capacitor in object?["capacitors"] as? [[Any]] ?? [] {
      let id = try #require(capacitor[0] as? String)
      let states = try #require(capacitor[1] as? [Int])
      guard
        let shunt = grid.shunts.indices.first(where: { grid.shunts[$0].id.lowercased() == id })
      else { continue }
      let closed = simulation.positions.closedSteps(of: shunt).count { $0 }
      #expect(closed == states.reduce(0, +), "\(name) \(id)")
    }
  }
}
