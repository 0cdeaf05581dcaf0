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
@safe struct SweepKernel<L: Lane> {
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

  @inline(__always) private var stride: Int { L.width }
  @inline(__always) private var terminalStride: Int { 2 * L.width }
  @inline(__always) private var nodeStride: Int { 6 * L.width }

  // SAFETY (this file): every pointer covers nodeCount × 6 × width numbers, or entryCount × 2 ×
  // width for the entries; terminals are below nodeCount × 3 and parents below nodeCount, which
  // `FlowSolver` checks once when it is made. The buffers do not overlap.

  /// Sums what is drawn, from the feeders' ends to the sources.
  @inline(__always)
  func backward(from start: UnsafePointer<Double>) {
    let count = tables.nodeCount * nodeStride
    unsafe current.update(repeating: 0, count: count)
    for entry in 0..<entryCount {
      let terminal = unsafe Int(entryTerminals[entry]) * terminalStride
      let re = unsafe L(loading: start + terminal)
      let im = unsafe L(loading: start + terminal + stride)
      let p = unsafe L(loading: activePower + entry * stride)
      let q = unsafe L(loading: reactivePower + entry * stride)
      // I = (P − jQ) / V*, conjugated current of constant power.
      let scale = L(repeating: 1) / (re * re + im * im)
      let drawnRe = (p * re + q * im) * scale
      let drawnIm = (p * im - q * re) * scale
      unsafe drawnRe.store(to: entryCurrent + entry * terminalStride)
      unsafe drawnIm.store(to: entryCurrent + entry * terminalStride + stride)
      unsafe add(drawnRe, to: current + terminal)
      unsafe add(drawnIm, to: current + terminal + stride)
    }
    var node = tables.nodeCount - 1
    while node >= tables.sourceCount {
      let own = unsafe current + node * nodeStride
      let parent = unsafe current + Int(tables.parents[node]) * nodeStride
      let transfer = unsafe Int(tables.transferOfNode[node])
      if transfer < 0 {
        for part in 0..<6 {
          unsafe add(L(loading: own + part * stride), to: parent + part * stride)
        }
      } else {
        let matrix = unsafe tables.transfers + (2 * transfer + 1) * Parameters.matrixStride
        for phase in 0..<3 {
          let (re, im) = unsafe product(matrix + 6 * phase, own)
          unsafe add(re, to: parent + phase * terminalStride)
          unsafe add(im, to: parent + phase * terminalStride + stride)
        }
      }
      node -= 1
    }
  }

  /// Carries the voltages outward; returns the largest squared change, and the sum of all changes.
  ///
  /// Both are relative to the nominal voltage. The sum is not finite when any voltage is not.
  @inline(__always)
  func forward(comparedWith old: UnsafePointer<Double>) -> (largest: L, sum: L) {
    var largest = L(repeating: 0)
    var sum = L(repeating: 0)
    for node in tables.sourceCount..<tables.nodeCount {
      let base = node * nodeStride
      let parent = unsafe UnsafePointer(voltage) + Int(tables.parents[node]) * nodeStride
      let drawn = unsafe UnsafePointer(current) + base
      let impedance = unsafe tables.seriesImpedance + node * Parameters.matrixStride
      let transfer = unsafe Int(tables.transferOfNode[node])
      let scale = unsafe L(repeating: tables.inverseSquareNominal[node])
      for phase in 0..<3 {
        let (dropRe, dropIm) = unsafe product(impedance + 6 * phase, drawn)
        let place = phase * terminalStride
        var sentRe = unsafe L(loading: parent + place)
        var sentIm = unsafe L(loading: parent + place + stride)
        if transfer >= 0 {
          let matrix = unsafe tables.transfers + 2 * transfer * Parameters.matrixStride
          unsafe (sentRe, sentIm) = product(matrix + 6 * phase, parent)
        }
        let re = sentRe - dropRe
        let im = sentIm - dropIm
        let changeRe = unsafe re - L(loading: old + base + place)
        let changeIm = unsafe im - L(loading: old + base + place + stride)
        let change = (changeRe * changeRe + changeIm * changeIm) * scale
        largest = L.larger(largest, change)
        sum = sum + change
        unsafe re.store(to: voltage + base + place)
        unsafe im.store(to: voltage + base + place + stride)
      }
    }
    return (largest, sum)
  }

  /// One row of a matrix, shared by all lanes, times a vector of three phasors.
  @inline(__always)
  private func product(
    _ row: UnsafePointer<Double>, _ vector: UnsafePointer<Double>
  ) -> (L, L) {
    var re = L(repeating: 0)
    var im = L(repeating: 0)
    for column in 0..<3 {
      let matrixRe = unsafe L(repeating: row[2 * column])
      let matrixIm = unsafe L(repeating: row[2 * column + 1])
      let vectorRe = unsafe L(loading: vector + column * terminalStride)
      let vectorIm = unsafe L(loading: vector + column * terminalStride + stride)
      re = re + (matrixRe * vectorRe - matrixIm * vectorIm)
      im = im + (matrixRe * vectorIm + matrixIm * vectorRe)
    }
    return (re, im)
  }

  @inline(__always)
  private func add(_ value: L, to address: UnsafeMutablePointer<Double>) {
    unsafe (L(loading: address) + value).store(to: address)
  }
}
