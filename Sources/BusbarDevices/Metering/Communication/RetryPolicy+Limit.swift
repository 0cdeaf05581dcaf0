internal import BusbarMessaging

extension RetryPolicy {
  /// Returns whether another attempt may follow so many.
  func allowsAnother(after attempts: Int) -> Bool { attemptLimit.map { attempts < $0 } ?? true }
}
