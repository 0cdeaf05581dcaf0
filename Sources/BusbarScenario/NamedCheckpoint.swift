public import BusbarEvents

/// An instant of a run whose state goes into a file of its own, for branches to begin from.
public struct NamedCheckpoint: Sendable, Hashable {
  /// The user's name of it, which becomes a part of the file's name.
  public let id: String
  /// The instant; all that happens at it belongs to the state.
  public let instant: SimulationTime
}
