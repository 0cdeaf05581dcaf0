internal import BusbarGrid
internal import BusbarUnits
internal import ComplexModule

/// The currents that close the loops of a network which is swept as a tree.
///
/// At each breakpoint terminal a current flows on into the terminal to which it is held, so that
/// both have the same voltage; at each held terminal one takes back the admittance that stands in
/// for a missing path to earth. The voltages differ by r, which is linear in these currents: the
/// matrix M of the differences is computed once, and after each sweep the currents move by −M⁻¹·r
/// [1]. At a given demand one such step closes the loops exactly, so that a second sweep follows
/// where the first has left them open.
///
/// 1. D. Shirmohammadi et al., IEEE Trans. Power Syst. 3(2), 1988, doi:10.1109/59.192932.
struct LoopClosure: Sendable {
  /// One current that is to be found.
  struct Unknown: Sendable {
    /// The terminal that draws it.
    var terminal: Int
    /// The terminal into which it flows; nil at a held terminal.
    var target: Int?
    /// The admittance that it takes back, in S; of no use at a breakpoint.
    var admittance: Phasor
    /// 1 / (nominal voltage)², in 1/V².
    var inverseSquareNominal: Double
  }

  let unknowns: [Unknown]
  /// M⁻¹ row by row, in S.
  private let inverse: [Phasor]
  /// The currents without a demand, in A.
  let unloadedCurrents: [Phasor]
  /// The voltages without a demand, in V.
  let unloadedVoltages: [Phasor]

  /// Computes the matrix by one linear sweep for each unknown; nil when the loops have no impedance.
  init?(_ network: Network) {
    let topology = network.topology
    let parameters = network.parameters
    func scale(_ terminal: Int) -> Double {
      let nominal = network.nominalVoltage(at: topology.conductorOfTerminal[terminal].bus)
      return 1 / (nominal * nominal)
    }
    let unknowns =
      topology.breakpoints.filter { !parameters.isDead[$0.target] }.map {
        Unknown(
          terminal: $0.terminal, target: $0.target, admittance: .zero,
          inverseSquareNominal: scale($0.target))
      }
      + parameters.heldTerminals.map {
        Unknown(
          terminal: $0.terminal, target: nil, admittance: $0.admittance,
          inverseSquareNominal: scale($0.terminal))
      }
    self.unknowns = unknowns
    let response = TreeResponse(network)
    let none = [Phasor](repeating: .zero, count: topology.terminalCount)
    let still = [Phasor](repeating: .zero, count: parameters.electromotiveForce.count)
    let open = response.voltages(
      drawing: none, electromotiveForce: parameters.electromotiveForce)
    guard !unknowns.isEmpty else {
      inverse = []
      unloadedCurrents = []
      unloadedVoltages = open
      return
    }
    var matrix = ComplexMatrix(zero: unknowns.count)
    for (column, unknown) in unknowns.enumerated() {
      var currents = none
      currents[unknown.terminal] += .one
      if let target = unknown.target { currents[target] -= .one }
      let voltages = response.voltages(drawing: currents, electromotiveForce: still)
      for (row, other) in unknowns.enumerated() {
        matrix[row, column] = Self.difference(
          other, voltages, current: row == column ? .one : .zero)
      }
    }
    guard let inverse = matrix.inverse, inverse.isFinite else { return nil }
    let count = unknowns.count
    self.inverse = (0..<(count * count)).map { inverse[$0 / count, $0 % count] }
    let differences = unknowns.map { Self.difference($0, open, current: .zero) }
    let closing = (inverse * differences).map { -$0 }
    unloadedCurrents = closing
    var currents = none
    for (unknown, current) in zip(unknowns, closing) {
      currents[unknown.terminal] += current
      if let target = unknown.target { currents[target] -= current }
    }
    unloadedVoltages = response.voltages(
      drawing: currents, electromotiveForce: parameters.electromotiveForce)
  }

  private static func difference(
    _ unknown: Unknown, _ voltages: [Phasor], current: Phasor
  ) -> Phasor {
    if let target = unknown.target { return voltages[unknown.terminal] - voltages[target] }
    return voltages[unknown.terminal] + current / unknown.admittance
  }
}

extension LoopClosure {
  /// Puts the currents at their terminals.
  ///
  /// SAFETY: `currents` covers a phasor for each unknown, `sums` one for each terminal.
  @inline(__always)
  func place(_ currents: UnsafePointer<Double>, in sums: UnsafeMutablePointer<Double>) {
    for index in unknowns.indices {
      let real = unsafe currents[2 * index]
      let imaginary = unsafe currents[2 * index + 1]
      unsafe sums[2 * unknowns[index].terminal] += real
      unsafe sums[2 * unknowns[index].terminal + 1] += imaginary
      if let target = unknowns[index].target {
        unsafe sums[2 * target] -= real
        unsafe sums[2 * target + 1] -= imaginary
      }
    }
  }

  /// Moves the currents by what the voltages ask for; returns the largest squared difference.
  ///
  /// SAFETY: `currents` and `differences` cover a phasor for each unknown, `voltages` one for each
  /// terminal.
  func correct(
    _ currents: UnsafeMutablePointer<Double>, _ voltages: UnsafePointer<Double>,
    _ differences: UnsafeMutablePointer<Double>
  ) -> Double {
    var largest = 0.0
    for index in unknowns.indices {
      let unknown = unknowns[index]
      func voltage(_ terminal: Int) -> Phasor {
        unsafe Phasor(voltages[2 * terminal], voltages[2 * terminal + 1])
      }
      var difference = voltage(unknown.terminal)
      if let target = unknown.target {
        difference -= voltage(target)
      } else {
        let current = unsafe Phasor(currents[2 * index], currents[2 * index + 1])
        difference += current / unknown.admittance
      }
      largest = max(largest, difference.lengthSquared * unknown.inverseSquareNominal)
      unsafe differences[2 * index] = difference.real
      unsafe differences[2 * index + 1] = difference.imaginary
    }
    let count = unknowns.count
    for row in 0..<count {
      var sum = Phasor.zero
      for column in 0..<count {
        let difference = unsafe Phasor(differences[2 * column], differences[2 * column + 1])
        sum += inverse[row * count + column] * difference
      }
      unsafe currents[2 * row] -= sum.real
      unsafe currents[2 * row + 1] -= sum.imaginary
    }
    return largest
  }
}
