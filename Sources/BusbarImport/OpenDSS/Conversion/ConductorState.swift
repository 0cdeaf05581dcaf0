internal import BusbarGrid
internal import BusbarUnits

/// A wire or cable of OpenDSS.
struct ConductorState: ReplayedElement {
  var dc: Double?
  var ac: Double?
  var gmr: Double?
  var radius: Double?
  var capacitiveRadius: Double?
  var resistanceUnits = LengthUnit.none
  var gmrUnits = LengthUnit.none
  var radiusUnits = LengthUnit.none
  /// Numbers of cables by property; lengths in the unit of the radius.
  var numbers: [String: Double] = [:]
  var strands = 2

  static let ignored: [String: String] = [:]

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    switch key {
    case "rdc": dc = try value.positive()
    case "rac": ac = try value.positive()
    case "gmrac": gmr = try value.positive()
    case "radius": radius = try value.positive()
    case "diam": radius = try value.positive() / 2
    case "capradius": capacitiveRadius = try value.positive()
    case "runits": resistanceUnits = try LengthUnit(value)
    case "gmrunits": gmrUnits = try LengthUnit(value)
    case "radunits": radiusUnits = try LengthUnit(value)
    case "k": strands = try value.count(2...10_000)
    case "epsr", "inslayer", "diains", "diacable", "diastrand", "gmrstrand", "rstrand", "diashield",
      "tapelayer", "taplap", "tapelap":
      numbers[key] = try value.number()
    default: return false
    }
    return true
  }

  /// The core in SI units; nil when something is missing.
  ///
  /// A geometric mean radius and a radius each stand in for the other by 0.7788.
  var wire: WireData? {
    let ohms = resistanceUnits.metres ?? 1
    let gmrMetres = gmrUnits.metres ?? radiusUnits.metres ?? 1
    let radiusMetres = radiusUnits.metres ?? gmrUnits.metres ?? 1
    guard let r = dc ?? ac.map({ $0 / WireData.resistanceRatio }) else { return nil }
    guard
      let size = radius.map({ $0 * radiusMetres })
        ?? gmr.map({ $0 * gmrMetres / WireData.solidWireRatio })
    else { return nil }
    return WireData(
      dcResistance: r / ohms, acResistance: (ac ?? r * WireData.resistanceRatio) / ohms,
      geometricMeanRadius: gmr.map { .metres($0 * gmrMetres) }, radius: .metres(size),
      capacitiveRadius: capacitiveRadius.map { .metres($0 * radiusMetres) })
  }

  /// The insulation of a cable.
  private func insulation() -> CableInsulation? {
    let metres = radiusUnits.metres ?? 1
    guard let outer = numbers["diains"], let thickness = numbers["inslayer"] else { return nil }
    return CableInsulation(
      relativePermittivity: numbers["epsr"] ?? 2.3, outerRadius: .metres(outer / 2 * metres),
      thickness: .metres(thickness * metres))
  }

  /// The conductor of a class; nil when something is missing.
  func conductor(_ type: String) -> LineConductor? {
    guard let wire else { return nil }
    let metres = radiusUnits.metres ?? 1
    switch type {
    case "wiredata": return .wire(wire)
    case "cndata":
      guard let insulation = insulation(), let cable = numbers["diacable"],
        let strand = numbers["diastrand"], let resistance = numbers["rstrand"]
      else { return nil }
      let gmr = numbers["gmrstrand"].map { Length.metres($0 * (gmrUnits.metres ?? 1)) }
      return .concentricNeutral(
        ConcentricNeutralCable(
          core: wire, insulation: insulation, outerRadius: .metres(cable / 2 * metres),
          strand: WireData(
            acResistance: resistance / (resistanceUnits.metres ?? 1), geometricMeanRadius: gmr,
            radius: .metres(strand / 2 * metres)), strandCount: strands))
    default:
      guard let insulation = insulation(), let shield = numbers["diashield"],
        let tape = numbers["tapelayer"]
      else { return nil }
      return .tapeShield(
        TapeShieldCable(
          core: wire, insulation: insulation, shieldRadius: .metres(shield / 2 * metres),
          tapeThickness: .metres(tape * metres),
          tapeLap: .perUnit((numbers["tapelap"] ?? 20) / 100)))
    }
  }
}
