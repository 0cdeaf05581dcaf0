import BusbarGrid
import BusbarPowerFlow
import BusbarTestSupport
import BusbarUnits
import ComplexModule
import Testing

/// Lines with a neutral conductor, against circuits that are solved by hand.
struct NeutralTests {
  private let e = TestFeeder.phaseVolts
  /// Phase and neutral in Ω for the whole line, and between the two.
  private static let phase = Phasor(0.3, 0.1)
  private static let neutral = Phasor(0.5, 0.2)
  private static let mutual = Phasor(0.05, 0.08)

  /// A line of a phase and a neutral from bus 0, where the neutral is solidly earthed, to bus 1.
  private func feeder() -> TestFeeder {
    var feeder = TestFeeder(positive: Phasor(1, 0))
    feeder.grid.lineCodes.append(
      LineCode(
        id: "two",
        seriesImpedance: ComplexMatrix(rows: [
          [Self.phase, Self.mutual], [Self.mutual, Self.neutral],
        ]), shuntAdmittance: ComplexMatrix(zero: 2)))
    feeder.grid.sources = [
      Source(
        id: "source", connection: Connection(bus: "0", [.a, .n]),
        electromotiveForce: [Phasor(TestFeeder.phaseVolts, 0), .zero],
        impedance: ComplexMatrix(zero: 2))
    ]
    feeder.grid.buses.append(TestFeeder.bus("1"))
    feeder.grid.lines.append(
      Line(
        id: "line", fromBus: "0", toBus: "1", conductors: [.a, .n], lineCode: "two",
        length: .metres(1)))
    return feeder
  }

  /// The load sees E behind Z = Zpp + Znn − 2·Zpn, and the neutral rises by (Znn − Zpn)·I.
  @Test(arguments: [(4_000.0, 1_000.0), (-3_000, 500)])
  func aLoadBetweenPhaseAndNeutralMatchesTheClosedForm(watts: Double, vars: Double) throws {
    var feeder = feeder()
    feeder.addLoad("a-n", at: "1", Phasor(watts, vars))
    let solved = try feeder.solve()
    let loop: Phasor = Self.phase + Self.neutral - Self.mutual - Self.mutual
    let half = loop.real * watts + loop.imaginary * vars - e * e / 2
    let product = loop.lengthSquared * (watts * watts + vars * vars)
    let expected = (-half + (half * half - product).squareRoot()).squareRoot()
    let across = solved.voltage("1", .a) - solved.voltage("1", .n)
    #expect(abs(across.length - expected) < 1e-9)
    let current = (Phasor(watts, vars) / across).conjugate
    let rise = (Self.neutral - Self.mutual) * current
    #expect((solved.voltage("1", .n) - rise).length < 1e-9)
    #expect(rise.length > 1)
  }

  /// An earth electrode R at the far end shares the return current with the neutral:
  /// I = E / (Zpp + ZL + R + (Zpn + R)·k) with k = −(R + Zpn) / (R + Znn).
  @Test(arguments: [0.01, 1, 30, 1e6])
  func anEarthElectrodeSharesTheReturnCurrent(ohms: Double) throws {
    let load = Phasor(10, 3)
    var feeder = feeder()
    feeder.earth(.n, of: "1", by: Phasor(1 / ohms, 0))
    feeder.grid.linearDemands = [
      LinearDemand(
        bus: "1", ends: ConductorPair(.a, .n), admittance: Phasor.one / load)
    ]
    let solved = try feeder.solve()
    let r = Phasor(ohms, 0)
    let share: Phasor = -(r + Self.mutual) / (r + Self.neutral)
    let around: Phasor = Self.phase + load + r + (Self.mutual + r) * share
    let current = Phasor(e, 0) / around
    let toEarth = r * (current + share * current)
    // 1e-9 of the voltage; with 1 MΩ the difference of two currents loses digits.
    #expect((solved.voltage("1", .n) - toEarth).length < 1e-9 * e)
    #expect((solved.voltage("1", .a) - toEarth - load * current).length < 1e-9 * e)
    // Everything is linear, so one sweep finds it.
    #expect(solved.outcome.iterations == 1)
  }

  /// A trunk of three four-wire sections with loads from the phases to `end`.
  private func trunk(_ code: LineCode, conductors: [Conductor?], end: String) -> TestFeeder {
    var feeder = TestFeeder(positive: Phasor(1, 0))
    feeder.grid.lineCodes.append(code)
    for bus in 1...3 {
      feeder.grid.buses.append(TestFeeder.bus("\(bus)"))
      feeder.grid.lines.append(
        Line(
          id: "line-\(bus)", from: Connection(bus: "\(bus - 1)", conductors: conductors),
          to: Connection(bus: "\(bus)", conductors: conductors), lineCode: code.id,
          length: .metres(1)))
      for (phase, watts) in zip(["a", "b", "c"], [3_000.0, 500, 1_500]) {
        feeder.addLoad("\(phase)-\(end)", at: "\(bus)", Phasor(watts * Double(bus) / 3, 400))
      }
    }
    return feeder
  }

  private func kronReduced(_ code: LineCode) -> LineCode {
    var reduced = ComplexMatrix(zero: 3)
    let z = code.seriesImpedance
    for row in 0..<3 {
      for column in 0..<3 {
        reduced[row, column] = z[row, column] - z[row, 3] * z[3, column] / z[3, 3]
      }
    }
    return LineCode(id: "kron", seriesImpedance: reduced, shuntAdmittance: ComplexMatrix(zero: 3))
  }

  private let fourWires: LineCode = {
    var code = RandomFeeder.fourWires
    code.shuntAdmittance = ComplexMatrix(zero: 4)
    return code
  }()

  /// A neutral that is earth at both ends of each line is what Kron's reduction assumes.
  @Test func aNeutralThatIsEarthEqualsTheKronReducedLine() throws {
    let explicit = try trunk(fourWires, conductors: [.a, .b, .c, nil], end: "e").solve()
    let reduced = try trunk(kronReduced(fourWires), conductors: [.a, .b, .c], end: "e").solve()
    #expect(explicit.isConverged && reduced.isConverged)
    #expect(explicit.distance(to: reduced).perUnit < 1e-11)
  }

  /// The same with electrodes of 1 µΩ at each bus, which leave 1e-6 of the neutral's impedance.
  @Test func aNeutralThatIsEarthedAtEachBusEqualsTheKronReducedLine() throws {
    var feeder = trunk(fourWires, conductors: [.a, .b, .c, .n], end: "n")
    for bus in 0...3 { feeder.earth(.n, of: "\(bus)", by: Phasor(1e6, 0)) }
    let explicit = try feeder.solve()
    let reduced = try trunk(kronReduced(fourWires), conductors: [.a, .b, .c], end: "e").solve()
    for bus in 1...3 {
      for phase in ConductorSet.abc.members {
        let difference = explicit.voltage("\(bus)", phase) - reduced.voltage("\(bus)", phase)
        #expect(difference.length < 1e-4)
      }
      #expect(explicit.voltage("\(bus)", .n).length < 1e-4)
    }
  }

  /// The return current of a neutral that is earthed by an electrode at the source alone flows
  /// nowhere but in the neutral, so that its voltage there is zero at any electrode.
  @Test(arguments: [1e-3, 1, 100])
  func aNeutralEarthedAtOnePlaceHasNoVoltageThere(ohms: Double) throws {
    var feeder = trunk(fourWires, conductors: [.a, .b, .c, .n], end: "n")
    // A three-phase source behind earth would push its return current through the electrode; the
    // star point of a transformer takes it back.
    feeder.grid.buses.append(TestFeeder.bus("high"))
    feeder.grid.sources[0].connection.bus = "high"
    var transformer = Transformer(
      id: "T", fromBus: "high", toBus: "0", vectorGroup: .dyn11, ratedPower: .voltAmperes(1e5),
      fromVoltage: .volts(400), toVoltage: .volts(400), resistance: .perUnit(0.01),
      reactance: .perUnit(0.04))
    for phase in 0..<3 { transformer.windings[1].coils[phase].minus = .n }
    feeder.grid.transformers = [transformer]
    feeder.earth(.n, of: "0", by: Phasor(1 / ohms, 0))
    let solved = try feeder.solve()
    #expect(solved.isConverged)
    // 1e-9 A through the electrode.
    #expect(solved.voltage("0", .n).length < 1e-9 * max(ohms, 1))
    #expect(solved.voltage("3", .n).length > 0.1)
    #expect(solved.largestImbalance.amperes < 1e-8)
  }
}

/// Star points that only loads join.
struct FloatingStarTests {
  private static let star = Conductor(position: 4)

  /// A line from bus 0 to bus 1, which has a star point, with three loads between.
  private func feeder(_ powers: [Phasor], _ law: TestLeg.Law) -> TestFeeder {
    var feeder = TestFeeder(
      positive: Phasor(0.3, 0.1), zero: Phasor(0.9, 0.4),
      sourceImpedance: SequenceImpedance(positive: Phasor(0.01, 0.02), zero: Phasor(0.03, 0.05)))
    feeder.extend(to: "1", from: "0")
    feeder.grid.buses[1].conductors = ConductorSet(Self.star)
    for (phase, power) in zip(["a", "b", "c"], powers) {
      feeder.addLoad("\(phase)-5", at: "1", power, law)
    }
    return feeder
  }

  /// The feeder whose network carries the rated impedance of each load, whatever its law.
  private func carried(_ feeder: TestFeeder) -> TestFeeder {
    var feeder = feeder
    for place in feeder.legs.indices {
      let leg = feeder.legs[place]
      let volts = leg.law.ratedVolts ?? TestFeeder.phaseVolts
      let admittance = leg.power.conjugate.divided(by: volts * volts)
      feeder.legs[place].law.linearAdmittance = admittance
      feeder.grid.linearDemands.append(
        LinearDemand(bus: leg.bus, ends: leg.ends, admittance: admittance))
    }
    return feeder
  }

  private let unequal = [Phasor(4_000, 500), Phasor(1_500, 0), Phasor(2_500, 900)]

  /// Millman: the star point lies at Σ Y·V / Σ Y.
  @Test func theStarPointOfImpedancesLiesAtTheirWeightedMean() throws {
    let law = TestLeg.Law(.constantImpedance, ratedVolts: TestFeeder.phaseVolts)
    let solved = try carried(feeder(unequal, law)).solve()
    #expect(solved.outcome.iterations == 1)
    var current = Phasor.zero
    var sum = Phasor.zero
    for (phase, power) in zip(ConductorSet.abc.members, unequal) {
      current += power.conjugate * solved.voltage("1", phase)
      sum += power.conjugate
    }
    #expect((solved.voltage("1", Self.star) - current / sum).length < 1e-10)
    #expect(solved.voltage("1", Self.star).length > 10)
  }

  /// What flows into a star point through one load flows out through the others.
  ///
  /// Unequal constant powers and currents leave a star point all but indeterminate; OpenDSS finds
  /// no solution either. So the laws here have some impedance in them.
  @Test(
    arguments: [
      VoltageResponse.constantImpedance, .exponential(active: 1.5, reactive: 2),
      .zip(ZIPCoefficients(active: (0.8, 0.1, 0.1), reactive: (0.8, 0, 0.2))),
    ])
  func currentsBalanceAtAStarPoint(response: VoltageResponse) throws {
    let law = TestLeg.Law(response, ratedVolts: TestFeeder.phaseVolts)
    let solved = try carried(feeder(unequal, law)).solve(tolerance: 1e-12, iterationLimit: 500)
    try #require(solved.isConverged)
    let sum = (0..<3).reduce(Phasor.zero) { $0 + solved.state.current(ofEntry: $1) }
    // Tens of amperes, known as well as the voltages: 1e-12 of them, slowed by the contraction.
    #expect(sum.length < 1e-8)
    #expect(solved.largestImbalance.amperes < 1e-8)
  }

  @Test(arguments: [VoltageResponse.constantPower, .constantCurrent])
  func aBalancedLoadOnAFloatingStarPointIsThatOnAnEarthedOne(response: VoltageResponse) throws {
    let law = TestLeg.Law(response, ratedVolts: TestFeeder.phaseVolts)
    let equal = Array(repeating: Phasor(3_000, 1_000), count: 3)
    let floating = try carried(feeder(equal, law)).solve()
    var earthed = feeder([], law)
    for phase in ["a", "b", "c"] { earthed.addLoad("\(phase)-e", at: "1", equal[0], law) }
    let reference = try earthed.solve()
    #expect(floating.voltage("1", Self.star).length < 1e-9)
    for phase in 0..<3 {
      #expect((floating.voltage("1", phase) - reference.voltage("1", phase)).length < 1e-9)
    }
  }

  /// The nodal solution knows star points too.
  @Test func theSweepAgreesWithTheNodalSolution() throws {
    let law = TestLeg.Law(
      .exponential(active: 1.5, reactive: 2), ratedVolts: TestFeeder.phaseVolts)
    let feeder = carried(feeder(unequal, law))
    let distance = try feeder.solve().distance(to: feeder.solveByNodes())
    #expect(distance.perUnit < 1e-9, "at \(distance.place)")
  }

  /// A constant impedance is exact in one sweep when the network carries it.
  @Test func aCarriedImpedanceIsFoundInOneIteration() throws {
    var feeder = feeder([], TestLeg.Law())
    for (phase, power) in zip(["a", "b", "c"], unequal) {
      feeder.addLoad(
        "\(phase)-e", at: "1", power,
        TestLeg.Law(.constantImpedance, ratedVolts: TestFeeder.phaseVolts))
    }
    feeder.grid.buses[1].conductors = []
    let (drawn, carried) = (try feeder.solve(), try feeder.carryingImpedances.solve())
    #expect(carried.outcome.iterations == 1)
    #expect(drawn.outcome.iterations > 3)
    #expect(drawn.distance(to: carried).perUnit < 1e-11)
    for entry in 0..<3 {
      #expect((drawn.power(ofEntry: entry) - carried.power(ofEntry: entry)).length < 1e-7)
    }
  }
}
