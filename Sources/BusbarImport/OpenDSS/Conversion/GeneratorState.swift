/// A generator of OpenDSS.
struct GeneratorState: ReplayedElement {
  var terminals = DeviceTerminals.generator
  private(set) var kilowatts = 1_000.0
  private(set) var kilovars = 60.0
  private var powerFactor = 0.88
  private(set) var model = 1
  private(set) var shapes = DeviceShapes()
  private(set) var isFixed = false

  static let ignored: [String: String] = {
    var reasons: [String: String] = [:]
    for key in [
      "xd", "xdp", "xdpp", "h", "d", "xrdp", "usermodel", "userdata", "shaftmodel", "shaftdata",
      "dynamiceq", "dynout",
    ] { reasons[key] = IgnoredReason.dynamics }
    for key in ["class", "debugtrace"] { reasons[key] = IgnoredReason.reports }
    for key in ["vpu", "maxkvar", "minkvar", "pvfactor"] {
      reasons[key] = "it matters to generators that hold a voltage only"
    }
    for key in ["kva", "mva"] { reasons[key] = IgnoredReason.ratings }
    for key in ["dispmode", "dispvalue", "forceon"] {
      reasons[key] = "generators are always on here"
    }
    return reasons
  }()
  static let notCopied: Set<String> = ["bus1"]

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    if try terminals.take(key, value) { return true }
    if shapes.take(key, value) { return true }
    switch key {
    case "kw":
      kilowatts = try value.number()
      followFactor()
    case "pf":
      powerFactor = try value.number()
      guard powerFactor != 0, abs(powerFactor) <= 1 else {
        throw value.fault("this is not a power factor", remedy: "write a number from -1 to 1")
      }
      followFactor()
    case "kvar":
      kilovars = try value.number()
      let apparent = (kilowatts * kilowatts + kilovars * kilovars).squareRoot()
      powerFactor = apparent > 0 ? kilowatts / apparent : 1
      if kilowatts * kilovars < 0 { powerFactor = -powerFactor }
    case "model":
      model = try value.count(1...7)
      guard [1, 2, 4, 5, 7].contains(model) else {
        throw value.fault(
          model == 3
            ? "a generator that holds a voltage cannot be translated"
            : "a generator of a model of its own cannot be translated",
          remedy: "write model=1 with kw and kvar")
      }
    case "status": isFixed = try value.choice(["variable", "fixed"]) == "fixed"
    case "balanced":
      if try value.boolean() {
        throw value.fault("balanced=yes cannot be translated", remedy: "remove it")
      }
    default: return false
    }
    return true
  }

  private mutating func followFactor() {
    let size = kilowatts * (1 / (powerFactor * powerFactor) - 1).squareRoot()
    kilovars = powerFactor < 0 ? -size : size
  }
}
