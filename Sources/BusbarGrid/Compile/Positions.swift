public import BusbarUnits

/// What can change in a network while it runs; everything else is fixed when it is compiled.
public struct Positions: Hashable, Sendable {
  private var taps: [Int?]
  private let ranges: [ClosedRange<Int>?]

  /// The positions at the start: each tap changer where the grid puts it.
  init(_ grid: ResolvedGrid) {
    let changers = grid.branches.values.map { branch -> TapChanger? in
      guard case .transformer(let transformer) = branch.element else { return nil }
      return transformer.tapChanger
    }
    taps = changers.map { $0?.initialPosition }
    ranges = changers.map { $0?.range }
  }

  /// The tap position of a transformer; 0 where there is no tap changer.
  public func tapPosition(of branch: Index<Branch>) -> Int { taps[branch.position] ?? 0 }

  /// Moves a tap changer, at most to the end of its range, and says what that invalidates.
  public mutating func moveTap(of branch: Index<Branch>, to target: Int) -> NetworkChange {
    guard let range = ranges[branch.position], let position = taps[branch.position] else {
      return []
    }
    let reachable = min(max(target, range.lowerBound), range.upperBound)
    taps[branch.position] = reachable
    return reachable == position ? [] : .parameters
  }
}

/// What a change has made out of date; a solve redoes no more than that.
public struct NetworkChange: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// What devices draw has changed.
  public static let injection = NetworkChange(rawValue: 1)
  /// An impedance or a ratio has changed.
  public static let parameters = NetworkChange(rawValue: 2)
  /// A branch has come into service or gone out of it.
  public static let topology = NetworkChange(rawValue: 4)
}
