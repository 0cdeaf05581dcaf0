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

extension CalendarText {
  /// Reads an instant such as `2025-01-15 00:00:00`, as `utc` writes it; nil for another text.
  static func unixMilliseconds(_ text: String) -> Int64? {
    let pattern = /(\d{4,})-(\d{2})-(\d{2}) (\d{2}):(\d{2}):(\d{2})(?:\.(\d{3}))?/
    guard let match = text.wholeMatch(of: pattern) else { return nil }
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = .gmt
    let parts = DateComponents(
      year: Int(match.1), month: Int(match.2), day: Int(match.3), hour: Int(match.4),
      minute: Int(match.5), second: Int(match.6))
    guard let date = calendar.date(from: parts) else { return nil }
    let fraction = match.7.flatMap { Int64($0) } ?? 0
    return Int64(date.timeIntervalSince1970) * 1_000 + fraction
  }
}
