import BusbarDevices
import BusbarEvents
import BusbarOperator
import BusbarUnits
import Foundation
import Testing

struct HeadEndTests {
  private func memory(rows: Int, capacity: Int = 4_320) -> MeterMemory {
    var memory = MeterMemory(meterCount: 2, capacity: capacity)
    for number in 0..<rows {
      let reading = MeterReading(
        importedActiveWatts: 100 * Double(number + 1), exportedActiveWatts: 0,
        importedReactiveVars: 8, exportedReactiveVars: 0, volts: (230, 0, 0))
      memory.append(
        MeterRow(
          number: number, end: minute(30 * (number + 1)), readings: [reading, nil],
          clocks: MeterClocks(ids: ["a", "b"], quality: .exact, seed: 1),
          interrupted: [false, false]))
    }
    return memory
  }

  private func minute(_ minutes: Int) -> SimulationTime { .start + .minutes(Int64(minutes)) }

  private func headEnd(_ change: (inout HeadEndPlan) -> Void = { _ in }) -> HeadEnd {
    var plan = HeadEndPlan(meterCount: 2, rowInterval: .minutes(30))
    change(&plan)
    return HeadEnd(plan)
  }

  private func deliver(
    _ first: Int, _ last: Int, of meter: Int = 0, to headEnd: inout HeadEnd, at minutes: Int,
    _ memory: MeterMemory, factor: Double = 1
  ) -> [String] {
    var actions: [MeteringAction] = []
    headEnd.receive(
      .halfHourlyRecords(Index(meter), RowRange(first, through: last), .push),
      from: .meter(Index(meter)), factor: factor, at: minute(minutes), memory: memory,
      into: &actions)
    return actions.map(\.description)
  }

  /// Belief is kept apart from truth: before its message arrives, a record is not known.
  @Test func nothingIsBelievedBeforeItArrives() throws {
    let memory = memory(rows: 3)
    var headEnd = headEnd()
    #expect(memory.reading(of: Index(0), row: 1) != nil)
    for row in 0..<3 { #expect(headEnd.reading(of: Index(0), row: row, memory: memory) == nil) }
    _ = deliver(1, 1, to: &headEnd, at: 95, memory)
    let reading = try #require(headEnd.reading(of: Index(0), row: 1, memory: memory))
    #expect(reading.importedActiveWatts == 200)
    #expect(headEnd.reading(of: Index(0), row: 0, memory: memory) == nil)
    #expect(headEnd.reading(of: Index(0), row: 2, memory: memory) == nil)
  }

  /// E-15: stored once, acknowledged each time.
  @Test func aRecordThatComesTwiceIsStoredOnce() {
    let memory = memory(rows: 1)
    var headEnd = headEnd()
    #expect(
      deliver(0, 0, to: &headEnd, at: 31, memory)
        == ["store 0 row 0", "head-end -> meter 0: Ack 0 rows 0...0"])
    #expect(
      deliver(0, 0, to: &headEnd, at: 32, memory) == ["head-end -> meter 0: Ack 0 rows 0...0"])
    #expect(headEnd.state.counts.duplicates == 1)
  }

  /// D-43: an altered record is believed as it arrived, and the truth stays what it was.
  @Test func aForgedFactorIsBelieved() throws {
    let memory = memory(rows: 1)
    var headEnd = headEnd()
    _ = deliver(0, 0, to: &headEnd, at: 31, memory, factor: 0.5)
    let believed = try #require(headEnd.reading(of: Index(0), row: 0, memory: memory))
    let truth = try #require(memory.reading(of: Index(0), row: 0))
    #expect(believed.importedActiveWatts == 50)
    #expect(believed.importedReactiveVars == 4)
    #expect(believed.volts.0 == 230)
    #expect(truth.importedActiveWatts == 100)
  }

  @Test func coverageCountsArrivalsAndTheirDelays() throws {
    let memory = memory(rows: 2)
    var headEnd = headEnd { plan in
      plan.coverageDelays = [.minutes(5), .minutes(60)]
      plan.lateAfter = .minutes(20)
    }
    _ = deliver(0, 1, to: &headEnd, at: 64, memory)
    let first = try #require(headEnd.coverage(ofRow: 0))
    #expect(first.share == 0.5)
    #expect(first.shareWithin == [0, 0.5])
    #expect(first.lateShare == 0.5)
    #expect(first.meanDelay == .minutes(34))
    #expect(first.completion == nil)
    let second = try #require(headEnd.coverage(ofRow: 1))
    #expect(second.shareWithin == [0.5, 0.5])
    #expect(second.lateShare == 0)
    // The other meter registered nothing, and the head-end learns it.
    _ = deliver(0, 0, of: 1, to: &headEnd, at: 70, memory)
    let completed = try #require(headEnd.coverage(ofRow: 0))
    #expect(completed.absentShare == 0.5)
    #expect(completed.completion == minute(70))
    #expect(headEnd.backlog(at: minute(70)) == 1)
  }

  @Test func stalenessIsTheAgeOfTheNewestRecord() {
    let memory = memory(rows: 2)
    var headEnd = headEnd()
    _ = deliver(0, 1, to: &headEnd, at: 64, memory)
    let staleness = headEnd.staleness(at: minute(90))
    // 30 minutes of one meter, 90 of the other from which nothing has come.
    #expect(staleness.mean == .minutes(60))
    #expect(staleness.percentile95 == .minutes(90))
    #expect(staleness.maximum == .minutes(90))
  }

  /// E-15, E-31: after the deadline the gap is asked for, and again at the next check.
  @Test func whatIsMissingIsAskedForAtEachCheckUntilItArrives() {
    let memory = memory(rows: 4)
    var headEnd = headEnd {
      $0.check = CheckSchedule(period: .minutes(30), deadline: .minutes(45))
    }
    _ = deliver(1, 1, to: &headEnd, at: 61, memory)
    _ = deliver(0, 3, of: 1, to: &headEnd, at: 121, memory)
    func check(_ minutes: Int) -> [String] {
      var actions: [MeteringAction] = []
      headEnd.wake(.check, at: minute(minutes), memory: memory, into: &actions)
      return actions.dropFirst().map(\.description)
    }
    #expect(check(74).isEmpty)
    #expect(check(75) == ["head-end -> meter 0: ReadRequest 0 rows 0...0"])
    #expect(check(140) == ["head-end -> meter 0: ReadRequest 0 rows 0...0"])
    _ = deliver(0, 0, to: &headEnd, at: 141, memory)
    #expect(check(170) == ["head-end -> meter 0: ReadRequest 0 rows 2...3"])
  }

  /// E-14: a row that no meter remembers is closed, and what did not arrive never will.
  @Test func aForgottenRowIsClosed() {
    let memory = memory(rows: 5, capacity: 3)
    var headEnd = headEnd {
      $0.check = CheckSchedule(period: .minutes(30), deadline: .zero)
    }
    _ = deliver(2, 2, to: &headEnd, at: 100, memory)
    var actions: [MeteringAction] = []
    headEnd.wake(.check, at: minute(150), memory: memory, into: &actions)
    #expect(headEnd.neverArrived == 4)
    #expect(headEnd.backlog(at: minute(150)) == 5)
    #expect(headEnd.coverage(ofRow: 1) == nil)
    #expect(
      actions.dropFirst().map(\.description) == [
        "head-end -> meter 0: ReadRequest 0 rows 3...4",
        "head-end -> meter 1: ReadRequest 1 rows 2...4",
      ])
  }

  /// E-3: one request to a group reaches each of its members.
  @Test func aRequestToAGroupFansOutToItsMembers() {
    var headEnd = headEnd { plan in
      plan.groups = [
        MeterGroup(id: "none", members: []), MeterGroup(id: "all", members: [Index(1), Index(0)]),
      ]
    }
    var actions: [MeteringAction] = []
    headEnd.read(RowRange(0, through: 3), ofGroup: Index(1), into: &actions)
    headEnd.configure(.pushPeriod(.hours(24)), ofGroup: Index(1), into: &actions)
    headEnd.read(RowRange(0, through: 3), ofGroup: Index(0), into: &actions)
    #expect(
      actions.map(\.description) == [
        "head-end -> meter 0: ReadRequest 0 rows 0...3 group 1",
        "head-end -> meter 1: ReadRequest 1 rows 0...3 group 1",
        "head-end -> meter 0: ConfigureMeter 0 push period 86400000 ms",
        "head-end -> meter 1: ConfigureMeter 1 push period 86400000 ms",
      ])
  }

  /// E-17.
  @Test func clocksAreSetAtThePeriodOfTheSchedule() {
    var headEnd = headEnd { $0.synchronisation = SynchronisationSchedule(period: .hours(24)) }
    var actions: [MeteringAction] = []
    headEnd.start(into: &actions)
    headEnd.wake(.synchronise, at: .start, memory: memory(rows: 0), into: &actions)
    #expect(
      actions.map(\.description) == [
        "wake synchronise at 0 ms", "wake synchronise at 86400000 ms",
        "head-end -> meter 0: TimeSync 0", "head-end -> meter 1: TimeSync 1",
      ])
  }

  @Test func aDecodedHeadEndBelievesTheSame() throws {
    let memory = memory(rows: 3)
    var headEnd = headEnd()
    _ = deliver(0, 1, to: &headEnd, at: 64, memory, factor: 2)
    let state = try JSONDecoder().decode(
      HeadEnd.State.self, from: JSONEncoder().encode(headEnd.state))
    var resumed = HeadEnd(headEnd.plan, resuming: state)
    #expect(resumed.state == headEnd.state)
    let one = deliver(1, 2, to: &headEnd, at: 99, memory)
    let other = deliver(1, 2, to: &resumed, at: 99, memory)
    #expect(one == other)
    #expect(resumed.state == headEnd.state)
  }
}
