/// A line of OpenDSS, whose values depend on the order in which they are given.
struct LineState: ReplayedElement {
  /// What a line's values come from.
  enum Origin {
    case own
    case code(String)
    case geometry(DSSValue)
  }

  var from: BusTerminal?
  var to: BusTerminal?
  var values: LineValues
  var origin = Origin.own
  /// Whether sequence values were given after the matrices, which then follow from them.
  private var isChanged = false
  private var isCapacitanceGiven = false
  var length = 1.0
  var units = LengthUnit.none
  /// The last unit written, which remains the most readable one.
  private(set) var writtenUnits = LengthUnit.none
  private(set) var codeUnits = LengthUnit.none
  /// How many units of the line make one of its values.
  private(set) var unitFactor = 1.0
  var spacing: DSSValue?
  private(set) var conductors: [DSSValue?] = []
  private(set) var hasCables = false
  var earthModel: DSSValue?
  private(set) var givenRho: Double?
  private(set) var isSwitch = false
  /// The rated current in A, if one is written here or in the line code.
  private(set) var ratedCurrent: Double?

  private let codes: [String: LineCodeState]
  /// The places of a spacing, and how many of them are phases.
  private let spacings: [String: (count: Int, phases: Int)]

  static let ignored = ["linetype": IgnoredReason.ratings]
  static let notCopied: Set<String> = ["bus1", "bus2"]

  init(
    baseFrequency: Double, codes: [String: LineCodeState],
    spacings: [String: (count: Int, phases: Int)]
  ) {
    values = LineValues(baseFrequency: baseFrequency)
    self.codes = codes
    self.spacings = spacings
  }

  mutating func take(_ assignment: DSSAssignment) throws(DSSValueFault) -> Bool {
    let (key, value) = (assignment.property.key, assignment.value)
    switch key {
    case "bus1": from = try BusTerminal(value)
    case "bus2": to = try BusTerminal(value)
    case "linecode": try fetchCode(value)
    case "length":
      length = try value.number()
      guard length >= 0 else { throw value.fault("the length is below zero", remedy: "correct it") }
    case "phases": try setPhases(value)
    case "units": setUnits(try LengthUnit(value))
    case "switch":
      isSwitch = try value.boolean()
      if isSwitch { becomeSwitch() }
    case "geometry": origin = .geometry(value)
    case "spacing", "wires", "cncables", "tscables": try takeConductors(key, value)
    case "earthmodel": earthModel = value
    case "normamps": ratedCurrent = try value.number()
    default: return try takeValues(key, value)
    }
    return true
  }

  private mutating func takeValues(_ key: String, _ value: DSSValue) throws(DSSValueFault) -> Bool {
    if try values.takeSequence(key, value) {
      if ["c1", "c0", "b1", "b0"].contains(key) { isCapacitanceGiven = true }
      isChanged = true
      values.isSymmetrical = true
      becomeOwn()
    } else if try values.takeMatrix(key, value) {
      if key == "cmatrix" { isCapacitanceGiven = true }
      values.isSymmetrical = false
      becomeOwn()
    } else {
      if key == "rho" { givenRho = try value.positive() }
      return try values.takeEarth(key, value)
    }
    return true
  }

  /// Forgets a code or geometry, and the units.
  private mutating func becomeOwn() {
    origin = .own
    spacing = nil
    conductors = []
    units = .none
    unitFactor = 1
  }

  private mutating func becomeSwitch() {
    isChanged = true
    values.sequence = .ofSwitch
    becomeOwn()
    length = 0.001
  }

  private mutating func fetchCode(_ value: DSSValue) throws(DSSValueFault) {
    guard let code = codes[value.text.lowercased()] else {
      throw value.fault(
        "there is no linecode '\(value.shortText)'", remedy: "create it, or correct the name")
    }
    let sequence = code.values.isSymmetrical ? code.values.sequence : values.sequence
    values = code.values
    values.sequence = sequence
    if code.values.isSymmetrical {
      isChanged = false
      values.matchSinglePhase()
      values.calculateMatrices()
    }
    becomeOwn(keepingUnits: units)
    origin = .code(value.text)
    // OpenDSS copies it over one that the line had; its default of 400 A says nothing of a line.
    ratedCurrent = code.ratedCurrent
    codeUnits = code.units
    unitFactor = codeUnits.factor(to: units)
  }

  private mutating func becomeOwn(keepingUnits kept: LengthUnit) {
    becomeOwn()
    units = kept
  }

  private mutating func setUnits(_ new: LengthUnit) {
    if case .code = origin {
      unitFactor = codeUnits.factor(to: new)
    } else {
      unitFactor *= units.factor(to: new)
    }
    units = new
    writtenUnits = new
  }

  private mutating func setPhases(_ value: DSSValue) throws(DSSValueFault) {
    let count = try value.phases()
    guard count != values.phases else { return }
    if case .geometry = origin { return }
    // OpenDSS refuses to change the size of matrices that were given.
    guard values.isSymmetrical, spacing == nil else {
      throw value.fault(
        "the line has matrices for \(values.phases) phases",
        remedy: "write the number of phases before the matrices or the line code")
    }
    values.setPhases(count)
    values.matchSinglePhase()
    values.calculateMatrices()
    isChanged = false
  }

  private mutating func takeConductors(
    _ key: String, _ value: DSSValue
  ) throws(DSSValueFault) {
    if key == "spacing" {
      guard let size = spacings[value.text.lowercased()] else {
        throw value.fault(
          "there is no linespacing '\(value.shortText)'", remedy: "create it above")
      }
      spacing = value
      conductors = Array(repeating: nil, count: size.count)
      hasCables = false
    } else {
      guard let spacing, let size = spacings[spacing.text.lowercased()] else {
        throw value.fault("the line has no spacing", remedy: "write spacing= before it")
      }
      let words = try value.words()
      let isAdded = key == "wires" && hasCables
      let start = isAdded ? size.phases : 0
      let wanted = isAdded || key == "wires" ? size.count - start : words.count
      guard words.count == wanted, start + words.count <= size.count else {
        throw value.fault(
          "\(words.count) conductors are named for \(size.count - start) places",
          remedy: "name one for each place")
      }
      for (place, word) in words.enumerated() { conductors[start + place] = word }
      if key != "wires" { hasCables = true }
    }
    origin = .own
    isChanged = false
  }

  /// Whether the values come from conductors at places.
  var isSpaced: Bool { spacing != nil && !conductors.isEmpty }

  /// The values per unit as OpenDSS uses them in the end.
  var finalValues: LineValues {
    guard isChanged else { return values }
    var values = values
    if !isCapacitanceGiven {
      // OpenDSS takes the values that it gave itself for those of 1,000 ft.
      let factor = LengthUnit.kft.factor(to: units)
      values.sequence.c1 /= factor
      values.sequence.c0 /= factor
    }
    values.isSymmetrical = true
    values.matchSinglePhase()
    values.calculateMatrices()
    return values
  }

  /// Whether the values are those of the line code.
  var followsCode: Bool { !isChanged }

  /// Whether nothing tells the unit of the length.
  var hasNoUnit: Bool {
    if case .code = origin, codeUnits != .none { return false }
    return units == .none && writtenUnits == .none
  }

  /// What a length without a unit is taken for: kilometres, or metres where it is large.
  private var guessedUnit: Double { length / unitFactor > 1_000 ? 1 : 1_000 }

  /// A unit of the values in metres, and the line's length in metres.
  var metres: (unit: Double, length: Double) {
    if case .code = origin {
      if let unit = codeUnits.metres {
        return (unit, units.metres.map { length * $0 } ?? length * unit)
      }
      let unit = units.metres ?? writtenUnits.metres ?? guessedUnit
      return (unit, length * unit)
    }
    let unit = writtenUnits.metres ?? guessedUnit
    return (unit, length / unitFactor * unit)
  }
}
