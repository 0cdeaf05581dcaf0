import BusbarGrid
import BusbarPowerFlow
import BusbarTestSupport
import BusbarUnits
import ComplexModule
import Testing

/// What holds for every solution, whatever the feeder.
struct InvariantTests {
  /// A random tree with a transformer, laterals of fewer phases, charging, and loads that also
  /// feed in.
  static func randomFeeder(_ seed: UInt64) -> TestFeeder {
    var numbers = SeededNumbers(seed: seed)
    var feeder = TestFeeder(
      positive: Phasor(0.02, 0.01), zero: Phasor(0.05, 0.03), capacitance: 1e-7,
      sourceImpedance: SequenceImpedance(positive: Phasor(0.01, 0.02), zero: Phasor(0.03, 0.05)))
    feeder.grid.buses.append(TestFeeder.bus("1"))
    feeder.grid.transformers = [
      Transformer(
        id: "T", fromBus: "0", toBus: "1", vectorGroup: .dyn5, ratedPower: .voltAmperes(1e5),
        fromVoltage: .volts(400), toVoltage: .volts(400), resistance: .perUnit(0.01),
        reactance: .perUnit(0.04), antifloatPPM: 100)
    ]
    var phases: [Int: ConductorSet] = [1: .abc]
    for bus in 2...40 {
      let parent = Int.random(in: max(1, bus - 6)..<bus, using: &numbers)
      var set = phases[parent] ?? .abc
      if bus % 7 == 0, let first = set.positions.randomElement(using: &numbers) {
        set = ConductorSet(Conductor(position: first))
      }
      phases[bus] = set
      feeder.extend(
        to: "\(bus)", from: "\(parent)", conductors: set,
        metres: Double.random(in: 0.1...2, using: &numbers))
      for phase in set.positions where Bool.random(using: &numbers) {
        let watts = Double.random(in: -400...900, using: &numbers)
        feeder.loads.append(
          ("\(bus)", phase, Phasor(watts, Double.random(in: -100...300, using: &numbers))))
      }
    }
    return feeder
  }

  /// Current balance: what branches bring to a terminal is drawn there.
  @Test(arguments: 1...10)
  func currentsBalanceAtEachTerminal(seed: UInt64) throws {
    let solved = try Self.randomFeeder(seed).solve()
    #expect(solved.isConverged)
    // Currents of tens of amperes, summed over tens of branches in doubles.
    let worst = solved.largestImbalance
    #expect(worst.amperes < 1e-10, "at \(worst.place)")
  }

  /// Power balance: what the source sends is delivered or lost, to rounding.
  @Test(arguments: 1...10)
  func powersBalanceOverTheNetwork(seed: UInt64) throws {
    let solved = try Self.randomFeeder(seed).solve()
    let sent = solved.flows.power(outOf: Index(0), in: solved.state)
    let delivered = (0..<solved.demand.count).reduce(Phasor.zero) {
      $0 + solved.power(ofEntry: $1)
    }
    let balance = sent - delivered - solved.flows.totalLoss(in: solved.state)
    #expect(balance.length < 1e-12 * max(sent.length, 1e4))
  }

  /// The power that is delivered is the one that is asked for, within the solver's tolerance.
  @Test(arguments: 1...10)
  func eachLoadGetsWhatItAsksFor(seed: UInt64) throws {
    let solved = try Self.randomFeeder(seed).solve()
    for entry in 0..<solved.demand.count {
      let power = solved.power(ofEntry: entry)
      let asked = Phasor(solved.demand.activePower[entry], solved.demand.reactivePower[entry])
      #expect((power - asked).length < 1e-9)
    }
  }

  /// Rotating the phases of lines and loads rotates the solution by −120°.
  @Test(arguments: 1...5)
  func rotatingThePhasesRotatesTheSolution(seed: UInt64) throws {
    let plain = Self.randomFeeder(seed)
    var rotated = plain
    rotated.loads = plain.loads.map { ($0.bus, ($0.phase + 1) % 3, $0.power) }
    rotated.grid.lines = plain.grid.lines.map { line in
      var line = line
      line.from.conductors = line.from.conductors.map(\.rotated)
      line.to.conductors = line.to.conductors.map(\.rotated)
      return line
    }
    let turn = Phasor(magnitude: 1, degrees: -120)
    let (one, other) = (try plain.solve(), try rotated.solve())
    for bus in one.network.grid.buses.indices {
      let id = one.network.grid.buses[bus].id
      for phase in one.network.conductors(at: bus).positions {
        let expected = one.voltage(id, phase) * turn
        #expect((other.voltage(id, (phase + 1) % 3) - expected).length < 1e-9)
      }
    }
  }

  /// Two halves of a line are the whole line, where there is no charging.
  @Test func splittingALineChangesNoVoltage() throws {
    var whole = TestFeeder(positive: Phasor(0.02, 0.01), zero: Phasor(0.05, 0.03))
    whole.extend(to: "end", from: "0", metres: 20)
    whole.loads = [("end", 0, Phasor(6_000, 1_000)), ("end", 2, Phasor(2_000, 0))]
    var split = TestFeeder(positive: Phasor(0.02, 0.01), zero: Phasor(0.05, 0.03))
    split.extend(to: "middle", from: "0", metres: 7)
    split.extend(to: "end", from: "middle", metres: 13)
    split.loads = whole.loads
    let (one, other) = (try whole.solve(), try split.solve())
    for phase in 0..<3 {
      #expect((one.voltage("end", phase) - other.voltage("end", phase)).length < 1e-9)
    }
  }

  /// From and to of a line are names, not directions.
  @Test func turningALineRoundChangesNoBit() throws {
    let plain = Self.randomFeeder(3)
    var turned = plain
    turned.grid.lines = plain.grid.lines.enumerated().map { position, line in
      var line = line
      if position.isMultiple(of: 2) { (line.from, line.to) = (line.to, line.from) }
      return line
    }
    let (one, other) = (try plain.solve(), try turned.solve())
    for bus in one.network.grid.buses.values {
      let phases = one.network.conductors(at: one.network.grid.bus(named: bus.id) ?? Index(0))
      for phase in phases.positions {
        #expect(one.voltage(bus.id, phase) == other.voltage(bus.id, phase))
      }
    }
  }

  /// A warm start ends at the same solution as a cold one.
  @Test func aWarmStartAgreesWithAColdOne() throws {
    let solved = try Self.randomFeeder(4).solve()
    var demand = solved.demand
    for entry in demand.activePower.indices { demand.activePower[entry] *= 1.001 }
    let criterion = ConvergenceCriterion(tolerance: .perUnit(1e-12))
    var warm = solved.state
    let first = solved.solver.solve(demand, updating: &warm, until: criterion)
    var cold = solved.solver.makeState(for: demand)
    let second = solved.solver.solve(demand, from: .unloaded, updating: &cold, until: criterion)
    #expect(first.iterations < second.iterations)
    for terminal in 3..<solved.network.topology.terminalCount {
      #expect((warm.voltage(at: terminal) - cold.voltage(at: terminal)).length < 1e-8)
    }
  }

  /// Two feeders with a source each do not know of each other.
  @Test func twoFeedersInOneNetworkAreSolvedAsIfAlone() throws {
    var alone = TestFeeder(positive: Phasor(0.1, 0.05))
    alone.extend(to: "1", from: "0")
    alone.loads = [("1", 0, Phasor(5_000, 0))]
    var both = alone
    both.grid.buses.append(TestFeeder.bus("x0"))
    both.grid.sources.append(
      Source(
        id: "x", bus: "x0", voltage: .volts(390),
        impedance: SequenceImpedance(positive: Phasor(0.1, 0), zero: Phasor(0.1, 0))))
    both.extend(to: "x1", from: "x0")
    both.loads.append(("x1", 1, Phasor(7_000, 0)))
    // The sweeps go on until both have settled, so the bits may differ below the tolerance.
    #expect(try (both.solve().voltage("1") - alone.solve().voltage("1")).length < 1e-9)
  }
}
