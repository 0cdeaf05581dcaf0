/// One conductor of a bus or of a branch: a phase, the neutral, or a further wire.
public struct Conductor: Hashable, Comparable, Codable, Sendable {
  /// The place in the order a, b, c, n, 5, 6, ...; from 0.
  public let position: Int

  /// The number of conductors that a bus can have.
  public static let capacity = 32

  public static let a = Conductor(position: 0)
  public static let b = Conductor(position: 1)
  public static let c = Conductor(position: 2)
  /// The neutral.
  public static let n = Conductor(position: 3)

  /// Makes a conductor from its position, which is from 0 to below `capacity`.
  public init(position: Int) {
    precondition((0..<Self.capacity).contains(position), "A bus has at most 32 conductors.")
    self.position = position
  }

  /// Makes a conductor from its name; nil when it is not one of `a`, `b`, `c`, `n`, `5` to `32`.
  public init?(_ name: some StringProtocol) {
    if let letter = Self.letters.firstIndex(where: { $0 == name }) {
      position = letter
    } else if let number = Int(name), String(number) == name,
      (Self.letters.count + 1...Self.capacity).contains(number)
    {
      position = number - 1
    } else {
      return nil
    }
  }

  /// `a`, `b`, `c`, `n`; beyond those the number of the conductor, from `5`.
  public var name: String {
    position < Self.letters.count ? Self.letters[position] : String(position + 1)
  }

  public static func < (left: Conductor, right: Conductor) -> Bool {
    left.position < right.position
  }

  private static let letters = ["a", "b", "c", "n"]
}
