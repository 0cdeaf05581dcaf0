import BusbarDevices
import BusbarEvents
import BusbarUnits
import Foundation
import Testing

struct MeterClocksTests {
  private func clocks(
    offset: Double = 0, drift: Distribution, residual: Distribution = .constant(0),
    ids: [String] = ["a"]
  ) -> MeterClocks {
    MeterClocks(
      ids: ids,
      quality: MeterClockQuality(
        initialOffset: .constant(offset), drift: drift, residual: residual), seed: 3)
  }

  /// E-17: 20 millionths of 86,400 s are 1.728 s.
  @Test func twentyPartsPerMillionAreMoreThanASecondAndAHalfADay() {
    let clocks = clocks(drift: .constant(20))
    #expect(clocks.error(of: Index(0), at: .second(86_400)) == Interval(milliseconds: 1_728))
    #expect(
      clocks.timestamp(of: Index(0), at: .second(86_400))
        == SimulationTime(milliseconds: 86_401_728))
  }

  @Test func aSlowClockStampsTooEarly() {
    let clocks = clocks(offset: 250, drift: .constant(-10))
    #expect(clocks.error(of: Index(0), at: .start) == Interval(milliseconds: 250))
    // 250 ms - 10e-6 * 100,000 s = -750 ms
    #expect(clocks.error(of: Index(0), at: .second(100_000)) == Interval(milliseconds: -750))
  }

  /// E-17: the drift begins anew after each synchronisation.
  @Test func aSynchronisedClockHasTheResidualErrorOnly() {
    var clocks = clocks(offset: 5_000, drift: .constant(20), residual: .constant(40))
    clocks.synchronise(Index(0), at: .second(86_400))
    #expect(clocks.error(of: Index(0), at: .second(86_400)) == Interval(milliseconds: 40))
    #expect(clocks.error(of: Index(0), at: .second(172_800)) == Interval(milliseconds: 1_768))
  }

  @Test func anotherMeterChangesNoClock() {
    let spread = Distribution.normal(mean: 0, standardDeviation: 20)
    let few = clocks(drift: spread, ids: ["a", "b"])
    let many = clocks(drift: spread, ids: ["0", "a", "b"])
    let day = SimulationTime.second(86_400)
    #expect(few.error(of: Index(0), at: day) == many.error(of: Index(1), at: day))
    #expect(few.error(of: Index(1), at: day) == many.error(of: Index(2), at: day))
    #expect(few.error(of: Index(0), at: day) != few.error(of: Index(1), at: day))
  }

  @Test func aDecodedClockDrawsTheNextResidual() throws {
    var clocks = clocks(
      drift: .constant(5), residual: .normal(mean: 0, standardDeviation: 500))
    clocks.synchronise(Index(0), at: .second(60))
    var decoded = try JSONDecoder().decode(
      MeterClocks.self, from: JSONEncoder().encode(clocks))
    clocks.synchronise(Index(0), at: .second(120))
    decoded.synchronise(Index(0), at: .second(120))
    #expect(clocks == decoded)
  }

  /// E-17: a record keeps the time that the clock showed when it was taken.
  @Test func aRecordIsStampedByTheClockOfItsTime() {
    var clocks = clocks(offset: 3_000, drift: .constant(0))
    let row = MeterRow(
      number: 0, end: .second(1_800), readings: [nil], clocks: clocks, interrupted: [false])
    clocks.synchronise(Index(0), at: .second(1_900))
    #expect(row.timestamp(of: Index(0)) == .second(1_803))
  }
}
