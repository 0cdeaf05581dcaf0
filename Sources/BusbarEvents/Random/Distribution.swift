internal import CGSL
internal import RealModule

/// How a random quantity is distributed; its unit is that of its parameters.
///
/// A ``RandomStream`` draws from it. Densities and parameters are those of GSL [1]; a distribution
/// is fit for use when it has no ``fault``.
///
/// 1. M. Galassi et al., *GNU Scientific Library Reference Manual*, ed. 2.7, ch. 20.
public enum Distribution: Sendable, Hashable, Codable {
  /// Always the same value.
  case constant(Double)
  /// Equally likely from one value to below another.
  case uniform(from: Double, to: Double)
  /// Gaussian.
  case normal(mean: Double, standardDeviation: Double)
  /// The logarithm is Gaussian around ln(median) with the standard deviation `sigma`, which has no
  /// unit.
  case lognormal(median: Double, sigma: Double)
  /// Waiting times of a process without memory.
  case exponential(mean: Double)
  /// With the density x^(shape − 1) e^(−x/scale); an Erlang distribution for whole shapes.
  case gamma(shape: Double, scale: Double)
  /// With the cumulative probability 1 − e^(−(x/scale)^shape).
  case weibull(scale: Double, shape: Double)
  /// Another distribution, moved up by a least value: a delay with a floor, for example.
  indirect case shifted(minimum: Double, Distribution)

  /// The expected value.
  public var mean: Double {
    switch self {
    case .constant(let value): value
    case .uniform(let from, let to): from + (to - from) / 2
    case .normal(let mean, _): mean
    case .lognormal(let median, let sigma): median * Double.exp(sigma * sigma / 2)
    case .exponential(let mean): mean
    case .gamma(let shape, let scale): shape * scale
    case .weibull(let scale, let shape): scale * Double.gamma(1 + 1 / shape)
    case .shifted(let minimum, let rest): minimum + rest.mean
    }
  }

  /// Returns the value that a draw does not exceed with a probability from 0 to 1.
  ///
  /// The limits of the distribution belong to 0 and 1; they may be infinite.
  public func quantile(_ probability: Double) -> Double {
    precondition((0...1).contains(probability), "A probability lies between 0 and 1.")
    checkFit()
    return switch self {
    case .constant(let value): value
    case .uniform(let from, let to): gsl_cdf_flat_Pinv(probability, from, to)
    case .normal(let mean, let deviation): mean + gsl_cdf_gaussian_Pinv(probability, deviation)
    case .lognormal(let median, let sigma): median * gsl_cdf_lognormal_Pinv(probability, 0, sigma)
    case .exponential(let mean): gsl_cdf_exponential_Pinv(probability, mean)
    case .gamma(let shape, let scale): gammaQuantile(probability, shape: shape, scale: scale)
    case .weibull(let scale, let shape): gsl_cdf_weibull_Pinv(probability, scale, shape)
    case .shifted(let minimum, let rest): minimum + rest.quantile(probability)
    }
  }

  /// Traps when a parameter is out of its range: a user's parameters are checked before a run.
  func checkFit() {
    if let fault { preconditionFailure("A distribution is not fit for use: \(fault).") }
  }
}
