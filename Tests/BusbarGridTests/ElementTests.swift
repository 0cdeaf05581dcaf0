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
    _ group: VectorGroup, tap: TapChanger? = nil
  ) throws -> (network: Network, voltage: (String, Int) -> Phasor) {
    var feeder = TestFeeder(positive: Phasor(0.5, 0))
    feeder.grid.buses.append(Bus(id: "low", nominalVoltage: .volts(100)))
    feeder.grid.transformers = [
      Transformer(
        id: "T", fromBus: "0", toBus: "low", vectorGroup: group, ratedPower: .voltAmperes(1e5),
        fromVoltage: .volts(400), toVoltage: .volts(100), resistance: .perUnit(0.01),
        reactance: .perUnit(0.05), tapChanger: tap)
    ]
    let solved = try feeder.solve()
    return (solved.network, { solved.voltage($0, $1) })
  }

  /// IEC 60076-1: the clock number times 30° is the lag of the low voltage.
  @Test(
    arguments: zip(
      VectorGroup.allCases, [1, 5, 7, 11, 0, 6]))
  func theLowVoltageLagsByTheClockNumber(group: VectorGroup, clock: Int) throws {
    let (_, voltage) = try unloaded(group)
    for phase in 0..<3 {
      let high = voltage("0", phase)
      let low = voltage("low", phase)
      let expected = Phasor(magnitude: 0.25, degrees: -30 * Double(clock))
      // 1e-12: rounding of a few products.
      #expect((low / high - expected).length < 1e-12)
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
    #expect(try network.moveTap(of: branch, to: 5) == .parameters)
    #expect(network.positions.tapPosition(of: branch) == 1)
    #expect(try network.moveTap(of: branch, to: 1) == [])
  }

  @Test func aTransformerFedFromItsToSideIsRefused() {
    var feeder = TestFeeder(positive: Phasor(0.5, 0))
    feeder.grid.buses.append(TestFeeder.bus("1"))
    feeder.grid.transformers = [
      Transformer(
        id: "T", fromBus: "1", toBus: "0", vectorGroup: .ynyn0, ratedPower: .voltAmperes(1e5),
        fromVoltage: .volts(400), toVoltage: .volts(400), resistance: .perUnit(0.01),
        reactance: .perUnit(0.05))
    ]
    #expect(throws: GridFaults.self) { try Network(compiling: feeder.grid) }
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

  @Test func parentsStandBeforeTheirChildrenAndSiblingsTogether() throws {
    let topology = try network(shuffled: nil).topology
    for node in topology.sourceCount..<topology.nodeCount {
      let parent = topology.parents[Index(node)]
      #expect(parent.position < node)
      #expect(topology.children[parent].contains(node))
    }
    let children = topology.children.values.reduce(0) { $0 + $1.count }
    #expect(children == topology.nodeCount - topology.sourceCount)
  }

  /// Determinism contract, clause 3: shuffling a file changes no result.
  @Test(arguments: [1, 2, 3])
  func shufflingTheRowsChangesNothing(seed: UInt64) throws {
    let plain = try network(shuffled: nil)
    let shuffled = try network(shuffled: seed)
    #expect(plain.grid.buses.values == shuffled.grid.buses.values)
    #expect(plain.topology.parents == shuffled.topology.parents)
    #expect(plain.parameters.seriesImpedance == shuffled.parameters.seriesImpedance)
  }
}
