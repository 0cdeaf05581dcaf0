/// A set of conductors, at a bus or along a branch.
public struct ConductorSet: OptionSet, Hashable, Sendable {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static let a = ConductorSet(.a)
  public static let b = ConductorSet(.b)
  public static let c = ConductorSet(.c)
  public static let n = ConductorSet(.n)
  /// All three phases.
  public static let abc: ConductorSet = [.a, .b, .c]

  /// Makes a set of one conductor.
  public init(_ conductor: Conductor) { rawValue = 1 << UInt32(conductor.position) }

  /// Makes a set of conductors, each of which may be given more than once.
  public init(_ conductors: some Sequence<Conductor>) {
    rawValue = conductors.reduce(0) { $0 | 1 << UInt32($1.position) }
  }

  /// Makes a set from a text such as `ac` or `a.c.5`; nil when a name is unknown or repeated.
  public init?(_ text: String) {
    guard let ends = Connection.conductors(text) else { return nil }
    let named = ends.compactMap { $0 }
    self.init(named)
    guard named.count == ends.count, count == ends.count else { return nil }
  }

  /// The number of conductors.
  public var count: Int { rawValue.nonzeroBitCount }

  /// The members in their order.
  public var members: [Conductor] {
    (0..<Conductor.capacity).filter { rawValue & 1 << UInt32($0) != 0 }
      .map(Conductor.init(position:))
  }

  /// The positions of the members: 0 for a, 1 for b, 2 for c, 3 for n, ascending.
  public var positions: [Int] { members.map(\.position) }

  /// The names of the members, such as `ac`; with dots between them when one is a number.
  public var text: String { Connection.text(members) }

  /// Whether a conductor is in the set.
  public func contains(_ conductor: Conductor) -> Bool { contains(ConductorSet(conductor)) }

  /// The place of a conductor among the members, or nil when it is none of them.
  public func rank(of conductor: Conductor) -> Int? {
    guard contains(conductor) else { return nil }
    return (rawValue & (1 << UInt32(conductor.position) - 1)).nonzeroBitCount
  }
}
