internal import BusbarEvents

/// The outages of a link, drawn one after the other as time goes by.
struct OutageWindow: Hashable, Sendable, Codable {
  private var stream: RandomStream
  /// In µs, from the beginning of the outage in question to just before its end.
  private var begin: Int64
  private var end: Int64

  /// Draws the first outage of a link that works at the start.
  init(_ stream: RandomStream, _ process: OutageProcess) {
    self.stream = stream
    (begin, end) = (0, 0)
    drawNext(process)
  }

  private mutating func drawNext(_ process: OutageProcess) {
    begin = end + Self.length(process.meanTimeBetween, &stream)
    end = begin + Self.length(process.meanDuration, &stream)
  }

  private static func length(_ mean: Interval, _ stream: inout RandomStream) -> Int64 {
    Microseconds.of(stream.draw(.exponential(mean: Double(mean.milliseconds))) * 1_000)
  }

  /// Whether the link has failed at an instant in µs; instants are asked for in ascending order.
  mutating func contains(_ instant: Int64, _ process: OutageProcess) -> Bool {
    while end <= instant { drawNext(process) }
    return begin <= instant
  }
}
