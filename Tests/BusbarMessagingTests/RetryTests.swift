import BusbarEvents
import BusbarMessaging
import Testing

/// Retry until acknowledged (E-15).
struct RetryTests {
  @Test func waitsGrowByTheBackoffUpToTheLongest() {
    let policy = RetryPolicy(firstWait: .seconds(10), backoff: 3, longestWait: .seconds(200))
    let waits = (1...6).map { policy.wait(afterAttempt: $0).milliseconds }
    #expect(waits == [10_000, 30_000, 90_000, 200_000, 200_000, 200_000])
    // Far beyond what a power of the backoff could represent.
    #expect(policy.wait(afterAttempt: 1_000_000) == .seconds(200))
  }

  @Test func withoutBackoffAllWaitsAreEqual() {
    let policy = RetryPolicy(firstWait: .hours(48))
    #expect(policy.wait(afterAttempt: 1) == .hours(48))
    #expect(policy.wait(afterAttempt: 100) == .hours(48))
  }

  @Test func aLimitedPolicyGivesUpAfterItsLastAttempt() {
    let policy = RetryPolicy(firstWait: .seconds(10), backoff: 2, attemptLimit: 3)
    #expect(Self.steps(policy, count: 5) == [10, 30, 70, nil, nil])
  }

  @Test func anUnlimitedPolicyGoesOnUntilAcknowledged() {
    let policy = RetryPolicy(firstWait: .seconds(60))
    var retries = Retries()
    var time = SimulationTime.start
    for _ in 0..<500 {
      guard case .attempt(let next) = retries.step(at: time, policy) else {
        Issue.record("Gave up without a limit.")
        return
      }
      time = next
    }
    #expect(time == .start + .minutes(500))
    let isFirst = retries.acknowledge()
    let isSecond = retries.acknowledge()
    #expect(isFirst && !isSecond)
    #expect(retries.step(at: time, policy) == .done)
    #expect(retries.attemptCount == 500)
  }

  /// Over a link that loses a share p, the attempts until one arrives and its acknowledgement comes
  /// back are geometrically distributed with the mean 1 / (1 − p)², and variance (1 − q) / q² where
  /// q = (1 − p)².
  @Test func theNumberOfAttemptsIsThatOfAGeometricDistribution() throws {
    var lossy = linkClass(latency: .constant(100))
    lossy.loss = 0.3
    lossy.confirmation = Confirmation(latency: .constant(100))
    var one = try OneLink(lossy)
    let policy = RetryPolicy(firstWait: .seconds(1))
    let count = 10_000
    var attempts = 0
    var time = SimulationTime.start
    for _ in 0..<count {
      var retries = Retries()
      while case .attempt(let next) = retries.step(at: time, policy) {
        if let arrival = one.states.transmit(over: one.link, bytes: 9, at: time, in: one.plan)
          .arrival,
          one.states.confirm(over: one.link, at: arrival, in: one.plan)?.arrival != nil
        {
          _ = retries.acknowledge()
        }
        time = next
      }
      attempts += retries.attemptCount
    }
    let success = 0.7 * 0.7
    let deviation = (1 - success).squareRoot() / success / Double(count).squareRoot()
    #expect(abs(Double(attempts) / Double(count) - 1 / success) < 5 * deviation)
  }

  /// The instants in seconds at which a never answered party looks after its attempts; nil for
  /// giving up.
  private static func steps(_ policy: RetryPolicy, count: Int) -> [Int64?] {
    var retries = Retries()
    var time = SimulationTime.start
    return (0..<count).map { _ in
      guard case .attempt(let next) = retries.step(at: time, policy) else { return nil }
      time = next
      return time.milliseconds / 1_000
    }
  }
}
