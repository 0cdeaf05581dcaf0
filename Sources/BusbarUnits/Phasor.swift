public import ComplexModule
public import RealModule

/// An RMS phasor, or any other complex quantity of steady alternating current.
public typealias Phasor = Complex<Double>

extension Complex<Double> {
  /// Makes a phasor from its magnitude and its angle in degrees.
  @inlinable
  public init(magnitude: Double, degrees: Double) {
    self.init(length: magnitude, phase: degrees * .pi / 180)
  }

  /// The magnitude, in the phasor's own unit.
  @inlinable public var magnitudeValue: Double { length }

  /// The angle in degrees, in (-180, 180]; 0 for a zero phasor.
  @inlinable
  public var degrees: Double { lengthSquared > 0 ? phase * 180 / .pi : 0 }
}
