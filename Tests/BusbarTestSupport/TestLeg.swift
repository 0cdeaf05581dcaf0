public import BusbarGrid
public import BusbarUnits

/// A load between two conductors of a bus.
public struct TestLeg {
  /// How a load depends on its voltage.
  public struct Law {
    public var response: VoltageResponse
    /// The rated voltage in V.
    public var ratedVolts: Double?
    public var window: VoltageWindow?
    /// What the network carries of it, in S.
    public var linearAdmittance: Phasor = .zero

    /// Makes a law; a constant power without a window needs no rated voltage.
    public init(
      _ response: VoltageResponse = .constantPower, ratedVolts: Double? = nil,
      window: VoltageWindow? = nil
    ) {
      self.response = response
      self.ratedVolts = ratedVolts
      self.window = window
    }
  }

  public var bus: String
  public var ends: ConductorPair
  /// Power at rated voltage in W and var.
  public var power: Phasor
  public var law: Law
}
