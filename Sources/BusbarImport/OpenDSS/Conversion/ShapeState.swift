internal import BusbarScenario

/// A load shape or a shape of temperatures of OpenDSS.
struct ShapeState: ReplayedElement {
  /// The most points that a shape may have.
  static let mostPoints = 10_000_000

  private var count: Int?
  private var stepSeconds = 3_600.0
  private var active: DSSAssignment?
  private var reactive: DSSAssignment?
  /// Both in a file of two columns.
  private var both: DSSAssignment?
  private var hours: DSSAssignment?
  private(set) var isActual = false
  private var isNormalized = false
  private var peak: Double?
  private var reactivePeak: Double?
  private let location: SourceLocation
  private var usualValues: [Double]?

  static let ignored: [String: String] = {
    var reasons: [String: String] = [:]
    for key in ["mean", "stddev"] { reasons[key] = "nothing is drawn by lot here" }
    for key in ["memorymapping"] { reasons[key] = IgnoredReason.control }
    for key in ["pbase", "qbase"] { reasons[key] = "it matters to a normalized shape only" }
    return reasons
  }()

  init(_ location: SourceLocation) { self.location = location }

  /// The shape that OpenDSS brings along.
  static func usual(_ location: SourceLocation) -> ShapeState {
    var state = ShapeState(location)
    state.usualValues = [
      0.677, 0.6256, 0.6087, 0.5833, 0.58028, 0.6025, 0.657, 0.7477, 0.832, 0.88, 0.94, 0.989,
      0.985,
      0.98, 0.9898, 0.999, 1, 0.958, 0.936, 0.913, 0.876, 0.876, 0.828, 0.756,
    ]
    return state
  }

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    switch key {
    case "npts": count = try value.count(1...Int.max)
    case "interval": stepSeconds = try step(value) * 3_600
    case "minterval": stepSeconds = try step(value) * 60
    case "sinterval": stepSeconds = try step(value)
    case "mult", "pmult", "temp", "csvfile", "sngfile", "dblfile": active = assignment
    case "qmult": reactive = assignment
    case "pqcsvfile": both = assignment
    case "hour": hours = assignment
    case "useactual": isActual = try value.boolean()
    case "action": isNormalized = value.text.lowercased().hasPrefix("n")
    case "pmax": peak = try value.number()
    case "qmax": reactivePeak = try value.number()
    case "interpolation": _ = try value.choice(["avg", "edge"])
    default: return false
    }
    return true
  }

  private func step(_ value: DSSValue) throws(DSSValueFault) -> Double {
    let number = try value.number()
    guard number >= 0, number <= 1e9 else {
      throw value.fault(
        "'\(value.shortText)' is not an interval", remedy: "write a time above zero")
    }
    return number
  }

  /// Reads the values, or reports why they cannot be.
  func shape(
    from files: any DSSFileAccess, _ diagnostics: inout Diagnostics
  ) -> ShapeLibrary.Shape? {
    guard stepSeconds > 0 else {
      diagnostics.error(
        "a shape with times of its own cannot be translated",
        at: hours?.location ?? location, remedy: "give it an interval above zero")
      return nil
    }
    guard stepSeconds * 1_000 == (stepSeconds * 1_000).rounded() else {
      diagnostics.error(
        "the interval is not a whole number of milliseconds", at: location,
        remedy: "write another interval")
      return nil
    }
    let limit = min(count ?? Self.mostPoints, Self.mostPoints)
    var values = usualValues
    if let both {
      values = read(both, column: 1, limit, files, &diagnostics)
    } else if let active {
      values = read(active, column: nil, limit, files, &diagnostics)
    }
    guard var active = values, !active.isEmpty else {
      if values != nil || active == nil && both == nil {
        diagnostics.error("the shape has no values", at: location, remedy: "write mult=")
      }
      return nil
    }
    var reactive: [Double]?
    if let both { reactive = read(both, column: 2, limit, files, &diagnostics) }
    if let assignment = self.reactive {
      reactive = read(assignment, column: nil, limit, files, &diagnostics)
    }
    if isNormalized {
      let largest = active.map(abs).max() ?? 1
      if largest > 0 { active = active.map { $0 / largest } }
      if let values = reactive, let largest = values.map(abs).max(), largest > 0 {
        reactive = values.map { $0 / largest }
      }
    }
    if reactive?.isEmpty == true { reactive = nil }
    var shape = ShapeLibrary.Shape(
      stepSeconds: stepSeconds, active: active, reactive: reactive, location: location)
    shape.isActual = isActual
    let place = active.indices.max { abs(active[$0]) < abs(active[$1]) } ?? 0
    let other = reactive.flatMap { place < $0.count ? $0[place] : nil } ?? 0
    shape.peak = (peak ?? active[place], reactivePeak ?? other)
    return shape
  }

  private func read(
    _ assignment: DSSAssignment, column: Int?, _ limit: Int, _ files: any DSSFileAccess,
    _ diagnostics: inout Diagnostics
  ) -> [Double]? {
    if let file = assignment.file {
      let chosen = DSSFileReference(
        path: file.path, format: file.format, column: column ?? file.column,
        hasHeader: file.hasHeader)
      let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
      return DSSDataFile.numbers(chosen, named: name, limit: limit, from: files, &diagnostics)
    }
    do throws(DSSValueFault) {
      return Array(try assignment.value.numbers().prefix(limit))
    } catch {
      diagnostics.error(error.problem, at: error.location, remedy: error.remedy)
      return nil
    }
  }
}

/// A curve through points, straight between them and beyond them.
struct Curve {
  let points: [(x: Double, y: Double)]

  /// The value at a place.
  func value(at x: Double) -> Double {
    guard points.count > 1 else { return points.first?.y ?? 0 }
    let after = points.firstIndex { $0.x >= x } ?? points.count - 1
    let (first, second) = (points[max(after, 1) - 1], points[max(after, 1)])
    guard second.x != first.x else { return second.y }
    return first.y + (x - first.x) * (second.y - first.y) / (second.x - first.x)
  }
}

/// A curve of OpenDSS.
struct CurveState: ReplayedElement {
  private var x: [Double] = []
  private var y: [Double] = []
  private let location: SourceLocation

  static let ignored: [String: String] = [
    "npts": "the values tell how many there are", "x": IgnoredReason.reports,
    "y": IgnoredReason.reports,
  ]

  init(_ location: SourceLocation) { self.location = location }

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let value = assignment.value
    switch assignment.property.key {
    case "npts": _ = try value.count(1...Int.max)
    case "xarray": x = try value.numbers()
    case "yarray": y = try value.numbers()
    case "points":
      let numbers = try value.numbers()
      x = stride(from: 0, to: numbers.count, by: 2).map { numbers[$0] }
      y = stride(from: 1, to: numbers.count, by: 2).map { numbers[$0] }
    default: return false
    }
    return true
  }

  /// The curve, or nil with a report when its points are not pairs.
  func curve(_ diagnostics: inout Diagnostics) -> Curve? {
    guard x.count == y.count, !x.isEmpty, zip(x, x.dropFirst()).allSatisfy({ $0 <= $1 }) else {
      diagnostics.error(
        "the curve has \(x.count) places for \(y.count) values, or they do not ascend",
        at: location, remedy: "write as many ascending numbers in xarray as in yarray")
      return nil
    }
    return Curve(points: Array(zip(x, y)).map { (x: $0, y: $1) })
  }
}
