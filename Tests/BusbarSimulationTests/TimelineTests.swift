import BusbarEvents
import BusbarSimulation
import BusbarTestSupport
import Testing

/// What happens when, as text.
struct TimelineTests {
  private func timeline(_ events: [EventRecord]) -> [String] {
    events.map { record in
      let seconds = record.key.time.milliseconds / 1_000
      return "\(seconds) s \(record.key.phase): \(record.event) -> \(record.outcome > 0)"
    }
  }

  /// A flow is solved at the start and whenever a demand has changed; meters read before the
  /// flow of their instant, and once more at the very end.
  @Test func eventsHappenInTheWrittenOrder() throws {
    let plan = try TestRun.plan(
      minutes: 4, first: [100, 100, 200, 200], second: [50, 60, 60, 60], metering: .minutes(2))
    var simulation = Simulation(plan)
    let (events, _, _) = TestRun.run(&simulation, through: plan.end)
    #expect(
      timeline(events) == [
        "0 s physics: powerFlow -> true",
        "60 s exogenous: deviceChange(fleet: 0) -> true",
        "60 s physics: powerFlow -> true",
        "120 s exogenous: deviceChange(fleet: 0) -> true",
        "120 s observation: meterReading -> true",
        "120 s physics: powerFlow -> true",
        "180 s exogenous: deviceChange(fleet: 0) -> false",
        "240 s observation: meterReading -> true",
      ])
  }

  @Test func keysOfEventsOnlyGrow() throws {
    let plan = try TestRun.plan(
      minutes: 60, first: (0..<60).map(Double.init), second: Array(repeating: 5, count: 60))
    var simulation = Simulation(plan)
    let (events, _, _) = TestRun.run(&simulation, through: plan.end)
    #expect(zip(events, events.dropFirst()).allSatisfy { $0.key < $1.key })
  }

  /// Determinism contract, clause 1.
  @Test func twoRunsHaveTheSameEvents() throws {
    let plan = try TestRun.plan(
      minutes: 60, first: (0..<60).map { Double($0 * 13 % 7) * 100 },
      second: (0..<60).map { Double($0 * 5 % 11) * 50 })
    var (one, other) = (Simulation(plan), Simulation(plan))
    _ = TestRun.run(&one, through: plan.end)
    _ = TestRun.run(&other, through: plan.end)
    #expect(one.eventHash == other.eventHash)
    #expect(one.energy == other.energy)
  }

  /// Stopping at instants in between, as a recorder does, changes nothing.
  @Test(arguments: [1_000, 60_000, 97_531])
  func lookingAtTheRunDoesNotChangeIt(milliseconds: Int64) throws {
    let plan = try TestRun.plan(
      minutes: 30, first: (0..<30).map { Double($0) * 40 },
      second: Array(repeating: 800, count: 30))
    var plain = Simulation(plan)
    _ = TestRun.run(&plain, through: plan.end)
    var watched = Simulation(plan)
    var time = SimulationTime.start
    while time < plan.end {
      _ = TestRun.run(&watched, through: time)
      time = time + Interval(milliseconds: milliseconds)
    }
    _ = TestRun.run(&watched, through: plan.end)
    #expect(watched.eventHash == plain.eventHash)
    #expect(watched.energy == plain.energy)
  }

  /// Determinism contract, clause 5: a longer run extends a shorter one.
  @Test func aLongerRunBeginsLikeAShorterOne() throws {
    let first = (0..<60).map { Double($0) * 40 }
    let second = (0..<60).map { Double(60 - $0) * 30 }
    let short = try TestRun.plan(minutes: 30, first: first, second: second)
    let long = try TestRun.plan(minutes: 60, first: first, second: second)
    var (one, other) = (Simulation(short), Simulation(long))
    let (shortEvents, _, _) = TestRun.run(&one, through: short.end)
    let (longEvents, _, _) = TestRun.run(&other, through: short.end)
    let inside = { (record: EventRecord) in record.key.time < short.end }
    #expect(shortEvents.filter(inside) == longEvents.filter(inside))
    #expect(shortEvents.count > 50)
  }

  /// A copy is an independent simulation.
  @Test func aForkGoesItsOwnWay() throws {
    let plan = try TestRun.plan(
      minutes: 60, first: (0..<60).map { Double($0) * 40 },
      second: Array(repeating: 800, count: 60))
    var whole = Simulation(plan)
    _ = TestRun.run(&whole, through: .start + .minutes(20))
    var fork = whole
    _ = TestRun.run(&fork, through: plan.end)
    #expect(whole.now == .start + .minutes(20))
    _ = TestRun.run(&whole, through: plan.end)
    #expect(whole.eventHash == fork.eventHash)
    #expect(whole.energy == fork.energy)
  }
}
