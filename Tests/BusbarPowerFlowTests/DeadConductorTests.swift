import BusbarGrid
import BusbarPowerFlow
import BusbarTestSupport
import BusbarUnits
import ComplexModule
import Testing

/// Conductors and islands that nothing energises: 0 V, as in OpenDSS.
struct DeadConductorTests {
  /// Phase c ends at bus 1, and is strung on to buses 2 and 3.
  private func feeder(capacitance: Double = 0) -> TestFeeder {
    var feeder = TestFeeder(
      positive: Phasor(0.05, 0.02), zero: Phasor(0.15, 0.08), capacitance: capacitance,
      sourceImpedance: SequenceImpedance(
        positive: Phasor(0.01, 0.02), zero: Phasor(0.03, 0.05)))
    feeder.extend(to: "1", from: "0")
    feeder.extend(to: "2", from: "1", conductors: [.a, .b])
    feeder.extend(to: "3", from: "2")
    for bus in ["2", "3"] { feeder.loads.append((bus, 0, Phasor(2_000, 500))) }
    return feeder
  }

  @Test func aConductorFromNowhereIsAtZero() throws {
    let solved = try feeder().solve()
    try #require(solved.isConverged)
    for bus in ["2", "3"] {
      #expect(solved.voltage(bus, .c) == .zero, "\(bus)")
      #expect(solved.network.parameters.isDead[solved.terminal(bus, .c)])
      #expect(solved.voltage(bus, .a).length > 200)
    }
    #expect(solved.largestImbalance.amperes < 1e-9)
  }

  /// A load there gets nothing, and no power flow fails for it.
  @Test func aLoadOnADeadConductorGetsNothing() throws {
    var feeder = feeder()
    feeder.loads.append(("3", 2, Phasor(5_000, 1_000)))
    feeder.addLoad(
      "c-e", at: "2", Phasor(1_000, 0),
      TestLeg.Law(.constantCurrent, ratedVolts: TestFeeder.phaseVolts))
    let solved = try feeder.solve()
    try #require(solved.isConverged)
    for entry in 2...3 { #expect(solved.state.current(ofEntry: entry) == .zero) }
    #expect(solved.voltage("3", .c) == .zero)
    #expect(try solved.distance(to: feeder.solveByNodes()).perUnit < 1e-9)
  }

  @Test func islandsAreNamedAndDead() throws {
    var feeder = feeder()
    for id in ["x1", "x2", "y1"] { feeder.grid.buses.append(TestFeeder.bus(id)) }
    feeder.grid.lines.append(
      Line(id: "x", fromBus: "x1", toBus: "x2", lineCode: "code", length: .metres(1)))
    feeder.loads.append(("x2", 1, Phasor(3_000, 0)))
    let solved = try feeder.solve()
    try #require(solved.isConverged)
    let islands = solved.network.topology.islands.map {
      $0.map { solved.network.grid.buses[$0].id }
    }
    #expect(islands == [["x1", "x2"], ["y1"]])
    for bus in ["x1", "x2"] {
      for phase in ConductorSet.abc.members { #expect(solved.voltage(bus, phase) == .zero) }
    }
    #expect(solved.state.current(ofEntry: 2) == .zero)
    let flows = solved.flows
    #expect(flows.current(into: solved.branch("x"), end: 0, .b, in: solved.state) == .zero)
    #expect(flows.totalLoss(in: solved.state).isFinite)
  }

  /// Opening a switch makes an island, and closing it brings the voltage back.
  @Test func anOpenedLineLeavesAnIsland() throws {
    let feeder = feeder()
    let before = try feeder.solve()
    var network = before.network
    let line = try #require(network.grid.branch(named: "line-1"))
    _ = try network.setLine(line, to: .open)
    let criterion = ConvergenceCriterion(tolerance: .perUnit(1e-12), iterationLimit: 200)
    let dark = feeder.solve(try FlowSolver(network), criterion)
    #expect(dark.isConverged)
    #expect(network.topology.islands.count == 1 && network.topology.islands[0].count == 3)
    for bus in ["1", "2", "3"] { #expect(dark.voltage(bus, .a) == .zero) }
    #expect(dark.voltage("0", .a).length > 200)
    #expect(dark.flows.power(outOf: Index(0), in: dark.state) == .zero)
    _ = try network.setLine(line, to: .closed)
    let after = feeder.solve(try FlowSolver(network), criterion)
    #expect(after.distance(to: before).perUnit == 0)
  }

  /// A transformer whose high side is not supplied supplies nothing.
  @Test func aTransformerOnADeadConductorIsDead() throws {
    var feeder = feeder()
    feeder.grid.buses.append(TestFeeder.bus("low"))
    feeder.grid.transformers = [
      Transformer(
        id: "T",
        windings: ["3", "low"].map {
          Winding(
            bus: $0, coils: [ConductorPair(.c, nil)], coilVoltage: .volts(TestFeeder.phaseVolts),
            resistance: .perUnit(0.01))
        }, ratedPower: .voltAmperes(1e4), shortCircuitReactance: [.perUnit(0.04)])
    ]
    feeder.loads.append(("low", 2, Phasor(1_000, 0)))
    let solved = try feeder.solve()
    try #require(solved.isConverged)
    #expect(solved.voltage("low", .c) == .zero && solved.voltage("3", .c) == .zero)
    #expect(solved.network.parameters.isDead[solved.terminal("low", .c)])
  }

  /// A neutral that only an electrode joins to earth is no dead conductor: it carries current.
  @Test func aNeutralWithoutASourceIsAliveThroughItsElectrode() throws {
    var feeder = TestFeeder(
      positive: Phasor(1, 0),
      sourceImpedance: SequenceImpedance(
        positive: Phasor(0.01, 0.02), zero: Phasor(0.03, 0.05)))
    feeder.grid.lineCodes.append(RandomFeeder.fourWires)
    feeder.grid.buses.append(TestFeeder.bus("1"))
    feeder.grid.lines.append(
      Line(
        id: "line", fromBus: "0", toBus: "1", conductors: [.a, .b, .c, .n], lineCode: "four",
        length: .metres(2)))
    feeder.earth(.n, of: "0", by: Phasor(1, 0))
    feeder.addLoad("a-n", at: "1", Phasor(3_000, 500))
    let solved = try feeder.solve()
    try #require(solved.isConverged)
    #expect(solved.voltage("1", .n).length > 1)
    #expect(!solved.network.parameters.isDead[solved.terminal("1", .n)])
    let distance = try solved.distance(to: feeder.solveByNodes())
    #expect(distance.perUnit < 1e-9, "at \(distance.place)")
  }
}
