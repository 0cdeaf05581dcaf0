internal import BusbarGrid
internal import BusbarScenario
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
    guard let size = radius.map({ $0 * radiusMetres })
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

/// The places of conductors in OpenDSS.
struct SpacingState: ReplayedElement {
  var count = 3
  var phases = 3
  var x: [Double] = []
  var h: [Double] = []
  var units = LengthUnit.ft

  static let ignored: [String: String] = [:]

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let value = assignment.value
    switch assignment.property.key {
    case "nconds": count = try value.phases()
    case "nphases": phases = try value.phases()
    case "x": x = try value.numbers()
    case "h": h = try value.numbers()
    case "units": units = try LengthUnit(value)
    default: return false
    }
    return true
  }
}

/// A cross-section with its conductors in OpenDSS.
struct GeometryState: ReplayedElement {
  struct Place {
    var conductor: DSSValue?
    var x = 0.0
    var h = 0.0
    var units: LengthUnit?
  }

  private(set) var phases = 0
  private(set) var places: [Place] = []
  private(set) var reduces = false
  private var active = 0
  private var lastUnits = LengthUnit.ft
  private var hasCables = false
  private let spacings: [String: SpacingState]

  static let ignored = ["linetype": IgnoredReason.ratings]

  init(spacings: [String: SpacingState]) { self.spacings = spacings }

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    switch key {
    case "nconds":
      places = Array(repeating: Place(), count: try value.phases())
      active = 0
    case "nphases": phases = try value.count(0...32)
    case "cond":
      active = try value.count(1...max(places.count, 1)) - 1
      if !places.isEmpty && places[active].units == nil { places[active].units = lastUnits }
    case "reduce": reduces = try value.boolean()
    case "spacing": try takeSpacing(value)
    case "wires", "cncables", "tscables": try takeConductors(key, value)
    default: return try takePlace(key, value)
    }
    return true
  }

  private mutating func takePlace(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool {
    guard ["wire", "cncable", "tscable", "x", "h", "units"].contains(key) else { return false }
    guard places.indices.contains(active) else {
      throw value.fault("the geometry has no conductors", remedy: "write nconds= before it")
    }
    switch key {
    case "x": places[active].x = try value.number()
    case "h": places[active].h = try value.number()
    case "units":
      lastUnits = try LengthUnit(value)
      places[active].units = lastUnits
    default:
      places[active].conductor = value
      if key != "wire" { hasCables = true }
    }
    return true
  }

  private mutating func takeSpacing(_ value: DSSValue) throws(DSSValueFault) {
    guard let spacing = spacings[value.text.lowercased()] else {
      throw value.fault("there is no linespacing '\(value.shortText)'", remedy: "create it above")
    }
    guard spacing.count == places.count, spacing.x.count >= places.count,
      spacing.h.count >= places.count
    else {
      throw value.fault(
        "the spacing has \(spacing.count) places for \(places.count) conductors",
        remedy: "give both the same nconds")
    }
    for place in places.indices {
      places[place].x = spacing.x[place]
      places[place].h = spacing.h[place]
      places[place].units = spacing.units
    }
    lastUnits = spacing.units
  }

  private mutating func takeConductors(_ key: String, _ value: DSSValue) throws(DSSValueFault) {
    let words = try value.words()
    let start = key == "wires" && hasCables ? phases : 0
    guard start + words.count <= places.count else {
      throw value.fault(
        "\(words.count) conductors are named for \(places.count - start) places",
        remedy: "name one for each place")
    }
    for (place, word) in words.enumerated() { places[start + place].conductor = word }
    if key != "wires" { hasCables = true }
  }
}

/// The conductors, spacings and geometries of a circuit.
struct ConductorLibrary {
  private var conductors: [String: LineConductor] = [:]
  private var incomplete: Set<String> = []
  private var spacings: [String: SpacingState] = [:]
  private var geometries: [String: GeometryState] = [:]

  init(_ conversion: inout Conversion) {
    for element in conversion.circuit.elements {
      let key = element.name.lowercased()
      switch element.type.name {
      case "wiredata", "cndata", "tsdata":
        var state = ConductorState()
        conversion.replay(element, into: &state)
        if let conductor = state.conductor(element.type.name) {
          conductors[key] = conductor
        } else {
          incomplete.insert(key)
        }
      case "linespacing":
        var state = SpacingState()
        conversion.replay(element, into: &state)
        spacings[key] = state
      default: break
      }
    }
    for element in conversion.circuit.elements where element.type.name == "linegeometry" {
      var state = GeometryState(spacings: spacings)
      conversion.replay(element, into: &state)
      geometries[element.name.lowercased()] = state
    }
  }

  /// The number of places and of phases of each spacing.
  var sizes: [String: (count: Int, phases: Int)] {
    spacings.mapValues { ($0.count, $0.phases) }
  }

  /// Returns a geometry by its name, or reports what is missing.
  func geometry(_ name: DSSValue, _ diagnostics: inout Diagnostics) -> LineGeometry? {
    guard let state = geometries[name.text.lowercased()] else {
      diagnostics.error(
        "there is no linegeometry '\(name.shortText)'", at: name.location,
        remedy: "create it, or correct the name")
      return nil
    }
    let placed = state.places.map { place -> (DSSValue?, Double, Double) in
      let metres = (place.units ?? .ft).metres ?? 1
      return (place.conductor, place.x * metres, place.h * metres)
    }
    return geometry(
      placed, phases: state.phases, state.reduces ? .reduced : .explicit, name, &diagnostics)
  }

  /// Returns the geometry of a spacing with conductors, whose neutrals OpenDSS reduces.
  func geometry(
    _ name: DSSValue, _ wires: [DSSValue?], _ diagnostics: inout Diagnostics
  ) -> LineGeometry? {
    guard let spacing = spacings[name.text.lowercased()] else { return nil }
    guard spacing.x.count >= wires.count, spacing.h.count >= wires.count else {
      diagnostics.error(
        "the linespacing '\(name.shortText)' has too few places", at: name.location,
        remedy: "write x and h for each conductor")
      return nil
    }
    let metres = spacing.units.metres ?? 1
    let placed = wires.enumerated().map {
      ($1, spacing.x[$0] * metres, spacing.h[$0] * metres)
    }
    return geometry(placed, phases: spacing.phases, .reduced, name, &diagnostics)
  }

  private func geometry(
    _ placed: [(DSSValue?, Double, Double)], phases: Int,
    _ neutrals: LineGeometry.NeutralTreatment, _ name: DSSValue, _ diagnostics: inout Diagnostics
  ) -> LineGeometry? {
    var found: [PlacedConductor] = []
    for (wire, x, h) in placed {
      guard let wire else {
        diagnostics.error(
          "a conductor of '\(name.shortText)' has no wire or cable", at: name.location,
          remedy: "name one for each place")
        return nil
      }
      guard let conductor = conductors[wire.text.lowercased()] else {
        diagnostics.error(
          incomplete.contains(wire.text.lowercased())
            ? "the data of '\(wire.shortText)' are incomplete"
            : "there is no wire or cable '\(wire.shortText)'", at: wire.location,
          remedy: "write its resistance, radius and layers")
        return nil
      }
      found.append(
        PlacedConductor(conductor, horizontal: .metres(x), height: .metres(h)))
    }
    guard (1...max(found.count, 1)).contains(phases), !found.isEmpty else {
      diagnostics.error(
        "'\(name.shortText)' has \(phases) phases and \(found.count) conductors",
        at: name.location, remedy: "write nphases and nconds")
      return nil
    }
    return LineGeometry(conductors: found, phaseCount: phases, neutrals: neutrals)
  }
}
