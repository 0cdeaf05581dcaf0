import BusbarEvents

/// The hold model of event queues: each event that is handed out schedules its successor, so that
/// the number of pending events stays the same.
///
/// D. W. Jones, "An empirical comparison of priority-queue and event-set implementations",
/// Communications of the ACM 29 (1986), doi:10.1145/5684.5686.
struct HoldModel {
  /// When the successor of an event runs.
  enum Times: String, CaseIterable {
    /// At a random millisecond of the next hour.
    case random = "random times"
    /// At a random whole minute of the next hour.
    case minuteGrid = "a minute grid"
  }

  /// An event of the size of the simulator's own.
  enum Event: Sendable {
    case timer(target: Int)
    case message(number: Int)
  }

  static let pendingCount = 50_000
  /// The delays to the successors, drawn before the clock runs; a power of two.
  private static let delayCount = 1 << 16

  private var queue = EventQueue<Event>()
  private(set) var hash = EventLogHash()
  private let delays: [Interval]

  init(_ times: Times) {
    var stream = RandomStream(seed: 1, entity: times.rawValue, purpose: "delay")
    delays = (0..<Self.delayCount).map { _ in
      switch times {
      case .random: Interval(milliseconds: Int64.random(in: 1...3_600_000, using: &stream))
      case .minuteGrid: .minutes(Int64.random(in: 1...60, using: &stream))
      }
    }
    for target in 0..<Self.pendingCount {
      queue.schedule(
        target.isMultiple(of: 2) ? .timer(target: target) : .message(number: target),
        at: EventKey(
          time: .start + delays[target], phase: .delivery, target: target, ordinal: 0))
    }
  }

  /// Hands out events, absorbs each into the hash of the log, and schedules their successors.
  mutating func run(_ count: Int) {
    for number in 0..<count {
      guard let (key, event) = queue.next() else {
        preconditionFailure("Each event has a successor.")
      }
      switch event {
      case .timer(let target): hash.absorb(key, kind: 0, payload: UInt64(target))
      case .message(let number): hash.absorb(key, kind: 1, payload: UInt64(number))
      }
      queue.schedule(
        event,
        at: EventKey(
          time: key.time + delays[number % Self.delayCount], phase: key.phase,
          target: key.target, ordinal: key.ordinal + 1))
    }
  }
}
