/// Consecutive rows of the load profile, as a message names them.
///
/// A request can be malformed: `first` may be greater than `last`, and then it names no row.
@frozen
public struct RowRange: Sendable, Hashable, Codable {
  /// The first row.
  public var first: Int32
  /// The last row, which belongs to the range.
  public var last: Int32

  /// Makes a range from the first to the last row.
  @inlinable
  public init(_ first: Int, through last: Int) {
    self.first = Int32(first)
    self.last = Int32(last)
  }

  /// The number of rows.
  @inlinable public var count: Int { max(0, Int(last) - Int(first) + 1) }

  /// The numbers of the rows, ascending.
  @inlinable public var numbers: Range<Int> { Int(first)..<Int(first) + count }

  /// Returns whether a row belongs to the range.
  @inlinable
  public func contains(_ row: Int) -> Bool { row >= Int(first) && row <= Int(last) }
}

extension RowRange: CustomStringConvertible {
  public var description: String { "\(first)...\(last)" }
}
