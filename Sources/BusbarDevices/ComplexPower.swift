/// Active and reactive power of a device over all its phases; positive when drawn from the grid.
@frozen
public struct ComplexPower: Hashable, Codable, Sendable {
  /// Active power in W.
  public var activeWatts: Double
  /// Reactive power in var.
  public var reactiveVars: Double

  /// Makes a power from watts and vars.
  @inlinable
  public init(activeWatts: Double, reactiveVars: Double) {
    self.activeWatts = activeWatts
    self.reactiveVars = reactiveVars
  }

  /// No power at all.
  @inlinable public static var zero: ComplexPower { .init(activeWatts: 0, reactiveVars: 0) }
}
