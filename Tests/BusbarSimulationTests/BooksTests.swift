import BusbarDevices
import BusbarEvents
import BusbarSimulation
import BusbarTestSupport
import Testing

/// Energies, readings, and what happens where there is no solution.
struct BooksTests {
  private let wave = (0..<60).map { 900 + 800 * Double($0 % 7 - 3) }
  private let other = (0..<60).map { 2_000 - 45 * Double($0) }

  /// Sources send what is delivered and lost: 1e-12 of the throughput, the rounding of sums.
  @Test func energiesBalance() throws {
    let plan = try TestRun.plan(minutes: 60, first: wave, second: other)
    var simulation = Simulation(plan)
    _ = TestRun.run(&simulation, through: plan.end)
    simulation.finish()
    let energy = simulation.energy
    #expect(abs(energy.residual) < 1e-12 * energy.sent)
    #expect(energy.largestImbalance < 1e-12 * energy.largestSent)
    #expect(energy.lost > 0)
    // 1e-10 of a voltage is about 2e-10 of a power; the loads reach 4 kVA.
    #expect(energy.largestDeviation > 0 && energy.largestDeviation < 1e-6)
    let asked = zip(wave, other).reduce(0) { $0 + ($1.0 + $1.1) * 60 }
    // Delivered differs from asked by the solver's tolerance, 1e-10 of each flow.
    #expect(abs(energy.delivered - asked) < 1e-8 * asked)
  }

  /// E-10, E-11: readings are averages of what was delivered, by direction.
  @Test func readingsAreAveragesByDirection() throws {
    let plan = try TestRun.plan(minutes: 60, first: wave, second: other)
    var simulation = Simulation(plan)
    let (_, _, readings) = TestRun.run(&simulation, through: plan.end)
    #expect(readings.map(\.time) == [.start + .minutes(30), .start + .minutes(60)])
    for (half, record) in readings.enumerated() {
      #expect(record.status == .solved)
      let minutes = (half * 30)..<(half * 30 + 30)
      let reading = try #require(record.readings[0])
      let imported = minutes.map { max(wave[$0], 0) }.reduce(0, +) / 30
      let exported = minutes.map { max(-wave[$0], 0) }.reduce(0, +) / 30
      #expect(abs(reading.importedActiveWatts - imported) < 1e-6)
      #expect(abs(reading.exportedActiveWatts - exported) < 1e-6)
      #expect(exported > 0)
      let second = try #require(record.readings[1])
      let expected = minutes.map { max(other[$0], 0) * 0.25 }.reduce(0, +) / 30
      #expect(abs(second.importedReactiveVars - expected) < 1e-6)
    }
  }

  /// The feeder carries at most E²/(4·R): 26.7 kW behind 0.5 Ω.
  ///
  /// Minutes 10 to 19 ask for more.
  private func overloaded(_ policy: DivergencePolicy) throws -> SimulationPlan {
    var watts = Array(repeating: 1_000.0, count: 60)
    for minute in 10..<20 { watts[minute] = 60_000 }
    return try TestRun.plan(
      minutes: 60, first: watts, second: Array(repeating: 500, count: 60), policy: policy)
  }

  @Test func thePolicyStopEndsTheRunAndNamesThePlace() throws {
    let plan = try overloaded(.stop)
    var simulation = Simulation(plan)
    let (_, flows, _) = TestRun.run(&simulation, through: plan.end)
    guard case .stopped(let failure) = simulation.advance(through: plan.end) else {
      Issue.record("the run went on")
      return
    }
    #expect(failure.time == .start + .minutes(10))
    #expect(["1", "2"].contains(plan.solver.network.grid.buses[failure.bus].id))
    #expect(failure.conductor.name == "a")
    #expect(flows.last?.status == .missing)
  }

  @Test func thePolicyHoldKeepsTheLastSolution() throws {
    let plan = try overloaded(.hold)
    var simulation = Simulation(plan)
    _ = TestRun.run(&simulation, through: .start + .minutes(9))
    let before = simulation.delivered
    let (_, flows, _) = TestRun.run(&simulation, through: .start + .minutes(15))
    #expect(simulation.status == .held)
    #expect(simulation.delivered == before)
    #expect(flows.map(\.status) == [.held])
    let (_, later, readings) = TestRun.run(&simulation, through: plan.end)
    #expect(later.first?.status == .solved)
    #expect(readings.map(\.status) == [.held, .solved])
    #expect(simulation.failureCount == 1)
  }

  @Test func thePolicyMissingLeavesGapsThatMetersDoNotFill() throws {
    let plan = try overloaded(.missing)
    var simulation = Simulation(plan)
    let (_, _, readings) = TestRun.run(&simulation, through: plan.end)
    #expect(readings.map(\.status) == [.missing, .solved])
    // The average over the 20 minutes that have a solution.
    let reading = try #require(readings[0].readings[0])
    #expect(abs(reading.importedActiveWatts - 1_000) < 1e-6)
    // The energies leave the ten minutes out.
    simulation.finish()
    #expect(abs(simulation.energy.delivered - 1_500 * 50 * 60) < 1)
  }

  @Test func aFirstFlowWithoutASolutionHasNothingToHold() throws {
    let plan = try TestRun.plan(
      minutes: 30, first: Array(repeating: 1e6, count: 30), second: Array(repeating: 1, count: 30),
      policy: .hold)
    var simulation = Simulation(plan)
    let (_, _, readings) = TestRun.run(&simulation, through: plan.end)
    #expect(simulation.status == .missing)
    #expect(readings.count == 1 && readings[0].readings.allSatisfy { $0 == nil })
  }

  @Test func extremesNameTheirPlaceAndInstant() throws {
    var watts = Array(repeating: 1_000.0, count: 60)
    watts[42] = 9_000
    let plan = try TestRun.plan(
      minutes: 60, first: Array(repeating: 0, count: 60), second: watts)
    var simulation = Simulation(plan)
    _ = TestRun.run(&simulation, through: plan.end)
    let lowest = try #require(simulation.extremes.lowest)
    #expect(lowest.time == .start + .minutes(42))
    #expect(plan.solver.network.grid.buses[lowest.bus].id == "2")
    #expect(lowest.conductor == .b)
  }
}
