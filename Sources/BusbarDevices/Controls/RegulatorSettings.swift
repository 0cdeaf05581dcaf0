public import BusbarEvents

/// The settings of a tap-changer regulator with line-drop compensation, as they stand on its relay.
///
/// Voltages are those at the relay, behind the voltage transformer. The meaning of each setting and
/// its default follow OpenDSS's RegControl [1].
///
/// 1. R. C. Dugan, D. Montenegro, *OpenDSS Reference Guide*, EPRI, 2020, "RegControl".
public struct RegulatorSettings: Hashable, Sendable {
  /// What the relay holds in one direction of power.
  public struct Target: Hashable, Sendable {
    /// The voltage to be held, in V.
    public var volts: Double
    /// The full width of the band in which the regulator rests, in V.
    public var bandVolts: Double
    /// Resistive drop at the rating of the current transformer, in V.
    public var resistiveVolts = 0.0
    /// Reactive drop at the rating of the current transformer, in V.
    public var reactiveVolts = 0.0
    /// Drop by magnitudes only, at the rating of the current transformer, in V; instead of the two.
    public var magnitudeVolts = 0.0

    /// Makes a target without line-drop compensation.
    public init(volts: Double, bandVolts: Double) {
      self.volts = volts
      self.bandVolts = bandVolts
    }

    /// Whether the relay adds the drop of a line to what it measures.
    var compensates: Bool { resistiveVolts != 0 || reactiveVolts != 0 || magnitudeVolts > 0 }
  }

  /// How long the voltage must be out of the band before the first tap.
  public enum DelayLaw: String, Hashable, Sendable, CaseIterable {
    /// The same time for any deviation.
    case fixed
    /// Shorter for a larger deviation, down to a tenth.
    case inverse
  }

  /// What the regulator does when power flows backwards.
  public enum ReverseMode: String, Hashable, Sendable, CaseIterable {
    /// It goes on regulating its own side.
    case ignore
    /// It regulates the other side to the reverse target.
    case regulate
    /// It goes to the neutral position.
    case neutral
    /// It goes on regulating its own side, to the reverse target.
    case cogenerate
  }

  /// What is held while power flows forwards.
  public var forward: Target
  /// What is held in the modes `regulate` and `cogenerate` while power flows backwards.
  public var reverse = Target(volts: 120, bandVolts: 3)
  /// The behaviour when power flows backwards.
  public var reverseMode = ReverseMode.ignore
  /// The reverse power that starts the reversal, in W, above zero.
  public var reverseThresholdWatts = 100e3
  /// How long the power must be reversed.
  public var reverseDelay = Interval.seconds(60)

  /// Volts at the winding for each volt at the relay.
  public var voltageRatio: Double
  /// The voltage ratio at the remote bus; nil when the relay measures its own winding.
  public var remoteVoltageRatio: Double?
  /// The primary rating of the current transformer, in A.
  public var currentRatingAmperes = 300.0
  /// The voltage at the winding, in V at the relay, above which taps go down whatever the target.
  public var limitVolts: Double?

  /// Which coil of the winding is measured.
  public var phase = MeasuredPhase.number(1)
  /// The time out of the band before the first tap.
  public var delay = Interval.seconds(15)
  /// How the delay depends on the deviation.
  public var delayLaw = DelayLaw.fixed
  /// The time between the taps of one sequence.
  public var tapDelay = Interval.seconds(2)
  /// The most taps in one go at steady pace; 0 blocks the regulator.
  public var tapLimit = 16

  /// Makes the settings of a regulator that measures its own winding.
  public init(forward: Target, voltageRatio: Double) {
    self.forward = forward
    self.voltageRatio = voltageRatio
  }
}

/// The tap changer that a regulator moves, seen from the winding that it measures.
public struct RegulatedWinding: Hashable, Sendable {
  /// The rated voltage across a coil of the measured winding, in V.
  public var coilVolts: Double
  /// The change of turns for each tap, relative to the rated turns.
  public var tapStep: Double
  /// The positions that can be reached.
  public var range: ClosedRange<Int>
  /// Where a tap up moves the measured voltage.
  public var sense: Sense

  /// Where a tap up moves the measured voltage.
  public enum Sense: Int, Hashable, Sendable {
    /// The taps lie in the measured winding.
    case raises = 1
    /// The taps lie in another winding.
    case lowers = -1
  }

  /// Makes a description of the tap changer.
  public init(coilVolts: Double, tapStep: Double, range: ClosedRange<Int>, sense: Sense) {
    self.coilVolts = coilVolts
    self.tapStep = tapStep
    self.range = range
    self.sense = sense
  }
}
