/// How the power of a device depends on the voltage across each of its legs.
public struct RatedResponse: Hashable, Sendable {
  /// How the power follows the voltage.
  public var response: VoltageResponse
  /// The voltages between which it does; nil when it does at every voltage.
  public var window: VoltageWindow?
  /// The voltage across a leg at which the device draws its nominal power.
  public var ratedVoltage: Voltage

  /// Makes a response at a rated voltage, which is above zero.
  public init(_ response: VoltageResponse, window: VoltageWindow? = nil, ratedVoltage: Voltage) {
    precondition(ratedVoltage > .zero, "A rated voltage is above zero.")
    self.response = response
    self.window = window
    self.ratedVoltage = ratedVoltage
  }
}
