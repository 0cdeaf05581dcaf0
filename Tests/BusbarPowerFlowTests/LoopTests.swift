import BusbarGrid
import BusbarPowerFlow
import BusbarTestSupport
import BusbarUnits
import ComplexModule
import Testing

/// Networks with loops, and with more than one source.
struct LoopTests {
  private static let sourceImpedance = SequenceImpedance(
    positive: Phasor(0.01, 0.02), zero: Phasor(0.03, 0.05))

  private func trunk(_ count: Int) -> TestFeeder {
    var feeder = TestFeeder(
      positive: Phasor(0.05, 0.02), zero: Phasor(0.15, 0.08), capacitance: 1e-6,
      sourceImpedance: Self.sourceImpedance)
    for bus in 1...count { feeder.extend(to: "\(bus)", from: "\(bus - 1)", metres: 0.7) }
    return feeder
  }

  private func tie(
    _ id: String, _ from: String, _ to: String, _ conductors: ConductorSet = .abc,
    isClosed: Bool = true
  ) -> Line {
    Line(
      id: id, fromBus: from, toBus: to, conductors: conductors, lineCode: "code",
      length: .metres(0.9), isClosed: isClosed)
  }

  /// Ten buses in a ring with unequal loads.
  private func ring() -> TestFeeder {
    var feeder = trunk(9)
    feeder.grid.lines.append(tie("tie", "9", "0"))
    for bus in 1...9 {
      feeder.loads.append(("\(bus)", bus % 3, Phasor(Double(bus) * 300, 200)))
    }
    return feeder
  }

  @Test func aRingAgreesWithTheNodalSolution() throws {
    let (swept, nodal) = (try ring().solve(), try ring().solveByNodes())
    #expect(swept.isConverged && nodal.isConverged)
    #expect(swept.solver.method == .sweep && swept.network.topology.breakpoints.count == 3)
    let distance = swept.distance(to: nodal)
    #expect(distance.perUnit < 1e-9, "at \(distance.place)")
    #expect(swept.largestImbalance.amperes < 1e-8)
    #expect(swept.relativePowerImbalance < 1e-11)
  }

  /// Two equal ways to a load carry half of its current each.
  @Test func twoEqualWaysShareTheCurrent() throws {
    var feeder = TestFeeder(positive: Phasor(0.3, 0.1))
    for way in ["left", "right"] { feeder.extend(to: way, from: "0") }
    feeder.extend(to: "end", from: "left")
    feeder.grid.lines.append(
      Line(
        id: "line-back", fromBus: "right", toBus: "end", lineCode: "code", length: .metres(1)))
    feeder.loads = [("end", 0, Phasor(4_000, 1_000))]
    let solved = try feeder.solve()
    let half = solved.state.current(ofEntry: 0).multiplied(by: 0.5)
    for way in ["left", "right"] {
      let current = solved.flows.current(
        into: solved.branch("line-\(way)"), end: 0, .a, in: solved.state)
      #expect((current - half).length < 1e-9)
    }
  }

  @Test func closingAndOpeningATieIsTheSameAsBuildingItSo() throws {
    var open = ring()
    open.grid.lines[open.grid.lines.count - 1].isClosed = false
    let (radial, meshed) = (try open.solve(), try ring().solve())
    #expect(radial.network.topology.breakpoints.isEmpty)
    let criterion = ConvergenceCriterion(tolerance: .perUnit(1e-12), iterationLimit: 200)
    var network = radial.network
    let line = try #require(network.grid.branch(named: "tie"))
    #expect(try network.setLine(line, to: .closed) == .topology)
    let closed = open.solve(try FlowSolver(network), criterion)
    #expect(closed.distance(to: meshed).perUnit == 0)
    #expect(try network.setLine(line, to: .closed) == [])
    #expect(try network.setLine(line, to: .open) == .topology)
    let opened = open.solve(try FlowSolver(network), criterion)
    #expect(opened.distance(to: radial).perUnit == 0)
    #expect(radial.distance(to: meshed).perUnit > 1e-3)
    // An open line carries nothing.
    for phase in ConductorSet.abc.members {
      #expect(opened.flows.current(into: line, end: 0, phase, in: opened.state) == .zero)
    }
  }

  /// A switch without impedance is one bus, in a tree and in a loop.
  @Test(arguments: [false, true])
  func aSwitchWithoutImpedanceJoinsItsBuses(inALoop: Bool) throws {
    var plain = ring()
    if !inALoop { plain.grid.lines.removeLast() }
    for place in [0, 4, 8] {
      let switched = try plain.withSwitch(behindLine: place).solve()
      #expect(switched.isConverged)
      #expect(try plain.solve().distance(to: switched).perUnit < 1e-10)
      let id = "switch-line-\(place + 1)"
      for phase in ConductorSet.abc.members {
        let across = switched.voltage(id, phase) - switched.voltage("\(place + 1)", phase)
        #expect(across.length < 1e-9)
      }
    }
  }

  /// A loop of switches alone has no determinate currents, and says so.
  @Test func aLoopWithoutAnyImpedanceIsAFault() throws {
    var feeder = trunk(3)
    feeder.grid.lineCodes.append(
      LineCode(
        id: "switch", seriesImpedance: ComplexMatrix(zero: 3),
        shuntAdmittance: ComplexMatrix(zero: 3)))
    feeder.grid.lines[1].lineCode = "switch"
    feeder.grid.lines[2].lineCode = "switch"
    var closing = tie("tie", "3", "1")
    closing.lineCode = "switch"
    feeder.grid.lines.append(closing)
    let network = try Network(compiling: feeder.grid)
    let fault = #expect(throws: GridFaults.self) { try FlowSolver(network) }
    let ids = Set(fault?.faults.map(\.id) ?? [])
    #expect(ids == ["line-2", "line-3", "tie"])
  }

  /// Two sources behind equal impedances share a load between them by the lines to it.
  @Test func twoSourcesShareALoad() throws {
    var feeder = TestFeeder(
      positive: Phasor(0.3, 0.1),
      sourceImpedance: SequenceImpedance(positive: Phasor(0.1, 0), zero: Phasor(0.1, 0)))
    feeder.extend(to: "1", from: "0", metres: 1)
    feeder.extend(to: "2", from: "1", metres: 2)
    feeder.grid.sources.append(
      Source(
        id: "two", bus: "2", voltage: .volts(400),
        impedance: SequenceImpedance(positive: Phasor(0.1, 0), zero: Phasor(0.1, 0))))
    feeder.loads = [("1", 0, Phasor(4_000, 500))]
    let solved = try feeder.solve()
    #expect(solved.isConverged && solved.solver.method == .sweep)
    // Currents divide by 0.1 + Z to 0.1 + 2 Z.
    let z = Phasor(0.3, 0.1)
    let ways = (near: Phasor(0.1, 0) + z, far: Phasor(0.1, 0) + z + z)
    let current = solved.state.current(ofEntry: 0)
    let share = ways.far / (ways.near + ways.far)
    let names = solved.network.grid.sources.values.map(\.id)
    let first = try #require(names.firstIndex(of: "source"))
    let near = solved.flows.current(outOf: Index(first), .a, in: solved.state)
    let far = solved.flows.current(outOf: Index(1 - first), .a, in: solved.state)
    #expect((near - current * share).length < 1e-9)
    #expect((near + far - current).length < 1e-9)
    #expect(try solved.distance(to: feeder.solveByNodes()).perUnit < 1e-9)
  }

  /// Sources of different voltage drive a current between them: ΔE over all that lies between.
  @Test func aCurrentFlowsBetweenUnequalSources() throws {
    var feeder = TestFeeder(positive: Phasor(0.3, 0.1))
    feeder.extend(to: "1", from: "0")
    feeder.grid.sources.append(
      Source(
        id: "two", bus: "1", voltage: .volts(390),
        impedance: SequenceImpedance(positive: Phasor(0.2, 0), zero: Phasor(0.2, 0))))
    let solved = try feeder.solve()
    let expected = Phasor(10 / 3.0.squareRoot(), 0) / Phasor(0.5, 0.1)
    let current = solved.flows.current(
      into: solved.branch("line-1"), end: 0, .a, in: solved.state)
    #expect((current - expected).length < 1e-9)
  }

  /// Laterals of phases a, b and c go apart and meet again at one bus, with and without a load
  /// there: the bus is fed by one of them as a tree, by all of them in truth.
  @Test(arguments: [false, true])
  func lateralsOfDifferentPhasesMeetAgain(charged: Bool) throws {
    var feeder = TestFeeder(
      positive: Phasor(0.05, 0.02), zero: Phasor(0.15, 0.08), capacitance: charged ? 1e-6 : 0,
      sourceImpedance: Self.sourceImpedance)
    for (phase, name) in zip(ConductorSet.abc.members, ["a", "b", "c"]) {
      feeder.extend(to: name, from: "0", conductors: ConductorSet(phase))
    }
    feeder.grid.buses.append(TestFeeder.bus("meeting"))
    for (phase, name) in zip(ConductorSet.abc.members, ["a", "b", "c"]) {
      feeder.grid.lines.append(tie("to-\(name)", name, "meeting", ConductorSet(phase)))
    }
    feeder.extend(to: "beyond", from: "meeting")
    for phase in 0..<3 {
      feeder.loads.append(("beyond", phase, Phasor(1_000 + 500 * Double(phase), 300)))
    }
    feeder.addLoad("a-b", at: "meeting", Phasor(2_000, 0))
    let (swept, nodal) = (try feeder.solve(), try feeder.solveByNodes())
    try #require(swept.isConverged && nodal.isConverged)
    #expect(swept.solver.method == .sweep)
    let distance = swept.distance(to: nodal)
    #expect(distance.perUnit < 1e-9, "at \(distance.place)")
    #expect(swept.largestImbalance.amperes < 1e-8)
    for phase in ConductorSet.abc.members {
      #expect(abs(swept.voltage("beyond", phase).length / TestFeeder.phaseVolts - 1) < 0.05)
    }
  }

  /// A grid of streets with five by five buses has more loops than compensation is good for.
  @Test func aMeshIsSolvedByItsNodalAdmittancesAndSaysSo() throws {
    var feeder = TestFeeder(positive: Phasor(0.05, 0.02), sourceImpedance: Self.sourceImpedance)
    let side = 7
    for row in 0..<side {
      for column in 0..<side where row + column > 0 {
        feeder.grid.buses.append(TestFeeder.bus("\(row * side + column)"))
      }
    }
    for row in 0..<side {
      for column in 0..<side {
        let bus = row * side + column
        if column + 1 < side { feeder.grid.lines.append(tie("e\(bus)", "\(bus)", "\(bus + 1)")) }
        if row + 1 < side { feeder.grid.lines.append(tie("s\(bus)", "\(bus)", "\(bus + side)")) }
        feeder.loads.append(("\(bus)", bus % 3, Phasor(500, 100)))
      }
    }
    let solved = try feeder.solve()
    // 84 lines less 48 of a tree, with three conductors each.
    #expect(solved.solver.method == .nodal(.meshed(breakpoints: 108)))
    #expect(solved.network.method == solved.solver.method)
    #expect(solved.isConverged)
    #expect(solved.largestImbalance.amperes < 1e-8)
    #expect(solved.relativePowerImbalance < 1e-11)
    for entry in 0..<solved.demand.count {
      #expect((solved.power(ofEntry: entry) - Phasor(500, 100)).length < 1e-8)
    }
  }
}
