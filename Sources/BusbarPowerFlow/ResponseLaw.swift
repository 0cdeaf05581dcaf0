internal import BusbarUnits
internal import RealModule

/// The dependence of one entry's power on its voltage, in the form that the sweep evaluates.
///
/// The current is (P·p − jQ·q)·V / V₀² with the rated voltage V₀ and factors p and q of |V|. For a
/// constant power both are (V₀/|V|)², for a constant impedance 1.
struct ResponseLaw: Hashable {
  enum Kind: Hashable {
    case power
    case current
    case impedance
    case motor
    case exponential(active: Double, reactive: Double)
    case zip(ZIPCoefficients)
  }

  var kind: Kind
  /// V₀ in V; 1 where a constant power has none.
  var rated: Double
  /// The ends of the window in V; without one the first two lie below every voltage.
  var low, minimum, maximum: Double
  /// The admittance in S that the network carries.
  var linear: Phasor

  /// A constant power at every voltage.
  static let constantPower = ResponseLaw(DemandEntry(plus: nil))

  init(_ entry: DemandEntry) {
    kind =
      switch entry.response {
      case .constantPower: .power
      case .constantCurrent: .current
      case .constantImpedance: .impedance
      case .motor: .motor
      case .exponential(let active, let reactive):
        .exponential(active: active, reactive: reactive)
      case .zip(let coefficients): .zip(coefficients)
      }
    let needsRating = kind != .power || entry.window != nil
    precondition(
      !needsRating || (entry.ratedVoltage ?? .zero) > .zero,
      "A response to voltage refers to a rated voltage.")
    rated = needsRating ? entry.ratedVoltage?.volts ?? 1 : 1
    linear = entry.linearAdmittance
    if let window = entry.window, kind != .impedance {
      low = window.low * rated
      minimum = window.minimum * rated
      maximum = window.maximum * rated
    } else {
      low = -1
      minimum = -1
      maximum = .infinity
    }
  }

  /// Whether a voltage lies outside the window, so that the entry is an impedance.
  func isOutside(_ magnitude: Double) -> Bool { magnitude <= minimum || magnitude > maximum }

  /// The factors p and q at a voltage above zero, in V.
  func factors(at magnitude: Double) -> (active: Double, reactive: Double) {
    if magnitude <= low { return (1, 1) }
    switch kind {
    case .power: return both(powerFactor(magnitude))
    case .current: return both(currentFactor(magnitude))
    case .impedance: return (1, 1)
    case .motor:
      let power = powerFactor(magnitude)
      return (power, isOutside(magnitude) ? power : 1)
    case .exponential(let active, let reactive):
      if isOutside(magnitude) { return both(powerFactor(magnitude)) }
      let ratio = magnitude / rated
      return (Double.pow(ratio, active - 2), Double.pow(ratio, reactive - 2))
    case .zip(let shares):
      let power = powerFactor(magnitude)
      let current = currentFactor(magnitude)
      let drawn = dropOut(magnitude / rated - shares.cutoff, shares.cutoff)
      return (
        drawn
          * (shares.activeImpedance + shares.activeCurrent * current + shares.activePower * power),
        drawn
          * (shares.reactiveImpedance + shares.reactiveCurrent * current
            + shares.reactivePower * power)
      )
    }
  }

  private func both(_ factor: Double) -> (active: Double, reactive: Double) { (factor, factor) }

  /// (V₀/|V|)² inside the window, and what joins it outside.
  private func powerFactor(_ magnitude: Double) -> Double {
    if magnitude <= minimum { return interpolated(magnitude, current: rated * rated / minimum) }
    let bounded = min(magnitude, maximum)
    return rated * rated / (bounded * bounded)
  }

  /// V₀/|V| inside the window, and what joins it outside.
  private func currentFactor(_ magnitude: Double) -> Double {
    if magnitude <= minimum { return interpolated(magnitude, current: rated) }
    return rated / min(magnitude, maximum)
  }

  /// Between `low` and `minimum` the current is a straight line, from that of the rated impedance.
  private func interpolated(_ magnitude: Double, current: Double) -> Double {
    guard minimum > low else { return current / magnitude }
    return (low + (current - low) * (magnitude - low) / (minimum - low)) / magnitude
  }

  /// The smooth cut-off of a ZIP load: (1 + tanh(500·(v − v₀))) / 2 with the cut-off voltage v₀.
  private func dropOut(_ excess: Double, _ cutoff: Double) -> Double {
    cutoff > 0 ? 0.5 * (1 + Double.tanh(500 * excess)) : 1
  }
}
