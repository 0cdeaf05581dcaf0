public import BusbarEvents

/// The settings of a capacitor control; values are those behind the measuring transformers.
///
/// Meanings and defaults follow OpenDSS's CapControl [1].
///
/// 1. R. C. Dugan, D. Montenegro, *OpenDSS Reference Guide*, EPRI, 2020, "CapControl".
public struct CapacitorSettings: Hashable, Sendable {
  /// What makes the control switch.
  public enum Trigger: Hashable, Sendable {
    /// On below the first voltage, off above the second, in V.
    case voltage(on: Double, off: Double)
    /// On above the first current, off below the second, in A.
    case current(on: Double, off: Double)
    /// On above the first reactive power into the monitored element, off below the second, in var.
    case reactivePower(on: Double, off: Double)
    /// On below the first power factor, off above the second; leading ones count from 1 to 2.
    ///
    /// On only while more than `leastVars` are drawn, so that the bank does not overshoot.
    case powerFactor(on: Double, off: Double, leastVars: Double)
    /// On within some hours of each day.
    case timeOfDay(DailyHours)
    /// On while a profile is not zero.
    case profile(Profile)

    var isVoltage: Bool { if case .voltage = self { true } else { false } }
  }

  /// Between which conductors a voltage of a single phase is measured.
  public enum Connection: Hashable, Sendable {
    case phaseToEarth
    case betweenPhases
  }

  /// What makes the control switch.
  public var trigger: Trigger
  /// The time before a step is switched on.
  public var onDelay = Interval.seconds(15)
  /// The time before a step is switched off.
  public var offDelay = Interval.seconds(15)
  /// The time after switching off in which the capacitor discharges and stays off.
  public var deadTime = Interval.seconds(300)
  /// Volts in the grid for each volt at the relay.
  public var voltageRatio = 60.0
  /// Amperes in the grid for each ampere at the relay.
  public var currentRatio = 60.0
  /// Which phase's voltage is measured.
  public var voltagePhase = MeasuredPhase.number(1)
  /// Which phase's current is measured.
  public var currentPhase = MeasuredPhase.number(1)
  /// How a voltage is measured.
  public var connection = Connection.phaseToEarth
  /// Voltages at the relay below and above which the bank switches whatever the trigger, in V.
  public var voltageOverride: ClosedRange<Double>?

  /// Makes settings with OpenDSS's defaults.
  public init(_ trigger: Trigger) { self.trigger = trigger }
}

/// Some hours of each day, possibly over midnight.
public struct DailyHours: Hashable, Sendable {
  /// The hour at which they begin, from 0 to below 24.
  public let begin: Double
  /// The hour at which they end, from 0 to 24.
  public let end: Double

  /// Makes hours that begin and end at these times of day.
  public init(from begin: Double, to end: Double) {
    self.begin = begin
    self.end = end
  }

  /// Whether a time of day lies within.
  public func contains(_ hour: Double) -> Bool {
    begin < end ? hour >= begin && hour < end : hour >= begin || hour < end
  }

  /// The time until the hours begin or end next.
  public func timeUntilNextChange(after hour: Double) -> Interval {
    let waits = [begin, end].map { edge -> Double in
      let wait = (edge - hour).truncatingRemainder(dividingBy: 24)
      return wait > 1e-9 ? wait : wait + 24
    }
    return Interval(milliseconds: Int64((min(waits[0], waits[1]) * 3_600_000).rounded(.up)))
  }
}
