public import BusbarEvents
public import BusbarGrid
public import BusbarUnits

/// A line that is opened or closed at an instant, as planned in the scenario.
public struct LineOperation: Sendable, Hashable {
  /// The instant.
  public var time: SimulationTime
  /// The line.
  public var line: Index<Branch>
  /// What becomes of it.
  public var state: SwitchState

  /// Makes an operation.
  public init(time: SimulationTime, line: Index<Branch>, state: SwitchState) {
    self.time = time
    self.line = line
    self.state = state
  }
}

/// A network that switching has left without a unique solution.
public struct NetworkFailure: Sendable, Hashable, Codable, Error {
  /// The instant.
  public var time: SimulationTime
  /// What is wrong, in the user's words.
  public var reason: String
}
