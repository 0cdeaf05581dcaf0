/// A set of the phase conductors a, b and c, at a bus or along a branch.
public struct ConductorSet: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  public static let a = ConductorSet(rawValue: 1)
  public static let b = ConductorSet(rawValue: 2)
  public static let c = ConductorSet(rawValue: 4)
  /// All three phases.
  public static let abc: ConductorSet = [.a, .b, .c]

  /// The names of the phases, in the order of `positions`.
  public static let names = ["a", "b", "c"]
  /// The number of conductors that a bus can have.
  public static let capacity = 3

  /// Makes a set from a text such as `ac`; nil when another letter or a repeated one is in it.
  public init?(_ text: String) {
    var set = ConductorSet()
    for letter in text {
      guard let position = Self.names.firstIndex(of: String(letter)) else { return nil }
      let conductor = ConductorSet(rawValue: 1 << UInt8(position))
      guard !set.contains(conductor) else { return nil }
      set.insert(conductor)
    }
    self = set
  }

  /// The positions of the members: 0 for a, 1 for b, 2 for c, ascending.
  public var positions: [Int] { (0..<Self.capacity).filter { rawValue & 1 << UInt8($0) != 0 } }

  /// The letters of the members, such as `ac`.
  public var text: String { positions.map { Self.names[$0] }.joined() }
}
