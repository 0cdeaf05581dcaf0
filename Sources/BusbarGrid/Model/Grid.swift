public import BusbarUnits

/// A distribution network as an engineer writes it down, in SI units, with the user's ids.
///
/// Nothing here is solved: `Network(compiling:)` turns it into dense tables.
public struct Grid: Sendable {
  /// The nominal frequency.
  public var frequency: Frequency
  public var buses: [Bus]
  public var lineCodes: [LineCode]
  public var lines: [Line]
  public var transformers: [Transformer]
  public var shunts: [Shunt]
  public var sources: [Source]
  /// The linear parts of devices; no elements of their own.
  public var linearDemands: [LinearDemand]

  /// Makes a grid from its elements, in any order.
  public init(
    frequency: Frequency, buses: [Bus] = [], lineCodes: [LineCode] = [], lines: [Line] = [],
    transformers: [Transformer] = [], shunts: [Shunt] = [], sources: [Source] = [],
    linearDemands: [LinearDemand] = []
  ) {
    self.frequency = frequency
    self.buses = buses
    self.lineCodes = lineCodes
    self.lines = lines
    self.transformers = transformers
    self.shunts = shunts
    self.linearDemands = linearDemands
    self.sources = sources
  }
}

/// What is wrong with one element of a grid, in words that a user can act on.
public struct GridFault: Hashable, Sendable {
  /// The kind of element.
  public enum Kind: String, Sendable {
    case grid, bus, line, transformer, shunt, source
    case lineCode = "line code"
  }

  /// The kind of the element at fault.
  public var kind: Kind
  /// The id of the element at fault; empty for the grid as a whole.
  public var id: String
  /// The field at fault, as scenario files name it; nil when the element as a whole is.
  public var field: String?
  /// What is wrong.
  public var problem: String
  /// What to do about it.
  public var remedy: String

  /// Makes a fault.
  public init(_ kind: Kind, _ id: String, field: String? = nil, problem: String, remedy: String) {
    self.kind = kind
    self.id = id
    self.field = field
    self.problem = problem
    self.remedy = remedy
  }
}

/// All faults of a grid that keep it from being compiled.
public struct GridFaults: Error, CustomStringConvertible {
  /// The faults; never empty.
  public var faults: [GridFault]

  /// Makes the error.
  public init(_ faults: [GridFault]) { self.faults = faults }

  public var description: String {
    faults.map { "\($0.kind.rawValue) '\($0.id)': \($0.problem); \($0.remedy)" }
      .joined(separator: "\n")
  }
}
