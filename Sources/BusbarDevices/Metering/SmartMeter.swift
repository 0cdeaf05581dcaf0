public import BusbarEvents

/// The registers of a smart meter at a customer's point of connection.
///
/// They integrate over time what the meter sees, as a meter does, so a reading is an average over
/// its interval and not a sample (E-10). Import and export have registers of their own, so energy
/// that flows both ways within one interval does not cancel (E-11).
public struct SmartMeter: Hashable, Sendable, Codable {
  /// Active energy drawn from the grid since the last reading, in J.
  private var importedEnergy = 0.0
  private var exportedEnergy = 0.0
  private var importedReactiveEnergy = 0.0
  private var exportedReactiveEnergy = 0.0
  /// Voltage times time of the phases a, b and c, in V s.
  private var integralA = 0.0
  private var integralB = 0.0
  private var integralC = 0.0
  private var seconds = 0.0
  /// The part of `seconds` in which the meter had its supply.
  private var suppliedSeconds = 0.0

  /// Makes a meter with empty registers.
  public init() {}

  /// Adds a time in which power and voltages did not change.
  ///
  /// The power is positive when drawn from the grid; the voltages are magnitudes against earth in
  /// V, one for each of the phases a, b and c.
  public mutating func register(
    _ power: ComplexPower, voltages: (Double, Double, Double), for elapsed: Interval
  ) {
    let time = elapsed.seconds
    if power.activeWatts >= 0 {
      importedEnergy += power.activeWatts * time
    } else {
      exportedEnergy -= power.activeWatts * time
    }
    if power.reactiveVars >= 0 {
      importedReactiveEnergy += power.reactiveVars * time
    } else {
      exportedReactiveEnergy -= power.reactiveVars * time
    }
    integralA += voltages.0 * time
    integralB += voltages.1 * time
    integralC += voltages.2 * time
    seconds += time
    suppliedSeconds += time
  }

  /// Adds a time without supply: nothing is drawn, and there is no voltage to average.
  public mutating func registerOutage(for elapsed: Interval) { seconds += elapsed.seconds }

  /// Returns the averages since the last reading and empties the registers.
  ///
  /// Powers are averages over the interval, voltages over the time with supply. Nil when the meter had
  /// no supply in the interval.
  public mutating func read() -> MeterReading? {
    defer { self = SmartMeter() }
    guard suppliedSeconds > 0 else { return nil }
    return MeterReading(
      importedActiveWatts: importedEnergy / seconds, exportedActiveWatts: exportedEnergy / seconds,
      importedReactiveVars: importedReactiveEnergy / seconds,
      exportedReactiveVars: exportedReactiveEnergy / seconds,
      volts: (
        integralA / suppliedSeconds, integralB / suppliedSeconds, integralC / suppliedSeconds
      ))
  }
}

/// Averages over one interval of a meter; powers are never negative.
public struct MeterReading: Sendable {
  /// Mean of the active power while it was drawn from the grid, in W.
  public var importedActiveWatts: Double
  /// Mean of the active power while it was fed into the grid, in W.
  public var exportedActiveWatts: Double
  /// Mean of the reactive power while it was drawn from the grid, in var.
  public var importedReactiveVars: Double
  /// Mean of the reactive power while it was fed into the grid, in var.
  public var exportedReactiveVars: Double
  /// Mean voltage magnitude of phases a, b and c against earth, in V.
  public var volts: (Double, Double, Double)

  /// Makes a reading from its averages.
  public init(
    importedActiveWatts: Double, exportedActiveWatts: Double, importedReactiveVars: Double,
    exportedReactiveVars: Double, volts: (Double, Double, Double)
  ) {
    self.importedActiveWatts = importedActiveWatts
    self.exportedActiveWatts = exportedActiveWatts
    self.importedReactiveVars = importedReactiveVars
    self.exportedReactiveVars = exportedReactiveVars
    self.volts = volts
  }
}
