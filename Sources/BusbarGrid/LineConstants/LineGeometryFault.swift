internal import BusbarUnits

/// A reason why a geometry has no line constants; conductors are counted from 1.
public enum LineGeometryFault: Error, Hashable, Sendable {
  /// The phases are fewer than one or more than the conductors.
  case phaseCount(Int, conductors: Int)
  /// A dimension of a conductor is not possible.
  case dimension(String, conductor: Int)
  /// A conductor touches the surface of the earth.
  case atSurface(conductor: Int)
  /// Two conductors touch or overlap.
  case overlap(Int, Int)
  /// The matrices of the neutrals cannot be inverted.
  case singular
}

extension LineGeometryFault: CustomStringConvertible {
  public var description: String {
    switch self {
    case .phaseCount(let phases, let conductors):
      "A geometry of \(conductors) conductors cannot have \(phases) phases. "
        + "Give from 1 to \(conductors)."
    case .dimension(let what, let conductor):
      "Conductor \(conductor): \(what)."
    case .atSurface(let conductor):
      "Conductor \(conductor) touches the surface of the earth. Give a height above its radius, "
        + "or below zero for a cable in the ground."
    case .overlap(let first, let second):
      "Conductors \(first) and \(second) overlap. Move them apart by more than their radii."
    case .singular:
      "The impedances of the neutrals and shields cannot be inverted. "
        + "Check their resistances and radii."
    }
  }
}

extension LineGeometry {
  /// Throws the first fault of the geometry.
  func check() throws(LineGeometryFault) {
    guard (1...max(1, conductors.count)).contains(phaseCount), !conductors.isEmpty else {
      throw .phaseCount(phaseCount, conductors: conductors.count)
    }
    for (position, placed) in conductors.enumerated() {
      if let what = placed.conductor.impossibleDimension {
        throw .dimension(what, conductor: position + 1)
      }
      guard placed.horizontal.metres.isFinite, placed.height.metres.isFinite else {
        throw .dimension("its position is not a number; give metres", conductor: position + 1)
      }
      guard abs(placed.height.metres) > placed.conductor.outerRadius else {
        throw .atSurface(conductor: position + 1)
      }
      for other in 0..<position {
        let radii = conductors[other].conductor.outerRadius + placed.conductor.outerRadius
        // Cables that touch are within the rounding of their positions.
        guard distance(other, position) >= radii * (1 - 1e-9) else {
          throw .overlap(other + 1, position + 1)
        }
      }
    }
  }
}

extension LineConductor {
  /// What is wrong with the dimensions and how to mend it, or nil.
  fileprivate var impossibleDimension: String? {
    if let what = core.impossibleDimension { return what }
    switch self {
    case .wire: return nil
    case .concentricNeutral(let cable):
      if let what = cable.strand.impossibleDimension { return "a strand: " + what }
      if cable.strandCount < 2 { return "fewer than 2 strands; give their number" }
      if !(cable.neutralRadius > cable.core.radius.metres) {
        return "the neutral lies inside the core; check the diameters"
      }
      return cable.insulation.impossibleDimension
    case .tapeShield(let cable):
      let thickness = cable.tapeThickness.metres
      if !(thickness > 0 && cable.shieldRadius.metres - thickness > cable.core.radius.metres) {
        return "the shield has no thickness or lies inside the core; check the diameters"
      }
      if !(0..<1).contains(cable.tapeLap.perUnit) { return "the lap of the tape is not below 1" }
      return cable.insulation.impossibleDimension
    }
  }
}

extension WireData {
  fileprivate var impossibleDimension: String? {
    let values = [
      dcResistance, acResistance, geometricMeanRadius.metres, radius.metres,
      capacitiveRadius.metres,
    ]
    return values.allSatisfy { $0 > 0 && $0.isFinite }
      ? nil : "a resistance or a radius is not above zero; give each as a positive number"
  }
}

extension CableInsulation {
  fileprivate var impossibleDimension: String? {
    thickness > .zero && thickness < outerRadius && outerRadius.metres.isFinite
      && relativePermittivity >= 1
      ? nil
      : "the insulation is not thinner than its radius, or its permittivity is below 1; check them"
  }
}
