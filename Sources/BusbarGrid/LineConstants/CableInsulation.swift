public import BusbarUnits
internal import RealModule

/// The layer between the core and the screen of a cable.
public struct CableInsulation: Hashable, Sendable {
  /// Permittivity relative to the vacuum, at least one.
  public var relativePermittivity: Double
  /// Radius over the insulation.
  public var outerRadius: Length
  /// Thickness of the layer, above zero and below the outer radius.
  public var thickness: Length

  /// Makes an insulation; 2.3 is the permittivity of polyethylene.
  public init(relativePermittivity: Double = 2.3, outerRadius: Length, thickness: Length) {
    self.relativePermittivity = relativePermittivity
    self.outerRadius = outerRadius
    self.thickness = thickness
  }

  /// The capacitance in F/m between two coaxial cylinders, 2π ε / ln(outer/inner).
  var capacitance: Double {
    2 * .pi * permittivity / .log(outerRadius.metres / (outerRadius - thickness).metres)
  }

  /// The permittivity in F/m.
  var permittivity: Double { relativePermittivity * VacuumConstants.permittivity }
}
