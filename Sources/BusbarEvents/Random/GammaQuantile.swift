internal import CGSL

/// Returns the least value whose cumulative probability under a gamma distribution is reached.
///
/// GSL's own inverse, `gsl_cdf_gamma_Pinv`, ends the program where its iteration does not converge:
/// for shapes below 0.12, and here and there above 1. So its cumulative probability is bisected over
/// all positive numbers, which have the order of their bit patterns: 63 steps to the last bit.
func gammaQuantile(_ probability: Double, shape: Double, scale: Double) -> Double {
  if probability == 0 { return 0 }
  if probability == 1 { return .infinity }
  var (below, reached) = (UInt64(0), Double.infinity.bitPattern)
  while reached - below > 1 {
    let middle = below + (reached - below) / 2
    if gsl_cdf_gamma_P(Double(bitPattern: middle), shape, 1) < probability {
      below = middle
    } else {
      reached = middle
    }
  }
  return scale * Double(bitPattern: reached)
}
