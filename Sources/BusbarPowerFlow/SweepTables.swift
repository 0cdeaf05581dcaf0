internal import BusbarGrid
internal import BusbarUnits
internal import ComplexModule

/// One node of the sweep, as the kernel reads it.
struct SweepStep: BitwiseCopyable {
  /// What the kernel does; one of the values in `Form`.
  var form: Int32
  /// The number of terminals of the node.
  var order: Int32
  /// The first terminal of the node.
  var first: Int32
  /// The first terminal that feeds it.
  var feeding: Int32
  /// The number of terminals that feed it.
  var feedingCount: Int32
  /// Where D begins in the table of drops, and the two impedances of a transposed node.
  var drop: Int32
  /// Where F begins in the table of transfers, B behind it.
  var transfer: Int32
  /// 1 / (nominal voltage)², in 1/V².
  var inverseSquareNominal: Double
}

/// The constants of the sweep in the flat form that the kernel reads.
///
/// Immutable after `init`, so that many simulations can share it.
@safe final class SweepTables: @unchecked Sendable {
  /// Nodes of three conductors with one self and one mutual impedance behind nothing to transform.
  ///
  /// Z·I is then (Zs − Zm)·I + Zm·(Ia + Ib + Ic) in each phase: four products rather than nine.
  static let transposed: Int32 = 0
  /// Nodes of three conductors behind a series impedance with nothing to transform.
  static let plainOfThree: Int32 = 1
  /// The same with one conductor.
  static let plainOfOne: Int32 = 2
  /// The same with any number of conductors.
  static let plain: Int32 = 3
  /// Nodes with F and B.
  static let general: Int32 = 4

  let stepCount: Int
  let terminalCount: Int
  /// The terminals of the sources' electromotive forces, which are the first ones.
  let sourceTerminalCount: Int
  let steps: UnsafeMutablePointer<SweepStep>
  let drops: UnsafeMutablePointer<Double>
  let transfers: UnsafeMutablePointer<Double>

  init(_ network: Network) {
    let parameters = network.parameters
    let topology = network.topology
    stepCount = parameters.steps.count
    terminalCount = topology.terminalCount
    sourceTerminalCount = parameters.electromotiveForce.count
    var drops = parameters.drops
    let steps = parameters.steps.enumerated().map { position, step in
      let nominal = parameters.nominalVoltage[topology.sourceCount + position]
      var compiled = SweepStep(
        form: Self.general, order: Int32(step.terminals.count),
        first: Int32(step.terminals.lowerBound), feeding: Int32(step.feeding.lowerBound),
        feedingCount: Int32(step.feeding.count), drop: Int32(step.firstDrop),
        transfer: Int32(step.firstTransfer ?? 0), inverseSquareNominal: 1 / (nominal * nominal))
      if step.firstTransfer == nil {
        compiled.form =
          switch step.terminals.count {
          case 1: Self.plainOfOne
          case 3: Self.plainOfThree
          default: Self.plain
          }
        if let impedances = Self.transposedImpedance(parameters, step) {
          compiled.form = Self.transposed
          compiled.drop = Int32(drops.count)
          drops += impedances
        }
      }
      return compiled
    }
    // SAFETY: each buffer is filled from an array of the same count, is never written again, and
    // is freed once, in deinit.
    unsafe self.steps = Self.copy(steps)
    unsafe self.drops = Self.copy(drops)
    unsafe transfers = Self.copy(parameters.transfers)
  }

  deinit {
    unsafe steps.deallocate()
    unsafe drops.deallocate()
    unsafe transfers.deallocate()
  }

  /// Zs − Zm and Zm of a node whose matrix has exactly one value on and one off the diagonal.
  private static func transposedImpedance(
    _ parameters: Parameters, _ step: Parameters.Step
  ) -> [Double]? {
    guard step.terminals.count == 3 else { return nil }
    func element(_ row: Int, _ column: Int) -> Phasor {
      let place = step.firstDrop + 2 * (row * 3 + column)
      return Phasor(parameters.drops[place], parameters.drops[place + 1])
    }
    let (own, mutual) = (element(0, 0), element(0, 1))
    for row in 0..<3 {
      for column in 0..<3 where element(row, column) != (row == column ? own : mutual) {
        return nil
      }
    }
    let difference = own - mutual
    return [difference.real, difference.imaginary, mutual.real, mutual.imaginary]
  }

  private static func copy<Value: BitwiseCopyable>(
    _ values: [Value]
  ) -> UnsafeMutablePointer<Value> {
    let cacheLine = 64
    let raw = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, values.count * MemoryLayout<Value>.stride), alignment: cacheLine)
    let typed = unsafe raw.bindMemory(to: Value.self, capacity: max(1, values.count))
    for index in values.indices { unsafe typed[index] = values[index] }
    return unsafe typed
  }
}
