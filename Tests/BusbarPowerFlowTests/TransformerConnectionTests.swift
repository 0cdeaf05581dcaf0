import BusbarGrid
import BusbarPowerFlow
import BusbarTestSupport
import BusbarUnits
import ComplexModule
import Testing

/// Transformers of every connection against circuits that are solved by hand.
struct TransformerConnectionTests: TransformerSamples {
  // MARK: Open connections

  /// Two units from phases a and b make a delta whose open side closes by itself:
  /// V_ca = −(V_ab + V_bc).
  @Test func openWyeOpenDeltaGivesABalancedDelta() throws {
    var feeder = feeder([
      unit("one", [winding("0", "a-e", volts: e), winding("low", "a-b", volts: 240)]),
      unit("two", [winding("0", "b-e", volts: e), winding("low", "b-c", volts: 240)]),
    ])
    feeder.earth(.b, of: "low", by: .one)
    let solved = try feeder.solve()
    func between(_ one: Conductor, _ other: Conductor) -> Phasor {
      solved.voltage("low", one) - solved.voltage("low", other)
    }
    let expected = [0.0, -120, 120].map { Phasor(magnitude: 240, degrees: $0) }
    #expect((between(.a, .b) - expected[0]).length < 1e-9)
    #expect((between(.b, .c) - expected[1]).length < 1e-9)
    #expect((between(.c, .a) - expected[2]).length < 1e-9)
    #expect(solved.voltage("low", .b).length < 1e-9)
  }

  /// A load across the open side passes both units in series: it sees twice the leakage.
  @Test func aLoadAcrossTheOpenSideSeesBothLeakages() throws {
    var feeder = feeder([
      unit("one", [winding("0", "a-b", volts: 400), winding("low", "a-b", volts: 240)]),
      unit("two", [winding("0", "b-c", volts: 400), winding("low", "b-c", volts: 240)]),
    ])
    feeder.earth(.b, of: "low", by: .one)
    let load = Phasor(5, 1)
    feeder.grid.linearDemands = [
      LinearDemand(bus: "low", ends: ConductorPair(.c, .a), admittance: Phasor.one / load)
    ]
    let solved = try feeder.solve()
    let leakage = Phasor(0.02, 0.04).multiplied(by: 240 * 240 / 10_000)
    let force = (solved.voltage("0", .c) - solved.voltage("0", .a)).multiplied(by: 0.6)
    let total: Phasor = load + leakage + leakage
    let across = solved.voltage("low", .c) - solved.voltage("low", .a)
    #expect((across - force * load / total).length < 1e-9)
  }

  // MARK: Centre tap

  private func centreTap() -> TestFeeder {
    let high = winding("0", "a-e", volts: e, resistance: 0.006)
    let halves = [
      winding("low", "a-n", volts: 120, resistance: 0.012),
      winding("low", "n-b", volts: 120, resistance: 0.012),
    ]
    var feeder = feeder(
      [unit("T", [high] + halves, reactance: [0.0204, 0.0204, 0.0136])], lowVolts: 208)
    feeder.earth(.n, of: "low", by: Phasor(10, 0))
    return feeder
  }

  @Test func aCentreTapGivesTwoHalvesAndTheirSum() throws {
    let solved = try centreTap().solve()
    #expect((solved.voltage("low", .a) - Phasor(120, 0)).length < 1e-10)
    #expect((solved.voltage("low", .b) + Phasor(120, 0)).length < 1e-10)
    #expect(solved.voltage("low", .n).length < 1e-10)
  }

  /// A load on one half drops Z12 in it, and Z1 in the other.
  ///
  /// The star equivalent of three windings has Z1 = (Z12 + Z13 − Z23) / 2 and so on.
  @Test func aLoadOnOneHalfMovesTheOtherByTheCommonLeakage() throws {
    var feeder = centreTap()
    let load = Phasor(2, 0.5)
    feeder.grid.linearDemands = [
      LinearDemand(bus: "low", ends: ConductorPair(.a, .n), admittance: Phasor.one / load)
    ]
    let solved = try feeder.solve()
    let base = 120.0 * 120 / 10_000
    let first = Phasor(0.018, 0.0204).multiplied(by: base)
    let halves = Phasor(0.024, 0.0136).multiplied(by: base)
    let common: Phasor = (first + first - halves) / 2
    let current = Phasor(120, 0) / (load + first)
    let loaded = solved.voltage("low", .a) - solved.voltage("low", .n)
    let other = solved.voltage("low", .n) - solved.voltage("low", .b)
    #expect((loaded - load * current).length < 1e-10)
    #expect((other - (Phasor(120, 0) - common * current)).length < 1e-10)
    #expect((common * current).length > 0.1)
  }

  /// A load of 240 V sees the leakage of both halves against the first winding.
  @Test func aLoadAcrossBothHalvesKeepsThemEqual() throws {
    var feeder = centreTap()
    feeder.addLoad("a-b", at: "low", Phasor(6_000, 2_000))
    let solved = try feeder.solve()
    #expect(solved.isConverged)
    #expect(solved.voltage("low", .n).length < 1e-9)
    #expect((solved.voltage("low", .a) + solved.voltage("low", .b)).length < 1e-9)
    #expect((solved.power(ofEntry: 0) - Phasor(6_000, 2_000)).length < 1e-6)
    #expect(solved.largestImbalance.amperes < 1e-8)
  }

  // MARK: Autotransformer

  /// A step regulator whose series winding lies between its input and its output, with the common
  /// winding at the output and a jumper to it.
  private func stepRegulator(_ position: Int) -> TestFeeder {
    let changer = TapChanger(range: 0...16, step: .perUnit(0.00625), initialPosition: position)
    // Position 0 would leave the series winding without turns; 1 % of them stays.
    var series = winding("0", "5-a", volts: e, resistance: 0.001, tap: changer)
    series.turns = .perUnit(0.01)
    var feeder = feeder([
      unit("T", [winding("low", "a-e", volts: e, resistance: 0.001), series], reactance: [0.01])
    ])
    feeder.grid.lineCodes.append(
      LineCode(
        id: "jumper", seriesImpedance: ComplexMatrix(rows: [[Phasor(1e-6, 0)]]),
        shuntAdmittance: ComplexMatrix(zero: 1)))
    feeder.grid.lines.append(
      Line(
        id: "jumper", from: Connection(bus: "0", conductors: [Conductor(position: 4)]),
        to: Connection(bus: "low", [.a]), lineCode: "jumper", length: .metres(1)))
    return feeder
  }

  /// V_out = V_in + t·V_out.
  @Test(arguments: [0, 5, 16])
  func anAutotransformerRegulatorAddsItsTaps(position: Int) throws {
    let solved = try stepRegulator(position).solve()
    let ratio = 1 / (1 - 0.01 - 0.00625 * Double(position))
    // Siemens in the millions beside those of the coils.
    #expect((solved.voltage("low", .a) - Phasor(e * ratio, 0)).length < 1e-8 * e)
  }

  /// The series winding carries the load's current, and sees its leakage times its turns squared.
  @Test func aLoadedAutotransformerDropsTheLeakageOfItsSeriesWinding() throws {
    var feeder = stepRegulator(14)
    let load = Phasor(20, 5)
    feeder.grid.linearDemands = [
      LinearDemand(bus: "low", ends: ConductorPair(.a, nil), admittance: Phasor.one / load)
    ]
    let solved = try feeder.solve()
    let turns = 0.01 + 14 * 0.00625
    let leakage = Phasor(0.002, 0.01).multiplied(by: turns * turns * e * e / 10_000)
    let jumper = Phasor(1e-6, 0)
    // V_out·(1 − t) = V_in − (Z + R)·I with the current I of the series winding, of which the
    // common winding takes t·I before the load.
    let seen: Phasor = (leakage + jumper).divided(by: (1 - turns) * (1 - turns)) + load
    let expected = Phasor(e / (1 - turns), 0) * load / seen
    #expect((solved.voltage("low", .a) - expected).length < 1e-8 * e)
  }

  // MARK: Three windings

  private static let pairs = [(1, 0.04, "second"), (2, 0.06, "third")]

  private func threeWindings(feeding bus: String = "0") -> TestFeeder {
    var feeder = feeder([
      unit(
        "T",
        [
          winding("0", "a-e b-e c-e", volts: e, resistance: 0.01),
          winding("second", "a-e b-e c-e", volts: 100, resistance: 0.02),
          winding("third", "a-e b-e c-e", volts: 50, resistance: 0.03),
        ], kilovoltAmperes: 30, reactance: [0.04, 0.06, 0.05])
    ])
    feeder.grid.buses.removeLast()
    for (id, volts) in [("second", 100.0), ("third", 50)] {
      feeder.grid.buses.append(
        Bus(id: id, nominalVoltage: .volts(volts * 3.0.squareRoot())))
    }
    feeder.grid.sources[0].connection.bus = bus
    return feeder
  }

  private func short(_ feeder: inout TestFeeder, at bus: String) {
    for phase in ConductorSet.abc.members { feeder.earth(phase, of: bus, by: Phasor(1e9, 0)) }
  }

  /// With one winding short-circuited and one open, the source sees the short-circuit impedance.
  @Test(
    arguments: [
      ("0", "second", 0.03, 0.04), ("0", "third", 0.04, 0.06), ("second", "third", 0.05, 0.05),
    ])
  func aShortCircuitSeesTheImpedanceOfItsPair(
    fed: String, shorted: String, resistance: Double, reactance: Double
  ) throws {
    var feeder = threeWindings(feeding: fed)
    short(&feeder, at: shorted)
    let solved = try feeder.solve()
    let volts: Double = fed == "0" ? e : 100
    let impedance = Phasor(resistance, reactance).multiplied(by: volts * volts / 10_000)
    for phase in ConductorSet.abc.members {
      let expected = solved.voltage(fed, phase) / impedance
      let current = solved.flows.current(outOf: Index(0), phase, in: solved.state)
      // The earth of 1 nΩ is 1e-8 of the leakage.
      #expect((current - expected).length < 1e-6 * expected.length)
    }
  }
}
