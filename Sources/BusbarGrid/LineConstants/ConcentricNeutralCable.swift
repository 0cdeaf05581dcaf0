public import BusbarUnits
internal import RealModule

/// A cable whose neutral is a layer of strands around the insulation.
public struct ConcentricNeutralCable: Hashable, Sendable {
  /// The conductor in the middle.
  public var core: WireData
  /// The layer around it.
  public var insulation: CableInsulation
  /// Radius over the strands of the neutral, without the jacket.
  public var outerRadius: Length
  /// One strand of the neutral, its resistance at power frequency.
  public var strand: WireData
  /// The number of strands, at least two.
  public var strandCount: Int
  /// What holds the charge opposite to the core's.
  public var chargedSurface: ChargedSurface

  /// What ends the electric field of the core.
  public enum ChargedSurface: String, Hashable, Sendable, CaseIterable {
    /// A semiconducting screen over the insulation: C = 2π ε / ln(outer/inner), as in OpenDSS.
    case screen
    /// The strands alone: C = 2π ε / (ln(R/rc) − (1/k) ln(k rs/R)), Kersting ch. 5.
    case strands
  }

  /// Makes a cable.
  public init(
    core: WireData, insulation: CableInsulation, outerRadius: Length, strand: WireData,
    strandCount: Int, chargedSurface: ChargedSurface = .screen
  ) {
    self.core = core
    self.insulation = insulation
    self.outerRadius = outerRadius
    self.strand = strand
    self.strandCount = strandCount
    self.chargedSurface = chargedSurface
  }

  /// The radius in metres of the circle through the centres of the strands.
  var neutralRadius: Double { outerRadius.metres - strand.radius.metres }

  /// The resistance of all strands side by side in Ω/m.
  var neutralResistance: Double { strand.acResistance / Double(strandCount) }

  /// The geometric mean radius of the layer in metres [1].
  ///
  ///     GMR = (GMRs k R^(k − 1))^(1/k)
  ///
  /// with GMRs of a strand, k strands and R the radius of their circle.
  ///
  /// 1. W. H. Kersting, *Distribution System Modeling and Analysis*, 4th ed., CRC Press, ch. 4.
  var neutralGeometricMeanRadius: Double {
    let count = Double(strandCount)
    let ratio = strand.geometricMeanRadius.metres * count / neutralRadius
    return neutralRadius * .pow(ratio, 1 / count)
  }

  /// The distance in metres between the neutral and a conductor outside [1].
  ///
  ///     D' = (D^k − R^k)^(1/k)
  ///
  /// 1. W. H. Kersting, *Distribution System Modeling and Analysis*, 4th ed., CRC Press, ch. 4.
  func neutralDistance(toConductorAt distance: Double) -> Double {
    let count = Double(strandCount)
    return distance * .pow(1 - .pow(neutralRadius / distance, count), 1 / count)
  }

  /// The capacitance between the core and the neutral in F/m.
  var capacitance: Double {
    switch chargedSurface {
    case .screen: return insulation.capacitance
    case .strands:
      let count = Double(strandCount)
      let core = Double.log(neutralRadius / self.core.radius.metres)
      let layer = Double.log(count * strand.radius.metres / neutralRadius) / count
      return 2 * .pi * insulation.permittivity / (core - layer)
    }
  }
}
