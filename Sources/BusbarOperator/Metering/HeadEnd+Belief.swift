public import BusbarDevices
public import BusbarEvents
public import BusbarUnits

extension HeadEnd {
  /// Returns what the operator believes a meter to have recorded.
  ///
  /// Nil before the record has arrived, when the meter registered nothing, and when no meter
  /// remembers the row any more. An altered record is believed as it arrived: its four powers
  /// are multiplied, its voltages are not.
  public func reading(
    of meter: Index<SmartMeter>, row: Int, memory: MeterMemory
  ) -> MeterReading? {
    guard hasArrived(row, of: meter), var reading = memory.reading(of: meter, row: row) else {
      return nil
    }
    let factor = state.alterations.factor(of: meter, row: row)
    reading.importedActiveWatts *= factor
    reading.exportedActiveWatts *= factor
    reading.importedReactiveVars *= factor
    reading.exportedReactiveVars *= factor
    return reading
  }

  /// Returns whether a meter's record of a row, or the news that there is none, has arrived.
  public func hasArrived(_ row: Int, of meter: Index<SmartMeter>) -> Bool {
    state.book.isSettled(meter.position, row: row)
  }

  /// The newest row of a meter that has arrived, or nil before the first.
  public func newestRow(of meter: Index<SmartMeter>) -> Int? {
    let row = state.book.newest[meter.position]
    return row < 0 ? nil : Int(row)
  }

  /// Records that were taken by an instant, are still remembered, and have not arrived.
  public func backlog(at now: SimulationTime) -> Int { state.book.backlog(at: now) }

  /// Records that never arrived and that no meter remembers any more.
  public var neverArrived: Int { state.book.neverArrived }

  /// Returns how many of a row's records have arrived and how fast; nil before the first has,
  /// and when no meter remembers the row any more.
  public func coverage(ofRow row: Int) -> RowCoverage? {
    state.book.arrivals(of: row).map { RowCoverage($0, row: row, plan) }
  }

  /// Returns how old the newest data of the meters are.
  ///
  /// The age of a meter from which nothing has arrived counts from the start. O(n log n).
  public func staleness(at now: SimulationTime) -> Staleness {
    Staleness(ages: state.book.newest.map { now - state.book.end(of: Int($0)) })
  }
}

/// How much of a row has arrived at the head-end, and how fast.
public struct RowCoverage: Sendable, Hashable {
  /// The number of the row.
  public let row: Int
  /// The share of the meters whose record has arrived, 0 to 1.
  public let share: Double
  /// The share of the meters that are known to have registered nothing.
  public let absentShare: Double
  /// The share of the meters whose record arrived late.
  public let lateShare: Double
  /// For each delay of the plan, the share of the meters whose record had arrived by then.
  public let shareWithin: [Double]
  /// The mean time from the end of the interval to the arrival; nil when nothing arrived.
  public let meanDelay: Interval?
  /// The longest time from the end of the interval to an arrival.
  public let longestDelay: Interval
  /// The instant at which the last meter's record arrived; nil while one is missing.
  public let completion: SimulationTime?

  init(_ arrivals: RowArrivals, row: Int, _ plan: HeadEndPlan) {
    let meters = Double(max(1, plan.meterCount))
    self.row = row
    share = Double(arrivals.arrived) / meters
    absentShare = Double(arrivals.absent) / meters
    lateShare = Double(arrivals.late) / meters
    var within = 0
    shareWithin = arrivals.byDelay.map { count in
      within += count
      return Double(within) / meters
    }
    let seconds = arrivals.delaySeconds / Double(max(1, arrivals.arrived))
    meanDelay =
      arrivals.arrived > 0
      ? Interval(milliseconds: Int64((seconds * 1_000).rounded())) : nil
    longestDelay = arrivals.longestDelay
    completion = arrivals.completion
  }
}

/// How old the newest data of the meters are at one instant.
public struct Staleness: Sendable, Hashable {
  /// The mean age.
  public let mean: Interval
  /// The age that 95 of 100 meters do not exceed (nearest rank).
  public let percentile95: Interval
  /// The greatest age.
  public let maximum: Interval

  init(ages: [Interval]) {
    let sorted = ages.sorted()
    let total = sorted.reduce(Int64(0)) { $0 + $1.milliseconds }
    mean = Interval(milliseconds: total / Int64(max(1, sorted.count)))
    let rank = Int((0.95 * Double(sorted.count)).rounded(.up))
    percentile95 = sorted.isEmpty ? .zero : sorted[max(0, rank - 1)]
    maximum = sorted.last ?? .zero
  }
}
