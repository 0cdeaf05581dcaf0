public import BusbarEvents
public import BusbarGrid
public import BusbarUnits

/// Energies of a run so far, integrated over solutions that hold until the next one; in J.
public struct EnergyBalance: Sendable, Hashable, Codable {
  /// What the sources have sent into the network.
  public private(set) var sent = 0.0
  /// What devices have drawn, less what they have fed in.
  public private(set) var delivered = 0.0
  /// What lines and transformers have lost.
  public private(set) var lost = 0.0
  /// The largest difference at one instant between sent and drawn plus lost power, in W.
  public private(set) var largestImbalance = 0.0
  /// The largest difference of one device's delivered power from what it asked for, in VA.
  ///
  /// Follows from the tolerance of the power flow; books are kept on what was delivered.
  public private(set) var largestDeviation = 0.0
  /// The largest power sent at one instant, in W.
  public private(set) var largestSent = 0.0

  /// What is left over of the energies: sent − delivered − lost, in J.
  public var residual: Double { sent - delivered - lost }

  mutating func add(_ power: PowerBalance, for elapsed: Interval) {
    sent += power.sentWatts * elapsed.seconds
    delivered += power.deliveredWatts * elapsed.seconds
    lost += power.lostWatts * elapsed.seconds
  }

  mutating func check(_ power: PowerBalance) {
    largestImbalance = max(largestImbalance, abs(power.imbalanceWatts))
    largestSent = max(largestSent, abs(power.sentWatts))
    largestDeviation = max(largestDeviation, power.deviationVoltAmperes)
  }
}

/// Powers of one solution over the whole network, in W and var.
public struct PowerBalance: Sendable, Hashable, Codable {
  /// What the sources send into their buses.
  public var sentWatts = 0.0
  /// What the devices draw.
  public var deliveredWatts = 0.0
  /// What lines and transformers lose.
  public var lostWatts = 0.0
  /// The reactive power that lines and transformers draw, in var.
  public var lostVars = 0.0

  /// The largest difference of one device's delivered power from what it asked for, in VA.
  public var deviationVoltAmperes = 0.0

  /// What is left over: sent − delivered − lost.
  public var imbalanceWatts: Double { sentWatts - deliveredWatts - lostWatts }
}

/// The lowest and the highest voltage of a run, with where and when.
public struct VoltageExtremes: Sendable, Hashable, Codable {
  /// A voltage somewhere.
  public struct Point: Sendable, Hashable, Codable {
    /// The magnitude relative to the nominal voltage between phase and earth.
    public var perUnit: Double
    /// The bus.
    public var bus: Index<Bus>
    /// The phase of that bus.
    public var conductor: Conductor
    /// When it was first reached.
    public var time: SimulationTime
  }

  /// The lowest voltage; nil before the first solution.
  public internal(set) var lowest: Point?
  /// The highest voltage.
  public internal(set) var highest: Point?
}
