internal import BusbarGrid

/// The backward-forward sweep over flat buffers, for one lane type.
///
/// Buffers hold, for each terminal (node × 3 + phase), the real parts of all lanes and then the
/// imaginary parts. Nothing here allocates, and no multiplication is fused with an addition, so
/// that the bits are the same on every machine and for every lane width.
///
/// 1. D. Shirmohammadi et al., "A compensation-based power flow method for weakly meshed
///    distribution and transmission networks", IEEE Trans. Power Syst. 3(2), 1988,
///    doi:10.1109/59.192932.
/// 2. C. S. Cheng, D. Shirmohammadi, "A three-phase power flow method for real-time distribution
///    system analysis", IEEE Trans. Power Syst. 10(2), 1995, doi:10.1109/59.387902.
@safe struct SweepKernel<L: PhasorLanes> {
  let tables: SweepTables
  /// The terminal of each entry of the demand.
  let entryTerminals: UnsafePointer<Int32>
  let entryCount: Int
  /// Active power of each entry in W.
  let activePower: UnsafePointer<Double>
  /// Reactive power of each entry in var.
  let reactivePower: UnsafePointer<Double>
  /// Where the sweep leaves its voltages, in V.
  let voltage: UnsafeMutablePointer<Double>
  /// Where it leaves the nonlinear current of each node's subtree, in A.
  let current: UnsafeMutablePointer<Double>
  /// Where it leaves the current of each entry, in A.
  let entryCurrent: UnsafeMutablePointer<Double>

  @inline(__always) private var terminalStride: Int { 2 * L.width }
  @inline(__always) private var nodeStride: Int { 6 * L.width }

  // SAFETY (this file): every pointer covers nodeCount × 6 × width numbers, or entryCount × 2 ×
  // width for the entries; terminals are below nodeCount × 3, which `FlowSolver.solve` checks, and
  // parents below nodeCount, which it checks when it is made. The buffers do not overlap.

  /// Sums what is drawn, from the feeders' ends to the sources.
  @inline(__always)
  func backward(from start: UnsafePointer<Double>) {
    unsafe current.update(repeating: 0, count: tables.nodeCount &* nodeStride)
    for entry in 0..<entryCount {
      let terminal = unsafe Int(entryTerminals[entry]) &* terminalStride
      let voltage = unsafe L(loading: start + terminal)
      let p = unsafe L.Real(loading: activePower + entry &* L.width)
      let q = unsafe L.Real(loading: reactivePower + entry &* L.width)
      // I = (P − jQ) / V*, the conjugate of the power over that of the voltage.
      let scale = L.Real(repeating: 1) / voltage.squaredMagnitude
      let drawn = (voltage * p - voltage.rotated * q) * scale
      unsafe drawn.store(to: entryCurrent + entry &* terminalStride)
      unsafe add(drawn, to: current + terminal)
    }
    var node = tables.nodeCount &- 1
    var own = unsafe UnsafePointer(current) + node &* nodeStride
    while node >= tables.sourceCount {
      let parent = unsafe current + Int(tables.parents[node]) &* nodeStride
      let form = unsafe tables.formOfNode[node]
      if form < 0 {
        unsafe add(L(loading: own), to: parent)
        unsafe add(L(loading: own + terminalStride), to: parent + terminalStride)
        unsafe add(L(loading: own + 2 &* terminalStride), to: parent + 2 &* terminalStride)
      } else {
        let matrix =
          unsafe tables.transfers + (2 &* Int(form) &+ 1) &* Parameters.matrixStride
        let (a, b, c) = unsafe product(matrix, own)
        unsafe add(a, to: parent)
        unsafe add(b, to: parent + terminalStride)
        unsafe add(c, to: parent + 2 &* terminalStride)
      }
      node &-= 1
      unsafe own -= nodeStride
    }
  }

  /// Carries the voltages outward; returns the largest squared change, and the sum of all changes.
  ///
  /// The largest is relative to the nominal voltage; the sum, in V², is not finite when any voltage
  /// is not.
  @inline(__always)
  func forward(comparedWith start: UnsafePointer<Double>) -> (largest: L.Real, sum: L.Real) {
    var largest = L.Real(repeating: 0)
    var sum = L.Real(repeating: 0)
    var node = tables.sourceCount
    var own = unsafe voltage + node &* nodeStride
    var old = unsafe start + node &* nodeStride
    var drawn = unsafe UnsafePointer(current) + node &* nodeStride
    var impedance = unsafe UnsafePointer(tables.seriesImpedance) + node &* Parameters.matrixStride
    while node < tables.nodeCount {
      let parent =
        unsafe UnsafePointer(voltage) + Int(tables.parents[node]) &* nodeStride
      let form = unsafe tables.formOfNode[node]
      let drop =
        form == SweepTables.transposed
        ? unsafe transposedProduct(tables.transposedImpedance + 4 &* node, drawn)
        : unsafe product(impedance, drawn)
      let sent =
        form < 0
        ? unsafe (
          L(loading: parent), L(loading: parent + terminalStride),
          L(loading: parent + 2 &* terminalStride)
        )
        : unsafe product(
          tables.transfers + 2 &* Int(form) &* Parameters.matrixStride, parent)
      let scale = unsafe L.Real(repeating: tables.inverseSquareNominal[node])
      let change = unsafe (
        replace(own, sent.0 - drop.0, old),
        replace(own + terminalStride, sent.1 - drop.1, old + terminalStride),
        replace(own + 2 &* terminalStride, sent.2 - drop.2, old + 2 &* terminalStride)
      )
      // The phases meet first, so that the chain through all nodes is one operation a node.
      largest = L.Real.larger(
        largest, L.Real.larger(change.0, L.Real.larger(change.1, change.2)) * scale)
      sum = sum + (change.0 + change.1 + change.2)
      node &+= 1
      unsafe own += nodeStride
      unsafe old += nodeStride
      unsafe drawn += nodeStride
      unsafe impedance += Parameters.matrixStride
    }
    return (largest, sum)
  }

  /// Stores a voltage and returns the square of its change.
  @inline(__always)
  private func replace(
    _ place: UnsafeMutablePointer<Double>, _ new: L, _ old: UnsafePointer<Double>
  ) -> L.Real {
    let change = unsafe (new - L(loading: old)).squaredMagnitude
    unsafe new.store(to: place)
    return change
  }

  /// The matrix of a transposed element times a vector of three phasors.
  @inline(__always)
  private func transposedProduct(
    _ impedance: UnsafePointer<Double>, _ vector: UnsafePointer<Double>
  ) -> (L, L, L) {
    let x = unsafe L(loading: vector)
    let y = unsafe L(loading: vector + terminalStride)
    let z = unsafe L(loading: vector + 2 &* terminalStride)
    let all = x + y + z
    let common =
      unsafe all * L.Real(repeating: impedance[2])
      + all.rotated * L.Real(repeating: impedance[3])
    @inline(__always) func own(_ current: L) -> L {
      unsafe current * L.Real(repeating: impedance[0])
        + current.rotated * L.Real(repeating: impedance[1])
    }
    return (own(x) + common, own(y) + common, own(z) + common)
  }

  /// A matrix of order three, shared by all lanes, times a vector of three phasors.
  @inline(__always)
  private func product(
    _ matrix: UnsafePointer<Double>, _ vector: UnsafePointer<Double>
  ) -> (L, L, L) {
    let x = unsafe L(loading: vector)
    let y = unsafe L(loading: vector + terminalStride)
    let z = unsafe L(loading: vector + 2 &* terminalStride)
    let (jx, jy, jz) = (x.rotated, y.rotated, z.rotated)
    @inline(__always) func row(_ first: Int) -> L {
      let a =
        unsafe x * L.Real(repeating: matrix[first])
        + jx * L.Real(repeating: matrix[first &+ 1])
      let b =
        unsafe y * L.Real(repeating: matrix[first &+ 2])
        + jy * L.Real(repeating: matrix[first &+ 3])
      let c =
        unsafe z * L.Real(repeating: matrix[first &+ 4])
        + jz * L.Real(repeating: matrix[first &+ 5])
      return a + b + c
    }
    return (row(0), row(6), row(12))
  }

  @inline(__always)
  private func add(_ value: L, to address: UnsafeMutablePointer<Double>) {
    unsafe (L(loading: address) + value).store(to: address)
  }
}
