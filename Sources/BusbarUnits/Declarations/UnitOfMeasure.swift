/// A unit in which a quantity may be written, such as kW.
public struct UnitOfMeasure: Sendable, Hashable {
  /// The symbol after a number, such as `kW`; empty for a plain ratio.
  public let symbol: String
  /// What follows the field's name in a key, such as `kw`; empty for a plain ratio.
  public let keySuffix: String
  /// Stored units in `divisor` of these units.
  public let multiplier: Double
  /// Kept apart from `multiplier`, so that a decimal fraction rounds once.
  public let divisor: Double

  /// Creates a unit of which `divisor` make `multiplier` stored units.
  public init(
    _ symbol: String, suffix keySuffix: String, multiplier: Double = 1, divisor: Double = 1
  ) {
    precondition(multiplier > 0 && divisor > 0, "The factor of unit '\(symbol)' must be positive.")
    self.symbol = symbol
    self.keySuffix = keySuffix
    self.multiplier = multiplier
    self.divisor = divisor
  }

  /// Returns the stored value of `value` of these units.
  public func stored(_ value: Double) -> Double { value * multiplier / divisor }

  /// Returns how many of these units make the stored value `value`.
  public func amount(ofStored value: Double) -> Double { value * divisor / multiplier }
}
