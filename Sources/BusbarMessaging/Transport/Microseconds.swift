internal import BusbarEvents

/// Instants and lengths of time inside the transport: whole microseconds since the start.
///
/// A byte at 1 Mbit/s takes 8 µs; in milliseconds, short transmissions would all round alike, and
/// a busy medium would be wrong by half a millisecond a message.
enum Microseconds {
  /// Ten years: nothing that is drawn takes longer.
  static let longest = 315_576_000_000_000.0

  /// Some 30,000 years: farther than any run goes, and far from what 64 bits can count.
  static let beyond: Int64 = 1_000_000_000_000_000_000

  /// The nearest whole number of microseconds, bounded by zero and ten years.
  static func of(_ microseconds: Double) -> Int64 {
    Int64(min(max(microseconds, 0), longest).rounded())
  }

  static func of(_ time: SimulationTime) -> Int64 { time.milliseconds * 1_000 }

  static func of(_ interval: Interval) -> Int64 { interval.milliseconds * 1_000 }

  /// The nearest instant on the grid of simulated time; half a millisecond goes up.
  static func instant(_ microseconds: Int64) -> SimulationTime {
    SimulationTime(milliseconds: (microseconds + 500) / 1_000)
  }
}
