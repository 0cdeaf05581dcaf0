/// Where one side of an element is joined to a bus, conductor by conductor in the element's order.
public struct Connection: Hashable, Sendable {
  /// The user's name of the bus.
  public var bus: String
  /// The conductor of the bus for each conductor of the element; nil is earth.
  public var conductors: [Conductor?]

  /// Makes a connection to conductors of a bus.
  public init(bus: String, conductors: [Conductor?]) {
    self.bus = bus
    self.conductors = conductors
  }

  /// Makes a connection to a set of conductors in their order.
  public init(bus: String, _ set: ConductorSet) {
    self.init(bus: bus, conductors: set.members)
  }

  /// Reads conductors in order, such as `abc`, `bn`, `ae` (e is earth) or `a.b.5.6`; nil if unsound.
  public static func conductors(_ text: String) -> [Conductor?]? {
    let names =
      text.contains(".") || Int(text) != nil
      ? text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
      : text.map(String.init)
    var conductors: [Conductor?] = []
    for name in names {
      if name == "e" {
        conductors.append(nil)
      } else if let conductor = Conductor(name) {
        conductors.append(conductor)
      } else {
        return nil
      }
    }
    return conductors.isEmpty ? nil : conductors
  }

  /// Writes conductors as `conductors(_:)` reads them.
  public static func text(_ conductors: [Conductor?]) -> String {
    let names = conductors.map { $0?.name ?? "e" }
    return names.joined(separator: names.contains { Int($0) != nil } ? "." : "")
  }
}

/// Two ends between which something lies: the winding of a phase, or a part of a load.
///
/// The voltage across it is that of `plus` against `minus`; nil is earth.
public struct ConductorPair: Hashable, Sendable {
  /// The end that the current enters.
  public var plus: Conductor?
  /// The end that it leaves.
  public var minus: Conductor?

  /// Makes a pair; nil is earth.
  public init(_ plus: Conductor?, _ minus: Conductor?) {
    self.plus = plus
    self.minus = minus
  }

  /// Reads a pair such as `a-b`, `a-n` or `a-e`; a lone `a` is against earth; nil if unsound.
  public init?(_ text: some StringProtocol) {
    let ends = text.split(separator: "-", omittingEmptySubsequences: false)
    guard (1...2).contains(ends.count) else { return nil }
    var found: [Conductor?] = []
    for end in ends {
      if end == "e" {
        found.append(nil)
      } else if let conductor = Conductor(end) {
        found.append(conductor)
      } else {
        return nil
      }
    }
    self.init(found[0], found.count == 2 ? found[1] : nil)
  }

  /// The pair as `init(_:)` reads it.
  public var text: String { "\(plus?.name ?? "e")-\(minus?.name ?? "e")" }
}
