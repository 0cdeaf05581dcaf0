import BusbarGrid
import BusbarSimulation
import Testing

@Suite("controls against OpenDSS")
struct ControlSequenceValidation {
  @Test func `All cases are there`() {
    #expect(ControlCase.all.count == 10)
  }

  @Test(arguments: ControlCase.all)
  func `Each tap and each step of a capacitor moves in the second in which OpenDSS moves it`(
    feeder: ControlCase
  ) throws {
    let own = try feeder.scenario().plan.operations()
    let reference = try feeder.operations()
    #expect(own.count == reference.count)
    let difference = zip(own, reference).first { $0 != $1 }
    #expect(difference == nil, "ours \(difference.map { "\($0.0), reference \($0.1)" } ?? "")")
  }

  @Test(arguments: ControlCase.all)
  func `While time stands still the controls end where those of OpenDSS end`(
    feeder: ControlCase
  ) throws {
    let plan = try feeder.scenario().snapshotPlan
    var simulation = Simulation(plan, controls: .idle)
    #expect(simulation.advance(through: .start) == .powerFlow)
    simulation.solvePendingFlow()
    let settling = simulation.settleControls()
    let reference = try feeder.finalPositions()
    guard !reference.isEmpty else {
      guard case .cycling(let hunting) = settling else {
        Issue.record("OpenDSS does not come to rest, but here the controls have \(settling)")
        return
      }
      #expect(!hunting.controls.isEmpty)
      return
    }
    guard case .settled = settling else {
      Issue.record("the controls have \(settling)")
      return
    }
    let grid = plan.solver.network.grid
    for place in reference {
      if let winding = place.winding {
        let branch = try #require(grid.branch(named: place.element))
        let position = simulation.positions.tapPosition(of: branch, winding: winding - 1)
        #expect(position == place.position, "\(place.element)")
      } else {
        let shunt = try #require(grid.shunt(named: place.element))
        let closed = simulation.positions.closedSteps(of: shunt).count { $0 }
        #expect(closed == place.position, "\(place.element)")
      }
    }
  }
}
