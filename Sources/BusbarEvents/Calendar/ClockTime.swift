/// What a clock shows: the time since midnight as if the clocks had not changed since.
public struct ClockTime: Hashable, Comparable, Sendable, Codable {
  /// Milliseconds shown since 00:00; below a day.
  public let milliseconds: Int64

  /// The milliseconds of 24 hours.
  static let dayMilliseconds: Int64 = 86_400_000

  /// Makes the time of an hour from 0 to 23, with its minute, second and millisecond.
  public init(hour: Int, minute: Int = 0, second: Int = 0, millisecond: Int = 0) {
    precondition(
      (0..<24).contains(hour) && (0..<60).contains(minute) && (0..<60).contains(second)
        && (0..<1_000).contains(millisecond), "A clock shows 00:00:00.000 to 23:59:59.999.")
    milliseconds = Int64(((hour * 60 + minute) * 60 + second) * 1_000 + millisecond)
  }

  /// Makes the time that a number of milliseconds after midnight shows.
  init(milliseconds: Int64) {
    precondition((0..<Self.dayMilliseconds).contains(milliseconds), "A clock shows less than 24 h.")
    self.milliseconds = milliseconds
  }

  /// The beginning of a day.
  public static let midnight = ClockTime(hour: 0)

  /// The hour shown, from 0 to 23.
  public var hour: Int { Int(milliseconds / 3_600_000) }
  /// The minute shown, from 0 to 59.
  public var minute: Int { Int(milliseconds / 60_000 % 60) }
  /// The hours since midnight with their fraction, from 0 to below 24.
  public var hours: Double { Double(milliseconds) / 3_600_000 }

  public static func < (left: ClockTime, right: ClockTime) -> Bool {
    left.milliseconds < right.milliseconds
  }
}
