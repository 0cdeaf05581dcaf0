/// A photovoltaic system of OpenDSS.
struct PVState: ReplayedElement {
  var terminals = DeviceTerminals.generator
  var shapes = DeviceShapes()
  var temperatureShapes = DeviceShapes()
  private(set) var irradiance = 1.0
  private(set) var peakPower = 500.0
  private var peakPercent = 100.0
  private(set) var temperature = 25.0
  private var rating = 500.0
  private var powerFactor = 1.0
  private var requestedKilovars: Double?
  private var cutOut = 20.0
  private var followsInverter = false
  private var hasActivePriority = false
  private var hasFactorPriority = false
  private var reactiveLimit: Double?
  private(set) var efficiencyCurve: DSSValue?
  private(set) var temperatureCurve: DSSValue?
  private(set) var model = 1

  static let ignored: [String: String] = {
    var reasons: [String: String] = [:]
    for key in [
      "%r", "%x", "usermodel", "userdata", "kvdc", "kp", "pitol", "safevoltage", "safemode",
      "dynamiceq", "dynout", "controlmode", "amplimit", "amplimitgain",
    ] { reasons[key] = IgnoredReason.dynamics }
    for key in ["class", "debugtrace"] { reasons[key] = IgnoredReason.reports }
    reasons["%cutin"] = "each instant stands for itself here"
    for key in ["%pminnovars", "%pminkvarmax", "kvarmaxabs"] {
      reasons[key] = "it matters to inverter control only"
    }
    return reasons
  }()
  static let notCopied: Set<String> = ["bus1"]

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    if try terminals.take(key, value) { return true }
    if shapes.take(key, value) { return true }
    if key.first == "t", temperatureShapes.take(String(key.dropFirst()), value) { return true }
    switch key {
    case "irradiance": irradiance = try value.number()
    case "pmpp": peakPower = try value.number()
    case "%pmpp": peakPercent = try value.number()
    case "temperature": temperature = try value.number()
    case "kva": rating = try value.positive()
    case "pf":
      powerFactor = try value.number()
      requestedKilovars = nil
      guard powerFactor != 0, abs(powerFactor) <= 1 else {
        throw value.fault("this is not a power factor", remedy: "write a number from -1 to 1")
      }
    case "kvar": requestedKilovars = try value.number()
    case "kvarmax": reactiveLimit = try value.number()
    case "%cutout": cutOut = try value.number()
    case "varfollowinverter": followsInverter = try value.boolean()
    case "wattpriority": hasActivePriority = try value.boolean()
    case "pfpriority": hasFactorPriority = try value.boolean()
    case "effcurve": efficiencyCurve = value
    case "p-tcurve": temperatureCurve = value
    default: return try takeRefused(key, value)
    }
    return true
  }

  private mutating func takeRefused(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool
  {
    switch key {
    case "model":
      model = try value.count(1...3)
      if model == 3 {
        throw value.fault("a model of its own cannot be translated", remedy: "write model=1")
      }
    case "dutystart":
      if try value.number() != 0 {
        throw value.fault("a shift of the shape cannot be translated", remedy: "shift the shape")
      }
    case "balanced", "limitcurrent":
      if try value.boolean() {
        throw value.fault("this cannot be translated", remedy: "remove it, or write no")
      }
    default: return false
    }
    return true
  }

  /// What the inverter gives in kW and kvar when the panels give `panel` kW.
  func output(
    panel: Double, efficiency: (Double) -> Double
  ) -> (kilowatts: Double, kilovars: Double) {
    let isOn = panel >= cutOut / 100 * rating
    let active = isOn ? min(panel * efficiency(panel / rating), peakPower * peakPercent / 100) : 0
    var inverter = InverterOutput(active, rating: rating, limit: reactiveLimit ?? rating)
    if let requestedKilovars {
      inverter.request(kilovars: requestedKilovars)
    } else {
      inverter.request(factor: powerFactor)
    }
    inverter.limit(
      keeping: hasFactorPriority && requestedKilovars == nil
        ? .factor : hasActivePriority ? .active : .reactive)
    if !isOn && followsInverter { inverter.reactive = 0 }
    return (inverter.active, inverter.reactive)
  }
}
