import BusbarGrid
import BusbarPowerFlow
import BusbarTestSupport
import BusbarUnits
import ComplexModule
import Testing

/// What holds for every solution, over feeders with all that the network model has.
struct RandomFeederTests {
  static let seeds = 1...12

  private func solved(_ seed: Int) throws -> SolvedFeeder {
    let solved = try RandomFeeder(UInt64(seed)).feeder.solve()
    try #require(solved.isConverged, "seed \(seed): \(solved.outcome)")
    try #require(solved.solver.method == .sweep)
    return solved
  }

  /// 1e-9 pu: both iterate to 1e-12, and the loops' conductances lose a few digits.
  @Test(arguments: seeds)
  func theSweepAgreesWithTheNodalSolution(seed: Int) throws {
    let swept = try solved(seed)
    let nodal = try RandomFeeder(UInt64(seed)).feeder.solveByNodes()
    try #require(nodal.isConverged)
    let distance = swept.distance(to: nodal)
    #expect(distance.perUnit < 1e-9, "at \(distance.place)")
  }

  /// Tens of amperes as differences of voltages times tens of siemens, in doubles.
  @Test(arguments: seeds)
  func currentsBalanceAtEachTerminal(seed: Int) throws {
    let worst = try solved(seed).largestImbalance
    #expect(worst.amperes < 1e-8, "at \(worst.place)")
  }

  @Test(arguments: seeds)
  func powersBalanceOverTheNetwork(seed: Int) throws {
    let imbalance = try solved(seed).relativePowerImbalance
    // Rounding of sums of some 1e-12 relative to the throughput.
    #expect(imbalance < 1e-11)
  }

  /// The nodal solution is read by other formulas than the sweep's.
  @Test(arguments: [1, 2, 3])
  func theNodalSolutionBalancesToo(seed: Int) throws {
    let nodal = try RandomFeeder(UInt64(seed)).feeder.solveByNodes()
    let worst = nodal.largestImbalance
    #expect(worst.amperes < 1e-8, "at \(worst.place)")
    #expect(nodal.relativePowerImbalance < 1e-11)
  }

  /// Lines opened at random leave islands and dead conductors, of which the nodal solution has no
  /// notion but the same zeros.
  @Test(arguments: seeds)
  func theSweepAgreesWithTheNodalSolutionWhereLinesAreOpen(seed: Int) throws {
    var feeder = RandomFeeder(UInt64(seed)).feeder
    var numbers = SeededNumbers(seed: UInt64(seed))
    for _ in 0..<3 {
      let place = Int.random(in: 0..<23, using: &numbers)
      feeder.grid.lines[place].isClosed = false
    }
    let swept = try feeder.solve(iterationLimit: 500)
    let nodal = try feeder.solveByNodes()
    #expect(swept.isConverged == nodal.isConverged)
    guard swept.isConverged else { return }
    let distance = swept.distance(to: nodal)
    #expect(distance.perUnit < 1e-9, "at \(distance.place)")
    // A neutral that an opened line has cut off from earth may lie at hundreds of volts.
    let worst = swept.largestImbalance
    #expect(worst.amperes < 1e-7, "at \(worst.place)")
    for terminal in 0..<swept.network.topology.terminalCount
    where swept.network.parameters.isDead[terminal] {
      #expect(swept.state.voltage(at: terminal) == .zero)
    }
  }

  /// Rotating all phases rotates the solution by −120°.
  @Test(arguments: seeds)
  func rotatingThePhasesRotatesTheSolution(seed: Int) throws {
    let plain = RandomFeeder(UInt64(seed)).feeder
    let (one, other) = (try plain.solve(), try plain.rotated.solve())
    let turn = Phasor(magnitude: 1, degrees: -120)
    for bus in one.network.grid.buses.values {
      let index = try #require(one.network.grid.bus(named: bus.id))
      for conductor in one.network.conductors(at: index).members {
        // The split side hangs at one phase, which turns; all voltages there turn with it.
        let expected = one.voltage(bus.id, conductor) * turn
        let next = Optional(conductor).rotated ?? conductor
        let found = other.voltage(bus.id, next)
        // 1e-9 of 230 V.
        #expect((found - expected).length < 2.3e-7, "\(bus.id).\(conductor.name)")
      }
    }
  }

  /// Determinism contract, clause 3: shuffling a file changes no bit.
  @Test(arguments: seeds)
  func shufflingTheElementsChangesNoBit(seed: Int) throws {
    let plain = RandomFeeder(UInt64(seed)).feeder
    var shuffled = plain
    var numbers = SeededNumbers(seed: UInt64(seed))
    shuffled.grid.buses.shuffle(using: &numbers)
    shuffled.grid.lineCodes.shuffle(using: &numbers)
    shuffled.grid.lines.shuffle(using: &numbers)
    shuffled.grid.transformers.shuffle(using: &numbers)
    shuffled.grid.shunts.shuffle(using: &numbers)
    let (one, other) = (try plain.solve(), try shuffled.solve())
    #expect(one.outcome == other.outcome)
    for terminal in 0..<one.network.topology.terminalCount {
      #expect(one.state.voltage(at: terminal) == other.state.voltage(at: terminal))
    }
  }

  /// From and to of a line are names, not directions.
  @Test(arguments: seeds)
  func turningLinesRoundChangesNoVoltage(seed: Int) throws {
    let plain = RandomFeeder(UInt64(seed)).feeder
    var turned = plain
    for place in turned.grid.lines.indices where place.isMultiple(of: 2) {
      let line = turned.grid.lines[place]
      (turned.grid.lines[place].from, turned.grid.lines[place].to) = (line.to, line.from)
    }
    #expect(try plain.solve().distance(to: turned.solve()).perUnit < 1e-10)
  }

  /// A closed switch without any impedance in a line changes nothing, in a loop or not.
  @Test(arguments: seeds)
  func aClosedSwitchInALineChangesNoVoltage(seed: Int) throws {
    let random = RandomFeeder(UInt64(seed))
    let plain = random.feeder
    for place in random.radialLines.prefix(6) {
      let switched = plain.withSwitch(behindLine: place)
      let distance = try plain.solve().distance(to: switched.solve())
      #expect(distance.perUnit < 1e-9, "line \(place), at \(distance.place)")
    }
  }

  /// Two parts of a line are the whole, when the charging stays where it was.
  @Test(arguments: seeds)
  func splittingALineChangesNoVoltage(seed: Int) throws {
    var plain = RandomFeeder(UInt64(seed)).feeder
    for place in plain.grid.lineCodes.indices {
      plain.grid.lineCodes[place].shuntAdmittance =
        ComplexMatrix(zero: plain.grid.lineCodes[place].order)
    }
    var split = plain
    for place in RandomFeeder(UInt64(seed)).radialLines.prefix(4) {
      var first = split.grid.lines[place]
      var second = first
      let id = "middle-\(place)"
      split.grid.buses.append(TestFeeder.bus(id))
      first.to.bus = id
      first.length = plain.grid.lines[place].length * 0.3
      second.id = "second-\(place)"
      second.from.bus = id
      second.length = plain.grid.lines[place].length * 0.7
      split.grid.lines[place] = first
      split.grid.lines.append(second)
    }
    #expect(try plain.solve().distance(to: split.solve()).perUnit < 1e-9)
  }

  /// What is constant may be carried by the network or by the demand.
  @Test(arguments: seeds)
  func carryingConstantImpedancesChangesNoVoltage(seed: Int) throws {
    let plain = RandomFeeder(UInt64(seed)).feeder
    let (one, other) = (try plain.solve(), try plain.carryingImpedances.solve())
    #expect(one.distance(to: other).perUnit < 1e-9)
    for entry in 0..<one.demand.count {
      #expect((one.power(ofEntry: entry) - other.power(ofEntry: entry)).length < 1e-6)
    }
    #expect(other.largestImbalance.amperes < 1e-8)
  }
}

extension TestFeeder {
  /// The feeder with each phase in place of the one before it.
  var rotated: TestFeeder {
    var feeder = self
    for place in grid.lines.indices {
      feeder.grid.lines[place].from.conductors = grid.lines[place].from.conductors.map(\.rotated)
      feeder.grid.lines[place].to.conductors = grid.lines[place].to.conductors.map(\.rotated)
    }
    for place in grid.transformers.indices {
      for winding in grid.transformers[place].windings.indices {
        feeder.grid.transformers[place].windings[winding].coils =
          grid.transformers[place].windings[winding].coils.map {
            ConductorPair($0.plus.rotated, $0.minus.rotated)
          }
      }
    }
    for place in grid.shunts.indices {
      feeder.grid.shunts[place].connection.conductors =
        grid.shunts[place].connection.conductors.map(\.rotated)
    }
    feeder.legs = legs.map { leg in
      var leg = leg
      leg.ends = ConductorPair(leg.ends.plus.rotated, leg.ends.minus.rotated)
      return leg
    }
    feeder.loads = loads.map { ($0.bus, ($0.phase + 1) % 3, $0.power) }
    return feeder
  }

  /// The feeder with a closed switch of no impedance at the far end of a line.
  func withSwitch(behindLine place: Int) -> TestFeeder {
    var feeder = self
    let line = grid.lines[place]
    let id = "switch-\(line.id)"
    let order = line.to.conductors.count
    feeder.grid.buses.append(TestFeeder.bus(id))
    feeder.grid.lines[place].to.bus = id
    feeder.grid.lineCodes.append(
      LineCode(
        id: id, seriesImpedance: ComplexMatrix(zero: order),
        shuntAdmittance: ComplexMatrix(zero: order)))
    var near = line.to
    near.bus = id
    feeder.grid.lines.append(
      Line(id: id, from: near, to: line.to, lineCode: id, length: .metres(1)))
    return feeder
  }
}
