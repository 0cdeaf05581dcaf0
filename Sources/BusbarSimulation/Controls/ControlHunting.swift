public import BusbarEvents

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

/// Counts the rounds of one instant in which controls move.
struct HuntingWatch: Sendable {
  /// More rounds than all taps of a substation's regulators can need.
  private static let roundLimit = 1_000
  private var movers: Set<Int> = []
  private var instant = SimulationTime.start

  /// Notes a move; true when the instant has had more rounds than any sound control needs.
  mutating func exceeds(afterMoveOf control: Int, _ key: EventKey) -> Bool {
    if key.time != instant {
      instant = key.time
      movers = []
    }
    // Whoever still moves in the second half of the rounds is named.
    if key.round > Self.roundLimit / 2 { movers.insert(control) }
    return key.round >= Self.roundLimit
  }

  func report(_ controls: [ControlInstallation], at time: SimulationTime) -> ControlHunting {
    ControlHunting(time: time, controls: movers.sorted().map { controls[$0].id })
  }
}
