internal import Foundation

/// The calendar and the clocks of a scenario's zone over simulated time, from 1700 to 2260.
///
/// Follows the time zone database: days have 23, 24 or 25 hours where clocks change by an hour, and
/// leap years are as they are. An hour that clocks repeat just after midnight belongs to the day
/// that has begun.
public struct LocalCalendar: Sendable {
  private let epoch: Epoch
  /// The zone's rules; nil for a fixed offset.
  private let zone: TimeZone?
  private let holidays: Set<LocalDate>

  /// Makes the calendar of the zone in which a scenario begins, with its bank holidays.
  public init(_ epoch: Epoch) {
    self.epoch = epoch
    let isOffset = epoch.zone.isEmpty || epoch.zone.hasPrefix("+") || epoch.zone.hasPrefix("-")
    zone = isOffset ? nil : TimeZone(identifier: epoch.zone)
    holidays = Set(epoch.holidays)
  }

  // MARK: What the clocks show

  /// Returns by how many seconds local clocks are ahead of UTC; positive east of Greenwich.
  public func offsetSeconds(at instant: SimulationTime) -> Int {
    guard let zone else { return epoch.offsetSeconds }
    return zone.secondsFromGMT(
      for: Date(
        timeIntervalSince1970: Double(epoch.unixMilliseconds + instant.milliseconds) / 1_000))
  }

  /// Returns what a clock shows at an instant.
  public func clockTime(at instant: SimulationTime) -> ClockTime {
    let local = localMilliseconds(at: instant)
    return ClockTime(milliseconds: local - midnight(before: local))
  }

  /// Returns the date of the day that contains an instant.
  public func date(at instant: SimulationTime) -> LocalDate {
    // The clock's date, unless a repeated hour takes the clock back over midnight.
    let shown = LocalDate(
      daysSince1970: Int(
        localMilliseconds(at: instant).quotient(flooredBy: ClockTime.dayMilliseconds)))
    let next = shown.advanced(byDays: 1)
    return instant < start(of: next) ? shown : next
  }

  /// Returns whether the day that contains an instant is a bank holiday.
  public func isHoliday(at instant: SimulationTime) -> Bool { holidays.contains(date(at: instant)) }

  // MARK: Instants of dates and clock times

  /// Returns the instants at which clocks show a time of a date, in order.
  ///
  /// None when the clocks skip it, two when they repeat it, otherwise one.
  public func instants(showing time: ClockTime, on date: LocalDate) -> [SimulationTime] {
    let (local, offsets) = localMilliseconds(time, date)
    let instants = offsets.map { simulationTime(ofLocal: local, offsetSeconds: $0) }
    let shown = zip(instants, offsets).filter { offsetSeconds(at: $0) == $1 }.map(\.0)
    return Set(shown).sorted()
  }

  /// Returns the instant of a clock time of a date.
  ///
  /// The first of two; a time that the clocks skip counts with the offset before the change, so
  /// that 02:30 becomes 03:30 where 02:00 to 03:00 is skipped (RFC 5545, section 3.3.5).
  public func instant(of time: ClockTime, on date: LocalDate) -> SimulationTime {
    if let first = instants(showing: time, on: date).first { return first }
    let (local, offsets) = localMilliseconds(time, date)
    return simulationTime(ofLocal: local, offsetSeconds: offsets[0])
  }

  /// Returns the next instant after another at which it is a given time of day, once a day.
  ///
  /// Skipped and repeated times count as in ``instant(of:on:)``.
  public func nextOccurrence(of time: ClockTime, after instant: SimulationTime) -> SimulationTime {
    let today = date(at: instant)
    let candidates = (-1...2).map { self.instant(of: time, on: today.advanced(byDays: $0)) }
    guard let next = candidates.filter({ $0 > instant }).min() else {
      preconditionFailure("Each time of day comes within two days.")
    }
    return next
  }

  // MARK: Conversion

  /// The local clock as milliseconds since its own 1970-01-01T00:00.
  private func localMilliseconds(at instant: SimulationTime) -> Int64 {
    epoch.unixMilliseconds + instant.milliseconds + Int64(offsetSeconds(at: instant)) * 1_000
  }

  private func midnight(before local: Int64) -> Int64 {
    local.quotient(flooredBy: ClockTime.dayMilliseconds) * ClockTime.dayMilliseconds
  }

  /// A clock time of a date with the offsets a day before and a day after it.
  private func localMilliseconds(
    _ time: ClockTime, _ date: LocalDate
  ) -> (local: Int64, offsets: [Int]) {
    let day = ClockTime.dayMilliseconds
    let local = Int64(date.daysSince1970) * day + time.milliseconds
    let around = [local - day, local + day].map {
      offsetSeconds(at: simulationTime(ofLocal: $0, offsetSeconds: 0))
    }
    return (local, around)
  }

  private func simulationTime(ofLocal local: Int64, offsetSeconds: Int) -> SimulationTime {
    SimulationTime(
      milliseconds: local - Int64(offsetSeconds) * 1_000 - epoch.unixMilliseconds)
  }

  func start(of date: LocalDate) -> SimulationTime { instant(of: .midnight, on: date) }

  /// From simulated time to the local clock at an instant, in milliseconds.
  func clockOffset(at instant: SimulationTime) -> Int64 {
    localMilliseconds(at: instant) - instant.milliseconds
  }

  func isHoliday(_ date: LocalDate) -> Bool { holidays.contains(date) }
}
