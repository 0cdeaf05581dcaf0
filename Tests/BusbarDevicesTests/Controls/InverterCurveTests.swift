import BusbarDevices
import BusbarEvents
import BusbarUnits
import Testing

struct InverterCurveTests {
  /// IEEE Std 1547-2018, table 8; absorption is positive here.
  @Test(arguments: [
    (0.88, -0.25), (0.90, -0.25), (0.95, -0.125), (1.00, 0), (1.04, 0.10), (1.10, 0.25),
    (1.20, 0.25),
  ])
  func `Category A has no dead band`(voltage: Double, reactive: Double) {
    #expect(abs(InverterCurve.voltVarCategoryA.value(at: .perUnit(voltage)) - reactive) < 1e-12)
    #expect(InverterCurve.voltVarCategoryA.openLoopResponseTime == .seconds(10))
  }

  /// IEEE Std 1547-2018, table 8.
  @Test(arguments: [
    (0.90, -0.44), (0.92, -0.44), (0.95, -0.22), (0.98, 0), (1.00, 0), (1.02, 0), (1.05, 0.22),
    (1.08, 0.44), (1.15, 0.44),
  ])
  func `Category B rests within two percent`(voltage: Double, reactive: Double) {
    #expect(abs(InverterCurve.voltVarCategoryB.value(at: .perUnit(voltage)) - reactive) < 1e-12)
    #expect(InverterCurve.voltVarCategoryB.openLoopResponseTime == .seconds(5))
  }

  /// IEEE Std 1547-2018, table 10.
  @Test(arguments: [(1.00, 1.0), (1.06, 1), (1.08, 0.6), (1.10, 0.2), (1.15, 0.2)])
  func `Volt-watt ends at a fifth of the rating`(voltage: Double, limit: Double) {
    let curve = InverterCurve.voltWatt(leastPower: .perUnit(0.5))
    #expect(abs(curve.value(at: .perUnit(voltage)) - limit) < 1e-12)
    #expect(
      InverterCurve.voltWatt(leastPower: .perUnit(0.05)).value(at: .perUnit(1.2)) == 0.05)
    #expect(InverterCurve.voltWattWithStorage.value(at: .perUnit(1.1)) == 0)
  }

  /// sin(arccos 0.9) = 0.43589.
  @Test(arguments: [
    (0.90, -0.43589), (0.95, -0.217945), (1.0, 0), (1.05, 0.217945), (1.09, 0.43589),
  ])
  func `The European curve reaches a power factor of nine tenths`(
    voltage: Double, reactive: Double
  ) {
    let curve = InverterCurve.reactivePowerEN50549
    #expect(abs(curve.value(at: .perUnit(voltage)) - reactive) < 1e-6)
  }

  @Test func `The slope is the difference quotient, and zero beyond the points`() {
    let curve = InverterCurve.voltVarCategoryB
    for voltage in [0.93, 0.97, 1.0, 1.03, 1.07] {
      let quotient =
        (curve.value(at: .perUnit(voltage + 1e-6)) - curve.value(at: .perUnit(voltage))) / 1e-6
      #expect(abs(curve.slope(at: .perUnit(voltage)) - quotient) < 1e-6)
    }
    #expect(curve.slope(at: .perUnit(0.5)) == 0)
    #expect(curve.slope(at: .perUnit(1.5)) == 0)
  }

  @Test func `A curve without points, out of order or not finite is none`() {
    let (low, high) = (
      InverterCurve.Point(voltage: 0.9, value: 1), InverterCurve.Point(voltage: 1.1, value: 0)
    )
    #expect(InverterCurve(points: [], openLoopResponseTime: .seconds(1)) == nil)
    #expect(InverterCurve(points: [high, low], openLoopResponseTime: .seconds(1)) == nil)
    let broken = InverterCurve.Point(voltage: .nan, value: 0)
    #expect(InverterCurve(points: [low, broken], openLoopResponseTime: .seconds(1)) == nil)
    #expect(InverterCurve(points: [low, high], openLoopResponseTime: .seconds(1)) != nil)
  }
}
