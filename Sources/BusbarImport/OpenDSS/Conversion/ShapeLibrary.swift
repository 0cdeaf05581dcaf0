internal import BusbarScenario

/// The shapes of a circuit, and those of them that become profiles.
struct ShapeLibrary {
  /// A shape over time.
  struct Shape {
    var stepSeconds: Double
    var active: [Double]
    var reactive: [Double]?
    /// Whether the values are kW and kvar, and their peaks.
    var isActual = false
    var peak = (kilowatts: 0.0, kilovars: 0.0)
    let location: SourceLocation
  }

  /// The names of profiles of a shape.
  struct Profiles {
    let active: String
    let reactive: String?
  }

  private var states: [String: ShapeState] = [:]
  private var temperatures: [String: ShapeState] = [:]
  private var curves: [String: CurveState] = [:]
  private var read: [String: Shape?] = [:]
  private var readCurves: [String: Curve?] = [:]
  private var names = NameRegister()
  private var used: [String: Profiles] = [:]
  /// The profiles in the order of their first use.
  private(set) var profiles: [(name: String, stepSeconds: Double, values: [Double])] = []
  /// The peaks of shapes in kW, by name.
  private(set) var peaks: [String: (kilowatts: Double, kilovars: Double)] = [:]
  private var files: any DSSFileAccess
  private var folder: [String: String] = [:]

  init() { files = NoFiles() }

  init(_ conversion: inout Conversion) {
    files = conversion.files
    for element in conversion.circuit.elements {
      let key = element.name.lowercased()
      switch element.type.name {
      case "loadshape":
        var state = ShapeState(element.location)
        conversion.replay(element, into: &state)
        states[key] = state
      case "tshape":
        var state = ShapeState(element.location)
        conversion.replay(element, into: &state)
        temperatures[key] = state
      case "xycurve":
        var state = CurveState(element.location)
        conversion.replay(element, into: &state)
        curves[key] = state
      default: break
      }
    }
    // OpenDSS has a shape of its own, that files may name.
    if states["default"] == nil {
      states["default"] = ShapeState.usual(conversion.circuit.location)
    }
    for (key, state) in states.sorted(by: { $0.key < $1.key }) where state.isActual {
      guard let shape = shape(key, &conversion.diagnostics) else { continue }
      peaks[key] = shape.peak
    }
  }

  private mutating func shape(_ key: String, _ diagnostics: inout Diagnostics) -> Shape? {
    if let shape = read[key] { return shape }
    let shape = states[key]?.shape(from: files, &diagnostics)
    read[key] = .some(shape)
    return shape
  }

  private mutating func existing(
    _ name: DSSValue, _ diagnostics: inout Diagnostics
  ) -> Shape? {
    let key = name.text.lowercased()
    guard states[key] != nil else {
      diagnostics.error(
        "there is no loadshape '\(name.shortText)'", at: name.location,
        remedy: "create it, or correct the name")
      return nil
    }
    return shape(key, &diagnostics)
  }

  /// Makes profiles of a shape, unless there are some, and returns their names.
  mutating func use(_ name: DSSValue, _ diagnostics: inout Diagnostics) -> Profiles? {
    let key = name.text.lowercased()
    if let profiles = used[key] { return profiles }
    guard let shape = existing(name, &diagnostics) else { return nil }
    func scaled(_ values: [Double], by peak: Double) -> [Double] {
      shape.isActual && peak != 0 ? values.map { $0 / peak } : values
    }
    let active = append(
      name.text, scaled(shape.active, by: shape.peak.kilowatts), shape.stepSeconds)
    var reactive: String?
    if let values = shape.reactive, values != shape.active || shape.isActual {
      reactive = append(
        name.text + "-q", scaled(values, by: shape.peak.kilovars), shape.stepSeconds)
    }
    let profiles = Profiles(active: active, reactive: reactive)
    used[key] = profiles
    return profiles
  }

  /// Makes a profile whose values follow from a shape and one of temperatures.
  mutating func derive(
    _ wanted: String, from name: DSSValue, _ temperatures: DSSValue?,
    _ diagnostics: inout Diagnostics, _ value: (Double, Double?) -> Double
  ) -> String? {
    guard let shape = existing(name, &diagnostics) else { return nil }
    var degrees: [Double] = []
    if let temperatures {
      guard let state = self.temperatures[temperatures.text.lowercased()] else {
        diagnostics.error(
          "there is no tshape '\(temperatures.shortText)'", at: temperatures.location,
          remedy: "create it, or correct the name")
        return nil
      }
      guard let found = state.shape(from: files, &diagnostics) else { return nil }
      guard found.stepSeconds == shape.stepSeconds else {
        diagnostics.error(
          "the tshape has another interval than the loadshape", at: temperatures.location,
          remedy: "give both the same interval")
        return nil
      }
      degrees = found.active
    }
    let values = shape.active.enumerated().map { place, light in
      value(light, degrees.isEmpty ? nil : degrees[place % degrees.count])
    }
    return append(wanted, values, shape.stepSeconds)
  }

  private mutating func append(
    _ wanted: String, _ values: [Double], _ stepSeconds: Double
  ) -> String {
    let name = names.name(wanted, of: "shape", in: .devices)
    profiles.append((name, stepSeconds, values))
    return name
  }

  /// Returns a curve by its name, or reports that there is none.
  mutating func curve(_ name: DSSValue, _ diagnostics: inout Diagnostics) -> Curve? {
    let key = name.text.lowercased()
    if let curve = readCurves[key] { return curve }
    guard let state = curves[key] else {
      diagnostics.error(
        "there is no xycurve '\(name.shortText)'", at: name.location,
        remedy: "create it, or correct the name")
      return nil
    }
    let curve = state.curve(&diagnostics)
    readCurves[key] = .some(curve)
    return curve
  }
}

/// No files at all.
private struct NoFiles: DSSFileAccess {
  func contents(of path: String) throws(DSSFileFault) -> [UInt8] { throw .missing }
  func hasFile(_ path: String) -> Bool { false }
  func names(inFolder path: String) -> [String] { [] }
}
