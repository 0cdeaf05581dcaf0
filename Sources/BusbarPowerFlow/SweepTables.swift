internal import BusbarGrid

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
  /// As `Parameters.transferOfNode`.
  let transferOfNode: UnsafeMutablePointer<Int32>
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
    unsafe transferOfNode = Self.copy(parameters.transferOfNode)
    unsafe transfers = Self.copy(parameters.transfers)
    unsafe inverseSquareNominal = Self.copy(parameters.nominalVoltage.map { 1 / ($0 * $0) })
  }

  deinit {
    unsafe parents.deallocate()
    unsafe seriesImpedance.deallocate()
    unsafe transferOfNode.deallocate()
    unsafe transfers.deallocate()
    unsafe inverseSquareNominal.deallocate()
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
