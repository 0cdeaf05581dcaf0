/// How the power of a device depends on the voltage across it.
///
/// `v` is the voltage relative to the rated one; P₀ and Q₀ are the powers at v = 1.
public enum VoltageResponse: Hashable, Sendable {
  /// P₀ and Q₀ at every voltage.
  case constantPower
  /// P₀·v and Q₀·v: the magnitude of the current and its angle to the voltage are constant.
  case constantCurrent
  /// P₀·v² and Q₀·v².
  case constantImpedance
  /// P₀ at every voltage and Q₀·v², as of an induction motor.
  case motor
  /// P₀·v^active and Q₀·v^reactive; the exponents are the factors of conservation voltage reduction.
  case exponential(active: Double, reactive: Double)
  /// A sum of constant impedance, constant current and constant power.
  case zip(ZIPCoefficients)
}

/// The shares of a ZIP model; each of the two triples sums to one at rated voltage.
///
/// P = P₀·(zₚ·v² + iₚ·v + pₚ), and Q likewise. Below the cut-off voltage nothing is drawn.
public struct ZIPCoefficients: Hashable, Sendable {
  /// Shares of the active power: constant impedance, constant current, constant power.
  public var activeImpedance, activeCurrent, activePower: Double
  /// Shares of the reactive power: constant impedance, constant current, constant power.
  public var reactiveImpedance, reactiveCurrent, reactivePower: Double
  /// The voltage, relative to the rated one, below which the device draws nothing.
  public var cutoff: Double

  /// Makes coefficients from the shares in the order impedance, current, power.
  public init(
    active: (impedance: Double, current: Double, power: Double),
    reactive: (impedance: Double, current: Double, power: Double), cutoff: Double = 0
  ) {
    activeImpedance = active.impedance
    activeCurrent = active.current
    activePower = active.power
    reactiveImpedance = reactive.impedance
    reactiveCurrent = reactive.current
    reactivePower = reactive.power
    self.cutoff = cutoff
  }
}

/// The voltages, relative to the rated one, between which a device keeps to its response.
///
/// Outside it is a constant impedance: below `minimum` the current falls in a straight line to that
/// of the rated impedance at `low`, and below `low` it is the rated impedance; above `maximum` it is
/// the impedance that draws the rated power at `maximum`. This is the load model of OpenDSS.
public struct VoltageWindow: Hashable, Sendable {
  /// The lower end of the response.
  public var minimum: Double
  /// The upper end of the response.
  public var maximum: Double
  /// The voltage below which the device is its rated impedance.
  public var low: Double

  /// Makes a window with low ≤ minimum < maximum.
  public init(minimum: Double, maximum: Double, low: Double) {
    precondition(low <= minimum && minimum < maximum, "A window has its ends in order.")
    self.minimum = minimum
    self.maximum = maximum
    self.low = low
  }
}
