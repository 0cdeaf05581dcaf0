internal import CGSL
public import ComplexModule
internal import RealModule

/// A small dense square matrix of complex numbers, stored row by row.
///
/// It serves the compile passes, which run once; the sweep has its own flat buffers.
public struct ComplexMatrix: Hashable, Sendable {
  /// The number of rows, and of columns.
  public let order: Int
  private var elements: [Phasor]

  /// Makes a zero matrix of the given order.
  public init(zero order: Int) {
    self.order = order
    elements = Array(repeating: .zero, count: order * order)
  }

  /// Makes an identity matrix of the given order.
  public init(identity order: Int) {
    self.init(zero: order)
    for row in 0..<order { self[row, row] = .one }
  }

  /// Makes a matrix from its rows, which must be as long as there are rows.
  public init(rows: [[Phasor]]) {
    precondition(rows.allSatisfy { $0.count == rows.count }, "A square matrix has equal sides.")
    order = rows.count
    elements = rows.flatMap { $0 }
  }

  /// The element at a row and a column, both counted from zero.
  public subscript(row: Int, column: Int) -> Phasor {
    get { elements[row * order + column] }
    set { elements[row * order + column] = newValue }
  }

  /// Whether each element is exactly zero.
  public var isZero: Bool { elements.allSatisfy { $0 == .zero } }

  /// Whether the matrix is exactly the identity.
  public var isIdentity: Bool { self == ComplexMatrix(identity: order) }

  /// Whether each element is a finite number.
  public var isFinite: Bool { elements.allSatisfy(\.isFinite) }

  /// The matrix mirrored at its diagonal, without conjugation.
  public var transposed: ComplexMatrix {
    var result = ComplexMatrix(zero: order)
    for row in 0..<order {
      for column in 0..<order { result[column, row] = self[row, column] }
    }
    return result
  }

  public static func + (left: ComplexMatrix, right: ComplexMatrix) -> ComplexMatrix {
    var result = left
    for element in result.elements.indices { result.elements[element] += right.elements[element] }
    return result
  }

  public static func += (left: inout ComplexMatrix, right: ComplexMatrix) { left = left + right }

  public static func * (left: ComplexMatrix, right: ComplexMatrix) -> ComplexMatrix {
    precondition(left.order == right.order, "Matrices of different order have no product.")
    var result = ComplexMatrix(zero: left.order)
    for row in 0..<left.order {
      for column in 0..<left.order {
        var sum = Phasor.zero
        for inner in 0..<left.order { sum += left[row, inner] * right[inner, column] }
        result[row, column] = sum
      }
    }
    return result
  }

  public static func * (left: ComplexMatrix, factor: Double) -> ComplexMatrix {
    var result = left
    for element in result.elements.indices {
      result.elements[element] = result.elements[element].multiplied(by: factor)
    }
    return result
  }

  /// Multiplies the matrix by a column vector of the same order.
  public static func * (left: ComplexMatrix, vector: [Phasor]) -> [Phasor] {
    (0..<left.order).map { row in
      var sum = Phasor.zero
      for column in 0..<left.order { sum += left[row, column] * vector[column] }
      return sum
    }
  }
}

extension ComplexMatrix {
  /// Returns the inverse, or nil when the matrix is singular to working precision.
  ///
  /// LU decomposition with partial pivoting, by GSL (`gsl_linalg_complex_LU_*`).
  public var inverse: ComplexMatrix? {
    var columns: [[Phasor]] = []
    for column in 0..<order {
      var unit = [Phasor](repeating: .zero, count: order)
      unit[column] = .one
      columns.append(unit)
    }
    guard let solved = solve(columns) else { return nil }
    var result = ComplexMatrix(zero: order)
    for column in 0..<order {
      for row in 0..<order { result[row, column] = solved[column][row] }
    }
    return result
  }

  /// Solves the matrix times x = right side, for each right side; nil when it is singular.
  public func solve(_ rightSides: [[Phasor]]) -> [[Phasor]]? {
    guard isFinite else { return nil }
    // SAFETY: each GSL object is allocated here with `order` rows, used within its bounds, and
    // freed before the scope ends. GSL's default handler would abort on a singular matrix, so the
    // pivots are checked before the solve, and allocation failure is a trap.
    guard let matrix = unsafe gsl_matrix_complex_calloc(order, order),
      let permutation = unsafe gsl_permutation_alloc(order),
      let right = unsafe gsl_vector_complex_alloc(order),
      let solution = unsafe gsl_vector_complex_alloc(order)
    else { preconditionFailure("Out of memory while inverting a matrix of order \(order).") }
    defer {
      unsafe gsl_matrix_complex_free(matrix)
      unsafe gsl_permutation_free(permutation)
      unsafe gsl_vector_complex_free(right)
      unsafe gsl_vector_complex_free(solution)
    }
    for row in 0..<order {
      for column in 0..<order {
        unsafe gsl_matrix_complex_set(matrix, row, column, self[row, column].gsl)
      }
    }
    var sign: Int32 = 0
    unsafe gsl_linalg_complex_LU_decomp(matrix, permutation, &sign)
    // A pivot that is lost in the rounding of the largest element says that the matrix is singular.
    let largest = elements.map(\.length).max() ?? 0
    let smallest = largest * Double(order) * .ulpOfOne
    for row in 0..<order {
      let pivot = Phasor(unsafe gsl_matrix_complex_get(matrix, row, row)).length
      guard pivot.isFinite, pivot > smallest else { return nil }
    }
    return rightSides.map { side in
      for row in 0..<order { unsafe gsl_vector_complex_set(right, row, side[row].gsl) }
      unsafe gsl_linalg_complex_LU_solve(matrix, permutation, right, solution)
      return (0..<order).map { Phasor(unsafe gsl_vector_complex_get(solution, $0)) }
    }
  }
}

extension Complex<Double> {
  fileprivate var gsl: gsl_complex { gsl_complex(dat: (real, imaginary)) }

  fileprivate init(_ value: gsl_complex) { self.init(value.dat.0, value.dat.1) }
}
