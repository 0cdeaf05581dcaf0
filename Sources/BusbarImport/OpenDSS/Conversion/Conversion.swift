internal import BusbarGrid
internal import BusbarScenario

/// The work of writing a circuit of OpenDSS as a scenario.
struct Conversion {
  let circuit: DSSCircuit
  let files: any DSSFileAccess
  var diagnostics: Diagnostics
  var notes = NoteBook()
  /// The frequency of the circuit in Hz.
  let frequency: Double

  var buses = BusRegister()
  var tables = ScenarioTables()
  var names = NameRegister()
  var lineCodes: [String: LineCodeState] = [:]
  var transformerCodes: [String: TransformerState] = [:]
  var codeWriter = LineCodeWriter()
  var shapes = ShapeLibrary()
  /// What was written for an element, by its id.
  var written: [String: WrittenElement] = [:]
  var options: ConversionOptions

  init(_ circuit: DSSCircuit, from files: any DSSFileAccess, _ diagnostics: Diagnostics) {
    self.circuit = circuit
    self.files = files
    self.diagnostics = diagnostics
    frequency = Self.systemFrequency(of: circuit)
    options = ConversionOptions(circuit)
  }

  /// The last default of the base frequency among the first actions.
  ///
  /// Before the first one the last of all counts: OpenDSS keeps it from one run of a file to the
  /// next, and files that set it after the circuit work from their second run on.
  static func frequency(after count: Int, of circuit: DSSCircuit) -> Double {
    defaultFrequency(in: circuit.actions.prefix(count))
      ?? defaultFrequency(in: circuit.actions[...]) ?? 60
  }

  private static func defaultFrequency(in actions: ArraySlice<DSSAction>) -> Double? {
    for action in actions.reversed() {
      if case .set("defaultbasefrequency", let value) = action.kind,
        let number = try? value.number(), number > 0
      {
        return number
      }
    }
    return nil
  }

  private static func systemFrequency(of circuit: DSSCircuit) -> Double {
    var frequency = frequency(after: circuit.actions.count, of: circuit)
    for action in circuit.actions.dropFirst(circuit.elements.first?.precedingActions ?? 0) {
      if case .set(let option, let value) = action.kind,
        ["basefrequency", "frequency"].contains(option), let number = try? value.number(),
        number > 0
      {
        frequency = number
      }
    }
    return frequency
  }

  /// Converts everything; the diagnostics say what could not be.
  mutating func run() {
    checkOptions()
    for element in circuit.elements where element.type.name == "linecode" {
      var state = LineCodeState(
        baseFrequency: Self.frequency(after: element.precedingActions, of: circuit))
      replay(element, into: &state)
      lineCodes[element.name.lowercased()] = state
    }
    readTransformerCodes()
    let library = ConductorLibrary(&self)
    shapes = ShapeLibrary(&self)
    for element in circuit.elements { convert(element, library) }
    convertControls()
    applySwitching()
    checkUnused()
    writeBuses()
  }

  private mutating func convert(_ element: DSSElement, _ library: ConductorLibrary) {
    let type = element.type.name
    guard element.isEnabled else {
      return notes.add(.ignored, element.id, "it is disabled in the circuit")
    }
    switch type {
    case "vsource": convertSource(element)
    case "line": convertLine(element, library)
    case "transformer": convertTransformer(element)
    case "capacitor": convertCapacitor(element)
    case "reactor": convertReactor(element)
    case "load": convertLoad(element)
    case "generator": convertGenerator(element)
    case "pvsystem": convertPV(element)
    case "storage": convertStorage(element)
    default: break
    }
  }

  /// Reports classes that have an effect here that is not repeated, and notes the others.
  private mutating func checkUnused() {
    for element in circuit.elements where element.isEnabled {
      let type = element.type.name
      if Self.convertedClasses.contains(type) { continue }
      if let reason = Self.ignoredClasses[type] {
        if DSSCircuit.predefined.contains(element.id) { continue }
        notes.add(.ignored, element.id, "\(type): \(reason)")
      } else {
        diagnostics.error(
          "the class '\(type)' cannot be translated", at: element.location,
          remedy: "remove the element, or replace it by one that can")
      }
    }
  }

  static let convertedClasses: Set<String> = [
    "vsource", "line", "transformer", "capacitor", "reactor", "load", "generator", "pvsystem",
    "storage", "linecode", "linegeometry", "linespacing", "wiredata", "cndata", "tsdata",
    "xfmrcode", "loadshape", "tshape", "xycurve", "regcontrol", "capcontrol", "swtcontrol", "fuse",
    "relay", "recloser",
  ]

  static let ignoredClasses: [String: String] = [
    "monitor": "it only records", "energymeter": "it only records", "sensor": "it only records",
    "spectrum": IgnoredReason.harmonics, "tcc_curve": "protection does not act in a power flow",
    "growthshape": "loads do not grow over the years here",
    "priceshape": "prices do not enter a power flow", "dynamicexp": IgnoredReason.dynamics,
  ]
}

/// What an element became in the scenario.
struct WrittenElement {
  /// The id in the tables.
  let id: String
  /// How many phases it has.
  let phases: Int
}
