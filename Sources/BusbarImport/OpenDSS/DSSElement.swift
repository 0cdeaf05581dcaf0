public import BusbarScenario

/// One value given to a property of an element.
public struct DSSAssignment: Sendable, Hashable {
  /// The property, also where it was not named.
  public let property: DSSProperty
  /// The text as written.
  public let value: DSSValue
  /// Whether the file named the property, rather than relying on the order.
  public let isNamed: Bool
  /// The data file that the value names, if it names one.
  public let file: DSSFileReference?

  /// The place of the value.
  public var location: SourceLocation { value.location }
}

/// An object of OpenDSS as text: a class, a name and values in the order given.
public struct DSSElement: Sendable {
  /// The class, such as `line`.
  public let type: DSSClass
  /// The name as first written.
  public let name: String
  /// Where it was first written.
  public let location: SourceLocation
  /// How many of the circuit's actions came before it.
  public internal(set) var precedingActions = 0
  /// All values in order; of two for one property the later one counts.
  ///
  /// A `like` stands before the values that it copied. Properties for a winding or conductor follow
  /// the number that chose it, such as `wdg`.
  public internal(set) var assignments: [DSSAssignment] = []

  /// The class and name in small letters, such as `line.l1`.
  public var id: String { Self.id(type.name, name) }

  init(type: DSSClass, name: String, location: SourceLocation) {
    self.type = type
    self.name = name
    self.location = location
  }

  static func id(_ type: String, _ name: String) -> String { "\(type).\(name)".lowercased() }

  /// Returns the last value of a property, or nil if none was given.
  public func value(_ key: String) -> DSSValue? {
    assignments.last { $0.property.key == key }?.value
  }

  /// Whether the element takes part; a value that is neither yes nor no counts as yes.
  public var isEnabled: Bool { (try? value("enabled")?.boolean()) ?? true }
}

/// What a file did besides describing elements, in order.
public struct DSSAction: Sendable, Hashable {
  /// The kinds of actions.
  public enum Kind: Sendable, Hashable {
    /// An option of `set` or `solve` with its whole name in small letters.
    case set(option: String, DSSValue)
    case solve
    case calculateVoltageBases
    /// `setkvbase`: a bus, and a voltage in kV from line to line or to neutral.
    case setVoltageBase(bus: String, kilovolts: Double, isLineToLine: Bool)
    /// `open` and `close`: the terminal from 1, and the conductor from 1 or 0 for all.
    case open(element: String, terminal: Int, conductor: Int)
    case close(element: String, terminal: Int, conductor: Int)
  }

  /// What is done.
  public let kind: Kind
  /// Where it was written.
  public let location: SourceLocation
}

/// A command that was left out because it shows or samples only.
public struct DSSIgnoredCommand: Sendable, Hashable {
  /// The whole name of the command in small letters.
  public let name: String
  /// Where it was written.
  public let location: SourceLocation
}

/// The place of a bus on a map.
public struct DSSBusPlace: Sendable, Hashable {
  /// The bus in small letters.
  public let bus: String
  public let x: Double
  public let y: Double
  /// Whether x and y are longitude and latitude in degrees.
  public let isGeographic: Bool

  /// Creates a place.
  public init(bus: String, x: Double, y: Double, isGeographic: Bool) {
    self.bus = bus
    self.x = x
    self.y = y
    self.isGeographic = isGeographic
  }
}
