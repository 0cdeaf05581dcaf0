public import BusbarUnits

/// An overhead line, a cable section, a switch or a series reactor between two buses.
public struct Line: Hashable, Sendable {
  /// The user's name of the line.
  public var id: String
  /// One end, conductor by conductor.
  public var from: Connection
  /// The other end, with as many conductors.
  public var to: Connection
  /// The id of the line code.
  public var lineCode: String
  /// The length of the section, above zero.
  public var length: Length
  /// Whether the line conducts at the start; false for a normally open point.
  public var isClosed: Bool
  /// The current that each conductor may carry all the time, above zero; nil for its line code's.
  ///
  /// It has no effect on the power flow: a line carries any current, and loadings refer to this one.
  public var ratedCurrent: Current?

  /// Makes a line from its two ends.
  public init(
    id: String, from: Connection, to: Connection, lineCode: String, length: Length,
    isClosed: Bool = true, ratedCurrent: Current? = nil
  ) {
    self.id = id
    self.from = from
    self.to = to
    self.lineCode = lineCode
    self.length = length
    self.isClosed = isClosed
    self.ratedCurrent = ratedCurrent
  }

  /// Makes a line that joins the same conductors of two buses.
  public init(
    id: String, fromBus: String, toBus: String, conductors: ConductorSet = .abc,
    lineCode: String, length: Length, isClosed: Bool = true
  ) {
    self.init(
      id: id, from: Connection(bus: fromBus, conductors),
      to: Connection(bus: toBus, conductors), lineCode: lineCode, length: length,
      isClosed: isClosed)
  }
}
