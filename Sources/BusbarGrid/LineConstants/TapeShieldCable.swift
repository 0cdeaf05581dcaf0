public import BusbarUnits
internal import RealModule

/// A cable whose shield is a lapped tape of copper around the insulation.
public struct TapeShieldCable: Hashable, Sendable {
  /// The conductor in the middle.
  public var core: WireData
  /// The layer around it.
  public var insulation: CableInsulation
  /// Radius over the shield.
  public var shieldRadius: Length
  /// Thickness of the tape, above zero and below the radius.
  public var tapeThickness: Length
  /// The part of the tape's width that the next turn covers, from 0 to below 1.
  public var tapeLap: PerUnit

  /// The resistivity of the tape in Ω m: copper at 50 °C, as in OpenDSS.
  public static let tapeResistivity = 2.3718e-8

  /// Makes a cable.
  public init(
    core: WireData, insulation: CableInsulation, shieldRadius: Length, tapeThickness: Length,
    tapeLap: PerUnit = .perUnit(0.2)
  ) {
    self.core = core
    self.insulation = insulation
    self.shieldRadius = shieldRadius
    self.tapeThickness = tapeThickness
    self.tapeLap = tapeLap
  }

  /// The resistance of the shield in Ω/m.
  ///
  ///     R = 0.3183 ρ / (d T √(0.5 / (1 − lap)))
  ///
  /// with d the diameter over the shield and T the thickness. 0.3183 is 1/π as OpenDSS rounds it,
  /// and so is the effect of the lap; a lap of 0.5 gives the tubular shield of Kersting, ch. 4.
  var shieldResistance: Double {
    let spread = (0.5 / (1 - tapeLap.perUnit)).squareRoot()
    let section = 2 * shieldRadius.metres * tapeThickness.metres * spread
    return 0.3183 * Self.tapeResistivity / section
  }

  /// The radius in metres of the middle of the tape, which is its geometric mean radius too.
  var shieldGeometricMeanRadius: Double { shieldRadius.metres - tapeThickness.metres / 2 }
}
