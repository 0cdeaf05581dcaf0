internal import BusbarEvents
internal import BusbarMessaging

/// Which rows each meter pushes next, and when.
///
/// A meter sends, oldest first, the rows that were recorded when its period began and are not
/// acknowledged. A lost push is repeated after the policy's wait, and whatever is still missing
/// at the next period goes along then, so an outage leaves a backlog and no gap.
struct PeriodicPush: Sendable, Hashable, Codable {
  private struct Progress: Sendable, Hashable, Codable {
    var period: Interval
    var nextPeriod: SimulationTime
    /// The oldest row that is not acknowledged.
    var oldest = 0
    /// The first row that does not belong to the present period.
    var end = 0
    var attempts = 0
  }

  private let schedule: PushSchedule
  private var meters: [Progress]
  private var timetable: Timetable

  init(_ schedule: PushSchedule, ids: [String], seed: UInt64) {
    self.schedule = schedule
    meters = schedule.firstPushes(of: ids, seed: seed).map {
      Progress(period: schedule.period, nextPeriod: $0)
    }
    timetable = Timetable(members: ids.count)
    for meter in meters.indices { timetable.set(meter, at: meters[meter].nextPeriod) }
  }

  mutating func arm(at now: SimulationTime) -> SimulationTime? { timetable.arm(at: now) }

  /// Returns the next meter that has something to do now.
  mutating func nextDue(at now: SimulationTime) -> Int? { timetable.next(by: now) }

  /// Returns what a meter that is due sends, or nil, and puts it on the timetable again.
  mutating func push(_ meter: Int, at now: SimulationTime, memory: MeterMemory) -> RowRange? {
    if now >= meters[meter].nextPeriod {
      meters[meter].end = memory.nextRow
      meters[meter].attempts = 0
      while meters[meter].nextPeriod <= now {
        meters[meter].nextPeriod = meters[meter].nextPeriod + meters[meter].period
      }
    }
    return send(meter, at: now, memory: memory)
  }

  /// Notes that a meter cannot send, until its next period.
  mutating func skip(_ meter: Int, at now: SimulationTime) {
    while meters[meter].nextPeriod <= now {
      meters[meter].nextPeriod = meters[meter].nextPeriod + meters[meter].period
    }
    timetable.set(meter, at: meters[meter].nextPeriod)
  }

  /// Notes which rows have arrived; returns the next part of a backlog.
  mutating func acknowledge(
    _ meter: Int, _ rows: RowRange, at now: SimulationTime, memory: MeterMemory
  ) -> RowRange? {
    guard rows.contains(meters[meter].oldest) else { return nil }
    meters[meter].oldest = Int(rows.last) + 1
    meters[meter].attempts = 0
    return send(meter, at: now, memory: memory)
  }

  /// Changes a meter's period; the first push by the new one comes a period from now.
  mutating func setPeriod(_ period: Interval, of meter: Int, at now: SimulationTime) {
    precondition(period > .zero, "A period takes time.")
    meters[meter].period = period
    meters[meter].nextPeriod = now + period
    timetable.set(meter, at: meters[meter].nextPeriod)
  }

  private mutating func send(
    _ meter: Int, at now: SimulationTime, memory: MeterMemory
  ) -> RowRange? {
    let first = max(meters[meter].oldest, memory.firstRow)
    let end = min(meters[meter].end, first + schedule.rowsPerMessage)
    meters[meter].oldest = first
    var due = meters[meter].nextPeriod
    defer { timetable.set(meter, at: due) }
    guard first < end else { return nil }
    guard let retry = schedule.retry else {
      meters[meter].oldest = end
      // Without acknowledgements the rest of a backlog follows in the next period.
      return RowRange(first, through: end - 1)
    }
    guard retry.allowsAnother(after: meters[meter].attempts) else { return nil }
    meters[meter].attempts += 1
    due = min(due, now + retry.wait(afterAttempt: meters[meter].attempts))
    return RowRange(first, through: end - 1)
  }
}
