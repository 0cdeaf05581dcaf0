/// One day of a zone as a span of simulated time, with what its clocks show.
///
/// Costs a few operations a question, where ``LocalCalendar`` asks the rules of the zone; who needs
/// the time of day at every instant keeps the current day and replaces it when it has ended.
public struct LocalDay: Hashable, Sendable, Codable {
  /// The date.
  public let date: LocalDate
  /// From the first midnight of the date to that of the next: 23, 24 or 25 hours in most zones.
  public let range: Range<SimulationTime>
  /// Whether the date is a bank holiday.
  public let isHoliday: Bool
  /// The first instant at which the clocks have changed; the end of the day if they do not.
  let clockChange: SimulationTime
  /// From simulated time to milliseconds since 1970 on the local clock, before a change.
  let firstClockOffset: Int64
  /// The same from the change on.
  let lastClockOffset: Int64

  /// The number of quarter hours: 92, 96 or 100 in most zones, 94 or 98 at Lord Howe Island.
  public var quarterHourCount: Int {
    Int((range.upperBound - range.lowerBound).milliseconds / 900_000)
  }

  /// Whether an instant lies within the day.
  public func contains(_ instant: SimulationTime) -> Bool { range.contains(instant) }

  /// Returns the instant until which clocks run on without being changed: the next change of the
  /// day, or its end.
  public func steadyUntil(after instant: SimulationTime) -> SimulationTime {
    instant < clockChange ? clockChange : range.upperBound
  }

  /// Returns what clocks show at an instant of the day; a repeated hour is shown twice.
  public func clockTime(at instant: SimulationTime) -> ClockTime {
    precondition(contains(instant), "The day knows the clocks of its own instants only.")
    let local = instant.milliseconds + (instant < clockChange ? firstClockOffset : lastClockOffset)
    let day = local.quotient(flooredBy: ClockTime.dayMilliseconds)
    return ClockTime(milliseconds: local - day * ClockTime.dayMilliseconds)
  }
}
