public import BusbarEvents
public import BusbarMessaging

/// When and how meters push their load profiles on their own (E-15).
public struct PushSchedule: Sendable, Hashable, Codable {
  /// The time between two pushes of a meter; a message can change it for one meter.
  public var period: Interval
  /// The first push comes at this offset after the start of the run, plus a random part.
  public var offset: Interval
  /// The random part is spread evenly over this window, in whole seconds, so that not all meters
  /// speak at once.
  public var window: Interval
  /// The most rows in one message; 48 half-hours are a day.
  public var rowsPerMessage: Int
  /// How a push is repeated until acknowledged; nil sends once and asks for nothing.
  public var retry: RetryPolicy?

  /// Makes a schedule.
  public init(
    period: Interval, offset: Interval = .zero, window: Interval = .zero,
    rowsPerMessage: Int = 48, retry: RetryPolicy?
  ) {
    precondition(period > .zero && window >= .zero && offset >= .zero, "A period takes time.")
    precondition(rowsPerMessage > 0, "A message carries at least one row.")
    self.period = period
    self.offset = offset
    self.window = window
    self.rowsPerMessage = rowsPerMessage
    self.retry = retry
  }

  /// Draws the first push of each meter from a stream of its own.
  func firstPushes(of ids: [String], seed: UInt64) -> [SimulationTime] {
    ids.map { id in
      var random = RandomStream(seed: seed, entity: id, purpose: "push offset")
      let seconds = Int64(random.uniform() * (window.seconds.rounded(.down) + 1))
      return .start + offset + .seconds(min(seconds, window.milliseconds / 1_000))
    }
  }
}
