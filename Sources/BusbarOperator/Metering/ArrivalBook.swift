internal import BusbarDevices
internal import BusbarEvents
internal import BusbarUnits

/// What has arrived at the head-end: a row of bits for each interval that meters still remember.
///
/// 14,000 meters and 4,320 rows need at most 7.6 MB; a complete row needs none.
struct ArrivalBook: Sendable, Hashable, Codable {
  let meterCount: Int
  private let rowInterval: Interval
  private let lateAfter: Interval
  private let delays: [Interval]
  /// The number of `rows.first`.
  private(set) var firstRow = 0
  private(set) var rows: [RowArrivals] = []
  /// For each meter, the oldest row that has not arrived.
  private(set) var oldestMissing: [Int32]
  /// For each meter, the newest row that has arrived, or -1.
  private(set) var newest: [Int32]
  /// Settled records among `rows`.
  private(set) var settled = 0
  /// Records that no meter remembers any more and that never arrived.
  private(set) var neverArrived = 0

  init(_ plan: HeadEndPlan) {
    meterCount = plan.meterCount
    rowInterval = plan.rowInterval
    lateAfter = plan.lateAfter
    delays = plan.coverageDelays
    oldestMissing = Array(repeating: 0, count: plan.meterCount)
    newest = Array(repeating: -1, count: plan.meterCount)
  }

  /// What became of a record that was handed in.
  enum Entry { case stored(isLate: Bool), absent, duplicate }

  /// The end of a row's interval.
  func end(of row: Int) -> SimulationTime {
    SimulationTime(milliseconds: Int64(row + 1) * rowInterval.milliseconds)
  }

  /// The latest row whose interval has ended by an instant, or -1.
  func latestRow(at now: SimulationTime) -> Int {
    Int(now.milliseconds / rowInterval.milliseconds) - 1
  }

  func isSettled(_ meter: Int, row: Int) -> Bool {
    row >= firstRow && row < firstRow + rows.count && rows[row - firstRow].isSettled(meter)
  }

  func arrivals(of row: Int) -> RowArrivals? {
    row >= firstRow && row < firstRow + rows.count ? rows[row - firstRow] : nil
  }

  /// Enters a record, or the news that there is none.
  mutating func enter(
    _ meter: Int, row: Int, isRecorded: Bool, at now: SimulationTime
  ) -> Entry {
    guard row >= firstRow else { return .duplicate }
    open(through: row)
    let place = row - firstRow
    guard !rows[place].isSettled(meter) else { return .duplicate }
    rows[place].settle(meter)
    settled += 1
    newest[meter] = max(newest[meter], Int32(row))
    var entry = Entry.absent
    if isRecorded {
      let delay = now - end(of: row)
      rows[place].countArrival(after: delay, late: delay > lateAfter, delays: delays)
      entry = .stored(isLate: delay > lateAfter)
    } else {
      rows[place].countAbsence()
    }
    rows[place].close(at: now)
    advance(meter)
    return entry
  }

  /// Forgets rows that the meters do not remember any more.
  mutating func drop(before row: Int) {
    guard row > firstRow else { return }
    let leaving = min(row - firstRow, rows.count)
    for place in 0..<leaving {
      settled -= rows[place].settled
      neverArrived += meterCount - rows[place].settled
    }
    neverArrived += meterCount * (row - firstRow - leaving)
    rows.removeFirst(leaving)
    firstRow = row
    for meter in oldestMissing.indices where oldestMissing[meter] < row {
      oldestMissing[meter] = Int32(row)
      advance(meter)
    }
  }

  /// Records that were due by an instant, are still remembered, and have not arrived.
  func backlog(at now: SimulationTime) -> Int {
    max(0, latestRow(at: now) + 1 - firstRow) * meterCount - settled
  }

  private mutating func open(through row: Int) {
    while firstRow + rows.count <= row {
      rows.append(RowArrivals(meterCount: meterCount, delays: delays.count))
    }
  }

  private mutating func advance(_ meter: Int) {
    while isSettled(meter, row: Int(oldestMissing[meter])) { oldestMissing[meter] += 1 }
  }
}
