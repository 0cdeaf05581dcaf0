internal import RealModule

/// A capacitor of OpenDSS.
struct CapacitorState: ReplayedElement {
  var from: BusTerminal?
  var to: BusTerminal?
  private(set) var phases = 3
  private(set) var isDelta = false
  private(set) var kilovolts = 12.47
  /// What the first step delivers, which OpenDSS takes for all steps.
  private(set) var kilovars = 1_200.0
  /// Of each phase and step, in place of `kilovars`.
  private(set) var microfarads: Double?
  private(set) var steps = 1
  private(set) var states: [Int] = [1]
  private(set) var resistance = 0.0
  private(set) var reactance = 0.0

  static let ignored: [String: String] = ["harm": IgnoredReason.harmonics]
  static let notCopied: Set<String> = ["bus1", "bus2"]

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    switch key {
    case "bus1": from = try BusTerminal(value)
    case "bus2": to = try BusTerminal(value)
    case "phases": phases = try value.phases()
    case "conn": isDelta = try value.isDelta()
    case "kv": kilovolts = try value.positive()
    case "kvar":
      kilovars = try first(value)
      microfarads = nil
    case "cuf": microfarads = try first(value)
    case "r": resistance = try first(value)
    case "xl": reactance = try first(value)
    case "numsteps": try setSteps(value)
    case "states":
      let numbers = try value.numbers()
      for (place, number) in numbers.prefix(steps).enumerated() {
        states[place] = Int(number.sign == .minus ? 0 : min(number, 1))
      }
    default: return false
    }
    return true
  }

  private func first(_ value: DSSValue) throws(DSSValueFault) -> Double {
    guard let number = try value.numbers().first else {
      throw value.fault("a number is missing", remedy: "write a number")
    }
    return number
  }

  /// Divides a bank of one step into equal ones.
  private mutating func setSteps(_ value: DSSValue) throws(DSSValueFault) {
    let count = try value.count(1...100)
    if steps == 1 && count > 1 {
      if microfarads == nil {
        kilovars /= Double(count)
        resistance *= Double(count)
        reactance *= Double(count)
      }
    }
    steps = count
    states = Array(repeating: 1, count: count)
  }

  /// The steps that are on.
  var closedSteps: Int { states.reduce(0) { $0 + ($1 == 1 ? 1 : 0) } }

  /// The rated voltage across a phase in V.
  var phaseVolts: Double {
    !isDelta && (2...3).contains(phases)
      ? kilovolts * 1e3 / 3.0.squareRoot() : kilovolts * 1e3
  }

  /// The susceptance of a phase and step in S, at the frequencies of the values and of the circuit.
  func susceptance(base: Double, frequency: Double) -> Double {
    if let microfarads { return microfarads * 1e-6 * 2 * .pi * frequency }
    return kilovars * 1e3 / Double(phases) / (phaseVolts * phaseVolts) * frequency / base
  }
}
