public import BusbarGrid
public import BusbarUnits

/// How a power flow decides that it has finished.
public struct ConvergenceCriterion: Sendable, Hashable {
  /// The largest voltage change of a sweep that counts as none, relative to the nominal voltage.
  public var tolerance: PerUnit
  /// The number of sweeps after which a power flow is given up.
  public var iterationLimit: Int

  /// Makes a criterion; the tolerance is above zero and at least one sweep is allowed.
  public init(tolerance: PerUnit = .perUnit(1e-8), iterationLimit: Int = 50) {
    precondition(tolerance > .zero && iterationLimit > 0, "A power flow needs room to converge.")
    self.tolerance = tolerance
    self.iterationLimit = iterationLimit
  }
}

/// How a power flow ended.
public enum FlowOutcome: Sendable, Hashable {
  /// The last sweep changed no voltage by more than the tolerance.
  case converged(iterations: Int, mismatch: PerUnit)
  /// The voltages did not settle; at that conductor they lay farthest from those without demand.
  case diverged(iterations: Int, mismatch: PerUnit, bus: Index<Bus>, conductor: Conductor)

  /// The number of sweeps of the attempt that counts: the last one that was made.
  public var iterations: Int {
    switch self {
    case .converged(let iterations, _), .diverged(let iterations, _, _, _): iterations
    }
  }

  /// The largest voltage change in the last sweep; never NaN, infinity is written as the greatest
  /// finite number.
  public var mismatch: PerUnit {
    switch self {
    case .converged(_, let mismatch), .diverged(_, let mismatch, _, _): mismatch
    }
  }
}

/// From which voltages a power flow sets out.
public enum FlowStart: Sendable, Hashable {
  /// The voltages of the last solution.
  case previous
  /// The voltages of the network without any demand.
  case unloaded
}
