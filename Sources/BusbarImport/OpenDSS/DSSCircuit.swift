public import BusbarScenario

/// A circuit as the text of OpenDSS files, not yet interpreted.
public struct DSSCircuit: Sendable {
  /// The name after `new circuit.`.
  public let name: String
  /// The place of `new circuit`.
  public let location: SourceLocation
  /// The elements in the order created; the first is `vsource.source`.
  public internal(set) var elements: [DSSElement] = []
  /// Options, switching and solutions in order; an element tells how many came before it.
  public internal(set) var actions: [DSSAction] = []
  /// Commands that show or sample only.
  public internal(set) var ignored: [DSSIgnoredCommand] = []
  /// Buses on the map.
  public internal(set) var busPlaces: [DSSBusPlace] = []
  /// All files read, in order, relative to the folder of the first.
  public internal(set) var files: [String] = []

  private var positions: [String: Int] = [:]

  init(name: String, at location: SourceLocation) {
    self.name = name
    self.location = location
  }

  /// Returns an element by its class and name, in any case.
  public func element(_ type: String, _ name: String) -> DSSElement? {
    position(of: type, name).map { elements[$0] }
  }

  /// Returns the last value set for an option.
  public func option(_ name: String) -> DSSValue? {
    for action in actions.reversed() {
      if case .set(let option, let value) = action.kind, option == name { return value }
    }
    return nil
  }

  /// The elements that OpenDSS creates itself, and that files may edit or refer to.
  public static let predefined: [String] = [
    "loadshape.default", "growthshape.default", "spectrum.default", "spectrum.defaultload",
    "spectrum.defaultgen", "spectrum.defaultvsource", "spectrum.linear", "spectrum.pwm6",
    "spectrum.dc6", "tcc_curve.a", "tcc_curve.d", "tcc_curve.tlink", "tcc_curve.klink",
    "tcc_curve.uv1547", "tcc_curve.ov1547", "tcc_curve.mod_inv", "tcc_curve.very_inv",
    "tcc_curve.ext_inv", "tcc_curve.definite",
  ]

  func position(of type: String, _ name: String) -> Int? {
    positions[DSSElement.id(type, name)]
  }

  mutating func append(_ element: DSSElement) -> Int {
    positions[element.id] = elements.count
    elements.append(element)
    elements[elements.count - 1].precedingActions = actions.count
    return elements.count - 1
  }
}
