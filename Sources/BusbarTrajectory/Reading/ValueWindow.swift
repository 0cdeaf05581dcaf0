/// The values of a variable within a range of each of its dimensions.
public struct ValueWindow: Sendable {
  /// The number of values along each dimension.
  public let shape: [Int]
  /// The values in row-major order; `MissingValue.number` where there is none.
  private let values: [Double]

  /// The number of values behind one index of the first dimension.
  public let rowWidth: Int

  init(shape: [Int], values: [Double]) {
    precondition(shape.reduce(1, *) == values.count, "A window has a value for each place.")
    self.shape = shape
    self.values = values
    rowWidth = shape.dropFirst().reduce(1, *)
  }

  /// The number of rows.
  public var rowCount: Int { shape.first ?? 0 }

  /// The value at an index of the first dimension and a place in its row; nil where there is none.
  public subscript(row: Int, place: Int) -> Double? {
    precondition((0..<rowWidth).contains(place), "A place lies within its row.")
    let value = values[row * rowWidth + place]
    return value == MissingValue.number ? nil : value
  }
}
