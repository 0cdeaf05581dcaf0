/// An instant of simulated time: whole milliseconds since the start of the scenario.
@frozen
public struct SimulationTime: Hashable, Comparable, Sendable, Codable {
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
public struct Interval: Hashable, Comparable, Sendable, Codable {
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
