public import BusbarEvents

/// How often, and how patiently, a party repeats what was not acknowledged (E-15).
public struct RetryPolicy: Hashable, Sendable, Codable {
  /// The time from the first attempt to the second; above zero.
  public var firstWait: Interval
  /// By how much each wait is longer than the one before it; at least 1.
  public var backoff: Double
  /// What no wait exceeds; at least `firstWait`.
  public var longestWait: Interval
  /// The number of attempts, the first one included; nil for attempts until acknowledged.
  public var attemptLimit: Int?

  /// Makes a policy; by default equal waits and attempts until acknowledged.
  public init(
    firstWait: Interval, backoff: Double = 1, longestWait: Interval? = nil,
    attemptLimit: Int? = nil
  ) {
    precondition(firstWait > .zero, "A wait before a retry is longer than zero.")
    precondition(backoff >= 1 && backoff.isFinite, "Waits do not become shorter.")
    precondition(longestWait ?? firstWait >= firstWait, "The longest wait is not below the first.")
    precondition(attemptLimit ?? 1 >= 1, "There is at least one attempt.")
    self.firstWait = firstWait
    self.backoff = backoff
    self.longestWait = longestWait ?? max(firstWait, .hours(24))
    self.attemptLimit = attemptLimit
  }

  /// Returns how long to wait for an acknowledgement after an attempt, counted from 1.
  ///
  /// min(firstWait · backoff^(attempt − 1), longestWait), in whole milliseconds.
  public func wait(afterAttempt attempt: Int) -> Interval {
    precondition(attempt >= 1, "Attempts are counted from 1.")
    let longest = Double(longestWait.milliseconds)
    var wait = Double(firstWait.milliseconds)
    guard backoff > 1 else { return firstWait }
    var passed = 1
    while passed < attempt, wait < longest {
      wait *= backoff
      passed += 1
    }
    return Interval(milliseconds: Int64(min(wait, longest).rounded()))
  }
}

/// How far a party is with having something acknowledged.
public struct Retries: Hashable, Sendable, Codable {
  /// What to do when an acknowledgement is overdue.
  public enum Step: Hashable, Sendable {
    /// Send it (again), and look after it at this instant if nothing was heard until then.
    case attempt(lookAfterAt: SimulationTime)
    /// Leave it: there is no attempt left.
    case giveUp
    /// Nothing: it was acknowledged in the meantime.
    case done
  }

  /// The number of attempts made.
  public private(set) var attemptCount = 0
  /// Whether the receiver has acknowledged one of the attempts.
  public private(set) var isAcknowledged = false

  /// Makes the state before the first attempt.
  public init() {}

  /// Decides at an instant at which no acknowledgement is there, the first time to begin with.
  public mutating func step(at time: SimulationTime, _ policy: RetryPolicy) -> Step {
    if isAcknowledged { return .done }
    if let limit = policy.attemptLimit, attemptCount >= limit { return .giveUp }
    attemptCount += 1
    return .attempt(lookAfterAt: time + policy.wait(afterAttempt: attemptCount))
  }

  /// Notes an acknowledgement; returns whether it is the first one.
  public mutating func acknowledge() -> Bool {
    defer { isAcknowledged = true }
    return !isAcknowledged
  }
}
