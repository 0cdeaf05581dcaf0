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

  private mutating func takeRefused(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool {
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

/// A storage of OpenDSS.
struct StorageState: ReplayedElement {
  /// What it does at the start.
  enum Activity {
    case idling, charging, discharging
  }

  var terminals = DeviceTerminals.generator
  private(set) var shapes = DeviceShapes()
  private(set) var rating = 25.0
  private var dischargePercent = 100.0
  private var chargePercent = 100.0
  private var powerFactor = 1.0
  private(set) var kilovars = 0.0
  private var capacity = 50.0
  private var stored = 50.0
  private var reservePercent = 20.0
  private(set) var idlingPercent = 1.0
  private var inverterRating: Double?
  private var reactiveLimit: Double?
  private var hasActivePriority = false
  private var activity = Activity.idling
  private(set) var isFollowing = false
  private(set) var model = 1
  private var isReactiveGiven = false

  static let ignored: [String: String] = {
    var reasons: [String: String] = [:]
    for key in [
      "%r", "%x", "dynadll", "dynadata", "usermodel", "userdata", "kvdc", "kp", "pitol",
      "safevoltage", "safemode", "dynamiceq", "dynout", "controlmode", "amplimit", "amplimitgain",
    ] { reasons[key] = IgnoredReason.dynamics }
    for key in ["class", "debugtrace"] { reasons[key] = IgnoredReason.reports }
    for key in ["dischargetrigger", "chargetrigger", "timechargetrig", "%effcharge", "%effdischarge"] {
      reasons[key] = "the storage keeps to what it does at the start"
    }
    for key in [
      "%cutin", "%cutout", "varfollowinverter", "kvarmaxabs", "pfpriority", "%pminnovars",
      "%pminkvarmax", "%kwrated",
    ] { reasons[key] = "the limits of the inverter are not repeated" }
    return reasons
  }()
  static let notCopied: Set<String> = ["bus1"]

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    if try terminals.take(key, value) { return true }
    if shapes.take(key, value) { return true }
    switch key {
    case "kwrated": rating = try value.positive()
    case "kw": try takePower(value)
    case "kva": inverterRating = try value.positive()
    case "kvarmax": reactiveLimit = try value.number()
    case "wattpriority": hasActivePriority = try value.boolean()
    case "kvar":
      kilovars = try value.number()
      isReactiveGiven = true
    case "pf":
      powerFactor = try value.number()
      isReactiveGiven = false
    case "kwhrated":
      capacity = try value.number()
      stored = capacity
    case "kwhstored": stored = try value.number()
    case "%stored": stored = try value.number() / 100 * capacity
    case "%reserve": reservePercent = try value.number()
    case "%discharge": dischargePercent = try value.number()
    case "%charge": chargePercent = try value.number()
    case "%idlingkw": idlingPercent = try value.number()
    case "state":
      let word = try value.choice(["idling", "charging", "discharging"])
      activity = word == "idling" ? .idling : word == "charging" ? .charging : .discharging
    case "dispmode":
      isFollowing =
        try value.choice(["default", "follow", "external", "loadlevel", "price"]) == "follow"
    default: return try takeRefused(key, value)
    }
    return true
  }

  private mutating func takeRefused(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool {
    switch key {
    case "model":
      model = try value.count(1...3)
      if model == 3 {
        throw value.fault("a model of its own cannot be translated", remedy: "write model=1")
      }
    case "balanced", "limitcurrent":
      if try value.boolean() {
        throw value.fault("this cannot be translated", remedy: "remove it, or write no")
      }
    default: return false
    }
    return true
  }

  /// A power tells what the storage does as well.
  private mutating func takePower(_ value: DSSValue) throws(DSSValueFault) {
    let number = try value.number()
    if number > 0 {
      activity = .discharging
      dischargePercent = number / rating * 100
    } else if number < 0 {
      activity = .charging
      chargePercent = -number / rating * 100
    } else {
      activity = .idling
    }
  }

  /// What it does: nothing when there is no energy left, or no room for more.
  var effectiveActivity: Activity {
    switch activity {
    case .idling: .idling
    case .charging: stored < capacity ? .charging : .idling
    case .discharging: stored > capacity * reservePercent / 100 ? .discharging : .idling
    }
  }

  /// How long in hours its energy lasts when it gives a power in kW.
  func hours(giving kilowatts: Double) -> Double {
    (stored - capacity * reservePercent / 100) / kilowatts
  }

  /// What it draws in kW when it does nothing.
  var idlingPower: Double { rating * idlingPercent / 100 }

  /// What it gives in kW and kvar.
  var output: (kilowatts: Double, kilovars: Double) {
    let active: Double
    switch effectiveActivity {
    case .idling: return (-idlingPower, 0)
    case .charging: active = isFollowing ? rating : -rating * chargePercent / 100
    case .discharging: active = isFollowing ? rating : rating * dischargePercent / 100
    }
    var inverter = InverterOutput(
      active, rating: inverterRating ?? rating, limit: reactiveLimit ?? inverterRating ?? 25)
    if isReactiveGiven {
      inverter.request(kilovars: kilovars)
    } else {
      inverter.request(factor: powerFactor)
    }
    inverter.limit(keeping: hasActivePriority ? .active : .reactive)
    return (inverter.active, inverter.reactive)
  }
}

/// What an inverter gives, within its ratings.
struct InverterOutput {
  /// What an inverter gives up last.
  enum Priority {
    case active, reactive, factor
  }

  private(set) var active: Double
  var reactive = 0.0
  private let rating: Double
  private let limit: Double

  /// Makes an output in kW of an inverter with a rating in kVA and a limit in kvar.
  init(_ active: Double, rating: Double, limit: Double) {
    self.active = active
    self.rating = rating
    self.limit = abs(limit)
  }

  /// Gives a reactive power in kvar.
  mutating func request(kilovars: Double) { reactive = min(max(kilovars, -limit), limit) }

  /// Gives the reactive power of a power factor.
  mutating func request(factor: Double) {
    let size = active * (1 / (factor * factor) - 1).squareRoot()
    request(kilovars: factor < 0 ? -size : size)
  }

  /// Gives up what is beyond the rating.
  mutating func limit(keeping priority: Priority) {
    let apparent = (active * active + reactive * reactive).squareRoot()
    guard apparent > rating else { return }
    switch priority {
    case .factor:
      reactive *= rating / apparent
      active *= rating / apparent
    case .active:
      active = min(max(active, -rating), rating)
      let rest = (rating * rating - active * active).squareRoot()
      reactive = reactive < 0 ? -rest : rest
    case .reactive:
      reactive = min(max(reactive, -rating), rating)
      let rest = (rating * rating - reactive * reactive).squareRoot()
      active = active < 0 ? -rest : rest
    }
  }
}
