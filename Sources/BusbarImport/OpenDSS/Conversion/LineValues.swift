internal import BusbarUnits
internal import ComplexModule
internal import RealModule

/// The electrical values of a line or a line code, per unit of length.
struct LineValues: Hashable {
  /// Positive- and zero-sequence values in ohm and nF.
  struct Sequence: Hashable {
    var r1, x1, r0, x0, c1, c0: Double

    /// Those that OpenDSS gives to each new line and line code.
    static let usual = Sequence(r1: 0.058, x1: 0.1206, r0: 0.1784, x0: 0.4047, c1: 3.4, c0: 1.6)
    /// Those of a line that is a switch.
    static let ofSwitch = Sequence(r1: 1, x1: 1, r0: 1, x0: 1, c1: 1.1, c0: 1)
  }

  /// The earth's part of the impedance, which is corrected for another frequency.
  struct EarthReturn: Hashable {
    var r = 0.01805
    var x = 0.155081
    var rho = 100.0
  }

  private(set) var phases = 3
  var sequence = Sequence.usual
  /// Whether the matrices follow from `sequence`.
  var isSymmetrical = true
  /// Rows of resistance and reactance in ohm, and of capacitance in nF.
  private(set) var resistance: [[Double]] = []
  private(set) var reactance: [[Double]] = []
  private(set) var capacitance: [[Double]] = []
  var earth = EarthReturn()
  /// The frequency of the reactances.
  var baseFrequency: Double

  init(baseFrequency: Double) {
    self.baseFrequency = baseFrequency
    calculateMatrices()
  }

  /// Changes the number of phases, with matrices from the sequence values.
  mutating func setPhases(_ count: Int) {
    phases = count
    calculateMatrices()
  }

  /// Changes the frequency of the values, of which OpenDSS keeps the susceptance of the matrix.
  mutating func setBaseFrequency(_ hertz: Double) {
    capacitance = capacitance.map { $0.map { $0 * baseFrequency / hertz } }
    baseFrequency = hertz
  }

  /// Takes the positive sequence for the zero sequence of a single phase.
  ///
  /// OpenDSS does so for lines, but not for line codes.
  mutating func matchSinglePhase() {
    guard phases == 1 else { return }
    sequence.r0 = sequence.r1
    sequence.x0 = sequence.x1
    sequence.c0 = sequence.c1
  }

  /// Computes the matrices from the sequence values: (2 Z1 + Z0) / 3 and (Z0 - Z1) / 3.
  mutating func calculateMatrices() {
    func matrix(_ positive: Double, _ zero: Double) -> [[Double]] {
      (0..<phases).map { row in
        (0..<phases).map { $0 == row ? (2 * positive + zero) / 3 : (zero - positive) / 3 }
      }
    }
    resistance = matrix(sequence.r1, sequence.r0)
    reactance = matrix(sequence.x1, sequence.x0)
    capacitance = matrix(sequence.c1, sequence.c0)
  }

  /// Takes over a property of the impedance; returns false for other properties.
  mutating func takeSequence(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool {
    switch key {
    case "r1": sequence.r1 = try value.number()
    case "x1": sequence.x1 = try value.number()
    case "r0": sequence.r0 = try value.number()
    case "x0": sequence.x0 = try value.number()
    case "c1": sequence.c1 = try value.number()
    case "c0": sequence.c0 = try value.number()
    case "b1": sequence.c1 = nanofarads(microsiemens: try value.number())
    case "b0": sequence.c0 = nanofarads(microsiemens: try value.number())
    default: return false
    }
    return true
  }

  private func nanofarads(microsiemens: Double) -> Double {
    microsiemens * 1e3 / (2 * .pi * baseFrequency)
  }

  /// Takes over a matrix; returns false for other properties.
  mutating func takeMatrix(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool {
    guard ["rmatrix", "xmatrix", "cmatrix"].contains(key) else { return false }
    let matrix = try value.symmetricMatrix()
    guard matrix.count == phases else {
      throw value.fault(
        "the matrix has \(matrix.count) rows for \(phases) phases",
        remedy: "write the number of phases before it, and a row for each")
    }
    switch key {
    case "rmatrix": resistance = matrix
    case "xmatrix": reactance = matrix
    default: capacitance = matrix
    }
    return true
  }

  /// Takes over the earth's part; returns false for other properties.
  mutating func takeEarth(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool {
    switch key {
    case "rg": earth.r = try value.number()
    case "xg": earth.x = try value.number()
    case "rho": earth.rho = try value.positive()
    default: return false
    }
    return true
  }

  /// The values at the frequency of the circuit, corrected as OpenDSS does.
  ///
  /// R + Rg (f/f0 - 1) and (X - ½ Xg ln(f/f0) / ln(658.5 √(ρ/f0))) f/f0 in each element.
  func at(frequency: Double) -> LineValues {
    let ratio = frequency / baseFrequency
    guard ratio != 1 else { return self }
    var values = self
    values.isSymmetrical = false
    values.baseFrequency = frequency
    let share = earth.x / Double.log(658.5 * (earth.rho / baseFrequency).squareRoot())
    let reduction = earth.x == 0 ? 0 : 0.5 * share * .log(ratio)
    for row in 0..<phases {
      for column in 0..<phases {
        values.resistance[row][column] += earth.r * (ratio - 1)
        values.reactance[row][column] = (reactance[row][column] - reduction) * ratio
      }
    }
    return values
  }

  /// Values from matrices per metre at a frequency.
  init(series: ComplexMatrix, shunt: ComplexMatrix, frequency: Double) {
    self.init(baseFrequency: frequency)
    isSymmetrical = false
    phases = series.order
    let omega = 2 * Double.pi * frequency
    let all = 0..<phases
    resistance = all.map { row in all.map { series[row, $0].real } }
    reactance = all.map { row in all.map { series[row, $0].imaginary } }
    capacitance = all.map { row in all.map { shunt[row, $0].imaginary / omega * 1e9 } }
  }
}
