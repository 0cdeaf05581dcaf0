internal import BusbarGrid

/// The backward-forward sweep over flat buffers, for one lane type.
///
/// Buffers hold, for each terminal, the real parts of all lanes and then the imaginary parts.
/// Nothing here allocates, and no multiplication is fused with an addition, so that the bits are
/// the same on every machine and for every lane width.
///
/// 1. D. Shirmohammadi et al., "A compensation-based power flow method for weakly meshed
///    distribution and transmission networks", IEEE Trans. Power Syst. 3(2), 1988,
///    doi:10.1109/59.192932.
/// 2. C. S. Cheng, D. Shirmohammadi, "A three-phase power flow method for real-time distribution
///    system analysis", IEEE Trans. Power Syst. 10(2), 1995, doi:10.1109/59.387902.
@safe struct SweepKernel<L: PhasorLanes> {
  let tables: SweepTables
  /// What the entries of the demand draw.
  let entries: EntryKernel<L>
  /// Where the sweep leaves its voltages, in V.
  let voltage: UnsafeMutablePointer<Double>
  /// Where it leaves the nonlinear current of each node's subtree, in A.
  let current: UnsafeMutablePointer<Double>

  @inline(__always) private var stride: Int { 2 * L.width }

  // SAFETY (this file): voltage and current cover terminalCount × 2 × width numbers. The terminals
  // of the steps, and those that feed them, lie below terminalCount, and the matrices have the
  // sizes that the steps say: `Parameters` has made them so, and `FlowSolver` checks the terminals
  // when it is made. The buffers do not overlap.

  /// Sums what is drawn, from the feeders' ends to the sources.
  ///
  /// The currents of open loops are in place before it: `current` is not cleared here.
  @inline(__always)
  func backward(from start: UnsafePointer<Double>) {
    unsafe entries.draw(at: start, addingTo: current)
    var index = tables.stepCount &- 1
    while index >= 0 {
      let step = unsafe tables.steps[index]
      let own = unsafe UnsafePointer(current) + Int(step.first) &* stride
      let parent = unsafe current + Int(step.feeding) &* stride
      switch step.form {
      case SweepTables.transposed, SweepTables.plainOfThree:
        unsafe add(L(loading: own), to: parent)
        unsafe add(L(loading: own + stride), to: parent + stride)
        unsafe add(L(loading: own + 2 &* stride), to: parent + 2 &* stride)
      case SweepTables.plainOfOne:
        unsafe add(L(loading: own), to: parent)
      case SweepTables.plain:
        for place in 0..<Int(step.order) {
          unsafe add(L(loading: own + place &* stride), to: parent + place &* stride)
        }
      default:
        let order = Int(step.order)
        let count = Int(step.feedingCount)
        let start = Int(step.transfer) &+ 2 &* order &* count
        let matrix = unsafe UnsafePointer(tables.transfers) + start
        for row in 0..<count {
          let sum = unsafe product(matrix + 2 &* row &* order, own, order)
          unsafe add(sum, to: parent + row &* stride)
        }
      }
      index &-= 1
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
    var index = 0
    while index < tables.stepCount {
      let step = unsafe tables.steps[index]
      let first = Int(step.first) &* stride
      let own = unsafe voltage + first
      let old = unsafe start + first
      let drawn = unsafe UnsafePointer(current) + first
      let parent = unsafe UnsafePointer(voltage) + Int(step.feeding) &* stride
      let matrix = unsafe UnsafePointer(tables.drops) + Int(step.drop)
      let scale = L.Real(repeating: step.inverseSquareNominal)
      var change: L.Real
      var total: L.Real
      switch step.form {
      case SweepTables.transposed, SweepTables.plainOfThree:
        let drop =
          step.form == SweepTables.transposed
          ? unsafe transposedProduct(matrix, drawn) : unsafe product(matrix, drawn)
        let a = unsafe replace(own, L(loading: parent) - drop.0, old)
        let b = unsafe replace(
          own + stride, L(loading: parent + stride) - drop.1, old + stride)
        let c = unsafe replace(
          own + 2 &* stride, L(loading: parent + 2 &* stride) - drop.2, old + 2 &* stride)
        // The phases meet first, so that the chain through all nodes is one operation a node.
        change = L.Real.larger(a, L.Real.larger(b, c))
        total = a + b + c
      case SweepTables.plainOfOne:
        let drop = unsafe product(matrix, drawn, 1)
        change = unsafe replace(own, L(loading: parent) - drop, old)
        total = change
      default:
        change = L.Real(repeating: 0)
        total = change
        let order = Int(step.order)
        let count = Int(step.feedingCount)
        let transfer = unsafe UnsafePointer(tables.transfers) + Int(step.transfer)
        for row in 0..<order {
          let place = row &* stride
          let sent =
            step.form == SweepTables.plain
            ? unsafe L(loading: parent + place)
            : unsafe product(transfer + 2 &* row &* count, parent, count)
          let drop = unsafe product(matrix + 2 &* row &* order, drawn, order)
          let moved = unsafe replace(own + place, sent - drop, old + place)
          change = L.Real.larger(change, moved)
          total = total + moved
        }
      }
      largest = L.Real.larger(largest, change * scale)
      sum = sum + total
      index &+= 1
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
    let y = unsafe L(loading: vector + stride)
    let z = unsafe L(loading: vector + 2 &* stride)
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
    let y = unsafe L(loading: vector + stride)
    let z = unsafe L(loading: vector + 2 &* stride)
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

  /// A row of a matrix, shared by all lanes, times a vector of phasors.
  @inline(__always)
  private func product(
    _ row: UnsafePointer<Double>, _ vector: UnsafePointer<Double>, _ count: Int
  ) -> L {
    var sum = L.zero
    for place in 0..<count {
      let phasor = unsafe L(loading: vector + place &* stride)
      let term =
        unsafe phasor * L.Real(repeating: row[2 &* place])
        + phasor.rotated * L.Real(repeating: row[2 &* place &+ 1])
      sum = sum + term
    }
    return sum
  }

  @inline(__always)
  private func add(_ value: L, to address: UnsafeMutablePointer<Double>) {
    unsafe (L(loading: address) + value).store(to: address)
  }
}
