internal import BusbarUnits
internal import ComplexModule

extension PrimitiveElement {
  /// A transformer with each winding's tap changer at a position; nil when its leakage is singular.
  ///
  /// For each phase, the short-circuit impedances of the pairs of windings give the impedances
  /// behind the first winding, Zij = (Z1i + Z1j − Z(ij)) / 2, whose inverse is the admittance of the
  /// coils on a base of one volt [1]. Division by the coil voltages and the incidence of the coil
  /// ends give the admittance between the ends. The no-load branch lies across the second winding, or
  /// in the middle of two of them.
  ///
  /// 1. R. C. Dugan, "A perspective on transformer modeling for distribution system analysis",
  ///    IEEE PES General Meeting, 2003, doi:10.1109/PES.2003.1267146.
  init?(_ transformer: Transformer, buses: [Index<Bus>], tapPositions: [Int]) {
    let windings = transformer.windings
    let phases = transformer.phaseCount
    let power = transformer.ratedPower.voltAmperes / Double(phases)
    guard let coils = Self.coilAdmittance(transformer) else { return nil }
    let voltages = zip(windings, tapPositions).map { winding, position in
      winding.coilVoltage.volts * winding.turns(at: position)
    }
    var matrix = ComplexMatrix(zero: 2 * phases * windings.count)
    var ends: [BusConductor?] = []
    // The ends run winding by winding, and within one phase by phase, plus before minus.
    func end(_ winding: Int, _ phase: Int, _ side: Int) -> Int {
      2 * (winding * phases + phase) + side
    }
    for (winding, bus) in zip(windings, buses) {
      for coil in winding.coils {
        ends += [coil.plus, coil.minus].map { $0.map { BusConductor(bus, $0) } }
      }
    }
    for phase in 0..<phases {
      for row in windings.indices {
        for column in windings.indices {
          let admittance = coils[row, column]
            .multiplied(by: power).divided(by: voltages[row] * voltages[column])
          for (side, sign) in [(0, 1.0), (1, -1.0)] {
            for (other, otherSign) in [(0, 1.0), (1, -1.0)] {
              matrix[end(row, phase, side), end(column, phase, other)] +=
                admittance.multiplied(by: sign * otherSign)
            }
          }
        }
        // Half of the stated share of the coil's rating lies at either end of the coil.
        let rated = windings[row].coilVoltage.volts
        let leak = -transformer.antifloatPPM * 1e-6 * power / (rated * rated) / 2
        for side in 0...1 { matrix[end(row, phase, side), end(row, phase, side)].imaginary += leak }
      }
    }
    guard matrix.isFinite else { return nil }
    self.init(ends: ends, form: .admittance(matrix))
  }

  /// The admittance between the coils of one phase, each on a base of one volt, relative to power.
  private static func coilAdmittance(_ transformer: Transformer) -> ComplexMatrix? {
    let windings = transformer.windings
    if transformer.noLoadPlace == .middle && windings.count == 2 {
      return middleCoilAdmittance(transformer)
    }
    let count = windings.count - 1
    func impedance(_ first: Int, _ second: Int) -> Phasor {
      Phasor(
        windings[first].resistance.perUnit + windings[second].resistance.perUnit,
        transformer.shortCircuitReactance[transformer.pair(first, second)].perUnit)
    }
    var behindFirst = ComplexMatrix(zero: count)
    for row in 0..<count {
      behindFirst[row, row] = impedance(0, row + 1)
      for column in 0..<row {
        let mutual =
          (impedance(0, row + 1) + impedance(0, column + 1)
          - impedance(row + 1, column + 1)).divided(by: 2)
        behindFirst[row, column] = mutual
        behindFirst[column, row] = mutual
      }
    }
    guard let inverse = behindFirst.inverse else { return nil }
    var coils = ComplexMatrix(zero: count + 1)
    for row in 0..<count {
      for column in 0..<count {
        let admittance = inverse[row, column]
        coils[row + 1, column + 1] += admittance
        coils[row + 1, 0] -= admittance
        coils[0, column + 1] -= admittance
        coils[0, 0] += admittance
      }
    }
    coils[1, 1] += Phasor(
      transformer.noLoadLoss.perUnit, -transformer.magnetisingCurrent.perUnit)
    return coils
  }

  /// The same for two windings with the no-load branch between the halves of their leakage.
  ///
  /// With z₁ and z₂ on either side of the branch y, the voltage between them is eliminated from
  /// i₁ = (v₁ − v)/z₁, i₂ = (v₂ − v)/z₂ and i₁ + i₂ = y·v.
  private static func middleCoilAdmittance(_ transformer: Transformer) -> ComplexMatrix? {
    let reactance = transformer.shortCircuitReactance[0].perUnit
    let first = Phasor(transformer.windings[0].resistance.perUnit, reactance / 2)
    let second = Phasor(transformer.windings[1].resistance.perUnit, reactance / 2)
    let branch = Phasor(
      transformer.noLoadLoss.perUnit, -transformer.magnetisingCurrent.perUnit)
    let divisor = first + second + branch * first * second
    guard divisor != .zero else { return nil }
    let through = -Phasor.one / divisor
    return ComplexMatrix(rows: [
      [(.one + branch * second) / divisor, through],
      [through, (.one + branch * first) / divisor],
    ])
  }
}
