/// A position in the table of one kind of element, so that a line's index cannot address a bus.
@frozen
public struct Index<Element>: Hashable, Comparable, Codable, Sendable {
  /// The position, counted from zero.
  public let position: Int

  /// Makes an index from a position counted from zero.
  @inlinable
  public init(_ position: Int) { self.position = position }

  @inlinable
  public static func < (left: Index, right: Index) -> Bool { left.position < right.position }
}

/// Values of one kind, one for each element of a kind, addressed by the element's own index.
@frozen
public struct Table<Element, Value> {
  /// The values in index order.
  public var values: [Value]

  /// Makes a table from values in index order.
  @inlinable
  public init(_ values: [Value]) { self.values = values }

  /// Makes a table that holds the same value for each element.
  @inlinable
  public init(repeating value: Value, count: Int) {
    values = Array(repeating: value, count: count)
  }

  @inlinable
  public subscript(index: Index<Element>) -> Value {
    get { values[index.position] }
    set { values[index.position] = newValue }
  }

  /// The number of elements.
  @inlinable public var count: Int { values.count }

  /// The indices of all elements, ascending.
  @inlinable
  public var indices: some Sequence<Index<Element>> { (0..<values.count).lazy.map { Index($0) } }
}

extension Table: Sendable where Value: Sendable {}
extension Table: Equatable where Value: Equatable {}
