internal import Foundation

/// Instants as text in UTC, by the proleptic Gregorian calendar.
public enum CalendarText {
  /// Returns an instant such as `2025-01-15 00:00:00`, with milliseconds where there are any.
  public static func utc(_ unixMilliseconds: Int64) -> String {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let seconds = unixMilliseconds.floorDivision(by: 1_000)
    let parts = calendar.dateComponents(
      [.year, .month, .day, .hour, .minute, .second],
      from: Date(timeIntervalSince1970: Double(seconds)))
    func two(_ value: Int?) -> String { padded(value ?? 0, to: 2) }
    let milliseconds = Int(unixMilliseconds - seconds * 1_000)
    return "\(padded(parts.year ?? 0, to: 4))-\(two(parts.month))-\(two(parts.day)) "
      + "\(two(parts.hour)):\(two(parts.minute)):\(two(parts.second))"
      + (milliseconds == 0 ? "" : "." + padded(milliseconds, to: 3))
  }

  private static func padded(_ value: Int, to width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}

extension Int64 {
  fileprivate func floorDivision(by divisor: Int64) -> Int64 {
    let quotient = self / divisor
    return self % divisor < 0 ? quotient - 1 : quotient
  }
}
