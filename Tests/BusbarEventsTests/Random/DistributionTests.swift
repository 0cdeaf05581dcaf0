import BusbarEvents
import BusbarTestSupport
import CGSL
import Foundation
import Testing

struct DistributionTests {
  /// A distribution with its moments in closed form and its cumulative probability by GSL.
  struct Reference: Sendable, CustomTestStringConvertible {
    var distribution: Distribution
    var mean: Double
    var variance: Double
    var cumulative: @Sendable (Double) -> Double
    var testDescription: String { "\(distribution)" }
  }

  /// Closed forms of the moments.
  ///
  /// N. L. Johnson, S. Kotz, N. Balakrishnan, *Continuous Univariate Distributions*, vol. 1,
  /// 2nd ed., Wiley 1994, ch. 13 (normal), 14 (lognormal), 17 (gamma), 19 (exponential), 21 (Weibull).
  /// Γ(3/2) = √π / 2 and Γ(2) = 1 for the Weibull distribution with shape 2.
  static let references: [Reference] = [
    Reference(
      distribution: .uniform(from: -2, to: 6), mean: 2, variance: 64.0 / 12,
      cumulative: { gsl_cdf_flat_P($0, -2, 6) }),
    Reference(
      distribution: .normal(mean: 18, standardDeviation: 1.5), mean: 18, variance: 2.25,
      cumulative: { gsl_cdf_gaussian_P($0 - 18, 1.5) }),
    Reference(
      distribution: .lognormal(median: 3, sigma: 0.5), mean: 3 * exp(0.125),
      variance: 9 * exp(0.25) * (exp(0.25) - 1),
      cumulative: { gsl_cdf_lognormal_P($0, log(3), 0.5) }),
    Reference(
      distribution: .exponential(mean: 40), mean: 40, variance: 1_600,
      cumulative: { gsl_cdf_exponential_P($0, 40) }),
    Reference(
      distribution: .gamma(shape: 0.4, scale: 5), mean: 2, variance: 10,
      cumulative: { gsl_cdf_gamma_P($0, 0.4, 5) }),
    Reference(
      distribution: .gamma(shape: 9, scale: 0.5), mean: 4.5, variance: 2.25,
      cumulative: { gsl_cdf_gamma_P($0, 9, 0.5) }),
    Reference(
      distribution: .weibull(scale: 8, shape: 2), mean: 4 * Double.pi.squareRoot(),
      variance: 64 * (1 - .pi / 4), cumulative: { gsl_cdf_weibull_P($0, 8, 2) }),
    Reference(
      distribution: .shifted(minimum: 10, .exponential(mean: 2)), mean: 12, variance: 4,
      cumulative: { $0 < 10 ? 0 : gsl_cdf_exponential_P($0 - 10, 2) }),
  ]

  static let count = 40_000

  private static func draws(_ distribution: Distribution) -> [Double] {
    var stream = RandomStream(seed: 2_026, entity: "\(distribution)", purpose: "test")
    return (0..<count).map { _ in stream.draw(distribution) }
  }

  @Test(arguments: references)
  func theMeanIsThatOfTheClosedForm(reference: Reference) {
    // Rounding of one library function and two products.
    #expect(abs(reference.distribution.mean - reference.mean) <= 4 * reference.mean.ulp)
  }

  /// The mean of n draws has the standard error σ / √n; five are exceeded once in two million.
  @Test(arguments: references)
  func theMeanOfDrawsIsThatOfTheDistribution(reference: Reference) {
    let draws = Self.draws(reference.distribution)
    let mean = draws.reduce(0, +) / Double(Self.count)
    #expect(abs(mean - reference.mean) < 5 * (reference.variance / Double(Self.count)).squareRoot())
  }

  /// The variance of n draws has the standard error √((m₄ − σ⁴) / n), with the fourth central
  /// moment m₄ of the draws.
  @Test(arguments: references)
  func theVarianceOfDrawsIsThatOfTheDistribution(reference: Reference) {
    let draws = Self.draws(reference.distribution)
    let squares = draws.map { ($0 - reference.mean) * ($0 - reference.mean) }
    let variance = squares.reduce(0, +) / Double(Self.count)
    let fourth = squares.map { $0 * $0 }.reduce(0, +) / Double(Self.count)
    let error = ((fourth - variance * variance) / Double(Self.count)).squareRoot()
    #expect(abs(variance - reference.variance) < 5 * error)
  }

  /// Kolmogorov and Smirnov: √n times the largest distance exceeds 2.23 with a probability of 1e-4.
  ///
  /// 2 e^(−2 · 2.23²), N. Smirnov, Ann. Math. Stat. 19 (1948), doi:10.1214/aoms/1177730256.
  @Test(arguments: references)
  func drawsFollowTheCumulativeProbabilityOfGSL(reference: Reference) {
    let sorted = Self.draws(reference.distribution).sorted()
    var distance = 0.0
    for (rank, value) in sorted.enumerated() {
      let probability = reference.cumulative(value)
      distance = max(
        distance, probability - Double(rank) / Double(Self.count),
        Double(rank + 1) / Double(Self.count) - probability)
    }
    #expect(distance * Double(Self.count).squareRoot() < 2.23)
  }

  /// Both directions are accurate to some 1e-12 in probability.
  @Test(arguments: references)
  func aQuantileHasItsProbability(reference: Reference) {
    for probability in [0.001, 0.05, 0.25, 0.5, 0.9, 0.999] {
      let quantile = reference.distribution.quantile(probability)
      #expect(abs(reference.cumulative(quantile) - probability) < 1e-11)
    }
  }

  @Test func theMedianOfALognormalDistributionIsItsParameter() {
    #expect(Distribution.lognormal(median: 120, sigma: 0.8).quantile(0.5) == 120)
  }

  @Test func aConstantIsAlwaysThatValueAndTakesNothingFromTheStream() {
    var stream = RandomStream(seed: 1, entity: "link", purpose: "latency")
    let untouched = stream
    #expect(stream.draw(.constant(250)) == 250)
    #expect(stream == untouched)
    #expect(Distribution.constant(250).mean == 250)
    #expect(Distribution.constant(250).quantile(0.99) == 250)
  }

  @Test func aShiftedDistributionNeverFallsBelowItsMinimum() {
    var stream = RandomStream(seed: 1, entity: "link", purpose: "latency")
    let latency = Distribution.shifted(minimum: 20, .gamma(shape: 0.3, scale: 100))
    for _ in 0..<10_000 { #expect(stream.draw(latency) >= 20) }
    #expect(latency.quantile(0) == 20)
  }

  /// Shapes for which GSL's inverse of the gamma distribution ends the program are among them.
  @Test func quantilesExistForAllShapesThatAreAllowed() {
    for exponent in stride(from: -2.0, through: 4.0, by: 0.25) {
      let shape = min(pow(10, exponent), 10_000)
      let gamma = Distribution.gamma(shape: shape, scale: 3)
      let weibull = Distribution.weibull(scale: 3, shape: shape)
      #expect(gamma.fault == nil && weibull.fault == nil)
      for probability in [0.1, 0.5, 0.9, 0.999] {
        let value = gamma.quantile(probability)
        #expect(abs(gsl_cdf_gamma_P(value, shape, 3) - probability) < 1e-11)
        #expect(weibull.quantile(probability) > 0)
      }
      #expect(gamma.quantile(0) == 0 && weibull.quantile(0) == 0)
      #expect(gamma.quantile(1) == .infinity && weibull.quantile(1) == .infinity)
    }
  }

  @Test(arguments: references.map(\.distribution) + [.constant(-1)])
  func aDistributionSurvivesEncoding(distribution: Distribution) throws {
    let data = try JSONEncoder().encode(distribution)
    #expect(try JSONDecoder().decode(Distribution.self, from: data) == distribution)
    #expect(distribution.fault == nil)
  }

  @Test(arguments: [
    (Distribution.constant(.nan), DistributionFault.notFinite(parameter: "value")),
    (.uniform(from: 2, to: 2), .reversed(from: 2, to: 2)),
    (.uniform(from: 0, to: .infinity), .notFinite(parameter: "to")),
    (
      .normal(mean: 1, standardDeviation: 0),
      .notPositive(parameter: "standardDeviation", value: 0)
    ),
    (.lognormal(median: -3, sigma: 1), .notPositive(parameter: "median", value: -3)),
    (.exponential(mean: -1), .notPositive(parameter: "mean", value: -1)),
    (.gamma(shape: 1e5, scale: 1), .extremeShape(1e5)),
    (.weibull(scale: 1, shape: 0), .notPositive(parameter: "shape", value: 0)),
    (
      .shifted(minimum: 5, .exponential(mean: 0)), .notPositive(parameter: "mean", value: 0)
    ),
  ])
  func aFaultNamesTheParameterThatIsWrong(
    distribution: Distribution, expected: DistributionFault
  ) {
    #expect(distribution.fault == expected)
  }

  @Test func aDrawFromAFaultyDistributionTraps() async {
    await #expect(processExitsWith: .failure) {
      var stream = RandomStream(seed: 1, entity: "a", purpose: "b")
      _ = stream.draw(.exponential(mean: -1))
    }
  }
}
