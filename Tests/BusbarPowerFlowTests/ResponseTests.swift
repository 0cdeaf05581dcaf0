import BusbarGrid
import BusbarPowerFlow
import BusbarTestSupport
import BusbarUnits
import Testing

/// What a load draws at a voltage that an ideal source holds.
struct ResponseTests {
  /// Rated power in W and var.
  private static let rated = Phasor(900, 300)

  /// The power and the solved feeder of a load at a share of its rated voltage.
  private func solved(
    _ response: VoltageResponse, at share: Double, window: VoltageWindow? = nil,
    ends: String = "a-e"
  ) throws -> SolvedFeeder {
    var feeder = TestFeeder(positive: Phasor(1, 0))
    let volts = TestFeeder.nominalVolts * share
    feeder.grid.sources = [
      Source(
        id: "source", bus: "0", voltage: .volts(volts),
        impedance: SequenceImpedance(positive: .zero, zero: .zero))
    ]
    let isDelta = !ends.hasSuffix("e")
    feeder.addLoad(
      ends, at: "0", Self.rated,
      TestLeg.Law(
        response, ratedVolts: isDelta ? TestFeeder.nominalVolts : TestFeeder.phaseVolts,
        window: window))
    return try feeder.solve()
  }

  private func power(
    _ response: VoltageResponse, at share: Double, window: VoltageWindow? = nil
  ) throws -> Phasor {
    try solved(response, at: share, window: window).power(ofEntry: 0)
  }

  private static let zip = ZIPCoefficients(
    active: (0.2, 0.5, 0.3), reactive: (0.6, -0.1, 0.5), cutoff: 0.7)

  /// The formulas of `VoltageResponse`, written out; P and Q relative to the rated ones.
  private static let laws:
    [(name: String, response: VoltageResponse, law: @Sendable (Double) -> (Double, Double))] = [
      ("power", .constantPower, { _ in (1, 1) }),
      ("current", .constantCurrent, { ($0, $0) }),
      ("impedance", .constantImpedance, { ($0 * $0, $0 * $0) }),
      ("motor", .motor, { (1, $0 * $0) }),
      ("square root", .exponential(active: 0.5, reactive: 3), { ($0.squareRoot(), $0 * $0 * $0) }),
      (
        "ZIP", .zip(zip),
        { (0.2 * $0 * $0 + 0.5 * $0 + 0.3, 0.6 * $0 * $0 - 0.1 * $0 + 0.5) }
      ),
    ]

  @Test(arguments: 0..<laws.count, [0.8, 0.95, 1, 1.1, 1.3])
  func theFormulasHoldAtEveryVoltage(law: Int, share: Double) throws {
    let (name, response, factors) = Self.laws[law]
    let (active, reactive) = factors(share)
    let expected = Phasor(Self.rated.real * active, Self.rated.imaginary * reactive)
    // 1e-12 of a kilovoltampere: rounding alone; the voltage is given.
    #expect(try (power(response, at: share) - expected).length < 1e-9, "\(name)")
  }

  /// Between two phases the voltage is that of the difference.
  @Test(arguments: ["a-b", "c-a"])
  func aLoadBetweenTwoPhasesSeesTheirDifference(ends: String) throws {
    let solved = try solved(.constantCurrent, at: 0.9, ends: ends)
    #expect((solved.power(ofEntry: 0) - Self.rated.multiplied(by: 0.9)).length < 1e-9)
  }

  /// (1 + tanh(500 (v − v₀))) / 2: half is left at the cut-off, nothing 2 % below it.
  @Test func aZIPLoadDropsOutAtItsCutOff() throws {
    let v = 0.7
    let active = 0.2 * v * v + 0.5 * v + 0.3
    let half = try power(.zip(Self.zip), at: v)
    // 1e-6: at 0.7 the rounding of the voltage moves the steep function.
    #expect(abs(half.real / (Self.rated.real * active) - 0.5) < 1e-6)
    #expect(try power(.zip(Self.zip), at: 0.68).length < 1e-5 * Self.rated.length)
    let whole = try power(.zip(Self.zip), at: 0.72)
    let expected = 0.2 * 0.72 * 0.72 + 0.5 * 0.72 + 0.3
    #expect(abs(whole.real / (Self.rated.real * expected) - 1) < 1e-8)
  }

  // MARK: The window

  private static let window = VoltageWindow(minimum: 0.9, maximum: 1.1, low: 0.5)

  /// Above the maximum: the impedance that draws at the maximum what the law says there.
  @Test(arguments: [1.1, 1.15, 1.5])
  func aboveTheMaximumTheLoadIsAnImpedance(share: Double) throws {
    let square = share * share
    let atPower = Self.rated.multiplied(by: square / (1.1 * 1.1))
    let atCurrent = Self.rated.multiplied(by: square / 1.1)
    let window = Self.window
    #expect(try (power(.constantPower, at: share, window: window) - atPower).length < 1e-9)
    #expect(try (power(.constantCurrent, at: share, window: window) - atCurrent).length < 1e-9)
  }

  /// At and below `low` the load is its rated impedance, whatever its law.
  @Test(arguments: 0..<laws.count, [0.2, 0.5])
  func belowTheLowVoltageTheLoadIsItsRatedImpedance(law: Int, share: Double) throws {
    let (name, response, _) = Self.laws[law]
    guard name != "square root" else { return }
    let expected = Self.rated.multiplied(by: share * share)
    let found = try power(response, at: share, window: Self.window)
    #expect((found - expected).length < 1e-9, "\(name)")
  }

  /// Between `low` and the minimum the current of a constant power runs straight from
  /// `low` × I₀ to I₀ / minimum, that of a constant current from `low` × I₀ to I₀.
  @Test(arguments: [0.55, 0.7, 0.85])
  func betweenLowAndMinimumTheCurrentIsAStraightLine(share: Double) throws {
    let rise = (share - 0.5) / (0.9 - 0.5)
    for (response, end) in [(VoltageResponse.constantPower, 1 / 0.9), (.constantCurrent, 1)] {
      let current = 0.5 + (end - 0.5) * rise
      let expected = Self.rated.multiplied(by: current * share)
      let found = try power(response, at: share, window: Self.window)
      #expect((found - expected).length < 1e-9, "\(response)")
    }
  }

  /// No jump at the ends of the window: the power on either side of an end is the same.
  @Test(arguments: [VoltageResponse.constantPower, .constantCurrent, .constantImpedance])
  func theWindowHasNoJumps(response: VoltageResponse) throws {
    let step = 1e-9
    for end in [0.5, 0.9, 1.1] {
      let below = try power(response, at: end - step, window: Self.window)
      let above = try power(response, at: end + step, window: Self.window)
      // A slope of a few kVA for each unit of voltage.
      #expect((above - below).length < 1e4 * step, "\(response) at \(end)")
    }
  }

  @Test func loadsOutsideTheirWindowAreCounted() throws {
    for (share, count) in [(0.4, 1), (0.7, 1), (0.95, 0), (1, 0), (1.09, 0), (1.2, 1)] {
      let solved = try solved(.constantPower, at: share, window: Self.window)
      #expect(
        solved.solver.entriesOutsideWindow(solved.demand, in: solved.state) == count,
        "at \(share)")
    }
    // A constant impedance has nothing to leave, and without a window nothing is outside.
    let impedance = try solved(.constantImpedance, at: 0.4, window: Self.window)
    #expect(impedance.solver.entriesOutsideWindow(impedance.demand, in: impedance.state) == 0)
    let plain = try solved(.constantPower, at: 0.4)
    #expect(plain.solver.entriesOutsideWindow(plain.demand, in: plain.state) == 0)
  }

  /// A load that would have no solution as a constant power has one as an impedance.
  @Test func theWindowLetsAnOverloadedFeederConverge() throws {
    var feeder = TestFeeder(positive: Phasor(0.5, 0))
    feeder.extend(to: "1", from: "0")
    // 26.7 kW is the most that the line can carry.
    feeder.addLoad("a-e", at: "1", Phasor(40_000, 0))
    #expect(try !feeder.solve().isConverged)
    feeder.legs[0].law = TestLeg.Law(
      .constantPower, ratedVolts: TestFeeder.phaseVolts, window: Self.window)
    let solved = try feeder.solve()
    #expect(solved.isConverged)
    #expect(solved.solver.entriesOutsideWindow(solved.demand, in: solved.state) == 1)
    #expect(solved.largestImbalance.amperes < 1e-8)
  }
}
