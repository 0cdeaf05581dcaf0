public import BusbarUnits

/// What can change in a network while it runs; everything else is fixed when it is compiled.
public struct Positions: Hashable, Sendable {
  /// The tap position of each winding of each branch; empty for lines.
  private var taps: [[Int]]
  private let ranges: [[ClosedRange<Int>?]]
  private var closedSteps: [[Bool]]
  private var closedLines: [Bool]

  /// The positions at the start: each tap changer, step and switch where the grid puts it.
  init(_ grid: ResolvedGrid) {
    let changers = grid.branches.values.map { branch -> [TapChanger?] in
      guard case .transformer(let transformer) = branch.element else { return [] }
      return transformer.windings.map(\.tapChanger)
    }
    taps = changers.map { $0.map { $0?.initialPosition ?? 0 } }
    ranges = changers.map { $0.map { $0?.range } }
    closedSteps = grid.shunts.values.map { $0.steps.map(\.isClosed) }
    closedLines = grid.branches.values.map { branch in
      if case .line(let line, _) = branch.element { line.isClosed } else { true }
    }
  }

  /// What a checkpoint keeps of the positions.
  public struct Memory: Hashable, Codable, Sendable {
    var taps: [[Int]]
    var closedSteps: [[Bool]]
    var closedLines: [Bool]
  }

  /// The positions without the ranges, which belong to the grid.
  public var memory: Memory {
    Memory(taps: taps, closedSteps: closedSteps, closedLines: closedLines)
  }

  /// Takes over positions of a checkpoint, taps at most to the end of their ranges.
  ///
  /// Returns what that invalidates; nil when they belong to another grid.
  public mutating func restore(_ memory: Memory) -> NetworkChange? {
    guard memory.taps.map(\.count) == taps.map(\.count),
      memory.closedSteps.map(\.count) == closedSteps.map(\.count),
      memory.closedLines.count == closedLines.count
    else { return nil }
    var change: NetworkChange = []
    for branch in taps.indices {
      for winding in taps[branch].indices {
        change.formUnion(
          moveTap(of: Index(branch), winding: winding, to: memory.taps[branch][winding]))
      }
    }
    if memory.closedSteps != closedSteps { change.formUnion(.parameters) }
    if memory.closedLines != closedLines { change.formUnion(.topology) }
    closedSteps = memory.closedSteps
    closedLines = memory.closedLines
    return change
  }

  /// The tap position of a winding of a transformer, from 0; 0 where there is no tap changer.
  public func tapPosition(of branch: Index<Branch>, winding: Int) -> Int {
    taps[branch.position][winding]
  }

  /// The tap positions of all windings of a transformer.
  public func tapPositions(of branch: Index<Branch>) -> [Int] { taps[branch.position] }

  /// Whether each step of a shunt is switched on.
  public func closedSteps(of shunt: Index<Shunt>) -> [Bool] { closedSteps[shunt.position] }

  /// Whether a branch conducts.
  public func isClosed(_ branch: Index<Branch>) -> Bool { closedLines[branch.position] }

  /// Moves a tap changer, at most to the end of its range, and says what that invalidates.
  public mutating func moveTap(
    of branch: Index<Branch>, winding: Int, to target: Int
  ) -> NetworkChange {
    guard let range = ranges[branch.position][winding] else { return [] }
    let reachable = min(max(target, range.lowerBound), range.upperBound)
    let position = taps[branch.position][winding]
    taps[branch.position][winding] = reachable
    return reachable == position ? [] : .parameters
  }

  /// Switches the first steps of a shunt on and the others off, and says what that invalidates.
  public mutating func switchSteps(of shunt: Index<Shunt>, on count: Int) -> NetworkChange {
    let steps = closedSteps[shunt.position].indices.map { $0 < count }
    defer { closedSteps[shunt.position] = steps }
    return steps == closedSteps[shunt.position] ? [] : .parameters
  }

  /// Opens or closes a line, and says what that invalidates.
  public mutating func setLine(_ branch: Index<Branch>, to state: SwitchState) -> NetworkChange {
    let isClosed = state == .closed
    defer { closedLines[branch.position] = isClosed }
    return isClosed == closedLines[branch.position] ? [] : .topology
  }
}

/// Whether a switch conducts.
public enum SwitchState: String, Sendable, CaseIterable {
  case closed
  case open
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
