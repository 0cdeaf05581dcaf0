/// Wall time spent in named parts of a command.
struct Stopwatch {
  /// A part of a command's work.
  enum Part: String, CaseIterable {
    case reading
    case solving
    case events
    case recording
  }

  private let clock = ContinuousClock()
  private let began: ContinuousClock.Instant
  private var spent: [Part: Duration] = [:]

  /// Starts the watch.
  init() { began = clock.now }

  /// Adds the time that a body takes to a part.
  mutating func measure<Result, Failure>(
    _ part: Part, _ body: () throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let start = clock.now
    defer { spent[part, default: .zero] += clock.now - start }
    return try body()
  }

  /// The seconds spent in a part so far.
  func seconds(in part: Part) -> Double { Self.seconds(spent[part] ?? .zero) }

  /// The seconds since the start.
  var total: Double { Self.seconds(clock.now - began) }

  private static func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }
}
