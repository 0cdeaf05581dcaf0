import BusbarEvents
import Testing

struct LocalDateTests {
  /// Unix times divided by 86,400, days of the week and ordinal dates as `date -u` prints them.
  @Test(arguments: [
    ("1700-01-01", -98_615, 1, Weekday.friday), ("1900-03-01", -25_508, 60, .thursday),
    ("1970-01-01", 0, 1, .thursday), ("2000-03-01", 11_017, 61, .wednesday),
    ("2024-02-29", 19_782, 60, .thursday), ("2025-12-25", 20_447, 359, .thursday),
    ("2100-03-01", 47_541, 60, .monday), ("2260-12-31", 106_285, 366, .monday),
  ])
  func aDateHasItsPlaceInTheCalendar(
    text: String, days: Int, ordinal: Int, weekday: Weekday
  ) throws {
    let date = try #require(LocalDate(text))
    #expect(date.daysSince1970 == days)
    #expect(date.dayOfYear == ordinal)
    #expect(date.weekday == weekday)
    #expect(date.description == text)
    #expect(LocalDate(daysSince1970: days) == date)
  }

  /// The Gregorian rule: a year divisible by 100 is a leap year only if 400 divides it.
  @Test(arguments: [(1900, false), (2000, true), (2023, false), (2024, true), (2100, false)])
  func the29thOfFebruaryExistsInLeapYearsOnly(year: Int, isLeap: Bool) {
    #expect((LocalDate(year: year, month: 2, day: 29) != nil) == isLeap)
  }

  @Test func eachDayFollowsTheOneBeforeForFiveCenturiesAndAHalf() throws {
    var date = try #require(LocalDate("1700-01-01"))
    for days in -98_615...106_285 {
      #expect(date.daysSince1970 == days)
      let next = date.advanced(byDays: 1)
      let isNextDay = next.day == date.day + 1 && next.month == date.month
      let isNextMonth = next.day == 1 && next.month == date.month + 1 && date.day >= 28
      let isNextYear = next.dayOfYear == 1 && next.year == date.year + 1 && date.day == 31
      #expect([isNextDay, isNextMonth, isNextYear].count { $0 } == 1, "\(date), \(next)")
      #expect(date < next)
      date = next
    }
    #expect(date.description == "2261-01-01")
  }

  @Test(arguments: [
    "2025-02-29", "2025-13-01", "2025-00-01", "2025-04-31", "2025-04-00", "25-04-01", "2025-4-1",
    "2025-04-01T00:00", "2025/04/01", "+025-04-01", "0000-01-01", "", "Christmas",
  ])
  func whatIsNoDayOfTheCalendarIsNotRead(text: String) { #expect(LocalDate(text) == nil) }
}
