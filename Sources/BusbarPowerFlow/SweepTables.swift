internal import BusbarGrid
internal import BusbarUnits
internal import ComplexModule

/// The constants of the sweep in the flat form that the kernel reads.
///
/// Immutable after `init`, so that many simulations can share it.
@safe final class SweepTables: @unchecked Sendable {
  let nodeCount: Int
  let sourceCount: Int
  /// The parent of each node.
  let parents: UnsafeMutablePointer<Int32>
  /// W·Z of each node, as `Parameters.seriesImpedance`.
  let seriesImpedance: UnsafeMutablePointer<Double>
  /// For each node `SweepTables.plain`, `.transposed`, or as `Parameters.transferOfNode`.
  let formOfNode: UnsafeMutablePointer<Int32>
  /// Self less mutual impedance, then mutual impedance, of each transposed node, in Ω.
  let transposedImpedance: UnsafeMutablePointer<Double>
  /// As `Parameters.transfers`.
  let transfers: UnsafeMutablePointer<Double>
  /// 1 / (nominal voltage)² of each node, in 1/V².
  let inverseSquareNominal: UnsafeMutablePointer<Double>

  init(_ network: Network) {
    let parameters = network.parameters
    nodeCount = network.topology.nodeCount
    sourceCount = network.topology.sourceCount
    // SAFETY: each buffer is filled from an array of the same count, is never written again, and
    // is freed once, in deinit.
    unsafe parents = Self.copy(network.topology.parents.values.map { Int32($0.position) })
    unsafe seriesImpedance = Self.copy(parameters.seriesImpedance)
    let transposed = (0..<network.topology.nodeCount).map {
      Self.transposedImpedance(parameters, node: $0)
    }
    unsafe formOfNode = Self.copy(
      zip(parameters.transferOfNode, transposed).map { transfer, impedance in
        transfer >= 0 ? transfer : impedance == nil ? Self.plain : Self.transposed
      })
    unsafe transposedImpedance = Self.copy(transposed.flatMap { $0 ?? [0, 0, 0, 0] })
    unsafe transfers = Self.copy(parameters.transfers)
    unsafe inverseSquareNominal = Self.copy(parameters.nominalVoltage.map { 1 / ($0 * $0) })
  }

  deinit {
    unsafe parents.deallocate()
    unsafe seriesImpedance.deallocate()
    unsafe formOfNode.deallocate()
    unsafe transposedImpedance.deallocate()
    unsafe transfers.deallocate()
    unsafe inverseSquareNominal.deallocate()
  }

  /// A node behind a series impedance with nothing to transform.
  static let plain: Int32 = -1
  /// The same, with one self impedance and one mutual impedance for all phases.
  ///
  /// Z·I is then (Zs − Zm)·I + Zm·(Ia + Ib + Ic) in each phase: four products rather than nine.
  static let transposed: Int32 = -2

  /// Zs − Zm and Zm of a node whose matrix has exactly one value on and one off the diagonal.
  private static func transposedImpedance(_ parameters: Parameters, node: Int) -> [Double]? {
    let first = node * Parameters.matrixStride
    func element(_ row: Int, _ column: Int) -> Phasor {
      let place = first + 2 * (row * ConductorSet.capacity + column)
      return Phasor(parameters.seriesImpedance[place], parameters.seriesImpedance[place + 1])
    }
    let (own, mutual) = (element(0, 0), element(0, 1))
    for row in 0..<ConductorSet.capacity {
      for column in 0..<ConductorSet.capacity
      where element(row, column) != (row == column ? own : mutual) { return nil }
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
