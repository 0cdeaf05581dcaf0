/// An instant of simulated time: whole milliseconds since the start of the scenario.
@frozen
public struct SimulationTime: Hashable, Comparable, Codable, Sendable {
  /// Milliseconds since the start; never negative in a run.
  public var milliseconds: Int64

  /// Makes an instant from milliseconds since the start.
  @inlinable
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// The start of the scenario.
  @inlinable public static var start: SimulationTime { SimulationTime(milliseconds: 0) }

  @inlinable
  public static func < (left: SimulationTime, right: SimulationTime) -> Bool {
    left.milliseconds < right.milliseconds
  }
  @inlinable
  public static func + (left: SimulationTime, right: Interval) -> SimulationTime {
    SimulationTime(milliseconds: left.milliseconds + right.milliseconds)
  }
  @inlinable
  public static func - (left: SimulationTime, right: SimulationTime) -> Interval {
    Interval(milliseconds: left.milliseconds - right.milliseconds)
  }
}

/// A length of simulated time in whole milliseconds.
@frozen
public struct Interval: Hashable, Comparable, Codable, Sendable {
  /// The length in milliseconds.
  public var milliseconds: Int64

  /// Makes an interval from milliseconds.
  @inlinable
  public init(milliseconds: Int64) { self.milliseconds = milliseconds }

  /// No time at all.
  @inlinable public static var zero: Interval { Interval(milliseconds: 0) }
  /// Makes an interval from whole seconds.
  @inlinable
  public static func seconds(_ count: Int64) -> Interval { Interval(milliseconds: count * 1_000) }
  /// Makes an interval from whole minutes.
  @inlinable
  public static func minutes(_ count: Int64) -> Interval { Interval(milliseconds: count * 60_000) }
  /// Makes an interval from whole hours.
  @inlinable
  public static func hours(_ count: Int64) -> Interval {
    Interval(milliseconds: count * 3_600_000)
  }

  /// The length in seconds.
  @inlinable public var seconds: Double { Double(milliseconds) / 1_000 }
  /// The length in hours.
  @inlinable public var hours: Double { Double(milliseconds) / 3_600_000 }

  @inlinable
  public static func < (left: Interval, right: Interval) -> Bool {
    left.milliseconds < right.milliseconds
  }
  @inlinable
  public static func + (left: Interval, right: Interval) -> Interval {
    Interval(milliseconds: left.milliseconds + right.milliseconds)
  }
  @inlinable
  public static func - (left: Interval, right: Interval) -> Interval {
    Interval(milliseconds: left.milliseconds - right.milliseconds)
  }
}

/// Where simulated time begins on the world's clock.
public struct Epoch: Hashable, Sendable {
  /// Milliseconds from 1970-01-01T00:00Z to the start of the scenario.
  public var unixMilliseconds: Int64
  /// The IANA name of the zone, or an offset such as `+01:00`, as the scenario gives it.
  public var zone: String
  /// The zone's offset from UTC at the start, in seconds; positive east of Greenwich.
  public var offsetSeconds: Int

  /// Makes an epoch from the UTC instant of the start and the zone that named it.
  public init(unixMilliseconds: Int64, zone: String, offsetSeconds: Int) {
    self.unixMilliseconds = unixMilliseconds
    self.zone = zone
    self.offsetSeconds = offsetSeconds
  }
}
