public import BusbarUnits

/// The impedance and the charging of a kind of line, for each metre of its length.
public struct LineCode: Hashable, Sendable {
  /// The user's name of the line code.
  public var id: String
  /// Series impedance in Ω/m, a row and a column for each conductor.
  public var seriesImpedance: ComplexMatrix
  /// Shunt admittance in S/m, a row and a column for each conductor.
  public var shuntAdmittance: ComplexMatrix
  /// The current that each conductor may carry all the time, above zero; nil when it is unknown.
  ///
  /// It has no effect on the power flow.
  public var ratedCurrent: Current?

  /// Makes a line code from matrices of equal order, in Ω/m and S/m.
  public init(
    id: String, seriesImpedance: ComplexMatrix, shuntAdmittance: ComplexMatrix,
    ratedCurrent: Current? = nil
  ) {
    self.id = id
    self.seriesImpedance = seriesImpedance
    self.shuntAdmittance = shuntAdmittance
    self.ratedCurrent = ratedCurrent
  }

  /// Makes a line code of `order` conductors from positive- and zero-sequence values for each metre.
  ///
  /// Impedances in Ω/m, capacitances in F/m. The line is taken as transposed, so the self element
  /// is (Z0 + 2 Z1) / 3 and the mutual one (Z0 − Z1) / 3 [1].
  ///
  /// 1. W. H. Kersting, *Distribution System Modeling and Analysis*, 4th ed., CRC Press, ch. 4.
  public init(
    id: String, positiveSequence z1: Phasor, zeroSequence z0: Phasor,
    positiveCapacitance c1: Double, zeroCapacitance c0: Double, frequency: Frequency,
    order: Int = 3, ratedCurrent: Current? = nil
  ) {
    let omega = 2 * Double.pi * frequency.hertz
    self.init(
      id: id, seriesImpedance: .transposed(positive: z1, zero: z0, order: order),
      shuntAdmittance: .transposed(
        positive: Phasor(0, omega * c1), zero: Phasor(0, omega * c0), order: order),
      ratedCurrent: ratedCurrent)
  }

  /// The number of conductors of the matrices.
  public var order: Int { seriesImpedance.order }

  /// The rows of the matrices that belong to a line's conductors, or nil when they do not fit.
  ///
  /// A line with as many conductors as the code has takes them in its own order. One with fewer
  /// takes the rows of its conductors, the rows being a, b, c, n, ... in order.
  public func rows(of conductors: [Conductor?]) -> [Int]? {
    if conductors.count == order { return Array(0..<order) }
    let positions = conductors.compactMap { $0?.position }
    guard positions.count == conductors.count, positions.allSatisfy({ $0 < order }) else {
      return nil
    }
    return positions
  }
}

extension ComplexMatrix {
  /// The phase matrix of a transposed element with the given sequence values.
  static func transposed(positive: Phasor, zero: Phasor, order: Int = 3) -> ComplexMatrix {
    let own = (zero + positive.multiplied(by: 2)).divided(by: 3)
    let mutual = (zero - positive).divided(by: 3)
    var matrix = ComplexMatrix(zero: order)
    for row in 0..<order {
      for column in 0..<order { matrix[row, column] = row == column ? own : mutual }
    }
    return matrix
  }

  /// The rows and columns of some indices, in their order.
  func selecting(_ rows: [Int]) -> ComplexMatrix {
    ComplexMatrix(rows: rows.map { row in rows.map { self[row, $0] } })
  }
}
