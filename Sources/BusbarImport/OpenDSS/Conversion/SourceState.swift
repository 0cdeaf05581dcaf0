internal import BusbarGrid
internal import BusbarScenario

/// A source of OpenDSS, of which each edit computes the impedance anew.
struct SourceState: ReplayedElement {
  private enum Form {
    case power, current, ohms
  }

  var terminal: BusTerminal?
  private(set) var second: BusTerminal?
  private(set) var phases = 3
  private(set) var kilovolts = 115.0
  private(set) var perUnit = 1.0
  private(set) var angle = 0.0
  private(set) var r1 = 1.65
  private(set) var x1 = 6.6
  private(set) var r0 = 1.9
  private(set) var x0 = 5.7
  private var form = Form.power
  private var power3 = 2_000.0
  private var power1 = 2_100.0
  private var current3 = 10_000.0
  private var current1 = 10_540.0
  private var ratio1 = 4.0
  private var ratio0 = 3.0
  private var baseMVA = 100.0
  private var perUnitZ1: (real: Double, imaginary: Double)?
  private var perUnitZ0: (real: Double, imaginary: Double)?
  private var isZ0Given = false
  /// Whether no zero-sequence impedance belongs to the short-circuit currents.
  private(set) var isImpossible = false
  private let frequency: Double

  static let ignored: [String: String] = [
    "scantype": IgnoredReason.harmonics, "sequence": IgnoredReason.harmonics,
    "yearly": "the voltage of a source does not change over time here",
    "daily": "the voltage of a source does not change over time here",
    "duty": "the voltage of a source does not change over time here",
    "puzideal": "the source is not taken as ideal",
  ]
  static let notCopied: Set<String> = ["bus1", "bus2"]

  init(frequency: Double) {
    self.frequency = frequency
    finishEdit()
  }

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    switch key {
    case "bus1": terminal = try BusTerminal(value)
    case "bus2": second = try BusTerminal(value)
    case "phases": phases = try value.phases()
    case "basekv": kilovolts = try value.positive()
    case "pu": perUnit = try value.number()
    case "angle": angle = try value.number()
    case "basemva": baseMVA = try value.positive()
    case "frequency":
      if try value.number() != frequency {
        throw value.fault(
          "the source has another frequency than the circuit's \(frequency) Hz",
          remedy: "write the frequency of the circuit, or disable the source")
      }
    case "model":
      if try value.choice(["thevenin", "ideal"]) == "ideal" {
        throw value.fault("an ideal source cannot be translated", remedy: "write model=thevenin")
      }
    default: return try takeImpedance(key, value)
    }
    return true
  }

  private mutating func takeImpedance(
    _ key: String, _ value: DSSValue
  ) throws(DSSValueFault) -> Bool {
    switch key {
    case "mvasc3": (power3, form) = (try value.positive(), .power)
    case "mvasc1": (power1, form) = (try value.positive(), .power)
    case "isc3": (current3, form) = (try value.positive(), .current)
    case "isc1": (current1, form) = (try value.positive(), .current)
    case "x1r1": ratio1 = try value.positive()
    case "x0r0": ratio0 = try value.positive()
    case "r1": (r1, form) = (try value.number(), .ohms)
    case "x1": (x1, form) = (try value.number(), .ohms)
    case "r0": (r0, form) = (try value.number(), .ohms)
    case "x0": (x0, form) = (try value.number(), .ohms)
    case "z1":
      (r1, x1) = try value.complex()
      if !isZ0Given { (r0, x0) = (r1, x1) }
      form = .ohms
    case "z0":
      (r0, x0) = try value.complex()
      isZ0Given = true
      form = .ohms
    case "puz1":
      perUnitZ1 = try value.complex()
      form = .ohms
    case "puz0":
      perUnitZ0 = try value.complex()
      form = .ohms
    case "z2", "puz2":
      throw value.fault(
        "a negative-sequence impedance of its own cannot be translated", remedy: "remove it")
    default: return false
    }
    return true
  }

  /// Computes the impedance: |Z1| = V²/S3, and |2 Z1 + Z0| = 3 V/(√3 I1) with Z0's given angle.
  mutating func finishEdit() {
    let factor = phases == 1 ? 1 : 3.0.squareRoot()
    if form == .ohms {
      if let z1 = perUnitZ1 {
        let ohms = kilovolts * kilovolts / baseMVA
        let z0 = perUnitZ0 ?? z1
        (r1, x1, r0, x0) = (
          z1.real * ohms, z1.imaginary * ohms, z0.real * ohms, z0.imaginary * ohms
        )
      }
      if phases == 1 { (r0, x0) = (r1, x1) }
      updateShortCircuits(factor)
      return
    }
    if form == .power {
      current3 = power3 * 1e3 / (3.0.squareRoot() * kilovolts)
      current1 = power1 * 1e3 / (factor * kilovolts)
    } else {
      power3 = 3.0.squareRoot() * kilovolts * current3 / 1e3
      power1 = factor * kilovolts * current1 / 1e3
    }
    x1 = kilovolts * kilovolts / power3 / (1 + 1 / (ratio1 * ratio1)).squareRoot()
    r1 = x1 / ratio1
    let loop = 3 * kilovolts * 1e3 / factor / current1
    let a = 1 + ratio0 * ratio0
    let b = 4 * (r1 + x1 * ratio0)
    let c = 4 * (r1 * r1 + x1 * x1) - loop * loop
    let root = b * b - 4 * a * c
    isImpossible = !(root >= 0)
    r0 = isImpossible ? 0 : (-b + root.squareRoot()) / (2 * a)
    x0 = r0 * ratio0
  }

  private mutating func updateShortCircuits(_ factor: Double) {
    current3 = kilovolts * 1e3 / 3.0.squareRoot() / (r1 * r1 + x1 * x1).squareRoot()
    let (r, x) = ((2 * r1 + r0) / 3, (2 * x1 + x0) / 3)
    current1 = kilovolts * 1e3 / factor / (r * r + x * x).squareRoot()
    power3 = 3.0.squareRoot() * kilovolts * current3 / 1e3
    power1 = factor * kilovolts * current1 / 1e3
    isImpossible = false
  }
}

extension Conversion {
  mutating func convertSource(_ element: DSSElement) {
    var state = SourceState(frequency: frequency)
    if element.name == "source" { state.terminal = BusTerminal(name: "sourcebus", nodes: []) }
    replay(element, into: &state)
    guard let terminal = state.terminal else {
      return diagnostics.error(
        "the source has no bus1", at: element.location, remedy: "write bus1=")
    }
    let count = state.phases
    let conductors = terminal.conductors(phases: count, count: count)
    if let second = state.second,
      !second.conductors(phases: count, count: count).allSatisfy({ $0 == nil })
    {
      diagnostics.error(
        "a source between two buses cannot be translated",
        at: element.value("bus2")?.location ?? element.location,
        remedy: "write bus2 with node 0 for each phase")
    }
    guard !state.isImpossible else {
      return diagnostics.error(
        "no zero-sequence impedance belongs to the short-circuit values of the source",
        at: element.location, remedy: "make the single-phase value smaller, or give r0 and x0")
    }
    let ratio = frequency / baseFrequency(of: element)
    // A single phase has the mean of both sequences, and OpenDSS divides the voltage of two.
    let isSingle = count == 1
    let r1 = isSingle ? (2 * state.r1 + state.r0) / 3 : state.r1
    let x1 = isSingle ? (2 * state.x1 + state.x0) / 3 : state.x1
    let id = names.name(element.name, of: "source", in: .sources)
    let bus = buses.use(terminal, conductors)
    tables.sources.append(
      [
        .text(id), .text(bus), .text(Connection.text(conductors)),
        .number(state.kilovolts * (count == 2 ? 500 : 1e3)), .number(state.perUnit),
        .number(state.angle), .number(r1), .number(x1 * ratio),
        .number(isSingle ? r1 : state.r0), .number((isSingle ? x1 : state.x0) * ratio),
      ], from: element.location)
    buses.feed(
      terminal, volts: state.kilovolts * 1e3 * (isSingle ? 3.0.squareRoot() : 1))
    notes.add(.translated, element.id, "source")
  }
}
