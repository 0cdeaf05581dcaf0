/// What keeps a distribution from being used.
public enum DistributionFault: Error, Sendable, Hashable {
  /// A parameter is infinite or not a number.
  case notFinite(parameter: String)
  /// A parameter must be greater than zero.
  case notPositive(parameter: String, value: Double)
  /// The shape of a gamma or Weibull distribution is outside ``Distribution/shapes``.
  case extremeShape(Double)
  /// A uniform distribution ends where it begins, or before.
  case reversed(from: Double, to: Double)
}

extension DistributionFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notFinite(let parameter): "'\(parameter)' is not a finite number"
    case .notPositive(let parameter, let value):
      "'\(parameter)' is \(value), but must be greater than 0"
    case .extremeShape(let value):
      "'shape' is \(value), but must lie between \(Distribution.shapes.lowerBound) and "
        + "\(Distribution.shapes.upperBound)"
    case .reversed(let from, let to): "'to' is \(to), which is not greater than 'from', \(from)"
    }
  }
}

extension Distribution {
  /// The shapes of gamma and Weibull distributions for which mean and quantiles are representable.
  public static let shapes = 0.01...10_000.0

  /// The first parameter that is out of its range, with what is wrong; nil when all are sound.
  public var fault: DistributionFault? {
    switch self {
    case .constant(let value): Self.finite(value, "value")
    case .uniform(let from, let to):
      Self.finite(from, "from") ?? Self.finite(to, "to")
        ?? (from < to ? nil : .reversed(from: from, to: to))
    case .normal(let mean, let deviation):
      Self.finite(mean, "mean") ?? Self.positive(deviation, "standardDeviation")
    case .lognormal(let median, let sigma):
      Self.positive(median, "median") ?? Self.positive(sigma, "sigma")
    case .exponential(let mean): Self.positive(mean, "mean")
    case .gamma(let shape, let scale): Self.shape(shape) ?? Self.positive(scale, "scale")
    case .weibull(let scale, let shape): Self.positive(scale, "scale") ?? Self.shape(shape)
    case .shifted(let minimum, let rest): Self.finite(minimum, "minimum") ?? rest.fault
    }
  }

  private static func finite(_ value: Double, _ parameter: String) -> DistributionFault? {
    value.isFinite ? nil : .notFinite(parameter: parameter)
  }

  private static func positive(_ value: Double, _ parameter: String) -> DistributionFault? {
    finite(value, parameter) ?? (value > 0 ? nil : .notPositive(parameter: parameter, value: value))
  }

  private static func shape(_ value: Double) -> DistributionFault? {
    positive(value, "shape") ?? (shapes.contains(value) ? nil : .extremeShape(value))
  }
}
