internal import BusbarUnits

/// What lies between a node and its parent: an ideal ratio, then a series impedance.
///
/// V = T·V₀ − Z·I at the fed end and I₀ = Tᵀ·I at the feeding end, where V₀ is the parent's
/// voltage and I the current into the fed end. A line has T = 1. For a transformer T holds the
/// turns ratio and the connection of the windings, with Z seen from the fed side [1].
///
/// 1. W. H. Kersting, *Distribution System Modeling and Analysis*, 4th ed., CRC Press, ch. 8.
struct SeriesElement {
  /// T, without unit.
  var ratio: ComplexMatrix
  /// Z in Ω, seen from the fed end.
  var impedance: ComplexMatrix
  /// Admittance to earth at the feeding end, in S.
  var feedingShunt: ComplexMatrix
  /// Admittance to earth at the fed end, in S.
  var fedShunt: ComplexMatrix

  /// A section of line: half of its charging lies at either end.
  init(_ line: Line, _ code: LineCode) {
    ratio = ComplexMatrix(identity: ConductorSet.capacity)
    impedance = (code.seriesImpedance * line.length.metres).restricted(to: line.conductors)
    let half = (code.shuntAdmittance * (line.length.metres / 2)).restricted(to: line.conductors)
    feedingShunt = half
    fedShunt = half
  }

  /// The impedance of a source, behind its electromotive force.
  init(_ source: Source) {
    ratio = ComplexMatrix(identity: ConductorSet.capacity)
    impedance = source.impedance.phaseMatrix
    feedingShunt = ComplexMatrix(zero: ConductorSet.capacity)
    fedShunt = feedingShunt
  }

  /// A transformer fed from its from-side, with the tap changer at a position.
  init(_ transformer: Transformer, tapPosition: Int) {
    let group = transformer.vectorGroup
    let turns = 1 + Double(tapPosition) * (transformer.tapChanger?.step.perUnit ?? 0)
    let fromWinding =
      transformer.fromVoltage.volts * group.fromWinding.windingVoltageRatio * turns
    let toWinding = transformer.toVoltage.volts * group.toWinding.windingVoltageRatio
    let windingPower = transformer.ratedPower.voltAmperes / 3
    let base = toWinding * toWinding / windingPower
    let leakage = Phasor(transformer.resistance.perUnit, transformer.reactance.perUnit)
      .multiplied(by: base)
    let order = ConductorSet.capacity
    ratio = ComplexMatrix(zero: order)
    impedance = ComplexMatrix(zero: order)
    feedingShunt = ComplexMatrix(zero: order)
    fedShunt = ComplexMatrix(zero: order)
    // −j·b with b so that half of the stated share of the winding's rating lies at either end.
    func endSusceptance(_ windingVoltage: Double) -> Phasor {
      Phasor(
        0, -transformer.antifloatPPM * 1e-6 * windingPower / (windingVoltage * windingVoltage) / 2)
    }
    for (phase, ends) in group.fromWindingEnds.enumerated() {
      for (end, sign) in [(ends.plus, 1.0), (ends.minus, -1.0)] {
        guard let end else { continue }
        ratio[phase, end] = Phasor(sign * toWinding / fromWinding, 0)
        feedingShunt[end, end] += endSusceptance(fromWinding / turns)
      }
      impedance[phase, phase] = leakage
      fedShunt[phase, phase] += endSusceptance(toWinding)
    }
  }
}
