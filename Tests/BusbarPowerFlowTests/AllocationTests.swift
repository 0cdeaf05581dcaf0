import BusbarGrid
import BusbarPowerFlow
import BusbarTestSupport
import BusbarUnits
import CAllocationCount
import Testing

/// The hot path allocates nothing after warm-up (design.md, section 10).
struct AllocationTests {
  static let solveCount = 100

  @Test func aWarmPowerFlowWithChangingDemandAllocatesNothing() throws {
    var feeder = try Feeder()
    // The first solve may make what is made once.
    let isWarm = feeder.solve(times: 1)
    try #require(isWarm)
    let before = busbar_allocation_count()
    let converged = feeder.solve(times: Self.solveCount)
    let allocations = busbar_allocation_count() - before
    #expect(converged)
    #expect(allocations == 0, "\(Self.solveCount) solves made \(allocations) allocations.")
  }

  @Test func aPowerFlowFromTheUnloadedNetworkAllocatesNothing() throws {
    var feeder = try Feeder()
    let isWarm = feeder.solve(times: 1, from: .unloaded)
    try #require(isWarm)
    let before = busbar_allocation_count()
    let converged = feeder.solve(times: Self.solveCount, from: .unloaded)
    let allocations = busbar_allocation_count() - before
    #expect(converged)
    #expect(allocations == 0, "\(Self.solveCount) solves made \(allocations) allocations.")
  }

  /// Loads of any law between any conductors, and loops that are closed by compensation.
  @Test(arguments: [1, 6])
  func aWarmPowerFlowWithLoadLawsAndLoopsAllocatesNothing(seed: Int) throws {
    let feeder = RandomFeeder(UInt64(seed)).feeder.carryingImpedances
    let solved = try feeder.solve()
    try #require(solved.isConverged && !solved.network.topology.breakpoints.isEmpty)
    var (state, demand) = (solved.state, solved.demand)
    let criterion = ConvergenceCriterion()
    // What is made once is made here: the demand and both halves of the state get their own room.
    for _ in 0..<2 {
      demand.activePower[0] *= 1.01
      demand.reactivePower[0] *= 1.01
      _ = solved.solver.solve(demand, updating: &state, until: criterion)
    }
    let before = busbar_allocation_count()
    var converged = 0
    for step in 0..<Self.solveCount {
      demand.activePower[0] += step.isMultiple(of: 2) ? 50 : -50
      let start = step.isMultiple(of: 3) ? FlowStart.unloaded : .previous
      if case .converged = solved.solver.solve(
        demand, from: start, updating: &state, until: criterion)
      {
        converged += 1
      }
    }
    let allocations = busbar_allocation_count() - before
    #expect(converged == Self.solveCount)
    #expect(allocations == 0, "\(Self.solveCount) solves made \(allocations) allocations.")
  }

  /// Positive control: the counter sees what Swift allocates on this thread.
  @Test func theCounterSeesEachArrayThatIsMade() {
    var arrays: [[Int]] = []
    arrays.reserveCapacity(Self.solveCount)
    let before = busbar_allocation_count()
    for size in 1...Self.solveCount { arrays.append(Array(repeating: 0, count: size)) }
    let allocations = busbar_allocation_count() - before
    #expect(arrays.count == Self.solveCount)
    #expect(allocations == Self.solveCount)
  }

  /// Positive control on the solver itself: to make a state takes room.
  @Test func theCounterSeesTheRoomOfAState() throws {
    let feeder = try Feeder()
    let before = busbar_allocation_count()
    let state = feeder.solver.makeState(for: feeder.demand)
    #expect(busbar_allocation_count() > before)
    #expect(state.voltage(at: 0).length > 0)
  }

  /// A source, a transformer, and a feeder of ten buses with a load at each phase of each.
  private struct Feeder {
    let solver: FlowSolver
    var demand: Demand
    private var state: FlowState
    private var step = 0

    init() throws {
      let busCount = 10
      let code = LineCode(
        id: "cable", positiveSequence: Phasor(0.446e-3, 0.071e-3),
        zeroSequence: Phasor(1.505e-3, 0.083e-3), positiveCapacitance: 1e-10,
        zeroCapacitance: 1e-10, frequency: .hertz(50))
      let buses = (1...busCount).map { Bus(id: "\($0)", nominalVoltage: .volts(400)) }
      let lines = (1..<busCount).map {
        Line(
          id: "L\($0)", fromBus: "\($0)", toBus: "\($0 + 1)", lineCode: code.id,
          length: .metres(30))
      }
      let transformer = Transformer(
        id: "T", fromBus: "head", toBus: "1", vectorGroup: .dyn11,
        ratedPower: .voltAmperes(250_000), fromVoltage: .volts(11_000), toVoltage: .volts(400),
        resistance: .perUnit(0.01), reactance: .perUnit(0.04))
      let source = Source(
        id: "S", bus: "head", voltage: .volts(11_000),
        impedance: SequenceImpedance(positive: Phasor(0.5, 2), zero: Phasor(0.5, 2)))
      let network = try Network(
        compiling: Grid(
          frequency: .hertz(50), buses: buses + [Bus(id: "head", nominalVoltage: .volts(11_000))],
          lineCodes: [code], lines: lines, transformers: [transformer], sources: [source]))
      solver = try FlowSolver(network)
      let terminals = network.grid.buses.indices.filter { network.grid.buses[$0].id != "head" }
        .flatMap { bus in ConductorSet.abc.members.compactMap { network.terminal(at: bus, $0) } }
      demand = Demand(at: terminals)
      state = solver.makeState(for: demand)
    }

    /// Solves again and again with another demand each time; whether all flows converged.
    mutating func solve(times: Int, from start: FlowStart = .previous) -> Bool {
      var allConverged = true
      for _ in 0..<times {
        step += 1
        for entry in 0..<demand.count {
          demand.activePower[entry] = 500 + Double((step * 37 + entry * 11) % 100) * 5
          demand.reactivePower[entry] = Double((step * 17 + entry * 7) % 100)
        }
        let outcome = solver.solve(demand, from: start, updating: &state)
        if case .diverged = outcome { allConverged = false }
      }
      return allConverged
    }
  }
}
