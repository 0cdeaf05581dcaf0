internal import BusbarGrid
internal import BusbarScenario
internal import BusbarUnits

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
