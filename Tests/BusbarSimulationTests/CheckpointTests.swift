import BusbarEvents
import BusbarGrid
import BusbarSimulation
import BusbarTestSupport
import BusbarUnits
import Testing

/// Determinism contract, clause 6: what a checkpoint has kept goes on to the same bits.
struct CheckpointTests {
  private static func plan(minutes: Int64 = 60) throws -> SimulationPlan {
    var plan = try TestRun.plan(
      minutes: minutes, first: (0..<60).map { Double($0 * 13 % 7) * 100 },
      second: (0..<60).map { Double($0 * 5 % 11) * 50 }, metering: .minutes(5))
    let line = try #require(plan.solver.network.grid.branch(named: "line-2"))
    plan.operations = [
      LineOperation(time: .start + .minutes(21), line: line, state: .open),
      LineOperation(time: .start + .minutes(33), line: line, state: .closed),
    ]
    return plan
  }

  /// Everything that a run shows: events, power flows, readings and books.
  private struct Trace: Equatable {
    var events: [EventRecord] = []
    var flows: [FlowRecord] = []
    var readings: [String] = []
    var energy: EnergyBalance?
    var extremes: VoltageExtremes?
    var hash = ""

    mutating func run(_ simulation: inout Simulation, through limit: SimulationTime) {
      let (events, flows, readings) = TestRun.run(&simulation, through: limit)
      self.events += events
      self.flows += flows
      self.readings += readings.map { "\($0)" }
      energy = simulation.energy
      extremes = simulation.extremes
      hash = simulation.eventHash.description
    }
  }

  private static func unbroken(_ plan: SimulationPlan) -> Trace {
    var simulation = Simulation(plan)
    var trace = Trace()
    trace.run(&simulation, through: plan.end)
    simulation.finish()
    trace.energy = simulation.energy
    return trace
  }

  @Test(arguments: 1...20)
  func aRunSplitAnywhereHasTheSameTrace(seed: UInt64) throws {
    var numbers = SeededNumbers(seed: seed)
    let plan = try Self.plan()
    let instants = (0..<3).map { _ in Int64.random(in: 0..<3_600_000, using: &numbers) }.sorted()
    var simulation = Simulation(plan)
    var trace = Trace()
    for milliseconds in instants {
      trace.run(&simulation, through: SimulationTime(milliseconds: milliseconds))
      simulation = try Simulation(plan, restoring: simulation.encodedState())
    }
    trace.run(&simulation, through: plan.end)
    simulation.finish()
    trace.energy = simulation.energy
    #expect(trace == Self.unbroken(plan), "split at \(instants) ms")
  }

  /// Not only between instants: also while a power flow is due.
  @Test func aCheckpointBeforeAPowerFlowKeepsItDue() throws {
    let plan = try Self.plan()
    var simulation = Simulation(plan)
    var count = 0
    while case .powerFlow = simulation.advance(through: plan.end) {
      let events = simulation.takeEvents()
      simulation = try Simulation(plan, restoring: simulation.encodedState())
      simulation.solvePendingFlow()
      count += events.count
    }
    simulation.finish()
    let unbroken = Self.unbroken(plan)
    #expect(count > 60, "events were handed over before each checkpoint")
    #expect(simulation.eventHash.description == unbroken.hash)
    #expect(simulation.energy == unbroken.energy)
    #expect(simulation.extremes == unbroken.extremes)
  }

  @Test func aCheckpointOfAnotherScenarioIsRefusedByName() throws {
    var simulation = Simulation(try Self.plan())
    _ = TestRun.run(&simulation, through: .start + .minutes(7))
    var other = try Self.plan()
    other.operations = []
    #expect(throws: RestoreError.different(kind: "planned switching", added: [], removed: [])) {
      try Simulation(other, restoring: simulation.encodedState())
    }
  }

  @Test func damagedBytesAreRefused() throws {
    let plan = try Self.plan()
    let bytes = Simulation(plan).encodedState()
    for damaged in [[], Array(bytes.prefix(bytes.count / 2)), [1, 2, 3]] {
      #expect(throws: RestoreError.self) { try Simulation(plan, restoring: damaged) }
    }
  }

  /// A branch without a changed value is the run itself, but for the flow in which it would act.
  @Test func aBranchTakesChangedValuesUpAtOnce() throws {
    let plan = try Self.plan()
    var simulation = Simulation(plan)
    _ = TestRun.run(&simulation, through: .start + .minutes(10) + .seconds(30))
    let changed = try TestRun.plan(
      minutes: 60, first: Array(repeating: 700, count: 60), second: Array(repeating: 0, count: 60),
      metering: .minutes(5))
    var target = changed
    target.operations = plan.operations
    var branch = try Simulation(target, restoring: simulation.encodedState(), as: .branch)
    let events = TestRun.run(&branch, through: .start + .minutes(10) + .seconds(30)).events
    #expect(events.map(\.event) == [.powerFlow])
    #expect(branch.delivered.map { $0.activeWatts.rounded() } == [700, 0])
    let (later, _, readings) = TestRun.run(&branch, through: plan.end)
    #expect(later.map(\.key.time).min() ?? .start > .start + .minutes(10))
    #expect(readings.count == 10)
  }

  @Test func aForkHasNoRecordsAndLeavesTheOriginalAlone() throws {
    let plan = try Self.plan()
    var simulation = Simulation(plan)
    while case .powerFlow = simulation.advance(through: .start + .minutes(20)) {
      simulation.solvePendingFlow()
    }
    var fork = simulation.fork()
    #expect(fork.waitingRecordCount == 0)
    #expect(simulation.waitingRecordCount > 0)
    _ = TestRun.run(&fork, through: plan.end)
    #expect(simulation.now == .start + .minutes(20))
    _ = TestRun.run(&simulation, through: plan.end)
    #expect(fork.eventHash == simulation.eventHash)
  }
}

/// What happens to devices when lines are opened and closed during a run.
struct SwitchingTests {
  @Test func aDeadCustomerDrawsNothingAndComesBack() throws {
    var plan = try TestRun.plan(
      minutes: 30, first: Array(repeating: 100, count: 30),
      second: Array(repeating: 200, count: 30),
      metering: .minutes(10))
    let line = try #require(plan.solver.network.grid.branch(named: "line-2"))
    plan.operations = [
      LineOperation(time: .start + .minutes(10), line: line, state: .open),
      LineOperation(time: .start + .minutes(20), line: line, state: .closed),
    ]
    let bus = try #require(plan.solver.network.grid.bus(named: "2"))
    var simulation = Simulation(plan)
    var volts: [Double] = []
    var watts: [Double] = []
    for minute: Int64 in [5, 15, 25] {
      _ = TestRun.run(&simulation, through: .start + .minutes(minute))
      volts.append(try #require(simulation.voltage(at: bus, .b)).length)
      watts.append(simulation.delivered[1].activeWatts)
    }
    #expect(volts[0] > 200 && volts[1] == 0 && volts[2] == volts[0])
    #expect(abs(watts[0] - 200) < 1e-6 && watts[1] == 0 && abs(watts[2] - 200) < 1e-6)
    #expect(simulation.extremes.lowest?.perUnit ?? 0 > 0.9, "a dead bus is no low voltage")
  }

  /// The chain of causes leads from a power flow to the operation behind it.
  @Test func aPowerFlowNamesTheOperationAsItsCause() throws {
    var plan = try TestRun.plan(
      minutes: 5, first: [100, 100, 100, 100, 100], second: [1, 1, 1, 1, 1])
    let line = try #require(plan.solver.network.grid.branch(named: "line-2"))
    plan.operations = [LineOperation(time: .start + .seconds(90), line: line, state: .open)]
    var simulation = Simulation(plan)
    let events = TestRun.run(&simulation, through: plan.end).events
    #expect(events.map(\.number) == Array(events.indices))
    let operation = try #require(events.first { $0.event == .lineOperation(operation: 0) })
    #expect(operation.cause == EventRecord.noCause)
    let flow = try #require(events.first { $0.event == .powerFlow && $0.cause == operation.number })
    #expect(flow.key.time == .start + .seconds(90))
  }
}

/// What runs before recording starts leaves its state, and nothing in the books.
struct WarmUpTests {
  @Test func theBooksBeginAtTheRecordingsStart() throws {
    let watts = (0..<60).map { Double($0 % 7) * 100 }
    let whole = try TestRun.plan(minutes: 60, first: watts, second: watts, metering: .minutes(10))
    var warm = try TestRun.plan(minutes: 40, first: watts, second: watts, metering: .minutes(10))
    warm.warmUp = .minutes(20)
    #expect(warm.end == whole.end)
    var reference = Simulation(whole)
    _ = TestRun.run(&reference, through: .start + .minutes(20))
    let before = reference.energy
    let late = TestRun.run(&reference, through: whole.end)
    reference.finish()
    var simulation = Simulation(warm)
    let early = TestRun.run(&simulation, through: .start + .minutes(19))
    #expect(early.events.isEmpty && early.flows.isEmpty && early.readings.isEmpty)
    let recorded = TestRun.run(&simulation, through: warm.end)
    simulation.finish()
    #expect(recorded.readings.map(\.time) == [30, 40, 50, 60].map { .start + .minutes($0) })
    #expect(recorded.events.last == late.events.last)
    #expect(simulation.eventHash == reference.eventHash)
    // Sums of other terms agree to rounding: some 1e6 J in doubles.
    #expect(abs(simulation.energy.sent - (reference.energy.sent - before.sent)) < 1e-6)
    #expect(simulation.extremes.lowest?.time ?? .start >= .start + .minutes(20))
  }
}

/// The end of a run is an instant of observation only, whatever else is due then.
struct EndOfRunTests {
  /// The loads change at the very instant at which the last interval of the meters ends.
  @Test func theLastReadingIsTakenBesideAChangeThatNoLongerHappens() throws {
    let watts = (0..<120).map { Double($0 % 5) * 100 }
    let long = try TestRun.plan(minutes: 120, first: watts, second: watts, metering: .minutes(10))
    let short = try TestRun.plan(minutes: 60, first: watts, second: watts, metering: .minutes(10))
    var simulation = Simulation(short)
    let (events, _, readings) = TestRun.run(&simulation, through: short.end)
    #expect(readings.count == 6)
    #expect(events.last?.event == .meterReading)
    // A state from just before the end goes on in a longer run, exactly.
    var warm = Simulation(short)
    _ = TestRun.run(&warm, through: SimulationTime(milliseconds: short.end.milliseconds - 1))
    var longer = try Simulation(long, restoring: warm.encodedState())
    _ = TestRun.run(&longer, through: long.end)
    var whole = Simulation(long)
    _ = TestRun.run(&whole, through: long.end)
    #expect(longer.eventHash == whole.eventHash)
    #expect(longer.energy == whole.energy)
  }
}
