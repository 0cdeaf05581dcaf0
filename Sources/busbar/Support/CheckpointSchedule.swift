import BusbarEvents

/// When a run takes the checkpoints from which it could be resumed.
struct CheckpointSchedule {
  /// How the instants are chosen.
  enum Rule {
    /// At whole multiples of an interval of simulated time.
    case every(Interval)
    /// At the end of a block of output, when some wall time has passed since the last one.
    ///
    /// Where it falls changes no result, so that the clock on the wall may decide.
    case byWallTime(Duration)
  }

  /// At most half a minute of work is lost, at a cost of some milliseconds.
  static let standard = Rule.byWallTime(.seconds(30))

  private let rule: Rule
  private let end: SimulationTime
  private let clock = ContinuousClock()
  private var last: ContinuousClock.Instant
  /// The next instant at which a checkpoint is due; nil when the wall clock decides, or none is.
  private(set) var next: SimulationTime?

  /// Makes a schedule for a run that stands at an instant.
  init(_ rule: Rule, from now: SimulationTime, until end: SimulationTime) {
    self.rule = rule
    self.end = end
    last = clock.now
    next = instant(after: now)
  }

  /// Whether the next block is to be committed with a checkpoint.
  var isDueAtBlockEnd: Bool {
    guard case .byWallTime(let duration) = rule else { return false }
    return clock.now - last >= duration
  }

  /// Notes that a checkpoint was taken.
  mutating func note(_ now: SimulationTime) {
    last = clock.now
    next = instant(after: now)
  }

  private func instant(after now: SimulationTime) -> SimulationTime? {
    guard case .every(let interval) = rule else { return nil }
    let (steps, overflows) = (now.milliseconds / interval.milliseconds + 1)
      .multipliedReportingOverflow(by: interval.milliseconds)
    let instant = SimulationTime(milliseconds: steps)
    return overflows || instant >= end ? nil : instant
  }
}
