/// A physical dimension with the units in which its values may be written.
public struct Dimension: Sendable, Hashable {
  /// The name in words, such as `active power`.
  public let name: String
  /// All accepted units, the stored one first.
  public let units: [UnitOfMeasure]

  /// Creates a dimension; `stored` is the unit of decoded values.
  public init(_ name: String, stored: UnitOfMeasure, _ others: UnitOfMeasure...) {
    precondition(
      stored.multiplier == stored.divisor, "The stored unit of \(name) must have the factor 1.")
    self.name = name
    units = [stored] + others
  }

  /// The unit of decoded values.
  public var stored: UnitOfMeasure { units[0] }

  /// Returns the unit with this symbol; upper and lower case differ (`mW` is not `MW`).
  public func unit(symbol: some StringProtocol) -> UnitOfMeasure? {
    units.first { $0.symbol == symbol }
  }
}

extension Dimension {
  /// Active power, stored in W.
  public static let activePower = Dimension(
    "active power",
    stored: UnitOfMeasure("W", suffix: "w"),
    UnitOfMeasure("kW", suffix: "kw", multiplier: 1e3),
    UnitOfMeasure("MW", suffix: "mw", multiplier: 1e6))

  /// Reactive power, stored in var.
  public static let reactivePower = Dimension(
    "reactive power",
    stored: UnitOfMeasure("var", suffix: "var"),
    UnitOfMeasure("kvar", suffix: "kvar", multiplier: 1e3),
    UnitOfMeasure("Mvar", suffix: "mvar", multiplier: 1e6))

  /// Apparent power, stored in VA.
  public static let apparentPower = Dimension(
    "apparent power",
    stored: UnitOfMeasure("VA", suffix: "va"),
    UnitOfMeasure("kVA", suffix: "kva", multiplier: 1e3),
    UnitOfMeasure("MVA", suffix: "mva", multiplier: 1e6))

  /// Voltage, stored in V.
  public static let voltage = Dimension(
    "voltage",
    stored: UnitOfMeasure("V", suffix: "v"),
    UnitOfMeasure("kV", suffix: "kv", multiplier: 1e3))

  /// Current, stored in A.
  public static let current = Dimension(
    "current",
    stored: UnitOfMeasure("A", suffix: "a"),
    UnitOfMeasure("kA", suffix: "ka", multiplier: 1e3))

  /// Length, stored in m; a foot has 0.3048 m and a mile 1,609.344 m.
  public static let length = Dimension(
    "length",
    stored: UnitOfMeasure("m", suffix: "m"),
    UnitOfMeasure("km", suffix: "km", multiplier: 1e3),
    UnitOfMeasure("ft", suffix: "ft", multiplier: 0.3048),
    UnitOfMeasure("mi", suffix: "mi", multiplier: 1_609.344))

  /// Resistance, reactance or the magnitude of an impedance, stored in ohm.
  public static let impedance = Dimension(
    "impedance", stored: UnitOfMeasure("ohm", suffix: "ohm"))

  /// Conductance, susceptance or the magnitude of an admittance, stored in S.
  public static let admittance = Dimension(
    "admittance",
    stored: UnitOfMeasure("S", suffix: "s"),
    UnitOfMeasure("mS", suffix: "ms", divisor: 1e3),
    UnitOfMeasure("uS", suffix: "us", divisor: 1e6))

  /// Impedance of a line per length, stored in ohm/m.
  public static let impedancePerLength = Dimension(
    "impedance per length",
    stored: UnitOfMeasure("ohm/m", suffix: "ohm_per_m"),
    UnitOfMeasure("ohm/km", suffix: "ohm_per_km", divisor: 1e3),
    UnitOfMeasure("ohm/mi", suffix: "ohm_per_mi", divisor: 1_609.344))

  /// Capacitance of a line per length, stored in F/m.
  public static let capacitancePerLength = Dimension(
    "capacitance per length",
    stored: UnitOfMeasure("F/m", suffix: "f_per_m"),
    UnitOfMeasure("nF/km", suffix: "nf_per_km", divisor: 1e12),
    UnitOfMeasure("uF/km", suffix: "uf_per_km", divisor: 1e9))

  /// Frequency, stored in Hz.
  public static let frequency = Dimension(
    "frequency", stored: UnitOfMeasure("Hz", suffix: "hz"))

  /// Energy, stored in J.
  public static let energy = Dimension(
    "energy",
    stored: UnitOfMeasure("J", suffix: "j"),
    UnitOfMeasure("Wh", suffix: "wh", multiplier: 3.6e3),
    UnitOfMeasure("kWh", suffix: "kwh", multiplier: 3.6e6),
    UnitOfMeasure("MWh", suffix: "mwh", multiplier: 3.6e9))

  /// A dimensionless number, which may also be written in percent.
  public static let ratio = Dimension(
    "ratio",
    stored: UnitOfMeasure("", suffix: ""),
    UnitOfMeasure("%", suffix: "percent", divisor: 100))

  /// An angle, stored in degrees.
  public static let angle = Dimension(
    "angle",
    stored: UnitOfMeasure("deg", suffix: "deg"),
    UnitOfMeasure("rad", suffix: "rad", multiplier: 180, divisor: .pi))

  /// A span of time, stored in whole milliseconds.
  public static let interval = Dimension(
    "interval",
    stored: UnitOfMeasure("ms", suffix: "ms"),
    UnitOfMeasure("s", suffix: "s", multiplier: 1e3),
    UnitOfMeasure("min", suffix: "min", multiplier: 60e3),
    UnitOfMeasure("h", suffix: "h", multiplier: 3_600e3),
    UnitOfMeasure("d", suffix: "d", multiplier: 86_400e3))

  /// A rate of transmission, stored in bit/s.
  public static let dataRate = Dimension(
    "data rate",
    stored: UnitOfMeasure("bit/s", suffix: "bit_per_s"),
    UnitOfMeasure("kbit/s", suffix: "kbit_per_s", multiplier: 1e3),
    UnitOfMeasure("Mbit/s", suffix: "mbit_per_s", multiplier: 1e6))

  /// The size of a message, stored in bytes.
  public static let dataSize = Dimension(
    "data size",
    stored: UnitOfMeasure("B", suffix: "bytes"),
    UnitOfMeasure("kB", suffix: "kb", multiplier: 1e3))
}
