import BusbarDevices
import BusbarEvents
import BusbarMessaging
import BusbarOperator
import BusbarUnits
import Testing

struct MeteringSystemTests {
  private let day = SimulationTime.start + .hours(24)

  /// E-15: with 0.3 lost on each hop, retries bring every row in the end.
  @Test func everyRowArrivesThoughThreeInTenMessagesAreLost() throws {
    var settings = MeteringSystemSettings()
    settings.loss = 0.3
    var system = try MeteringSystem(settings)
    system.run(through: day)
    // 44 rows have ended two hours before the end of the day.
    for row in 0..<44 {
      #expect(system.headEnd.coverage(ofRow: row)?.share == 1, "row \(row)")
    }
    let counts = system.headEnd.state.counts
    #expect(counts.arrived + system.headEnd.backlog(at: day) == 48 * 200)
    let requests = system.concentrators.reduce(0) { $0 + $1.state.counts.requests }
    // A request and its answer both arrive with probability 0.49, so each answered request,
    // one for each meter and cycle, needs 2.04 attempts; after four fruitless ones the rows
    // wait for the next cycle, which lowers the number of requests that are needed.
    #expect((1.8...2.1).contains(Double(requests) / (47 * 200)))
  }

  @Test func withoutLossEachMeterIsAskedOnceForEachRow() throws {
    var system = try MeteringSystem(MeteringSystemSettings())
    system.run(through: day)
    let requests = system.concentrators.reduce(0) { $0 + $1.state.counts.requests }
    #expect(requests == 47 * 200)
    #expect(system.headEnd.state.counts.duplicates == 0)
    #expect(system.mostAsked == 4)
  }

  @Test func theCapacityIsNeverExceeded() throws {
    var settings = MeteringSystemSettings()
    settings.loss = 0.4
    settings.pollCapacity = 3
    var system = try MeteringSystem(settings)
    system.run(through: .start + .hours(6))
    #expect(system.mostAsked == 3)
  }

  /// E-15: pushes of meters to a concentrator that only listens.
  @Test func everyPushedRowArrivesThoughThreeInTenMessagesAreLost() throws {
    var settings = MeteringSystemSettings()
    settings.loss = 0.3
    settings.isPolled = false
    settings.push = PushSchedule(
      period: .hours(1), offset: .seconds(3_660), window: .seconds(600),
      retry: RetryPolicy(firstWait: .seconds(30), backoff: 2))
    var system = try MeteringSystem(settings)
    system.run(through: day)
    for row in 0..<42 {
      #expect(system.headEnd.coverage(ofRow: row)?.share == 1, "row \(row)")
    }
  }

  /// E-15, E-31: what concentrators gave up, the head-end asks for itself.
  @Test func theHeadEndAsksForWhatIsMissing() throws {
    var settings = MeteringSystemSettings()
    settings.meters = 50
    settings.isPolled = false
    settings.loss = 0.3
    settings.check = CheckSchedule(period: .minutes(10), deadline: .minutes(20))
    var system = try MeteringSystem(settings)
    system.run(through: day)
    // A question and its answer pass four hops with probability 0.24. In the twelve hours after
    // row 23 there are 72 checks: a record stays away with probability 0.76^72 = 3e-9.
    for row in 0..<24 {
      #expect(system.headEnd.coverage(ofRow: row)?.share == 1, "row \(row)")
    }
  }

  /// A concentrator without supply for an hour leaves a backlog of two rows of its 50 meters
  /// more, and the next cycles bring it down to what it was.
  @Test func anOutageOfAnHourLeavesABacklogThatDecays() throws {
    var system = try MeteringSystem(MeteringSystemSettings())
    let outage = SimulationTime.start + .minutes(6 * 60 + 20)
    system.run(through: outage)
    let before = system.headEnd.backlog(at: outage)
    system.concentrators[1].supply(is: .lost)
    let end = outage + .hours(1)
    system.run(through: end)
    #expect(system.headEnd.backlog(at: end) == before + 2 * 50)
    system.concentrators[1].supply(is: .present)
    let after = outage + .hours(2)
    system.run(through: after)
    #expect(system.headEnd.backlog(at: after) == before)
    // The rows of the outage came as a late answer to one question with both rows.
    #expect(system.headEnd.coverage(ofRow: 12)?.share == 1)
  }

  @Test func aCopyOfTheSystemGoesTheSameWay() throws {
    var settings = MeteringSystemSettings()
    settings.loss = 0.3
    settings.meters = 100
    var system = try MeteringSystem(settings)
    system.run(through: .start + .hours(3))
    var fork = system
    system.run(through: .start + .hours(9))
    fork.run(through: .start + .hours(9))
    #expect(system.eventCount == fork.eventCount)
    #expect(system.headEnd.state == fork.headEnd.state)
    #expect(system.concentrators.map(\.state) == fork.concentrators.map(\.state))
  }
}
