/// A load of OpenDSS, of which each edit computes the powers anew.
struct LoadState: ReplayedElement {
  private enum Form {
    case powerAndFactor, powers, apparentAndFactor, connected, energy
  }

  /// Which multipliers apply.
  enum Status {
    case variable, fixed, exempt
  }

  var terminals = DeviceTerminals.load
  private(set) var lowVoltage = 0.5
  private(set) var kilowatts = 10.0
  private(set) var kilovars = 5.0
  private var kilovoltamperes = 10 / 0.88
  private(set) var powerFactor = 0.88
  /// Whether the power factor was given last, rather than the reactive power.
  private(set) var isFactorGiven = false
  private var isFactorChanged = false
  private var form = Form.powerAndFactor
  private var connected = 0.0
  private var allocation = 0.5
  private var energy = 0.0
  private var energyDays = 30.0
  private var energyFactor = 4.0
  private(set) var model = 1
  private(set) var status = Status.variable
  private(set) var exponents = (active: 1.0, reactive: 2.0)
  private(set) var zip: [Double] = []
  /// The shapes by the kind of run.
  private(set) var shapes = DeviceShapes()
  /// The largest powers of shapes that hold kW.
  private let peaks: [String: (kilowatts: Double, kilovars: Double)]

  static let ignored: [String: String] = {
    var reasons: [String: String] = [
      "growth": "loads do not grow over the years here",
      "rneut": "OpenDSS does not use it in a power flow",
      "xneut": "OpenDSS does not use it in a power flow",
      "cvrcurve": "the factors of the load are used",
    ]
    for key in ["class", "vminnorm", "vminemerg", "numcust", "relweight"] {
      reasons[key] = IgnoredReason.reports
    }
    for key in ["%mean", "%stddev"] { reasons[key] = "nothing is drawn by lot here" }
    for key in ["%seriesrl", "puxharm", "xrharm"] { reasons[key] = IgnoredReason.harmonics }
    return reasons
  }()
  static let notCopied: Set<String> = ["bus1"]

  init(peaks: [String: (kilowatts: Double, kilovars: Double)] = [:]) {
    self.peaks = peaks
    finishEdit()
  }

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    if try terminals.take(key, value) { return true }
    switch key {
    case "kw": (kilowatts, form) = (try value.number(), .powerAndFactor)
    case "kvar":
      (kilovars, form) = (try value.number(), .powers)
      isFactorGiven = false
    case "kva": (kilovoltamperes, form) = (try value.number(), .apparentAndFactor)
    case "pf": try takeFactor(value)
    case "model": model = try value.count(1...8)
    case "vlowpu": lowVoltage = try value.number()
    case "status":
      let word = try value.choice(["variable", "fixed", "exempt"])
      status = word == "variable" ? .variable : word == "fixed" ? .fixed : .exempt
    case "cvrwatts": exponents.active = try value.number()
    case "cvrvars": exponents.reactive = try value.number()
    case "zipv":
      zip = try value.numbers()
      guard zip.count == 7 else {
        throw value.fault("zipv has \(zip.count) numbers", remedy: "write seven")
      }
    default:
      if try takeShape(key, value) { return true }
      return try takeAllocation(key, value)
    }
    return true
  }

  private mutating func takeFactor(_ value: DSSValue) throws(DSSValueFault) {
    powerFactor = try value.number()
    guard abs(powerFactor) <= 1, powerFactor != 0 else {
      throw value.fault(
        "'\(value.shortText)' is not a power factor", remedy: "write a number from -1 to 1, not 0")
    }
    isFactorGiven = true
    isFactorChanged = true
  }

  private mutating func takeShape(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool {
    guard shapes.take(key, value) else { return false }
    // A shape in kW sets the power of the load to its peak.
    if let peak = peaks[value.text.lowercased()] {
      (kilowatts, kilovars) = peak
      form = isFactorGiven ? .powerAndFactor : .powers
    }
    return true
  }

  private mutating func takeAllocation(
    _ key: String, _ value: DSSValue
  ) throws(DSSValueFault) -> Bool {
    switch key {
    case "xfkva": (connected, form) = (try value.number(), .connected)
    case "allocationfactor": (allocation, form) = (try value.number(), .connected)
    case "kwh": (energy, form) = (try value.number(), .energy)
    case "kwhdays": (energyDays, form) = (try value.positive(), .energy)
    case "cfactor": (energyFactor, form) = (try value.number(), .energy)
    default: return false
    }
    allocate()
    return true
  }

  private mutating func allocate() {
    switch form {
    case .connected:
      guard connected > 0 else { return }
      kilowatts = connected * allocation * abs(powerFactor)
    case .energy: kilowatts = energy / (energyDays * 24) * energyFactor
    default: return
    }
    kilovars = reactive(kilowatts)
  }

  private func reactive(_ active: Double) -> Double {
    let size = active * (1 / (powerFactor * powerFactor) - 1).squareRoot()
    return powerFactor < 0 ? -size : size
  }

  mutating func finishEdit() {
    switch form {
    case .powerAndFactor: kilovars = reactive(kilowatts)
    case .powers:
      let apparent = (kilowatts * kilowatts + kilovars * kilovars).squareRoot()
      if apparent > 0 {
        powerFactor = kilowatts / apparent
        if kilovars != 0 { powerFactor *= kilowatts * kilovars < 0 ? -1 : 1 }
      }
    case .apparentAndFactor:
      kilowatts = kilovoltamperes * abs(powerFactor)
      kilovars = reactive(kilowatts)
    case .connected, .energy: if isFactorChanged { kilovars = reactive(kilowatts) }
    }
    isFactorChanged = false
  }
}

/// The names of the shapes that a device follows, by the kind of run.
struct DeviceShapes: Hashable {
  private(set) var daily: DSSValue?
  private(set) var yearly: DSSValue?
  private(set) var duty: DSSValue?

  /// Takes over a property; returns false for other properties.
  mutating func take(_ key: String, _ value: DSSValue) -> Bool {
    // OpenDSS leaves the shape as it is when it is told `none`.
    let shape: DSSValue? = value.text.lowercased() == "none" ? nil : value
    switch key {
    case "daily":
      daily = shape
      // A load without a yearly shape takes the daily one for it.
      if yearly == nil { yearly = shape }
    case "yearly": yearly = shape
    case "duty": duty = shape
    default: return false
    }
    return true
  }

  /// The shape that a run of a kind follows.
  func shape(in mode: ConversionOptions.Mode) -> DSSValue? {
    switch mode {
    case .daily: daily
    case .yearly: yearly
    case .duty: duty ?? daily
    case .snapshot: daily ?? yearly ?? duty
    }
  }
}
