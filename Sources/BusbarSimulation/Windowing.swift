/// How often legs of devices lay outside the voltages between which their response holds.
///
/// OpenDSS makes a load a constant impedance there without saying so; here it is counted.
public struct Windowing: Sendable, Hashable, Codable {
  /// The number of power flows in which any leg did.
  public private(set) var flowCount = 0
  /// The largest number of legs in one power flow.
  public private(set) var mostLegs = 0
  /// The number of legs in the last power flow.
  public private(set) var lastLegs = 0

  mutating func note(_ legs: Int) {
    lastLegs = legs
    if legs > 0 { flowCount += 1 }
    mostLegs = max(mostLegs, legs)
  }
}
