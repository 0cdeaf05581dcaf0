public import BusbarEvents
internal import BusbarGrid

/// Controls that undo each other's work, or their own, without an end.
public struct ControlHunting: Sendable, Hashable, Error {
  /// The instant.
  public var time: SimulationTime
  /// The ids of the controls that are still moving, in natural order.
  public var controls: [String]
}

/// How far the controls have come while time stood still.
public enum ControlSettling: Sendable, Hashable {
  /// No control wants to act, after a number of operations.
  case settled(operations: Int)
  /// The same positions come back again and again.
  case cycling(ControlHunting)
  /// A power flow on the way has no solution.
  case unsolved
}

/// The way of controls to rest, while time stands still.
struct SettlingPath {
  /// More rounds than all taps of a large feeder need.
  private static let roundLimit = 4_000
  /// Who has moved, and the positions afterwards.
  var moves: [(control: Int, positions: Positions)] = []
  /// The number of rounds so far.
  private(set) var round = 0
  private var visits: [Positions: Int] = [:]
  private var visitedMoves = 0

  /// Ends a round; returns who runs in circles when the positions come back a third time.
  mutating func circle(at positions: Positions, asking: [Int]) -> [Int]? {
    round += 1
    guard round < Self.roundLimit else { return asking.sorted() }
    // A round in which nobody could move is no visit.
    guard moves.count > visitedMoves else { return nil }
    visitedMoves = moves.count
    visits[positions, default: 0] += 1
    guard visits[positions] == 3 else { return nil }
    let begin = moves.dropLast().lastIndex { $0.positions == positions } ?? 0
    return Set(moves[(begin + 1)...].map(\.control)).sorted()
  }
}
