internal import CGSL

/// How long one step of a process took over many passes, in ms.
public struct LatencySummary: Hashable, Sendable {
  /// The number of passes; at least one.
  public let count: Int
  /// The value that 5 % of the passes stay below.
  public let p5: Double
  /// The value that half of the passes stay below.
  public let median: Double
  /// The value that 95 % of the passes stay below.
  public let p95: Double
  /// The arithmetic mean.
  public let mean: Double
  /// The longest pass.
  public let maximum: Double

  /// Summarises samples in ms, which are finite; nil when there are none.
  ///
  /// Quantiles are interpolated linearly between the samples, as
  /// `gsl_stats_quantile_from_sorted_data` does.
  public init?(of samples: [Double]) {
    guard !samples.isEmpty else { return nil }
    precondition(samples.allSatisfy(\.isFinite), "A latency is a finite number.")
    let sorted = samples.sorted()
    func quantile(_ share: Double) -> Double {
      // SAFETY: the buffer outlives the call, holds `count` numbers, and is only read.
      unsafe sorted.withUnsafeBufferPointer {
        unsafe gsl_stats_quantile_from_sorted_data($0.baseAddress, 1, $0.count, share)
      }
    }
    count = sorted.count
    p5 = quantile(0.05)
    median = quantile(0.5)
    p95 = quantile(0.95)
    // SAFETY: as above.
    mean = unsafe sorted.withUnsafeBufferPointer {
      unsafe gsl_stats_mean($0.baseAddress, 1, $0.count)
    }
    maximum = sorted[sorted.count - 1]
  }
}
