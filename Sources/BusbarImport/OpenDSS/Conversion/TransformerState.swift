/// A transformer of OpenDSS, or a code with the values of many.
struct TransformerState: ReplayedElement {
  struct Winding {
    var isDelta = false
    var kilovolts = 12.47
    var kilovoltamperes = 1_000.0
    var tap = 1.0
    /// In percent of the transformer's base.
    var resistance = 0.2
    /// Below zero for a neutral that is left open.
    var neutralResistance = -1.0
    var neutralReactance = 0.0
    var maximumTap = 1.1
    var minimumTap = 0.9
    var tapCount = 32
  }

  private(set) var phases = 3
  private(set) var windings = [Winding(), Winding()]
  /// The buses of the windings; nil where none was given, or one before there was the winding.
  private(set) var terminals: [BusTerminal?] = [nil, nil, nil]
  private var active = 0
  /// Reactances in percent of the pairs 1-2, 1-3 and 2-3.
  private(set) var leakage = [7.0, 35.0, 30.0]
  private(set) var noLoadLoss = 0.0
  private(set) var magnetisingCurrent = 0.0
  private(set) var antifloatPPM = 1.0
  /// Whether the high voltage leads the low one where only one of them is a delta.
  private(set) var highLeads = false
  private let codes: [String: TransformerState]

  static let ignored: [String: String] = {
    var reasons: [String: String] = [:]
    for key in ["thermal", "n", "m", "flrise", "hsrise", "normhkva", "emerghkva"] {
      reasons[key] = IgnoredReason.ratings
    }
    for key in ["sub", "subname", "bank"] { reasons[key] = IgnoredReason.reports }
    for key in ["core", "rdcohms"] { reasons[key] = "it matters to direct current only" }
    reasons["xrconst"] = IgnoredReason.harmonics
    reasons["wdgcurrents"] = IgnoredReason.reports
    return reasons
  }()
  static let notCopied: Set<String> = [
    "bus", "buses", "%imag", "ppm_antifloat", "leadlag",
  ]

  init(codes: [String: TransformerState] = [:]) { self.codes = codes }

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    switch key {
    case "phases": phases = try value.phases()
    case "windings":
      let count = try value.count(2...3)
      windings = Array(repeating: Winding(), count: count)
      active = min(active, count - 1)
    case "wdg": active = try value.count(1...windings.count) - 1
    case "xfmrcode": try fetchCode(value)
    case "xhl", "x12": leakage[0] = try reactance(value, 7)
    case "xht", "x13": leakage[1] = try reactance(value, 35)
    case "xlt", "x23": leakage[2] = try reactance(value, 30)
    case "xscarray":
      for (place, number) in try value.numbers().prefix(3).enumerated() { leakage[place] = number }
    case "%loadloss":
      let half = try value.number() / 2
      windings[0].resistance = half
      windings[1].resistance = half
    case "%noloadloss": noLoadLoss = try value.number()
    case "%imag": magnetisingCurrent = try value.number()
    case "ppm_antifloat": antifloatPPM = try value.number()
    case "leadlag":
      highLeads = ["lead", "euro"].contains(try value.choice(["lag", "ansi", "lead", "euro"]))
    default: return try takeWinding(key, value)
    }
    return true
  }

  /// A reactance of zero means the usual one.
  private func reactance(_ value: DSSValue, _ usual: Double) throws(DSSValueFault) -> Double {
    let number = try value.number()
    return number == 0 ? usual : number
  }

  private mutating func takeWinding(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool
  {
    switch key {
    case "bus": terminals[active] = try BusTerminal(value)
    case "conn": windings[active].isDelta = try value.isDelta()
    case "kv": windings[active].kilovolts = try value.positive()
    case "kva":
      windings[active].kilovoltamperes = try value.positive()
      spreadRating()
    case "tap": windings[active].tap = try value.number()
    case "%r": windings[active].resistance = try value.number()
    case "rneut": windings[active].neutralResistance = try value.number()
    case "xneut": windings[active].neutralReactance = try value.number()
    case "maxtap": windings[active].maximumTap = try value.number()
    case "mintap": windings[active].minimumTap = try value.number()
    case "numtaps": windings[active].tapCount = try value.count(0...200)
    default: return try takeList(key, value)
    }
    return true
  }

  /// The rating of the first winding is that of the others until they have their own.
  private mutating func spreadRating() {
    if active == 0 {
      for place in windings.indices {
        windings[place].kilovoltamperes = windings[0].kilovoltamperes
      }
    } else if windings.count == 2 {
      windings[0].kilovoltamperes = windings[1].kilovoltamperes
    }
  }

  /// Gives a winding the bus that OpenDSS gives it without one.
  mutating func nameBus(ofWinding place: Int, _ bus: String) {
    terminals[place] = BusTerminal(name: bus, nodes: [])
  }

  private mutating func takeList(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool {
    guard ["buses", "conns", "kvs", "kvas", "taps", "%rs"].contains(key) else { return false }
    let words = try value.words()
    // OpenDSS drops the buses of windings that it has not been told of yet.
    guard key == "buses" || words.count <= windings.count else {
      throw value.fault(
        "there are \(words.count) values for \(windings.count) windings",
        remedy: "write windings= before it, or one value for each winding")
    }
    for (place, word) in words.prefix(windings.count).enumerated() {
      switch key {
      case "buses": terminals[place] = try BusTerminal(word)
      case "conns": windings[place].isDelta = try word.isDelta()
      case "kvs": windings[place].kilovolts = try word.positive()
      case "kvas": windings[place].kilovoltamperes = try word.positive()
      case "taps": windings[place].tap = try word.number()
      default: windings[place].resistance = try word.number()
      }
    }
    // A list leaves its last winding active, which a later lone `tap=` means.
    if !words.isEmpty { active = min(words.count, windings.count) - 1 }
    return true
  }

  private mutating func fetchCode(_ value: DSSValue) throws(DSSValueFault) {
    guard let code = codes[value.text.lowercased()] else {
      throw value.fault(
        "there is no xfmrcode '\(value.shortText)'", remedy: "create it, or correct the name")
    }
    phases = code.phases
    windings = code.windings
    active = min(active, windings.count - 1)
    leakage = code.leakage
    noLoadLoss = code.noLoadLoss
    magnetisingCurrent = code.magnetisingCurrent
    antifloatPPM = code.antifloatPPM
  }

  /// The voltage across a coil in V.
  func coilVolts(_ winding: Winding) -> Double {
    let isLineToLine = !winding.isDelta && (2...3).contains(phases)
    return winding.kilovolts * 1e3 / (isLineToLine ? 3.0.squareRoot() : 1)
  }

  /// The step from a phase of a delta to the other end of its coil.
  var deltaStep: Int {
    let (first, second) = (windings[0], windings[1])
    if first.isDelta == second.isDelta { return 1 }
    let high = first.kilovolts >= second.kilovolts ? first : second
    return high.isDelta == highLeads ? 1 : -1
  }
}
