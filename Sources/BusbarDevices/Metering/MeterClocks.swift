public import BusbarEvents
public import BusbarUnits

/// How well the clocks of a fleet of meters keep time (E-17).
public struct MeterClockQuality: Sendable, Hashable, Codable {
  /// The offset at the start of the run, in ms; positive when the clock is ahead.
  public var initialOffset: Distribution
  /// The rate error of a clock in parts per million; positive when it runs fast.
  public var drift: Distribution
  /// The offset that is left after a synchronisation, in ms.
  public var residual: Distribution

  /// Makes a quality from three distributions.
  public init(initialOffset: Distribution, drift: Distribution, residual: Distribution) {
    self.initialOffset = initialOffset
    self.drift = drift
    self.residual = residual
  }

  /// Clocks that are never wrong.
  public static let exact = MeterClockQuality(
    initialOffset: .constant(0), drift: .constant(0), residual: .constant(0))
}

/// The clocks of all meters of a fleet.
///
/// A clock shows true time plus an offset that grows with its drift:
/// error(t) = offset + drift * (t - t0), with t0 the last synchronisation. Only time stamps are
/// wrong: the intervals over which meters average end at true instants.
public struct MeterClocks: Sendable, Hashable, Codable {
  private let residual: Distribution
  private let driftPartsPerMillion: [Double]
  private var offsetMilliseconds: [Double]
  private var reference: [SimulationTime]
  private var randoms: [RandomStream]

  /// Makes clocks whose offsets and drifts are drawn from a stream of each meter's own.
  public init(ids: [String], quality: MeterClockQuality, seed: UInt64) {
    func draws(_ distribution: Distribution, _ purpose: String) -> [Double] {
      ids.map { id in
        var random = RandomStream(seed: seed, entity: id, purpose: purpose)
        return random.draw(distribution)
      }
    }
    residual = quality.residual
    driftPartsPerMillion = draws(quality.drift, "clock drift")
    offsetMilliseconds = draws(quality.initialOffset, "clock offset")
    reference = Array(repeating: .start, count: ids.count)
    randoms = ids.map {
      RandomStream(seed: seed, entity: $0, purpose: "clock synchronisation")
    }
  }

  /// Returns how far a meter's clock is ahead of true time, to the nearest millisecond.
  public func error(of meter: Index<SmartMeter>, at now: SimulationTime) -> Interval {
    let position = meter.position
    let elapsed = Double((now - reference[position]).milliseconds)
    let error = offsetMilliseconds[position] + driftPartsPerMillion[position] * 1e-6 * elapsed
    return Interval(milliseconds: Int64(error.rounded()))
  }

  /// Returns the time that a meter's clock shows.
  public func timestamp(of meter: Index<SmartMeter>, at now: SimulationTime) -> SimulationTime {
    now + error(of: meter, at: now)
  }

  /// Sets a meter's clock; the residual error is what the protocol could not correct.
  public mutating func synchronise(_ meter: Index<SmartMeter>, at now: SimulationTime) {
    offsetMilliseconds[meter.position] = randoms[meter.position].draw(residual)
    reference[meter.position] = now
  }
}
