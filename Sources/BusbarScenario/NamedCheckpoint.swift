public import BusbarEvents

/// An instant of a run whose state goes into a file of its own, for branches to begin from.
public struct NamedCheckpoint: Sendable, Hashable {
  /// The user's name of it, which becomes a part of the file's name.
  public let id: String
  /// The instant; all that happens at it belongs to the state, except at the end of the run, whose
  /// state is that from just before.
  public let instant: SimulationTime

  /// Names an instant.
  public init(id: String, instant: SimulationTime) {
    self.id = id
    self.instant = instant
  }
}
