public import BusbarEvents
public import BusbarTrajectory

/// What of a result a picture shows.
public struct FigureSelection: Sendable {
  /// The variable by its name in the file; nil for the one that suits the kind.
  public var variable: String?
  /// The ids of the elements; empty for those that suit the kind.
  public var elements: [String] = []
  /// The conductor; nil for all.
  public var phase: String?
  /// One instant, where a kind shows one; the recorded instant at or before it counts.
  public var instant: SimulationTime?
  /// The first instant of the window; nil for the start of the recording.
  public var from: SimulationTime?
  /// The end of the window, which is not part of it; nil for the end of the recording.
  public var to: SimulationTime?
  /// The limits of voltages in pu of the nominal voltage.
  public var limits = VoltageLimits.standard
  /// Which of several values stands for all of them, where a picture has room for one.
  public var extreme = ShownExtreme.farthest

  /// Makes a selection of everything.
  public init() {}

  /// The options that are given.
  public var options: Set<FigureOption> {
    var options: Set<FigureOption> = []
    if variable != nil { options.insert(.variable) }
    if !elements.isEmpty { options.insert(.element) }
    if phase != nil { options.insert(.phase) }
    if instant != nil { options.insert(.at) }
    if from != nil || to != nil { options.insert(.window) }
    if limits != .standard { options.insert(.limits) }
    if extreme != .farthest { options.insert(.extreme) }
    return options
  }
}

/// A part of a ``FigureSelection``.
public enum FigureOption: String, Sendable, CaseIterable {
  case variable
  case element
  case phase
  case at
  case window
  case limits
  case extreme

  /// The option on the command line.
  public var flag: String {
    switch self {
    case .variable: "VARIABLE"
    case .window: "--from and --to"
    default: "--" + rawValue
    }
  }
}

/// Which of several values stands for all of them.
public enum ShownExtreme: String, Sendable, CaseIterable {
  /// The one that is farthest from the nominal voltage, or from zero.
  case farthest
  case lowest
  case highest

  /// Whether a value is shown rather than another one.
  func prefers(_ value: Double, to other: Double, reference: Double) -> Bool {
    switch self {
    case .farthest: abs(value - reference) > abs(other - reference)
    case .lowest: value < other
    case .highest: value > other
    }
  }

  /// The extreme in words, for voltages in pu or other quantities.
  func words(isPerUnit: Bool) -> String {
    switch self {
    case .farthest: "farthest from \(isPerUnit ? "1 pu" : "zero")"
    default: rawValue
    }
  }
}

/// The band in which voltages should lie.
public struct VoltageLimits: Sendable, Hashable {
  /// The lower and the upper limit in pu of the nominal voltage.
  public var range: ClosedRange<Double>

  /// Makes limits in pu.
  public init(_ range: ClosedRange<Double>) { self.range = range }

  /// 10 % below and above the nominal voltage, in which the 10-minute averages of low- and
  /// medium-voltage supplies have to lie (EN 50160:2010, 4.2.2 and 5.2.2, with exceptions).
  public static let standard = VoltageLimits(0.9...1.1)
}

/// Why a picture cannot be described.
public enum FigureError: Error, Sendable, CustomStringConvertible {
  /// The file cannot be read, or has no such variable or element.
  case result(TrajectoryError)
  /// The file has nothing to show for this selection; the reason says what to do.
  case nothing(String)

  public var description: String {
    switch self {
    case .result(let error): "\(error)"
    case .nothing(let reason): reason
    }
  }
}
