public import BusbarUnits

/// The impedance and the charging of a kind of line, for each metre of its length.
public struct LineCode: Hashable, Sendable {
  /// The user's name of the line code.
  public var id: String
  /// Series impedance in Ω/m, a row and a column for each phase.
  public var seriesImpedance: ComplexMatrix
  /// Shunt admittance in S/m, a row and a column for each phase.
  public var shuntAdmittance: ComplexMatrix

  /// Makes a line code from matrices of order three, in Ω/m and S/m.
  public init(id: String, seriesImpedance: ComplexMatrix, shuntAdmittance: ComplexMatrix) {
    self.id = id
    self.seriesImpedance = seriesImpedance
    self.shuntAdmittance = shuntAdmittance
  }

  /// Makes a line code from positive- and zero-sequence values for each metre.
  ///
  /// Impedances in Ω/m, capacitances in F/m. The line is taken as transposed, so the self element
  /// is (Z0 + 2 Z1) / 3 and the mutual one (Z0 − Z1) / 3 [1].
  ///
  /// 1. W. H. Kersting, *Distribution System Modeling and Analysis*, 4th ed., CRC Press, ch. 4.
  public init(
    id: String, positiveSequence z1: Phasor, zeroSequence z0: Phasor,
    positiveCapacitance c1: Double, zeroCapacitance c0: Double, frequency: Frequency
  ) {
    let omega = 2 * Double.pi * frequency.hertz
    self.init(
      id: id, seriesImpedance: .transposed(positive: z1, zero: z0),
      shuntAdmittance: .transposed(positive: Phasor(0, omega * c1), zero: Phasor(0, omega * c0)))
  }
}

extension ComplexMatrix {
  /// The phase matrix of a transposed element with the given sequence values, order three.
  static func transposed(positive: Phasor, zero: Phasor) -> ComplexMatrix {
    let own = (zero + positive.multiplied(by: 2)).divided(by: 3)
    let mutual = (zero - positive).divided(by: 3)
    var matrix = ComplexMatrix(zero: ConductorSet.capacity)
    for row in 0..<ConductorSet.capacity {
      for column in 0..<ConductorSet.capacity { matrix[row, column] = row == column ? own : mutual }
    }
    return matrix
  }

  /// The matrix with the rows and columns of absent conductors set to zero.
  func restricted(to conductors: ConductorSet) -> ComplexMatrix {
    var result = ComplexMatrix(zero: order)
    for row in conductors.positions {
      for column in conductors.positions { result[row, column] = self[row, column] }
    }
    return result
  }
}

/// An overhead line or a cable section between two buses.
public struct Line: Hashable, Sendable {
  /// The user's name of the line.
  public var id: String
  /// The bus at one end, as named by the user.
  public var fromBus: String
  /// The bus at the other end.
  public var toBus: String
  /// The phases that the line carries.
  public var conductors: ConductorSet
  /// The id of the line code.
  public var lineCode: String
  /// The length of the section, above zero.
  public var length: Length

  /// Makes a line.
  public init(
    id: String, fromBus: String, toBus: String, conductors: ConductorSet = .abc,
    lineCode: String, length: Length
  ) {
    self.id = id
    self.fromBus = fromBus
    self.toBus = toBus
    self.conductors = conductors
    self.lineCode = lineCode
    self.length = length
  }
}
