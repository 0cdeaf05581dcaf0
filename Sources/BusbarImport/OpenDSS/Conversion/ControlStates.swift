/// A regulator of OpenDSS.
struct RegulatorState: ReplayedElement {
  private(set) var transformer: DSSValue?
  private(set) var winding = 1
  private(set) var tapWinding: Int?
  private(set) var phase = "1"
  /// The properties that are numbers.
  private(set) var numbers: [String: Double] = [
    "vreg": 120, "band": 3, "ptratio": 60, "ctprim": 300, "r": 0, "x": 0, "ldc_z": 0, "vlimit": 0,
    "delay": 15, "tapdelay": 2, "maxtapchange": 16, "revvreg": 120, "revband": 3, "revr": 0,
    "revx": 0, "rev_z": 0, "revthreshold": 100, "revdelay": 60,
  ]
  private(set) var remoteRatio: Double?
  private(set) var bus: BusTerminal?
  private var choices: [String: Bool] = [:]

  static let ignored = [
    "debugtrace": IgnoredReason.reports, "eventlog": IgnoredReason.reports,
    "reset": IgnoredReason.control, "tapnum": "the tap of the transformer is used",
  ]

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    switch key {
    case "transformer": transformer = value
    case "winding": winding = try value.count(1...3)
    case "tapwinding": tapWinding = try value.count(1...3)
    case "bus": bus = try BusTerminal(value)
    case "remoteptratio": remoteRatio = try value.positive()
    case "ptphase": phase = try value.measuredPhase()
    case "maxtapchange": numbers[key] = Double(try value.count(0...200))
    case "reversible", "revneutral", "inversetime", "cogen": choices[key] = try value.boolean()
    default:
      guard numbers[key] != nil else { return false }
      numbers[key] = try value.number()
    }
    return true
  }

  /// A number by its property.
  func number(_ key: String) -> Double { numbers[key] ?? 0 }

  /// Whether a choice was made.
  func isChosen(_ key: String) -> Bool { choices[key] ?? false }

  /// What it does in reverse, as the scenario calls it; nil for nothing.
  var reverse: String? {
    if isChosen("cogen") { return "cogenerate" }
    guard isChosen("reversible") else { return nil }
    return isChosen("revneutral") ? "neutral" : "regulate"
  }
}

/// A capacitor control of OpenDSS.
struct CapacitorControlState: ReplayedElement {
  private(set) var capacitor: DSSValue?
  private(set) var element: DSSValue?
  private(set) var terminal = 1
  private(set) var kind = "current"
  private(set) var numbers: [String: Double] = [
    "onsetting": 300, "offsetting": 200, "delay": 15, "delayoff": 15, "deadtime": 300,
    "ptratio": 60,
    "ctratio": 60, "vmin": 115, "vmax": 126, "pctminkvar": 50,
  ]
  private(set) var voltagePhase = "1"
  private(set) var currentPhase = "1"
  private(set) var isOverridden = false
  private(set) var overrideBus: DSSValue?
  private(set) var signal: DSSValue?

  static let ignored = [
    "eventlog": IgnoredReason.reports, "reset": IgnoredReason.control,
    "userdata": IgnoredReason.dynamics,
  ]

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    switch key {
    case "capacitor": capacitor = value
    case "element": element = value
    case "terminal": terminal = try value.count(1...3)
    case "type":
      let words = ["current", "voltage", "kvar", "time", "pf", "powerfactor", "follow"]
      kind = try value.choice(words)
    case "ptphase": voltagePhase = try value.measuredPhase()
    case "ctphase": currentPhase = try value.measuredPhase()
    case "voltoverride": isOverridden = try value.boolean()
    case "vbus": overrideBus = value
    case "controlsignal": signal = value
    default:
      guard numbers[key] != nil else { return false }
      numbers[key] = try value.number()
    }
    return true
  }

  /// A number by its property.
  func number(_ key: String) -> Double { numbers[key] ?? 0 }
}

extension DSSValue {
  /// The phase that a control measures, as the scenario calls it.
  func measuredPhase() throws(DSSValueFault) -> String {
    switch text.lowercased() {
    case "max", "maximum": return "highest"
    case "min", "minimum": return "lowest"
    case "avg", "average": return "average"
    default: return String(try count(1...32))
    }
  }
}
