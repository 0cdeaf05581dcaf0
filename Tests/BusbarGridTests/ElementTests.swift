import BusbarGrid
import BusbarTestSupport
import BusbarUnits
import ComplexModule
import Testing

struct SourceImpedanceTests {
  /// The faults that define the impedance flow again: V/√3 over |Z1|, and √3 V over |2 Z1 + Z0|.
  @Test(arguments: [(3_000.0, 5.0), (20_000, 25_000), (1_000, 1_000)])
  func faultCurrentsComeBack(three: Double, single: Double) throws {
    let volts = 11_000.0
    let impedance = try #require(
      SequenceImpedance(
        nominalVoltage: .volts(volts), threePhaseFault: .amperes(three),
        singlePhaseFault: .amperes(single), positiveXOverR: 4, zeroXOverR: 3))
    let loop = impedance.positive * 2 + impedance.zero
    // 1e-9 A of thousands: rounding of a square root and a division.
    #expect(abs(volts / 3.0.squareRoot() / impedance.positive.length - three) < 1e-9)
    #expect(abs(3.0.squareRoot() * volts / loop.length - single) < 1e-8)
    #expect(abs(impedance.positive.imaginary / impedance.positive.real - 4) < 1e-12)
    #expect(abs(impedance.zero.imaginary / impedance.zero.real - 3) < 1e-12)
  }

  @Test func aSinglePhaseFaultThatIsTooStrongHasNoImpedance() {
    #expect(
      SequenceImpedance(
        nominalVoltage: .volts(11_000), threePhaseFault: .amperes(1_000),
        singlePhaseFault: .amperes(1_600), positiveXOverR: 4, zeroXOverR: 4) == nil)
  }
}

struct TransformerTests {
  /// A feeder with a transformer and nothing behind it.
  private func unloaded(
    _ group: VectorGroup, antifloat: Double = 0, tap: TapChanger? = nil
  ) throws -> (network: Network, voltage: (String, Int) -> Phasor) {
    var feeder = TestFeeder(positive: Phasor(0.5, 0))
    feeder.grid.buses.append(Bus(id: "low", nominalVoltage: .volts(100)))
    feeder.grid.transformers = [
      Transformer(
        id: "T", fromBus: "0", toBus: "low", vectorGroup: group, ratedPower: .voltAmperes(1e5),
        fromVoltage: .volts(400), toVoltage: .volts(100), resistance: .perUnit(0.01),
        reactance: .perUnit(0.05), antifloatPPM: antifloat, tapChanger: tap)
    ]
    let solved = try feeder.solve()
    return (solved.network, { solved.voltage($0, $1) })
  }

  /// IEC 60076-1: the clock number times 30° is the lag of the low voltage.
  @Test(
    arguments: zip(
      VectorGroup.allCases, [1, 5, 7, 11, 0, 6, 1, 5, 7, 11, 0, 6]))
  func theLowVoltageLagsByTheClockNumber(group: VectorGroup, clock: Int) throws {
    // A delta without a load has no reference but the antifloat admittance. It is so small that
    // doubles hold the common mode of the delta to about 1e-16 / 1e-4.
    let floats = group.rawValue.hasPrefix("YNd") || group.rawValue.hasPrefix("Dd")
    let (_, voltage) = try unloaded(group, antifloat: floats ? 100 : 0)
    for phase in 0..<3 {
      let high = voltage("0", phase)
      let low = voltage("low", phase)
      let expected = Phasor(magnitude: 0.25, degrees: -30 * Double(clock))
      // 1e-12: rounding of a few products. The antifloat susceptance draws 1e-4 / 2 through the
      // leakage of 0.05, hence 5e-6 of the voltage.
      #expect((low / high - expected).length < (floats ? 1e-6 : 1e-12))
    }
  }

  @Test(arguments: [-4, 0, 3])
  func aTapChangesTheTurnsOfTheFromWinding(position: Int) throws {
    let changer = TapChanger(range: -4...4, step: .perUnit(0.025), initialPosition: position)
    let (_, voltage) = try unloaded(.ynyn0, tap: changer)
    let expected = 0.25 / (1 + 0.025 * Double(position))
    #expect(abs(voltage("low", 0).length / voltage("0", 0).length - expected) < 1e-12)
  }

  @Test func movingATapSaysWhatItInvalidatesAndStopsAtTheEnd() throws {
    let changer = TapChanger(range: -1...1, step: .perUnit(0.025), initialPosition: 0)
    var (network, _) = try unloaded(.dyn11, tap: changer)
    let branch = try #require(
      network.grid.branches.indices.first { network.grid.branches[$0].id == "T" })
    #expect(try network.moveTap(ofTransformer: branch, winding: 0, to: 5) == .parameters)
    #expect(network.positions.tapPosition(of: branch, winding: 0) == 1)
    #expect(try network.moveTap(ofTransformer: branch, winding: 0, to: 1) == [])
  }

  /// The same transformer turned round: the ratio and the lag are those of the other direction.
  @Test func aTransformerCanBeFedFromItsToSide() throws {
    var feeder = TestFeeder(positive: Phasor(0.5, 0))
    feeder.grid.buses.append(Bus(id: "high", nominalVoltage: .volts(11_000)))
    feeder.grid.transformers = [
      Transformer(
        id: "T", fromBus: "high", toBus: "0", vectorGroup: .ynyn6, ratedPower: .voltAmperes(1e5),
        fromVoltage: .volts(11_000), toVoltage: .volts(400), resistance: .perUnit(0.01),
        reactance: .perUnit(0.05))
    ]
    let solved = try feeder.solve()
    for phase in 0..<3 {
      let ratio = solved.voltage("high", phase) / solved.voltage("0", phase)
      #expect((ratio + Phasor(27.5, 0)).length < 1e-12 * 27.5)
    }
  }
}

struct TopologyTests {
  private func network(shuffled seed: UInt64?) throws -> Network {
    var feeder = TestFeeder(positive: Phasor(0.5, 0))
    for bus in 1...30 { feeder.extend(to: "\(bus)", from: "\((bus - 1) / 2)") }
    if let seed {
      var numbers = SeededNumbers(seed: seed)
      feeder.grid.buses.shuffle(using: &numbers)
      feeder.grid.lines.shuffle(using: &numbers)
    }
    return try Network(compiling: feeder.grid)
  }

  @Test func parentsStandBeforeTheirChildrenAndTerminalsFollowTheNodes() throws {
    let topology = try network(shuffled: nil).topology
    for node in topology.sourceCount..<topology.nodeCount {
      #expect(topology.parents[Index(node)].position < node)
      #expect(
        topology.terminals[Index(node)].lowerBound
          == topology.terminals[Index(node - 1)].upperBound)
    }
    #expect(topology.terminals[Index(topology.nodeCount - 1)].upperBound == topology.terminalCount)
    #expect(topology.breakpoints.isEmpty && topology.islands.isEmpty)
    #expect(topology.liveCount == topology.nodeCount)
  }

  /// Each branch feeds the node of that one of its buses which lies farther from the source.
  @Test func eachBranchFeedsOneNode() throws {
    let network = try network(shuffled: nil)
    let topology = network.topology
    for branch in network.grid.branches.indices {
      let node = try #require(topology.nodeOfBranch[branch])
      #expect(topology.feeds[node] == .branches([branch]))
      let nodes = Set(network.grid.branches[branch].buses.map { topology.nodeOfBus[$0] })
      #expect(nodes == [node, topology.parents[node]])
    }
  }

  /// Determinism contract, clause 3: shuffling a file changes no result.
  @Test(arguments: [1, 2, 3])
  func shufflingTheRowsChangesNothing(seed: UInt64) throws {
    let plain = try network(shuffled: nil)
    let shuffled = try network(shuffled: seed)
    #expect(plain.grid.buses.values == shuffled.grid.buses.values)
    #expect(plain.topology.parents == shuffled.topology.parents)
    #expect(plain.parameters.steps == shuffled.parameters.steps)
    #expect(plain.parameters.drops == shuffled.parameters.drops)
    #expect(plain.parameters.transfers == shuffled.parameters.transfers)
  }
}
