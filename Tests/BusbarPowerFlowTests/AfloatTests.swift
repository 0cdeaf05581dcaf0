import BusbarGrid
import BusbarPowerFlow
import BusbarTestSupport
import BusbarUnits
import Testing

/// Networks of which a part is supplied, but joined to earth by nothing.
struct AfloatTests {
  private func feeder(_ group: VectorGroup, antifloat: Double = 0) -> TestFeeder {
    var feeder = TestFeeder(
      positive: Phasor(0.3, 0.1),
      sourceImpedance: SequenceImpedance(positive: Phasor(0.01, 0.02), zero: Phasor(0.03, 0.05)))
    feeder.grid.buses.append(TestFeeder.bus("low"))
    feeder.grid.transformers = [
      Transformer(
        id: "T", fromBus: "0", toBus: "low", vectorGroup: group, ratedPower: .voltAmperes(1e5),
        fromVoltage: .volts(400), toVoltage: .volts(400), resistance: .perUnit(0.01),
        reactance: .perUnit(0.04), antifloatPPM: antifloat)
    ]
    feeder.addLoad("a-b", at: "low", Phasor(5_000, 100))
    return feeder
  }

  /// A delta, and a star point that leads nowhere.
  @Test(arguments: [VectorGroup.dd0, .dyn11])
  func aPartWithoutAPathToEarthIsAFault(group: VectorGroup) throws {
    var feeder = feeder(group)
    if group == .dyn11 {
      for phase in 0..<3 { feeder.grid.transformers[0].windings[1].coils[phase].minus = .n }
    }
    let network = try Network(compiling: feeder.grid)
    let error = #expect(throws: GridFaults.self) { try FlowSolver(network) }
    let fault = try #require(error?.faults.first)
    #expect(fault.kind == .bus && fault.id == "low")
    #expect(fault.problem.contains(group == .dd0 ? "'abc'" : "'abcn'"))
  }

  /// Whatever small path there is, it is enough; the voltages between phases hardly know of it.
  @Test func anyPathToEarthIsEnough() throws {
    var earthed = feeder(.dd0)
    earthed.earth(.b, of: "low", by: .one)
    var charged = feeder(.dd0)
    charged.grid.shunts = [
      Shunt(
        id: "stray", connection: Connection(bus: "low", .abc),
        steps: [Shunt.Step(admittance: ComplexMatrix(identity: 3) * 1e-7)])
    ]
    var loaded = feeder(.dd0)
    loaded.grid.linearDemands = [
      LinearDemand(
        bus: "low", ends: ConductorPair(.c, nil), admittance: Phasor(1e-6, 0))
    ]
    let reference = try earthed.solve()
    for feeder in [charged, loaded, feeder(.dd0, antifloat: 1)] {
      // The voltage against earth has few digits: currents in doubles over a stray admittance.
      let solved = try feeder.solve(tolerance: 1e-7)
      try #require(solved.isConverged)
      for (one, other) in [(Conductor.a, Conductor.b), (.b, .c)] {
        let difference =
          (solved.voltage("low", one) - solved.voltage("low", other))
          - (reference.voltage("low", one) - reference.voltage("low", other))
        // The stray admittances draw a millionth of the rating.
        #expect(difference.length < 1e-5 * TestFeeder.nominalVolts)
      }
    }
  }

  /// A delta of capacitors joins its conductors, but leads nowhere.
  @Test func aDeltaOfCapacitorsIsNoPathToEarth() throws {
    var feeder = feeder(.dd0)
    var delta = ComplexMatrix(zero: 3)
    for row in 0..<3 {
      for column in 0..<3 { delta[row, column] = Phasor(0, row == column ? 2e-3 : -1e-3) }
    }
    feeder.grid.shunts = [
      Shunt(
        id: "delta", connection: Connection(bus: "low", .abc),
        steps: [Shunt.Step(admittance: delta)])
    ]
    let network = try Network(compiling: feeder.grid)
    #expect(throws: GridFaults.self) { try FlowSolver(network) }
    feeder.earth(.c, of: "low", by: Phasor(1e-3, 0))
    #expect(try feeder.solve().isConverged)
  }
}
