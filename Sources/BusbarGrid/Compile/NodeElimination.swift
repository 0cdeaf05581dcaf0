internal import BusbarUnits
internal import ComplexModule

/// What the sweep needs of one node, after everything linear below it has been eliminated.
struct NodeElimination {
  /// Voltage of the node for each voltage of the feeding terminals: V = F·V₀ − D·J.
  var forward: RectangularMatrix
  /// Voltage drop for each nonlinear current of the node, in Ω.
  var drop: ComplexMatrix
  /// Nonlinear current at the feeding terminals for each one at the node.
  var backward: RectangularMatrix
  /// Admittance that the node presents to its feeding terminals, in S.
  var presented: ComplexMatrix
}

extension NodeElimination {
  /// Eliminates a node behind a series impedance Z that feeds some of its terminals.
  ///
  /// `admittance` is all that hangs at the node, `fed` the terminal of each conductor of the line
  /// and `feeding` the place of its other end among the feeding terminals. The terminals that the
  /// line does not reach are eliminated first. Nil when those have no path to earth.
  init?(
    series impedance: ComplexMatrix, admittance: ComplexMatrix, fed: [Int], feeding: [Int],
    width: Int
  ) {
    let order = admittance.order
    let free = (0..<order).filter { !fed.contains($0) }
    // V_u = −(Y_uu⁻¹·Y_uf)·V_f − Y_uu⁻¹·J_u for the terminals that are not fed.
    var own = admittance.selecting(fed)
    var coupling = RectangularMatrix(rows: free.count, columns: fed.count)
    var freeDrop = ComplexMatrix(zero: free.count)
    if !free.isEmpty {
      // Solved for rather than multiplied from the inverse: where only stray capacitance holds a
      // delta, the elements of the inverse are so large that their differences lose the digits.
      let block = admittance.selecting(free)
      let sides = fed.map { column in free.map { admittance[$0, column] } }
      guard let inverse = block.inverse, let solved = block.solve(sides) else { return nil }
      freeDrop = inverse
      coupling = RectangularMatrix(columnVectors: solved, rows: free.count)
      for row in fed.indices {
        for column in fed.indices {
          for inner in free.indices {
            own[row, column] -= admittance[fed[row], free[inner]] * coupling[inner, column]
          }
        }
      }
    }
    let count = fed.count
    let identity = ComplexMatrix(identity: count)
    var division = identity
    var currentDivision = identity
    if !own.isZero {
      guard let voltage = (identity + impedance * own).inverse,
        let current = (identity + own * impedance).inverse
      else { return nil }
      division = voltage
      currentDivision = current
    }
    let fedDrop = own.isZero ? impedance : division * impedance
    let seen = own.isZero ? own : own * division
    forward = RectangularMatrix(rows: order, columns: width)
    backward = RectangularMatrix(rows: width, columns: order)
    drop = ComplexMatrix(zero: order)
    presented = ComplexMatrix(zero: width)
    for row in 0..<count {
      for column in 0..<count {
        forward[fed[row], feeding[column]] += division[row, column]
        backward[feeding[row], fed[column]] += currentDivision[row, column]
        drop[fed[row], fed[column]] = fedDrop[row, column]
        presented[feeding[row], feeding[column]] += seen[row, column]
      }
    }
    guard !free.isEmpty else { return }
    // J′_f = J_f − Y_fu·Y_uu⁻¹·J_u, and the free voltages follow the fed ones. Linear elements are
    // symmetric, so Y_fu·Y_uu⁻¹ is the transpose of Y_uu⁻¹·Y_uf.
    for inner in free.indices {
      for row in 0..<count {
        for column in 0..<count {
          let share = coupling[inner, column]
          drop[fed[row], free[inner]] -= fedDrop[row, column] * share
          backward[feeding[row], free[inner]] -= currentDivision[row, column] * share
          forward[free[inner], feeding[row]] -= share * division[column, row]
        }
      }
    }
    for one in free.indices {
      for other in free.indices {
        var sum = freeDrop[one, other]
        for row in 0..<count {
          for column in 0..<count {
            sum += coupling[one, row] * fedDrop[row, column] * coupling[other, column]
          }
        }
        drop[free[one], free[other]] = sum
      }
      for column in 0..<count {
        var sum = Phasor.zero
        for row in 0..<count { sum += coupling[one, row] * fedDrop[row, column] }
        drop[free[one], fed[column]] = -sum
      }
    }
  }

  /// Eliminates a node that is joined to its feeding terminals by admittances.
  ///
  /// `far` is the feeding elements' admittance among the feeding terminals, `mutual` that from a
  /// feeding terminal (column) to one of the node (row), and `admittance` the sum of all at the
  /// node, the feeding elements' own part included. Nil when the node has no path to earth.
  init?(admittance: ComplexMatrix, mutual: RectangularMatrix, far: ComplexMatrix) {
    // F is solved for rather than multiplied from M⁻¹, as above.
    guard let inverse = admittance.inverse,
      let solved = admittance.solve(mutual.negated.columnVectors)
    else { return nil }
    drop = inverse
    forward = RectangularMatrix(columnVectors: solved, rows: mutual.rows)
    backward = forward.transposed
    presented = far + mutual.transposed * forward
  }

  /// Keeps the voltage of some terminals at zero, whatever is drawn there.
  mutating func silence(_ rows: [Int]) {
    for row in rows {
      for column in 0..<drop.order {
        drop[row, column] = .zero
        drop[column, row] = .zero
      }
      for feeding in 0..<forward.columns {
        forward[row, feeding] = .zero
        backward[feeding, row] = .zero
      }
    }
  }

  var isFinite: Bool {
    forward.isFinite && drop.isFinite && backward.isFinite && presented.isFinite
  }
}

/// A small dense matrix of complex numbers with sides of different length.
struct RectangularMatrix {
  let rows: Int
  let columns: Int
  private(set) var elements: [Phasor]

  init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    elements = Array(repeating: .zero, count: rows * columns)
  }

  subscript(row: Int, column: Int) -> Phasor {
    get { elements[row * columns + column] }
    set { elements[row * columns + column] = newValue }
  }

  var isFinite: Bool { elements.allSatisfy(\.isFinite) }

  var negated: RectangularMatrix {
    var result = self
    for index in elements.indices { result.elements[index] = -elements[index] }
    return result
  }

  /// The columns, left to right.
  var columnVectors: [[Phasor]] {
    (0..<columns).map { column in (0..<rows).map { self[$0, column] } }
  }

  init(columnVectors: [[Phasor]], rows: Int) {
    self.init(rows: rows, columns: columnVectors.count)
    for (column, vector) in columnVectors.enumerated() {
      for row in 0..<rows { self[row, column] = vector[row] }
    }
  }

  var transposed: RectangularMatrix {
    var result = RectangularMatrix(rows: columns, columns: rows)
    for row in 0..<rows {
      for column in 0..<columns { result[column, row] = self[row, column] }
    }
    return result
  }

  /// The product of matrices whose outer sides are equal.
  static func * (left: RectangularMatrix, right: RectangularMatrix) -> ComplexMatrix {
    precondition(left.rows == right.columns && left.columns == right.rows)
    var result = ComplexMatrix(zero: left.rows)
    for row in 0..<left.rows {
      for column in 0..<right.columns {
        var sum = Phasor.zero
        for inner in 0..<left.columns { sum += left[row, inner] * right[inner, column] }
        result[row, column] = sum
      }
    }
    return result
  }
}
