public import BusbarUnits
internal import ComplexModule
internal import RealModule

/// A bare wire, or the core of a cable.
public struct WireData: Hashable, Sendable {
  /// Resistance to direct current in Ω/m, above zero.
  public var dcResistance: Double
  /// Resistance at power frequency in Ω/m, above zero.
  public var acResistance: Double
  /// Geometric mean radius at power frequency, above zero.
  public var geometricMeanRadius: Length
  /// Outer radius of the metal, above zero.
  public var radius: Length
  /// Radius of a wire of the same capacitance; the outer radius, except for a bundle.
  public var capacitiveRadius: Length

  /// The AC resistance over the DC resistance where only one is known, as in OpenDSS.
  public static let resistanceRatio = 1.02
  /// The geometric mean radius of a solid round wire over its radius, e^(−1/4) to four digits.
  public static let solidWireRatio = 0.7788

  /// Makes a wire from both resistances in Ω/m.
  ///
  /// Without a geometric mean radius the wire is taken as solid.
  public init(
    dcResistance: Double, acResistance: Double, geometricMeanRadius: Length? = nil,
    radius: Length, capacitiveRadius: Length? = nil
  ) {
    self.dcResistance = dcResistance
    self.acResistance = acResistance
    self.geometricMeanRadius = geometricMeanRadius ?? radius * Self.solidWireRatio
    self.radius = radius
    self.capacitiveRadius = capacitiveRadius ?? radius
  }

  /// Makes a wire from its DC resistance in Ω/m.
  public init(dcResistance: Double, geometricMeanRadius: Length? = nil, radius: Length) {
    self.init(
      dcResistance: dcResistance, acResistance: dcResistance * Self.resistanceRatio,
      geometricMeanRadius: geometricMeanRadius, radius: radius)
  }

  /// Makes a wire from its AC resistance in Ω/m.
  public init(acResistance: Double, geometricMeanRadius: Length? = nil, radius: Length) {
    self.init(
      dcResistance: acResistance / Self.resistanceRatio, acResistance: acResistance,
      geometricMeanRadius: geometricMeanRadius, radius: radius)
  }

  /// The series resistance in Ω/m that belongs to an earth model, frequency in Hz.
  ///
  /// Carson's models take the AC resistance as given. With Deri's model, as in OpenDSS, it is the
  /// real part of the internal impedance of a solid round wire of the DC resistance R [1]:
  ///
  ///     Z = R α/2 · I₀(α)/I₁(α),   α = (1 + j) √(μ₀ f/R)
  ///
  /// where α is the radius over the complex skin depth. The imaginary part is not used, because
  /// the geometric mean radius stands for it.
  ///
  /// 1. S. A. Schelkunoff, "The electromagnetic theory of coaxial transmission lines and
  ///    cylindrical shields", *Bell System Technical Journal* 13 (1934).
  func resistance(with model: EarthModel, frequency: Double) -> Double {
    switch model {
    case .carson, .fullCarson: return acResistance
    case .deri:
      let argument = Phasor(1, 1)
        .multiplied(by: (VacuumConstants.permeability * frequency / dcResistance).squareRoot())
      return dcResistance * (argument / besselRatio(argument)).real / 2
    }
  }
}

/// I₁(α)/I₀(α) of the modified Bessel functions, by Gauss's continued fraction.
///
///     I₁/I₀ = 1/(2/α + 1/(4/α + 1/(6/α + …)))
///
/// (NIST Handbook of Mathematical Functions, eq. 10.33.1.) It converges for each α that is not
/// imaginary; the order below has 15 digits for the phase angle of 45° that the skin effect has.
/// Above |α| = 1,000 the asymptotic 1 − 1/(2α) − 1/(8α²) is right to 1e-9. (OpenDSS takes 1 above
/// 35, which no wire reaches at power frequency.)
func besselRatio(_ argument: Phasor) -> Phasor {
  guard argument.length <= 1_000 else {
    let inverse = Phasor.one / argument
    return .one - inverse.divided(by: 2) - (inverse * inverse).divided(by: 8)
  }
  var tail = Phasor.zero
  for order in (1...(40 + 2 * Int(argument.length))).reversed() {
    tail = Phasor.one / (Phasor(2 * Double(order), 0) / argument + tail)
  }
  return tail
}
