import BusbarTestSupport
import BusbarUnits
import Testing

struct ComplexMatrixTests {
  private func random(_ order: Int, _ numbers: inout SeededNumbers) -> ComplexMatrix {
    ComplexMatrix(
      rows: (0..<order).map { _ in
        (0..<order).map { _ in
          Phasor(
            Double.random(in: -1...1, using: &numbers), Double.random(in: -1...1, using: &numbers))
        }
      })
  }

  /// 1e-12: a random matrix of order six is well conditioned; doubles carry 1e-16.
  @Test(arguments: 1...6)
  func aMatrixTimesItsInverseIsTheIdentity(order: Int) throws {
    var numbers = SeededNumbers(seed: UInt64(order))
    let matrix = random(order, &numbers)
    let product = matrix * (try #require(matrix.inverse))
    for row in 0..<order {
      for column in 0..<order {
        let expected = row == column ? Phasor.one : .zero
        #expect((product[row, column] - expected).length < 1e-12)
      }
    }
  }

  @Test func aSingularMatrixHasNoInverse() {
    let row = [Phasor(1, 2), Phasor(3, 4)]
    #expect(ComplexMatrix(rows: [row, row.map { $0 * 2 }]).inverse == nil)
    #expect(ComplexMatrix(zero: 3).inverse == nil)
  }

  @Test func aMatrixThatIsNotFiniteHasNoInverse() {
    #expect(ComplexMatrix(rows: [[Phasor(.nan, 0)]]).inverse == nil)
    #expect(ComplexMatrix(rows: [[Phasor(.infinity, 0)]]).inverse == nil)
  }

  @Test func transposingDoesNotConjugate() {
    let matrix = ComplexMatrix(rows: [[Phasor(1, 1), Phasor(2, 5)], [.zero, .one]])
    #expect(matrix.transposed[1, 0] == Phasor(2, 5))
    #expect(matrix.transposed.transposed == matrix)
  }
}

struct NaturalOrderTests {
  @Test func runsOfDigitsCountAsNumbers() {
    let ids = ["LINE10", "2", "LINE9", "10", "1", "SourceBus", "b2a10", "b2a9", "007", "7", "07"]
    let sorted = ids.sorted(by: NaturalOrder.precedes)
    #expect(
      sorted == [
        "1", "2", "007", "07", "7", "10", "LINE9", "LINE10", "SourceBus", "b2a9", "b2a10",
      ])
  }

  @Test func theOrderIsTotal() {
    let ids = ["a", "", "a1", "a01", "a1b", "ä", "1a", "1", "01", "99999999999999999999", "9"]
    for left in ids {
      #expect(!NaturalOrder.precedes(left, left))
      for right in ids where left != right {
        #expect(NaturalOrder.precedes(left, right) != NaturalOrder.precedes(right, left))
      }
    }
  }
}
