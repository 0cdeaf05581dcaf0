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
    for key in [
      "dischargetrigger", "chargetrigger", "timechargetrig", "%effcharge", "%effdischarge",
    ] {
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

  private mutating func takeRefused(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool
  {
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
  private var idlingPower: Double { rating * idlingPercent / 100 }

  /// What it gives in kW and kvar when it does nothing.
  var idlingOutput: (kilowatts: Double, kilovars: Double) { output(of: .idling) }

  /// What it gives in kW and kvar.
  var output: (kilowatts: Double, kilovars: Double) { output(of: effectiveActivity) }

  private func output(of activity: Activity) -> (kilowatts: Double, kilovars: Double) {
    let active: Double
    switch activity {
    case .idling: active = -idlingPower
    case .charging: active = isFollowing ? rating : -rating * chargePercent / 100
    case .discharging: active = isFollowing ? rating : rating * dischargePercent / 100
    }
    var inverter = InverterOutput(
      active, rating: inverterRating ?? rating, limit: reactiveLimit ?? inverterRating ?? 25)
    if isReactiveGiven {
      inverter.request(kilovars: activity == .idling ? 0 : kilovars)
    } else {
      inverter.request(factor: powerFactor)
    }
    inverter.limit(keeping: hasActivePriority ? .active : .reactive)
    return (inverter.active, inverter.reactive)
  }
}
