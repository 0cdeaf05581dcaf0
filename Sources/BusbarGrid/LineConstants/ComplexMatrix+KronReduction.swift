public import BusbarUnits
internal import ComplexModule

extension ComplexMatrix {
  /// Eliminates the rows and columns that are not kept; nil when they are singular.
  ///
  /// For an impedance matrix the eliminated conductors are at zero voltage to the reference at both
  /// ends (a neutral that is grounded often), for an admittance matrix they carry no current [1]:
  ///
  ///     Z' = Zkk − Zke Zee⁻¹ Zek     k: kept, e: eliminated
  ///
  /// The result has the unit of the matrix, a row and a column for each kept position, in the
  /// order given. Time grows with the cube of the order.
  ///
  /// 1. W. H. Kersting, *Distribution System Modeling and Analysis*, 4th ed., CRC Press, ch. 4.
  public func kronReduced(keeping kept: [Int]) -> ComplexMatrix? {
    precondition(
      Set(kept).count == kept.count && kept.allSatisfy { (0..<order).contains($0) },
      "Each kept position is a position of the matrix, named once.")
    let eliminated = (0..<order).filter { !kept.contains($0) }
    guard !eliminated.isEmpty else { return submatrix(kept) }
    guard
      let solved = submatrix(eliminated).solve(
        kept.map { column in eliminated.map { self[$0, column] } })
    else { return nil }
    var result = submatrix(kept)
    for row in kept.indices {
      for column in kept.indices {
        var fall = Phasor.zero
        for (inner, position) in eliminated.enumerated() {
          fall += self[kept[row], position] * solved[column][inner]
        }
        result[row, column] -= fall
      }
    }
    return result
  }

  /// The rows and columns at the given positions, in their order.
  func submatrix(_ positions: [Int]) -> ComplexMatrix {
    ComplexMatrix(rows: positions.map { row in positions.map { self[row, $0] } })
  }
}
