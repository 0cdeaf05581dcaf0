/// Hours, days, months and years of the local calendar; each kind covers all of time without gaps.
extension LocalCalendar {
  /// Returns the local hour that contains an instant.
  ///
  /// Begins where clocks show a full hour or change. A repeated hour is an hour of its own; a shift
  /// by half an hour leaves one of 30 minutes.
  public func hour(containing instant: SimulationTime) -> Range<SimulationTime> {
    let shown = clockTime(at: instant).milliseconds
    let begin = instant + Interval(milliseconds: -(shown % 3_600_000))
    let end = begin + .hours(1)
    let offset = offsetSeconds(at: instant)
    var range = begin..<end
    if offsetSeconds(at: begin) != offset {
      range = clockChange(within: begin..<instant)..<range.upperBound
    }
    let last = end + Interval(milliseconds: -1)
    if offsetSeconds(at: last) != offset {
      range = range.lowerBound..<clockChange(within: instant..<last)
    }
    return range
  }

  /// Returns the local day that contains an instant.
  public func day(containing instant: SimulationTime) -> LocalDay {
    let date = date(at: instant)
    let range = start(of: date)..<start(of: date.advanced(byDays: 1))
    let last = range.upperBound + Interval(milliseconds: -1)
    let (first, final) = (clockOffset(at: range.lowerBound), clockOffset(at: last))
    return LocalDay(
      date: date, range: range, isHoliday: isHoliday(date),
      clockChange: first == final
        ? range.upperBound : clockChange(within: range.lowerBound..<last),
      firstClockOffset: first, lastClockOffset: final)
  }

  /// Returns the local month that contains an instant.
  public func month(containing instant: SimulationTime) -> Range<SimulationTime> {
    let date = date(at: instant)
    return start(of: date.startOfMonth)..<start(of: date.startOfNextMonth)
  }

  /// Returns the local year that contains an instant.
  public func year(containing instant: SimulationTime) -> Range<SimulationTime> {
    let date = date(at: instant)
    return start(of: date.startOfYear)..<start(of: date.startOfNextYear)
  }

  /// The first instant with the offset of the upper bound; at the lower bound there is another.
  private func clockChange(within range: Range<SimulationTime>) -> SimulationTime {
    let changed = offsetSeconds(at: range.upperBound)
    var (before, after) = (range.lowerBound.milliseconds, range.upperBound.milliseconds)
    while after - before > 1 {
      let middle = before + (after - before) / 2
      if offsetSeconds(at: SimulationTime(milliseconds: middle)) == changed {
        after = middle
      } else {
        before = middle
      }
    }
    return SimulationTime(milliseconds: after)
  }
}
