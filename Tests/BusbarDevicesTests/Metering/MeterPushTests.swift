import BusbarDevices
import BusbarEvents
import BusbarMessaging
import BusbarUnits
import Foundation
import Testing

/// Drives one fleet by its own wake-up calls and writes down what it sends.
private struct PushDriver {
  var fleet: MeterCommunication
  var memory = MeteringSamples.memory(rows: 0, meters: 1)
  var clocks = MeteringSamples.exactClocks(["meter-0"])
  var wakes: [(time: SimulationTime, timer: MeteringTimer)] = []
  var lines: [String] = []
  private var actions: [MeteringAction] = []

  init(_ change: (inout MeterFleetPlan) -> Void) {
    fleet = MeteringSamples.fleet(["meter-0"], change)
    fleet.start(at: .start, into: &actions)
    take(at: .start)
  }

  private mutating func take(at now: SimulationTime) {
    for action in actions {
      if case .wake(let timer, let time) = action {
        wakes.append((time, timer))
      } else {
        lines.append("\(now.milliseconds / 1_000) s \(action)")
      }
    }
    actions.removeAll(keepingCapacity: true)
  }

  /// Takes a row each half hour and wakes the fleet when it asks for it.
  mutating func run(through end: SimulationTime) {
    while true {
      let row = SimulationTime.start + .minutes(30 * Int64(memory.nextRow + 1))
      let place = wakes.indices.min { wakes[$0].time < wakes[$1].time }
      let wake = place.map { wakes[$0].time }
      guard min(row, wake ?? row) <= end else { return }
      if let place, wakes[place].time < row {
        let (time, timer) = wakes.remove(at: place)
        fleet.wake(timer, at: time, memory: memory, clocks: clocks, into: &actions)
        take(at: time)
      } else {
        MeteringSamples.appendRow(to: &memory)
      }
    }
  }

  mutating func acknowledge(_ rows: RowRange, at now: SimulationTime) {
    fleet.receive(
      .acknowledgeRecords(Index(0), rows), from: .headEnd, at: now, memory: memory,
      clocks: &clocks, into: &actions)
    take(at: now)
  }

  mutating func supply(is supply: SupplyState, at now: SimulationTime) {
    fleet.supply(of: Index(0), is: supply, at: now, clocks: clocks, into: &actions)
    take(at: now)
  }

  mutating func configure(_ setting: MeterSetting, at now: SimulationTime) {
    fleet.receive(
      .configureMeter(Index(0), setting), from: .headEnd, at: now, memory: memory,
      clocks: &clocks, into: &actions)
    take(at: now)
  }

  mutating func observe(_ watts: Double, at now: SimulationTime) {
    fleet.observe(activeWatts: [watts], at: now, clocks: clocks, into: &actions)
    take(at: now)
  }
}

struct MeterPushTests {
  private func schedule(limit: Int? = nil, rows: Int = 48, retry: Bool = true) -> PushSchedule {
    PushSchedule(
      period: .hours(1), offset: .seconds(3_660), rowsPerMessage: rows,
      retry: retry
        ? RetryPolicy(firstWait: .seconds(60), backoff: 2, attemptLimit: limit) : nil)
  }

  /// E-15: a push is repeated, later each time, until acknowledged.
  @Test func aPushIsRepeatedUntilAcknowledged() {
    var driver = PushDriver { $0.push = schedule() }
    driver.run(through: .second(3_900))
    driver.acknowledge(RowRange(0, through: 1), at: .second(3_950))
    driver.run(through: .second(7_300))
    #expect(
      driver.lines == [
        "3660 s meter 0 -> head-end: HalfHourlyRecord 0 rows 0...1 (push)",
        "3720 s meter 0 -> head-end: HalfHourlyRecord 0 rows 0...1 (push)",
        "3840 s meter 0 -> head-end: HalfHourlyRecord 0 rows 0...1 (push)",
        "7260 s meter 0 -> head-end: HalfHourlyRecord 0 rows 2...3 (push)",
      ])
  }

  /// E-15: what nobody acknowledged goes along in the next period.
  @Test func whatWasLostIsPushedAgainInTheNextPeriod() {
    var driver = PushDriver { $0.push = schedule(limit: 1) }
    driver.run(through: .second(7_300))
    #expect(
      driver.lines == [
        "3660 s meter 0 -> head-end: HalfHourlyRecord 0 rows 0...1 (push)",
        "7260 s meter 0 -> head-end: HalfHourlyRecord 0 rows 0...3 (push)",
      ])
  }

  @Test func withoutAcknowledgementsEachRowIsPushedOnce() {
    var driver = PushDriver { $0.push = schedule(retry: false) }
    driver.run(through: .second(10_900))
    #expect(
      driver.lines.map { $0.suffix(19) } == [
        "0 rows 0...1 (push)", "0 rows 2...3 (push)", "0 rows 4...5 (push)",
      ])
  }

  /// An outage of an hour leaves a backlog, which then goes out part by part.
  @Test func theBacklogOfAnOutageFollowsInParts() {
    var driver = PushDriver { $0.push = schedule(rows: 2) }
    driver.supply(is: .lost, at: .second(3_000))
    driver.run(through: .second(7_000))
    driver.supply(is: .present, at: .second(7_000))
    driver.run(through: .second(7_270))
    driver.acknowledge(RowRange(0, through: 1), at: .second(7_280))
    driver.acknowledge(RowRange(2, through: 3), at: .second(7_290))
    driver.run(through: .second(10_800))
    #expect(
      driver.lines == [
        "3000 s meter 0 -> head-end: LastGasp 0", "7000 s meter 0 -> head-end: SupplyReturn 0",
        "7260 s meter 0 -> head-end: HalfHourlyRecord 0 rows 0...1 (push)",
        "7280 s meter 0 -> head-end: HalfHourlyRecord 0 rows 2...3 (push)",
      ])
  }

  @Test func aMessageChangesThePushPeriod() {
    var driver = PushDriver { $0.push = schedule(retry: false) }
    driver.run(through: .second(3_700))
    driver.configure(.pushPeriod(.hours(2)), at: .second(4_000))
    driver.run(through: .second(20_000))
    #expect(
      driver.lines.map { $0.prefix(7) } == ["3660 s ", "11200 s", "18400 s"])
  }

  /// Pushes begin within the window, each meter at a time of its own.
  @Test func pushesAreSpreadOverTheWindow() {
    let ids = (0..<1_000).map { "meter-\($0)" }
    var fleet = MeteringSamples.fleet(ids) { plan in
      plan.push = PushSchedule(
        period: .hours(24), offset: .minutes(30), window: .seconds(599), retry: nil)
    }
    let memory = MeteringSamples.memory(rows: 1, meters: 1_000)
    let clocks = MeteringSamples.exactClocks(ids)
    var actions: [MeteringAction] = []
    var pushes: [Int64] = []
    fleet.start(at: .start, into: &actions)
    while case .wake(let timer, let now)? = actions.last, now < .second(80_000) {
      actions.removeAll()
      fleet.wake(timer, at: now, memory: memory, clocks: clocks, into: &actions)
      pushes += actions.dropLast().map { _ in now.milliseconds / 1_000 }
    }
    #expect(pushes.count == 1_000)
    #expect(pushes.allSatisfy { (1_800...2_399).contains($0) })
    // Each hundred seconds of the window has a sixth: 167, with a standard deviation of 12.
    for slice in 0..<6 {
      let count = pushes.count { ($0 - 1_800) / 100 == Int64(slice) }
      #expect(abs(count - 167) < 5 * 12)
    }
  }

  @Test func aDecodedFleetGoesOnLikeTheOriginal() throws {
    var driver = PushDriver { $0.push = schedule() }
    driver.run(through: .second(3_700))
    var resumed = driver
    let state = try JSONDecoder().decode(
      MeterCommunication.State.self, from: JSONEncoder().encode(driver.fleet.state))
    resumed.fleet = MeterCommunication(driver.fleet.plan, resuming: state)
    driver.run(through: .second(20_000))
    resumed.run(through: .second(20_000))
    #expect(driver.lines == resumed.lines)
    #expect(driver.lines.count > 10)
  }
}

struct RealTimePushTests {
  private func driver(cutOff: Double? = 6_000) -> PushDriver {
    PushDriver {
      $0.realTime = RealTimeSchedule(meters: [Index(0)], cutOffWatts: [cutOff])
    }
  }

  /// D-12: STGE every 10 s as long as there is overrun.
  @Test func anOverrunIsReportedEveryTenSecondsWhileItLasts() {
    var driver = driver()
    driver.observe(5_999, at: .second(50))
    driver.observe(6_500, at: .second(60))
    driver.run(through: .second(75))
    driver.observe(7_000, at: .second(75))
    driver.run(through: .second(85))
    driver.observe(6_000, at: .second(85))
    driver.run(through: .second(600))
    #expect(
      driver.lines == [
        "60 s meter 0 -> head-end: STGE 0 500.0 W", "70 s meter 0 -> head-end: STGE 0 500.0 W",
        "80 s meter 0 -> head-end: STGE 0 1000.0 W",
      ])
  }

  /// D-12: SINSTI every 30 s while power is injected.
  @Test func anInjectionIsReportedEveryThirtySeconds() {
    var driver = driver()
    driver.observe(-2_000, at: .second(100))
    driver.run(through: .second(165))
    driver.observe(10, at: .second(165))
    driver.run(through: .second(600))
    driver.observe(-5, at: .second(610))
    #expect(
      driver.lines == [
        "100 s meter 0 -> head-end: SINSTI 0 2000.0 W",
        "130 s meter 0 -> head-end: SINSTI 0 2000.0 W",
        "160 s meter 0 -> head-end: SINSTI 0 2000.0 W",
        "610 s meter 0 -> head-end: SINSTI 0 5.0 W",
      ])
  }

  /// D-12: PCOUP on change of the cut-off power, and only then; a lower one begins an overrun.
  @Test func aNewCutOffPowerIsReportedAndActs() {
    var driver = driver()
    driver.observe(5_000, at: .second(10))
    driver.configure(.cutOffPower(watts: 6_000), at: .second(20))
    driver.configure(.cutOffPower(watts: 3_000), at: .second(30))
    driver.run(through: .second(41))
    driver.configure(.cutOffPower(watts: 9_000), at: .second(42))
    driver.run(through: .second(600))
    #expect(
      driver.lines == [
        "30 s meter 0 -> head-end: PCOUP 0 3000.0 W",
        "30 s meter 0 -> head-end: STGE 0 2000.0 W",
        "40 s meter 0 -> head-end: STGE 0 2000.0 W",
        "42 s meter 0 -> head-end: PCOUP 0 9000.0 W",
      ])
  }

  @Test func aMeterWithoutCutOffPowerReportsNoOverrun() {
    var driver = driver(cutOff: nil)
    driver.observe(1e6, at: .second(10))
    #expect(driver.lines.isEmpty)
  }

  /// An overrun that begins anew counts its period from then.
  @Test func anOldPeriodDoesNotDisturbANewOverrun() {
    var driver = driver()
    driver.observe(7_000, at: .second(0))
    driver.observe(1_000, at: .second(3))
    driver.observe(7_000, at: .second(5))
    driver.run(through: .second(26))
    #expect(driver.lines.map { $0.prefix(4) } == ["0 s ", "5 s ", "15 s", "25 s"])
  }
}
