public import BusbarEvents
public import BusbarUnits

/// A steady response of an inverter to its voltage: straight lines between points, flat beyond them.
///
/// Voltages are relative to the nominal one. What the values are relative to, and their sign, says
/// each curve; reactive power is positive when drawn from the grid, as everywhere.
public struct InverterCurve: Hashable, Sendable {
  /// One point of a curve.
  public struct Point: Hashable, Sendable {
    /// The voltage, relative to the nominal one.
    public var voltage: Double
    /// The value that belongs to it.
    public var value: Double

    /// Makes a point.
    public init(voltage: Double, value: Double) {
      self.voltage = voltage
      self.value = value
    }
  }

  /// The points with ascending voltages; two of one voltage make a jump.
  public let points: [Point]
  /// The time in which an inverter reaches 90 % of the way to a new value, without feedback.
  public let openLoopResponseTime: Interval

  /// Makes a curve; nil unless there is a point, all numbers are finite and voltages ascend.
  public init?(points: [Point], openLoopResponseTime: Interval) {
    let ascends = zip(points, points.dropFirst()).allSatisfy { $0.voltage <= $1.voltage }
    let isFinite = points.allSatisfy { $0.voltage.isFinite && $0.value.isFinite }
    guard !points.isEmpty, ascends, isFinite else { return nil }
    self.points = points
    self.openLoopResponseTime = openLoopResponseTime
  }

  private init(_ pairs: [(Double, Double)], seconds: Int64) {
    points = pairs.map { Point(voltage: $0.0, value: $0.1) }
    openLoopResponseTime = .seconds(seconds)
  }

  /// The value at a voltage.
  ///
  /// O(points).
  public func value(at voltage: PerUnit) -> Double {
    let volts = voltage.perUnit
    guard let upper = points.firstIndex(where: { $0.voltage > volts }) else {
      return points[points.count - 1].value
    }
    guard upper > 0 else { return points[0].value }
    let (left, right) = (points[upper - 1], points[upper])
    let share = (volts - left.voltage) / (right.voltage - left.voltage)
    return left.value + share * (right.value - left.value)
  }

  /// The slope at a voltage, per unit of voltage; 0 beyond the points, and at a point that of its right.
  public func slope(at voltage: PerUnit) -> Double {
    let volts = voltage.perUnit
    guard let upper = points.firstIndex(where: { $0.voltage > volts }), upper > 0 else { return 0 }
    let (left, right) = (points[upper - 1], points[upper])
    return (right.value - left.value) / (right.voltage - left.voltage)
  }
}

/// Reactive power against voltage; values are relative to the rated apparent power.
extension InverterCurve {
  /// Volt-var with the default settings of category A of IEEE 1547-2018 [1].
  ///
  /// 1. IEEE Std 1547-2018, clause 5.3.3, table 8, doi:10.1109/IEEESTD.2018.8332112.
  public static let voltVarCategoryA = InverterCurve(
    [(0.90, -0.25), (1.00, 0), (1.00, 0), (1.10, 0.25)], seconds: 10)

  /// Volt-var with the default settings of category B of IEEE 1547-2018 [1].
  ///
  /// 1. IEEE Std 1547-2018, clause 5.3.3, table 8, doi:10.1109/IEEESTD.2018.8332112.
  public static let voltVarCategoryB = InverterCurve(
    [(0.92, -0.44), (0.98, 0), (1.02, 0), (1.08, 0.44)], seconds: 5)

  /// Q(U) of EN 50549-1 [1] with the points of the German application rule VDE-AR-N 4105 [2].
  ///
  /// EN 50549-1 fixes the shape and leaves the points to the system operator. Those here are the
  /// German standard for plants above 4.6 kVA: a power factor of 0.90 at full active power.
  ///
  /// 1. EN 50549-1:2019, clause 4.7.2.3.3.
  /// 2. VDE-AR-N 4105:2018-11, clause 5.7.2.4.
  public static let reactivePowerEN50549 = InverterCurve(
    [(0.93, -reactiveAtNine), (0.97, 0), (1.03, 0), (1.07, reactiveAtNine)], seconds: 10)

  /// √(1 − 0.9²): reactive power at rated apparent power and a power factor of 0.90.
  private static let reactiveAtNine = (1 - 0.9 * 0.9).squareRoot()
}

/// The most active power against voltage; values are relative to the rated active power.
extension InverterCurve {
  /// Volt-watt with the default settings of IEEE 1547-2018, categories A and B [1].
  ///
  /// For inverters that only generate: the limit ends at the lesser of 0.2 and the least power that
  /// they can generate.
  ///
  /// 1. IEEE Std 1547-2018, clause 5.4.2, table 10, doi:10.1109/IEEESTD.2018.8332112.
  public static func voltWatt(leastPower: PerUnit) -> InverterCurve {
    InverterCurve([(1.06, 1), (1.10, min(0.2, max(0, leastPower.perUnit)))], seconds: 10)
  }

  /// Volt-watt with the default settings of IEEE 1547-2018 for inverters with storage [1].
  ///
  /// 1. IEEE Std 1547-2018, clause 5.4.2, table 10, doi:10.1109/IEEESTD.2018.8332112.
  public static let voltWattWithStorage = InverterCurve([(1.06, 1), (1.10, 0)], seconds: 10)
}
