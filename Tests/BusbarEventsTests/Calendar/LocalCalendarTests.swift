import BusbarEvents
import Foundation
import Testing

/// Changes of clocks as IANA's time zone database gives them; instants are Unix seconds.
///
/// The files are `europe`, `australasia`, `northamerica` and `southamerica`; the comments name the
/// rule.
struct LocalCalendarTests {
  private static func calendar(_ zone: String, offset: Int = 0) -> LocalCalendar {
    LocalCalendar(Epoch(unixMilliseconds: 0, zone: zone, offsetSeconds: offset))
  }

  private static func instant(_ unixSeconds: Int64) -> SimulationTime {
    .start + .seconds(unixSeconds)
  }

  private static func date(_ text: String) throws -> LocalDate {
    try #require(LocalDate(text))
  }

  struct Change: Sendable, CustomTestStringConvertible {
    var zone: String
    var date: String
    /// The Unix time of the change, and the offsets before and after it in minutes.
    var unix: Int64
    var before: Int
    var after: Int
    var quarterHours: Int
    var testDescription: String { "\(zone) \(date)" }
  }

  static let changes = [
    // EU: last Sunday of March and of October at 01:00 UTC.
    Change(
      zone: "Europe/London", date: "2025-03-30", unix: 1_743_296_400, before: 0, after: 60,
      quarterHours: 92),
    Change(
      zone: "Europe/London", date: "2025-10-26", unix: 1_761_440_400, before: 60, after: 0,
      quarterHours: 100),
    // LH: first Sunday of April and of October at 02:00 local time, by half an hour.
    Change(
      zone: "Australia/Lord_Howe", date: "2025-04-06", unix: 1_743_865_200, before: 660,
      after: 630, quarterHours: 98),
    Change(
      zone: "Australia/Lord_Howe", date: "2025-10-05", unix: 1_759_591_800, before: 630,
      after: 660, quarterHours: 94),
    // US: second Sunday of March and first of November at 02:00 local time.
    Change(
      zone: "America/New_York", date: "2025-03-09", unix: 1_741_503_600, before: -300, after: -240,
      quarterHours: 92),
    Change(
      zone: "America/New_York", date: "2025-11-02", unix: 1_762_063_200, before: -240, after: -300,
      quarterHours: 100),
  ]

  @Test(arguments: changes)
  func clocksChangeAtTheInstantOfTheDatabase(change: Change) throws {
    let calendar = Self.calendar(change.zone)
    let instant = Self.instant(change.unix)
    let justBefore = instant + Interval(milliseconds: -1)
    #expect(calendar.offsetSeconds(at: justBefore) == change.before * 60)
    #expect(calendar.offsetSeconds(at: instant) == change.after * 60)
    let day = calendar.day(containing: instant)
    #expect(day.date == (try Self.date(change.date)))
    #expect(day.quarterHourCount == change.quarterHours)
    #expect(day.steadyUntil(after: day.range.lowerBound) == instant)
    #expect(day.steadyUntil(after: instant) == day.range.upperBound)
    for time in [day.range.lowerBound, justBefore, instant, day.range.upperBound + .seconds(-1)] {
      #expect(day.clockTime(at: time) == calendar.clockTime(at: time))
    }
    let midnight = change.unix + Int64(change.before) * 60
    #expect(day.range.lowerBound == Self.instant(change.unix - (midnight % 86_400)))
  }

  @Test func aRepeatedHourHasTwoInstantsAndTheFirstIsMeant() throws {
    let calendar = Self.calendar("Europe/London")
    let date = try Self.date("2025-10-26")
    let change = Self.instant(1_761_440_400)
    let half = ClockTime(hour: 1, minute: 30)
    #expect(
      calendar.instants(showing: half, on: date) == [change + .minutes(-30), change + .minutes(30)])
    #expect(calendar.instant(of: half, on: date) == change + .minutes(-30))
    #expect(
      calendar.instants(showing: ClockTime(hour: 1), on: date) == [change + .hours(-1), change])
    // At the instant of the change clocks show 01:00, so 02:00 comes once, an hour later.
    #expect(
      calendar.instants(showing: ClockTime(hour: 2), on: date) == [change + .hours(1)])
  }

  @Test func aSkippedTimeCountsWithTheOffsetBeforeTheChange() throws {
    let london = Self.calendar("Europe/London")
    let spring = try Self.date("2025-03-30")
    let change = Self.instant(1_743_296_400)
    let half = ClockTime(hour: 1, minute: 30)
    #expect(london.instants(showing: half, on: spring).isEmpty)
    #expect(london.instant(of: half, on: spring) == change + .minutes(30))
    #expect(london.clockTime(at: change + .minutes(30)) == ClockTime(hour: 2, minute: 30))
    #expect(london.instant(of: ClockTime(hour: 2), on: spring) == change)

    let lordHowe = Self.calendar("Australia/Lord_Howe")
    let october = try Self.date("2025-10-05")
    let skipped = ClockTime(hour: 2, minute: 10)
    #expect(lordHowe.instants(showing: skipped, on: october).isEmpty)
    #expect(
      lordHowe.instant(of: skipped, on: october) == Self.instant(1_759_591_800) + .minutes(10))
  }

  @Test func aDailyTimeComesOnceADayOverBothChanges() throws {
    let calendar = Self.calendar("America/New_York")
    for (start, skips) in [("2025-03-07", true), ("2025-10-31", false)] {
      for time in [ClockTime(hour: 1, minute: 30), ClockTime(hour: 2, minute: 30)] {
        var instant = calendar.instant(of: time, on: try Self.date(start))
        for day in 1...4 {
          let next = calendar.nextOccurrence(of: time, after: instant)
          let isSkipped = skips && day == 2 && time.hour == 2
          #expect(
            calendar.date(at: next).description
              == (try Self.date(start)).advanced(byDays: day).description)
          #expect(
            calendar.clockTime(at: next) == (isSkipped ? ClockTime(hour: 3, minute: 30) : time))
          #expect(
            calendar.nextOccurrence(of: time, after: next + Interval(milliseconds: -1)) == next)
          instant = next
        }
      }
    }
  }

  @Test func hoursFollowEachOtherAcrossAChangeByHalfAnHour() {
    let calendar = Self.calendar("Australia/Lord_Howe")
    for (unix, minutes) in [
      (1_743_865_200 as Int64, [60, 30, 60]), (1_759_591_800, [60, 30, 60]),
    ] {
      var instant = Self.instant(unix) + .minutes(-60)
      for length in minutes {
        let hour = calendar.hour(containing: instant)
        #expect(hour.lowerBound == instant)
        #expect(hour.upperBound == instant + .minutes(Int64(length)))
        #expect(calendar.hour(containing: hour.upperBound + Interval(milliseconds: -1)) == hour)
        instant = hour.upperBound
      }
    }
  }

  @Test func aRepeatedHourIsAnHourOfItsOwn() {
    let calendar = Self.calendar("Europe/London")
    let change = Self.instant(1_761_440_400)
    #expect(calendar.hour(containing: change + .minutes(-1)) == change + .hours(-1)..<change)
    #expect(calendar.hour(containing: change) == change..<change + .hours(1))
  }

  @Test func aYearConsistsOfItsDaysAndMonths() throws {
    let calendar = Self.calendar("Europe/London")
    // 2024-01-01T00:00Z; the year has 366 days and ends with the offset with which it began.
    let start = Self.instant(1_704_067_200)
    #expect(calendar.year(containing: start + .hours(5_000)) == start..<start + .hours(8_784))
    var (instant, days, months): (SimulationTime, Int, [SimulationTime]) = (start, 0, [])
    while instant < start + .hours(8_784) {
      let day = calendar.day(containing: instant)
      #expect(day.range.lowerBound == instant && day.date.dayOfYear == days + 1)
      let month = calendar.month(containing: instant)
      #expect(month.contains(instant))
      if day.date.day == 1 { months.append(month.lowerBound) }
      #expect(month.lowerBound == months.last)
      instant = day.range.upperBound
      days += 1
    }
    #expect(days == 366 && months.count == 12)
    // 29 February 2024 is 1709164800.
    let leapDay = calendar.day(containing: Self.instant(1_709_164_800))
    #expect(leapDay.date.description == "2024-02-29" && leapDay.quarterHourCount == 96)
  }

  @Test func aFixedOffsetNeverChanges() {
    let calendar = Self.calendar("+05:45", offset: 20_700)
    for unix: Int64 in [-8_500_000_000, 0, 1_743_296_400, 1_761_440_400, 9_100_000_000] {
      let instant = Self.instant(unix)
      #expect(calendar.offsetSeconds(at: instant) == 20_700)
      #expect(calendar.day(containing: instant).quarterHourCount == 96)
    }
    #expect(calendar.clockTime(at: .start) == ClockTime(hour: 5, minute: 45))
  }

  /// Brazil until 2018: clocks go on at midnight of a Sunday, so that its first hour is missing.
  @Test func aDayMayBeginAtOne() throws {
    let day = Self.calendar("America/Sao_Paulo").day(containing: Self.instant(1_541_300_400))
    #expect(day.date == (try Self.date("2018-11-04")))
    #expect(day.range.lowerBound == Self.instant(1_541_300_400))
    #expect(day.clockTime(at: day.range.lowerBound) == ClockTime(hour: 1))
    #expect(day.quarterHourCount == 92)
  }

  /// Newfoundland until 2011: at 00:01 clocks go back to 23:01 of the day before.
  @Test func anHourRepeatedAfterMidnightBelongsToTheDayThatHasBegun() throws {
    let calendar = Self.calendar("America/St_Johns")
    let change = Self.instant(1_289_097_060)
    #expect(calendar.clockTime(at: change) == ClockTime(hour: 23, minute: 1))
    let day = calendar.day(containing: change)
    #expect(day.date == (try Self.date("2010-11-07")))
    #expect(day.range.lowerBound == change + .minutes(-1) && day.quarterHourCount == 100)
    #expect(calendar.day(containing: day.range.lowerBound + .seconds(-1)).quarterHourCount == 96)
  }

  /// Samoa went over the date line: 29 December 2011 was followed by the 31st.
  @Test func aDateMayBeMissing() throws {
    let calendar = Self.calendar("Pacific/Apia")
    let change = Self.instant(1_325_239_200)
    let before = calendar.day(containing: change + .seconds(-1))
    let after = calendar.day(containing: change)
    #expect(before.date == (try Self.date("2011-12-29")))
    #expect(after.date == (try Self.date("2011-12-31")))
    #expect(before.range.upperBound == change && after.range.lowerBound == change)
  }

  @Test func holidaysAreThoseOfTheLocalDate() throws {
    var epoch = Epoch(unixMilliseconds: 0, zone: "America/New_York", offsetSeconds: -18_000)
    epoch.holidays = [try Self.date("2025-12-25")]
    let calendar = LocalCalendar(epoch)
    // 2025-12-25T00:00Z is 19:00 of the day before in New York.
    let evening = Self.instant(1_766_620_800)
    #expect(!calendar.isHoliday(at: evening))
    #expect(!calendar.isHoliday(at: evening + .seconds(5 * 3_600 - 1)))
    #expect(calendar.isHoliday(at: evening + .hours(5)))
    #expect(calendar.day(containing: evening + .hours(28)).isHoliday)
    #expect(!calendar.isHoliday(at: evening + .hours(29)))
  }

  @Test func timeCountsFromTheEpoch() {
    let epoch = Epoch(
      unixMilliseconds: 1_743_292_800_000, zone: "Europe/London", offsetSeconds: 0)
    let day = LocalCalendar(epoch).day(containing: .start + .hours(22))
    #expect(day.range == .start..<(.start + .hours(23)))
  }

  /// London kept local mean time until 1847, and the present rule is taken to go on for ever.
  @Test func farYearsHaveTheirDays() throws {
    let calendar = Self.calendar("Europe/London")
    for (text, quarterHours) in [
      ("1700-01-01", 96), ("1900-02-28", 96), ("2100-02-28", 96), ("2260-03-25", 92),
      ("2260-10-28", 100), ("2260-12-31", 96),
    ] {
      let date = try Self.date(text)
      let day = calendar.day(containing: calendar.instant(of: ClockTime(hour: 12), on: date))
      #expect(day.date == date)
      #expect(day.quarterHourCount == quarterHours, "\(text)")
    }
  }
}
