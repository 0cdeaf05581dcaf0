public import BusbarUnits

/// Positive- and zero-sequence impedance of a symmetrical element, in Ω.
public struct SequenceImpedance: Hashable, Sendable {
  /// Positive-sequence (and negative-sequence) impedance.
  public var positive: Phasor
  /// Zero-sequence impedance.
  public var zero: Phasor

  /// Makes an impedance from its sequence values in Ω.
  public init(positive: Phasor, zero: Phasor) {
    self.positive = positive
    self.zero = zero
  }

  /// Derives the impedance from what flows into bolted faults at nominal voltage.
  ///
  /// |Z1| = V / (√3 I₃) and |2 Z1 + Z0| = √3 V / I₁ with the voltage between two phases, where
  /// Z1 and Z0 have the given ratios of reactance to resistance [1]. Returns nil when the
  /// single-phase current is too large for any positive Z0.
  ///
  /// 1. J. D. Glover et al., *Power System Analysis and Design*, 6th ed., ch. 9.
  public init?(
    nominalVoltage: Voltage, threePhaseFault: Current, singlePhaseFault: Current,
    positiveXOverR: Double, zeroXOverR: Double
  ) {
    let z1 = nominalVoltage.volts / 3.0.squareRoot() / threePhaseFault.amperes
    let r1 = z1 / (1 + positiveXOverR * positiveXOverR).squareRoot()
    let x1 = r1 * positiveXOverR
    let loop = 3.0.squareRoot() * nominalVoltage.volts / singlePhaseFault.amperes
    // (2 r1 + r0)² + (2 x1 + k r0)² = loop², a quadratic in r0.
    let a = 1 + zeroXOverR * zeroXOverR
    let b = 4 * (r1 + x1 * zeroXOverR)
    let c = 4 * (r1 * r1 + x1 * x1) - loop * loop
    let discriminant = b * b - 4 * a * c
    guard discriminant >= 0, r1.isFinite, loop.isFinite else { return nil }
    let r0 = (-b + discriminant.squareRoot()) / (2 * a)
    guard r0 > 0 else { return nil }
    self.init(positive: Phasor(r1, x1), zero: Phasor(r0, r0 * zeroXOverR))
  }

}
