internal import BusbarUnits
internal import CKLU
internal import Synchronization

/// A sparse complex matrix factorised by KLU, ready to solve for right sides.
///
/// 1. T. A. Davis, E. Palamadai Natarajan, "Algorithm 907: KLU, a direct sparse solver for circuit
///    simulation problems", ACM Trans. Math. Softw. 37(3), 2010, doi:10.1145/1824801.1824814.
@safe final class SparseFactorisation: @unchecked Sendable {
  let order: Int
  private let symbolic: UnsafeMutablePointer<klu_symbolic>
  private let numeric: UnsafeMutablePointer<klu_numeric>
  private let common: UnsafeMutablePointer<klu_common>
  /// KLU solves in a workspace of the factorisation, so only one thread at a time may.
  private let isSolving = Mutex(())

  /// An element of a matrix; several at one place are summed up.
  struct Element {
    var row: Int
    var column: Int
    var value: Phasor
  }

  /// Factorises a matrix; nil when it is singular.
  init?(order: Int, _ elements: [Element]) {
    self.order = order
    // SAFETY: the arrays live through the calls, KLU keeps no pointer to them, and what it allocates
    // is freed in deinit or before nil is returned.
    unsafe common = UnsafeMutablePointer<klu_common>.allocate(capacity: 1)
    unsafe common.initialize(to: klu_common())
    unsafe klu_defaults(common)
    var (starts, rows, values) = Self.compressed(order, elements)
    guard let symbolic = unsafe klu_analyze(Int32(order), &starts, &rows, common) else {
      unsafe common.deallocate()
      return nil
    }
    unsafe self.symbolic = symbolic
    guard let numeric = unsafe klu_z_factor(&starts, &rows, &values, symbolic, common) else {
      var analysis: UnsafeMutablePointer<klu_symbolic>? = unsafe symbolic
      unsafe klu_free_symbolic(&analysis, common)
      unsafe common.deallocate()
      return nil
    }
    unsafe self.numeric = numeric
  }

  deinit {
    var analysis: UnsafeMutablePointer<klu_symbolic>? = unsafe symbolic
    var factors: UnsafeMutablePointer<klu_numeric>? = unsafe numeric
    unsafe klu_z_free_numeric(&factors, common)
    unsafe klu_free_symbolic(&analysis, common)
    unsafe common.deallocate()
  }

  /// Replaces a right side, real and imaginary parts in turn, by the solution.
  func solve(_ side: inout [Double]) {
    precondition(side.count == 2 * order, "A right side has a phasor for each row.")
    isSolving.withLock { _ in
      let isSolved = unsafe klu_z_solve(
        symbolic, numeric, Int32(order), 1, &side, common)
      precondition(isSolved == 1, "KLU solves with the factors that it has made.")
    }
  }

  /// The matrix column by column, rows ascending, with sums in the order of the elements.
  private static func compressed(
    _ order: Int, _ elements: [Element]
  ) -> (starts: [Int32], rows: [Int32], values: [Double]) {
    var columns: [[Int]] = Array(repeating: [], count: order)
    for (index, element) in elements.enumerated() { columns[element.column].append(index) }
    var starts: [Int32] = [0]
    var rows: [Int32] = []
    var values: [Double] = []
    for column in columns {
      let sorted = column.sorted { (elements[$0].row, $0) < (elements[$1].row, $1) }
      for index in sorted {
        let element = elements[index]
        if rows.count > Int(starts[starts.count - 1]), rows[rows.count - 1] == Int32(element.row) {
          values[values.count - 2] += element.value.real
          values[values.count - 1] += element.value.imaginary
        } else {
          rows.append(Int32(element.row))
          values += [element.value.real, element.value.imaginary]
        }
      }
      starts.append(Int32(rows.count))
    }
    return (starts, rows, values)
  }
}
