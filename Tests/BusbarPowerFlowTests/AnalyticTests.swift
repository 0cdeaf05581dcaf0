import BusbarGrid
import BusbarPowerFlow
import BusbarTestSupport
import BusbarUnits
import ComplexModule
import Testing

/// Feeders whose solution can be written down.
struct AnalyticTests {
  private let e = TestFeeder.phaseVolts

  /// One load behind one resistance: V = (E + √(E² − 4RP)) / 2.
  @Test(arguments: [0, 500, 1_500, 3_000, 20_000])
  func aResistanceWithALoadMatchesTheClosedForm(watts: Double) throws {
    var feeder = TestFeeder(positive: Phasor(0.5, 0))
    feeder.extend(to: "1", from: "0")
    feeder.loads = [("1", 1, Phasor(watts, 0))]
    let expected = (e + (e * e - 4 * 0.5 * watts).squareRoot()) / 2
    // 1e-9 V: the tolerance of 1e-12 pu, with room for a slow contraction.
    #expect(abs(try feeder.solve().voltage("1", 1).length - expected) < 1e-9)
  }

  /// One load S = P + jQ behind Z = R + jX: |V|² is the larger root of
  /// u² + (2(RP + XQ) − E²) u + |Z|²|S|² = 0.
  @Test(arguments: [(4_000.0, 1_000.0), (4_000, -1_000), (-6_000, 0), (0, 5_000)])
  func anImpedanceWithALoadMatchesTheClosedForm(watts: Double, vars: Double) throws {
    let z = Phasor(0.4, 0.3)
    var feeder = TestFeeder(positive: z)
    feeder.extend(to: "1", from: "0")
    feeder.loads = [("1", 2, Phasor(watts, vars))]
    let half = z.real * watts + z.imaginary * vars - e * e / 2
    let product = z.lengthSquared * (watts * watts + vars * vars)
    let expected = (-half + (half * half - product).squareRoot()).squareRoot()
    #expect(abs(try feeder.solve().voltage("1", 2).length - expected) < 1e-9)
  }

  /// Without a load an open line with charging is a voltage divider: V₂ = V₁ / (1 + Z·Y/2).
  @Test func anOpenLineWithChargingIsAVoltageDivider() throws {
    let z = Phasor(0.2, 0.4)
    let farads = 1e-4
    var feeder = TestFeeder(positive: z, capacitance: farads)
    feeder.extend(to: "1", from: "0")
    let y = Phasor(0, 2 * .pi * 50 * farads)
    let solved = try feeder.solve()
    for phase in 0..<3 {
      let divider: Phasor = .one + z * y / 2
      let expected = solved.voltage("0", phase) / divider
      // The linear parts are eliminated before the sweep, so only rounding is left.
      #expect((solved.voltage("1", phase) - expected).length < 1e-12 * e)
    }
    #expect(solved.outcome.iterations == 1)
  }

  /// With equal loads in all phases only the positive sequence flows: a line with any Z0 behaves
  /// as one with Z0 = Z1.
  @Test func aBalancedLoadSeesThePositiveSequenceOnly() throws {
    var voltages: [Phasor] = []
    for zero in [Phasor(0.3, 0.1), Phasor(1.5, 0.9)] {
      var feeder = TestFeeder(positive: Phasor(0.3, 0.1), zero: zero)
      feeder.extend(to: "1", from: "0")
      feeder.loads = (0..<3).map { ("1", $0, Phasor(5_000, 1_500)) }
      voltages.append(try feeder.solve().voltage("1"))
    }
    #expect((voltages[0] - voltages[1]).length < 1e-9)
  }

  /// A current in one phase alone drops (2 Z1 + Z0)/3 in it and (Z0 − Z1)/3 in the others.
  @Test func aSinglePhaseLoadMovesTheOtherPhasesByTheMutualImpedance() throws {
    let (z1, z0) = (Phasor(0.3, 0.1), Phasor(1.2, 0.5))
    let ownImpedance: Phasor = (z1 + z1 + z0) / 3
    let mutualImpedance: Phasor = (z0 - z1) / 3
    var feeder = TestFeeder(positive: z1, zero: z0)
    feeder.extend(to: "1", from: "0")
    feeder.loads = [("1", 0, Phasor(8_000, 2_000))]
    let solved = try feeder.solve()
    let current = (Phasor(8_000, 2_000) / solved.voltage("1", 0)).conjugate
    let own = solved.voltage("0", 0) - ownImpedance * current
    #expect((solved.voltage("1", 0) - own).length < 1e-9)
    for phase in 1..<3 {
      let expected = solved.voltage("0", phase) - mutualImpedance * current
      #expect((solved.voltage("1", phase) - expected).length < 1e-9)
    }
  }

  /// The most that R can carry is E²/(4R) = 26.7 kW; beyond it there is no solution.
  @Test func aLoadJustBelowTheLimitConvergesAndOneBeyondItDiverges() throws {
    let limit = e * e / (4 * 0.5)
    for (share, converges) in [(0.99, true), (1.01, false), (50, false), (1e200, false)] {
      var feeder = TestFeeder(positive: Phasor(0.5, 0))
      feeder.extend(to: "1", from: "0")
      feeder.extend(to: "2", from: "1", metres: 1e-6)
      feeder.loads = [("2", 1, Phasor(limit * share, 0))]
      let solved = try feeder.solve(tolerance: 1e-8, iterationLimit: 1_000)
      #expect(solved.isConverged == converges, "at \(share) of the limit")
      if case .diverged(_, let mismatch, let bus, let conductor) = solved.outcome {
        #expect(["1", "2"].contains(solved.network.grid.buses[bus].id))
        #expect(conductor == .b)
        #expect(mismatch.perUnit.isFinite)
      }
    }
  }

  /// A failed flow leaves the last solution as it was.
  @Test func aFlowWithoutASolutionLeavesTheLastOne() throws {
    var feeder = TestFeeder(positive: Phasor(0.5, 0))
    feeder.extend(to: "1", from: "0")
    feeder.loads = [("1", 0, Phasor(1_000, 0))]
    let solved = try feeder.solve()
    var state = solved.state
    var demand = solved.demand
    demand.activePower[0] = 1e6
    let terminal = try #require(demand.terminals(ofEntry: 0).plus)
    guard case .diverged = solved.solver.solve(demand, updating: &state) else {
      Issue.record("a load of 1 MW converged")
      return
    }
    #expect(state.voltage(at: terminal) == solved.state.voltage(at: terminal))
    #expect(state.current(ofEntry: 0) == solved.state.current(ofEntry: 0))
  }

  @Test func aDemandThatIsNoNumberIsATypedFailure() throws {
    var feeder = TestFeeder(positive: Phasor(0.5, 0))
    feeder.extend(to: "1", from: "0")
    feeder.loads = [("1", 0, Phasor(.nan, 0))]
    let solved = try feeder.solve()
    #expect(!solved.isConverged)
    #expect(solved.outcome.mismatch.perUnit.isFinite)
    #expect(solved.voltage("1").isFinite)
  }
}

/// What keeps a mistake of the caller from reaching the kernel's buffers.
struct FlowGuardTests {
  @Test func aDemandBeyondTheNetworkTraps() async {
    await #expect(processExitsWith: .failure) {
      var feeder = TestFeeder(positive: Phasor(0.5, 0))
      feeder.extend(to: "1", from: "0")
      feeder.loads = [("1", 0, Phasor(1_000, 0))]
      let solved = try feeder.solve()
      var state = solved.state
      _ = solved.solver.solve(Demand(at: [9_999]), updating: &state)
    }
  }

  @Test func aDemandWithoutAPowerForAnEntryTraps() async {
    await #expect(processExitsWith: .failure) {
      var feeder = TestFeeder(positive: Phasor(0.5, 0))
      feeder.extend(to: "1", from: "0")
      feeder.loads = [("1", 0, Phasor(1_000, 0))]
      let solved = try feeder.solve()
      var (state, demand) = (solved.state, solved.demand)
      demand.activePower.removeAll()
      _ = solved.solver.solve(demand, updating: &state)
    }
  }

  /// The two tests above would pass for any failure; the same steps without the mistake succeed.
  @Test func aDemandThatFitsDoesNotTrap() async {
    await #expect(processExitsWith: .success) {
      var feeder = TestFeeder(positive: Phasor(0.5, 0))
      feeder.extend(to: "1", from: "0")
      feeder.loads = [("1", 0, Phasor(1_000, 0))]
      let solved = try feeder.solve()
      var state = solved.state
      _ = solved.solver.solve(solved.demand, updating: &state)
    }
  }
}
