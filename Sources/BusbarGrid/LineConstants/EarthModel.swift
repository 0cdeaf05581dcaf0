internal import BusbarUnits
internal import ComplexModule
internal import RealModule

/// A way to compute how the return path through the earth adds to the impedance of a line.
///
/// The three agree within some per cent at power frequency; OpenDSS's default is Deri's.
public enum EarthModel: String, Hashable, Sendable, CaseIterable {
  /// Carson's equations with the first term of each series, heights left out.
  ///
  /// OpenDSS calls it `Carson`; it is the "modified Carson" of Kersting's tables.
  case carson
  /// Carson's series to the fourth order.
  ///
  /// Right where the distance to the image is well below 356 √(ρ/f) m, ρ in Ω m and f in Hz: some
  /// 460 m for 100 Ω m and 60 Hz.
  case fullCarson
  /// Complex depth of a mirror plane, with the skin effect of the conductors.
  case deri
}

/// A homogeneous earth below a line.
public struct Earth: Hashable, Sendable {
  /// How its return path is computed.
  public var model: EarthModel
  /// Resistivity in Ω m, above zero.
  public var resistivity: Double

  /// Makes an earth; the defaults are those of OpenDSS, Deri's model and 100 Ω m.
  public init(model: EarthModel = .deri, resistivity: Double = 100) {
    precondition(
      resistivity > 0 && resistivity.isFinite, "The resistivity of the earth is above zero.")
    self.model = model
    self.resistivity = resistivity
  }

  /// The earth's part of an element of the impedance matrix in Ω/m.
  ///
  /// It is the impedance of a loop through the earth with a conductor 1 m away from itself, so that
  /// jω μ₀/2π ln(1/D), D in m, completes it. With H the sum of the depths or heights, d the
  /// horizontal distance, ρ the resistivity, ω = 2π f:
  ///
  /// - `.carson` [1, 2]: ω μ₀/8 + jω μ₀/2π ln(658.5 √(ρ/f))
  /// - `.fullCarson` [1, 3]: ω μ₀/π ((π/8 + ΔP) + j(½ ln(1.85138/m) + ½ ln S + ΔQ)), where
  ///   S = √(H² + d²), m = 2.8099e-3 S √(f/ρ), cos θ = H/S and ΔP, ΔQ are the terms of
  ///   Carson's series in mⁿ cos nθ up to n = 4
  /// - `.deri` [4]: jω μ₀/2π ln √((H + 2p)² + d²), with the complex depth p = √(ρ/(jω μ₀))
  ///
  /// 1. J. R. Carson, "Wave propagation in overhead wires with ground return", *Bell System
  ///    Technical Journal* 5 (1926), doi:10.1002/j.1538-7305.1926.tb00122.x.
  /// 2. W. H. Kersting, *Distribution System Modeling and Analysis*, 4th ed., CRC Press, ch. 4.
  /// 3. H. W. Dommel, *EMTP Theory Book*, 2nd ed., ch. 4.
  /// 4. A. Deri, G. Tevan, A. Semlyen, A. Castanheira, "The complex ground return plane", *IEEE
  ///    Transactions on Power Apparatus and Systems* PAS-100 (1981),
  ///    doi:10.1109/TPAS.1981.317011.
  func returnImpedance(
    heights: Double, horizontalDistance: Double, frequency: Double
  ) -> Phasor {
    let omega = 2 * Double.pi * frequency
    let inductive = omega * VacuumConstants.permeability / (2 * .pi)
    switch model {
    case .carson:
      return Phasor(
        omega * VacuumConstants.permeability / 8,
        inductive * .log(658.5 * (resistivity / frequency).squareRoot()))
    case .fullCarson:
      let image = (heights * heights + horizontalDistance * horizontalDistance).squareRoot()
      let series = CarsonSeries(
        parameter: 2.8099e-3 * image * (frequency / resistivity).squareRoot(),
        angle: .acos(min(heights / image, 1)))
      return Phasor(series.resistive, series.reactive + .log(image) / 2)
        .multiplied(by: 2 * inductive)
    case .deri:
      let depth = Phasor.sqrt(
        Phasor(resistivity, 0) / Phasor(0, omega * VacuumConstants.permeability))
      let vertical = Phasor(heights, 0) + depth.multiplied(by: 2)
      let square = vertical * vertical + Phasor(horizontalDistance * horizontalDistance, 0)
      return Phasor(0, inductive) * Phasor.log(square).divided(by: 2)
    }
  }
}

/// Carson's two series, cut after the fourth order.
///
/// With b₁ = 1/(3√2), b₂ = 1/16, b₃ = b₁/15, b₄ = b₂/24, dₙ = bₙ π/4, c₂ = 1.3659315,
/// c₄ = c₂ + 1/4 + 1/6 (source 3 of `Earth.returnImpedance`).
private struct CarsonSeries {
  /// Carson's P, without unit.
  let resistive: Double
  /// Carson's Q, without unit.
  let reactive: Double

  init(parameter m: Double, angle theta: Double) {
    let b1 = 1 / (3 * 2.0.squareRoot())
    let b2 = 1.0 / 16
    let b3 = b1 / 15
    let b4 = b2 / 24
    let c2 = 1.3659315
    let c4 = c2 + 1.0 / 4 + 1.0 / 6
    let quarter = Double.pi / 4
    func cosine(_ order: Double) -> Double { .pow(m, order) * .cos(order * theta) }
    func sine(_ order: Double) -> Double { .pow(m, order) * .sin(order * theta) }
    let second = b2 * ((c2 - .log(m)) * cosine(2) + theta * sine(2))
    let fourth = b4 * ((c4 - .log(m)) * cosine(4) + theta * sine(4))
    let third = b3 * cosine(3)
    resistive = .pi / 8 - b1 * cosine(1) + second + third - b4 * quarter * cosine(4)
    reactive =
      .log(1.85138 / m) / 2 + b1 * cosine(1) - b2 * quarter * cosine(2) + third - fourth
  }
}
