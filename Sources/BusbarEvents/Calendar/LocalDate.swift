/// A day of the Gregorian calendar, which is extended to the years before its introduction.
public struct LocalDate: Hashable, Sendable, Codable {
  /// The year, such as 2025.
  public let year: Int
  /// The month, from 1 to 12.
  public let month: Int
  /// The day of the month, from 1.
  public let day: Int

  /// Makes a date; nil when the month has no such day, or the year is not within 1 to 9999.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9_999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.dayCount(ofMonth: month, year: year)
    else { return nil }
    (self.year, self.month, self.day) = (year, month, day)
  }

  /// Reads a date such as `2025-12-25`; nil when the text has another form or there is no such day.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.map(\.utf8.count) == [4, 2, 2],
      parts.allSatisfy({ $0.utf8.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Makes a date from the days since 1970-01-01, negative before it.
  ///
  /// Years are counted from March, so that 29 February ends a year, and in eras of 400 years.
  public init(daysSince1970 days: Int) {
    let sinceMarch = days + Self.daysFromMarchOfYear0To1970
    let era = sinceMarch.quotient(flooredBy: 146_097)
    let dayOfEra = sinceMarch - era * 146_097
    let yearOfEra =
      (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    // The months from March alternate between 31 and 30 days with a period of 153 days.
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  private static let daysFromMarchOfYear0To1970 = 719_468

  /// The days since 1970-01-01, negative before it.
  public var daysSince1970: Int {
    let last = year - 1
    return 365 * last + last / 4 - last / 100 + last / 400 - 719_162 + dayOfYear - 1
  }

  /// The day of the year: 1 for 1 January, 366 for 31 December of a leap year.
  public var dayOfYear: Int {
    (1..<month).reduce(day) { $0 + Self.dayCount(ofMonth: $1, year: year) }
  }

  /// The day of the week.
  public var weekday: Weekday {
    // 1970-01-01 was a Thursday.
    Weekday.allCases[(daysSince1970 + 3) - 7 * (daysSince1970 + 3).quotient(flooredBy: 7)]
  }

  /// Returns the date that lies a number of days later, or earlier if it is negative.
  public func advanced(byDays days: Int) -> LocalDate {
    LocalDate(daysSince1970: daysSince1970 + days)
  }

  /// The first day of the month.
  var startOfMonth: LocalDate { advanced(byDays: 1 - day) }
  /// The first day of the next month.
  var startOfNextMonth: LocalDate {
    advanced(byDays: 1 - day + Self.dayCount(ofMonth: month, year: year))
  }
  /// 1 January of the year.
  var startOfYear: LocalDate { advanced(byDays: 1 - dayOfYear) }
  /// 1 January of the next year.
  var startOfNextYear: LocalDate {
    startOfYear.advanced(byDays: Self.isLeap(year) ? 366 : 365)
  }

  private static func isLeap(_ year: Int) -> Bool {
    year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
  }

  private static func dayCount(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: isLeap(year) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension LocalDate: Comparable {
  public static func < (left: LocalDate, right: LocalDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension LocalDate: CustomStringConvertible {
  /// The date in the form of ISO 8601, such as `2025-12-25`.
  public var description: String {
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// A day of the week, numbered as in ISO 8601.
public enum Weekday: Int, Sendable, Codable, CaseIterable {
  case monday = 1
  case tuesday, wednesday, thursday, friday, saturday, sunday

  /// Whether the day is a Saturday or a Sunday.
  public var isWeekend: Bool { self == .saturday || self == .sunday }
}

extension FixedWidthInteger {
  /// The quotient rounded towards minus infinity; the divisor is positive.
  func quotient(flooredBy divisor: Self) -> Self {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? quotient - 1 : quotient
  }
}
