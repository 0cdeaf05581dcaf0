/// A reactor of OpenDSS: a coil, a resistor, or both.
struct ReactorState: ReplayedElement {
  /// How the impedance is given.
  enum Form {
    case rating, impedance, matrices
    case sequence
  }

  var from: BusTerminal?
  var to: BusTerminal?
  private(set) var phases = 3
  private(set) var isDelta = false
  private(set) var kilovolts = 12.47
  private(set) var kilovars = 100.0
  private(set) var resistance = 0.0
  private(set) var reactance = 0.0
  private(set) var parallelResistance: Double?
  private(set) var form = Form.rating
  private(set) var resistanceMatrix: [[Double]] = []
  private(set) var reactanceMatrix: [[Double]] = []
  private(set) var z1 = (real: 0.0, imaginary: 0.0)
  private(set) var z0: (real: Double, imaginary: Double)?
  private let baseFrequency: Double

  static let ignored: [String: String] = [
    "rcurve": IgnoredReason.harmonics, "lcurve": IgnoredReason.harmonics,
  ]
  static let notCopied: Set<String> = ["bus1", "bus2"]

  init(baseFrequency: Double) { self.baseFrequency = baseFrequency }

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    switch key {
    case "bus1": from = try BusTerminal(value)
    case "bus2": to = try BusTerminal(value)
    case "phases": phases = try value.phases()
    case "conn": isDelta = try value.isDelta()
    case "kv": kilovolts = try value.positive()
    case "kvar":
      kilovars = try value.number()
      form = .rating
    case "r": resistance = try value.number()
    case "rp": parallelResistance = try value.number()
    case "x": setReactance(try value.number())
    case "lmh": setReactance(try value.number() * 1e-3 * 2 * .pi * baseFrequency)
    case "z":
      let impedance = try value.complex()
      resistance = impedance.real
      setReactance(impedance.imaginary)
    default: return try takeOther(key, value)
    }
    return true
  }

  private mutating func takeOther(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool {
    switch key {
    case "rmatrix":
      resistanceMatrix = try matrix(value)
      form = .matrices
    case "xmatrix":
      reactanceMatrix = try matrix(value)
      form = .matrices
    case "z1":
      z1 = try value.complex()
      form = .sequence
    case "z0": z0 = try value.complex()
    case "parallel":
      if try value.boolean() {
        throw value.fault(
          "resistance beside reactance cannot be translated", remedy: "give both in series")
      }
    default: return false
    }
    return true
  }

  private func matrix(_ value: DSSValue) throws(DSSValueFault) -> [[Double]] {
    let matrix = try value.symmetricMatrix()
    guard matrix.count == phases else {
      throw value.fault(
        "the matrix has \(matrix.count) rows for \(phases) phases", remedy: "write a row for each")
    }
    return matrix
  }

  private mutating func setReactance(_ ohms: Double) {
    reactance = ohms
    form = .impedance
  }

  /// The reactance of a phase in ohm.
  var phaseReactance: Double {
    guard form == .rating else { return reactance }
    let isLineToNeutral = !isDelta && (2...3).contains(phases)
    let volts = kilovolts * 1e3 / (isLineToNeutral ? 3.0.squareRoot() : 1)
    return volts * volts * Double(phases) / (kilovars * 1e3)
  }
}
