internal import BusbarScenario

/// The options and commands of a circuit that change a result.
struct ConversionOptions {
  /// The ways to solve over time.
  enum Mode: String {
    case snapshot, daily, yearly, duty
  }

  private(set) var mode = Mode.snapshot
  private(set) var stepSeconds: Double?
  private(set) var stepCount: Int?
  private(set) var loadFactor = 1.0
  private(set) var generationFactor = 1.0
  /// Voltages between two phases in V.
  private(set) var voltageBases: [Double] = []
  private(set) var hasVoltageBases = false
  /// Voltages between two phases in V by bus.
  private(set) var setBases: [String: Double] = [:]
  /// What could not be read or repeated.
  private(set) var faults: [DSSValueFault] = []
  /// Remarks on options that have no effect here.
  private(set) var ignored: [(option: String, reason: String)] = []
  /// The last name of a default shape, by option.
  private(set) var isConstantImpedance = false

  init(_ circuit: DSSCircuit) {
    for action in circuit.actions {
      switch action.kind {
      case .set(let option, let value):
        do throws(DSSValueFault) {
          try take(option, value)
        } catch {
          faults.append(error)
        }
      case .calculateVoltageBases: hasVoltageBases = true
      case .setVoltageBase(let bus, let kilovolts, let isLineToLine):
        setBases[bus.lowercased()] = kilovolts * 1e3 * (isLineToLine ? 1 : 3.0.squareRoot())
      case .solve, .open, .close: break
      }
    }
  }

  private mutating func take(_ option: String, _ value: DSSValue) throws(DSSValueFault) {
    switch option {
    case "mode": try takeMode(value)
    case "stepsize", "h": stepSeconds = try Self.seconds(value)
    case "number": stepCount = try value.count(1...100_000_000)
    case "loadmult": loadFactor = try value.number()
    case "genmult": generationFactor = try value.number()
    case "voltagebases": voltageBases = try value.numbers().filter { $0 > 0 }.map { $0 * 1e3 }
    case "loadmodel":
      isConstantImpedance = try value.choice(["admittance", "powerflow"]) == "admittance"
    case "cktmodel":
      if try value.choice(["multiphase", "positive"]) == "positive" {
        throw value.fault(
          "a circuit of the positive sequence only cannot be translated", remedy: "remove it")
      }
    case "longlinecorrection", "neglectloady":
      if try value.boolean() && option == "longlinecorrection" {
        throw value.fault("the correction of long lines is not repeated here", remedy: "remove it")
      }
    case "year":
      if try value.number() != 0 {
        throw value.fault("loads do not grow over the years here", remedy: "write year=0")
      }
    case "allocationfactors":
      throw value.fault(
        "a factor for the allocation of all loads cannot be translated",
        remedy: "write allocationfactor= for each load")
    case "hour", "sec", "time":
      if try value.numbers().contains(where: { $0 != 0 }) {
        ignored.append((option, "the run begins with the first row of the shapes"))
      }
    case "defaultbasefrequency", "basefrequency", "frequency", "earthmodel": break
    default:
      ignored.append((option, Self.reasons[option] ?? "it changes nothing that is converted"))
    }
  }

  private mutating func takeMode(_ value: DSSValue) throws(DSSValueFault) {
    let words = ["snapshot", "snap", "direct", "daily", "yearly", "dutycycle", "duty", "time"]
    let word = value.text.lowercased()
    guard let found = words.first(where: { $0 == word || !word.isEmpty && $0.hasPrefix(word) })
    else {
      throw value.fault(
        "the mode '\(value.shortText)' cannot be translated",
        remedy: "write snapshot, daily, yearly or duty")
    }
    switch found {
    case "daily": mode = .daily
    case "yearly": mode = .yearly
    case "dutycycle", "duty", "time": mode = .duty
    default: mode = .snapshot
    }
    // A mode has its own usual step and number of steps.
    stepSeconds = nil
    stepCount = nil
  }

  /// Reads `15m`, `1h` or seconds.
  private static func seconds(_ value: DSSValue) throws(DSSValueFault) -> Double {
    var text = value.text
    var factor = 1.0
    if let last = text.last, let found = ["s": 1.0, "m": 60, "h": 3_600][last.lowercased()] {
      text.removeLast()
      factor = found
    }
    let seconds = try DSSValue(text, at: value.location).number() * factor
    guard seconds > 0, seconds <= 366 * 86_400 else {
      throw value.fault(
        "'\(value.shortText)' is not a step of time", remedy: "write a time such as 15m or 1h")
    }
    return seconds
  }

  /// The step and number of steps of the run; snapshots run over a day of hours.
  var run: (stepSeconds: Double, count: Int) {
    switch mode {
    case .yearly: (stepSeconds ?? 3_600, stepCount ?? 8_760)
    case .duty: (stepSeconds ?? 1, stepCount ?? 100)
    case .daily, .snapshot: (stepSeconds ?? 3_600, stepCount ?? 24)
    }
  }

  private static let reasons: [String: String] = {
    let solver =
      "trapezoidal tolerance maxiterations miniterations algorithm maxcontroliter controlmode"
      + " autobuslist allowduplicates zonelock numcpus numcores parallel"
    let reports =
      "normvminpu normvmaxpu emergvminpu emergvmaxpu demandinterval diverbose casename log recorder"
      + " overloadreport voltexceptionreport showreports editor datapath tracecontrol keeplist"
      + " showexport querylog eventlogdefault sampleenergymeters"
    var reasons: [String: String] = [:]
    for word in solver.split(separator: " ") {
      reasons[String(word)] = "the solver here has settings of its own"
    }
    for word in reports.split(separator: " ") { reasons[String(word)] = IgnoredReason.reports }
    return reasons
  }()
}

extension Conversion {
  /// Reports options that cannot be repeated, and notes those without effect.
  mutating func checkOptions() {
    for fault in options.faults {
      diagnostics.error(fault.problem, at: fault.location, remedy: fault.remedy)
    }
    for (option, reason) in options.ignored { notes.add(.ignored, "set \(option)", reason) }
    for command in circuit.ignored {
      notes.add(.ignored, "command \(command.name)", "it only shows, saves or samples")
    }
  }
}
