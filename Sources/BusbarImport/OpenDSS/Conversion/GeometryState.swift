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
