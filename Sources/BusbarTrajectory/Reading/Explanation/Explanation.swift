public import BusbarEvents

/// What a result file says about an element at an instant, and the chain of events behind it.
public struct Explanation: Sendable {
  /// What was asked about, such as `bus end-3`.
  public let subject: String
  /// The instant that was asked for.
  public let instant: SimulationTime
  /// What the element is in the file: more than one part where an id has several meanings.
  public let parts: [Part]

  /// What one table of the file says about the element.
  public struct Part: Sendable {
    /// What is told, such as `bus end-3` or `meter meter-1`.
    public var title: String
    /// The instant to which the values belong; nil when there are none.
    public var instant: SimulationTime?
    /// The values at that instant.
    public var values: [Value] = []
    /// What a reader has to know about the values: held, missing, not recorded, old.
    public var notes: [String] = []
    /// What brought the values about, the nearest first.
    public var causes: [Cause] = []
  }

  /// A recorded value.
  public struct Value: Sendable, Hashable {
    /// The name of the variable.
    public var variable: String
    /// The phase or conductor; empty where there is none.
    public var label: String
    /// The value; nil when it is missing.
    public var number: Double?
    /// The unit; empty for texts and codes.
    public var unit: String
    /// The value relative to the nominal voltage to earth; nil for all but voltages of a bus.
    public var perUnit: Double?
  }

  /// An event, or several like it, with what brought it about.
  public struct Cause: Sendable {
    /// What happened, in words.
    public var text: String
    /// The number of the event in the run; nil for what is no event, such as the scenario.
    public var event: Int64?
    /// When it happened; nil where that is not known.
    public var instant: SimulationTime?
    /// What brought it about.
    public var causes: [Cause] = []
  }
}
