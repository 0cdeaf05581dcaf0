public import BusbarUnits

/// Something linear between the conductors of a bus and earth: a capacitor, a reactor, an earthing.
///
/// It has one or more steps that are switched on and off; each contributes its admittance.
public struct Shunt: Hashable, Sendable {
  /// One part that is switched as a whole.
  public struct Step: Hashable, Sendable {
    /// Admittance in S, a row and a column for each conductor of the connection.
    public var admittance: ComplexMatrix
    /// Whether the step is on at the start.
    public var isClosed: Bool

    /// Makes a step.
    public init(admittance: ComplexMatrix, isClosed: Bool = true) {
      self.admittance = admittance
      self.isClosed = isClosed
    }
  }

  /// The user's name of the shunt.
  public var id: String
  /// The conductors, in the order of the matrices; nil is earth.
  public var connection: Connection
  /// The steps, first to last in the order of switching on.
  public var steps: [Step]

  /// Makes a shunt; each step's matrix has a row for each conductor of the connection.
  public init(id: String, connection: Connection, steps: [Step]) {
    self.id = id
    self.connection = connection
    self.steps = steps
  }
}

/// The linear part of a device's current, which the network carries instead of the device.
///
/// The solver eliminates it together with the network, and the demand holds only the difference.
/// That makes loads on a floating neutral determinate, and constant impedances exact in one sweep.
public struct LinearDemand: Hashable, Sendable {
  /// The user's name of the bus.
  public var bus: String
  /// The conductors between which it lies.
  public var ends: ConductorPair
  /// The admittance in S; the current drawn is this times the voltage.
  public var admittance: Phasor

  /// Makes a linear part.
  public init(bus: String, ends: ConductorPair, admittance: Phasor) {
    self.bus = bus
    self.ends = ends
    self.admittance = admittance
  }
}
