import BusbarDevices
import BusbarEvents
import Testing

struct SmartMeterTests {
  private func power(_ watts: Double, _ vars: Double = 0) -> ComplexPower {
    ComplexPower(activeWatts: watts, reactiveVars: vars)
  }

  /// E-10: a half-hourly average, weighted by time, and not a sample.
  @Test func aReadingIsTheAverageOverTime() throws {
    var meter = SmartMeter()
    meter.register(power(900, 300), voltages: (240, 0, 0), for: .minutes(10))
    meter.register(power(300, 0), voltages: (243, 0, 0), for: .minutes(20))
    let record = meter.read()
    let reading = try #require(record)
    // Sums of a few products in doubles.
    #expect(abs(reading.importedActiveWatts - 500) < 1e-9)
    #expect(abs(reading.importedReactiveVars - 100) < 1e-9)
    #expect(abs(reading.volts.0 - 242) < 1e-9)
  }

  /// E-11: what flows out does not cancel what flows in.
  @Test func importAndExportHaveRegistersOfTheirOwn() throws {
    var meter = SmartMeter()
    meter.register(power(1_000, -200), voltages: (230, 230, 230), for: .minutes(15))
    meter.register(power(-1_000, 200), voltages: (230, 230, 230), for: .minutes(15))
    let record = meter.read()
    let reading = try #require(record)
    #expect(abs(reading.importedActiveWatts - 500) < 1e-9)
    #expect(abs(reading.exportedActiveWatts - 500) < 1e-9)
    #expect(abs(reading.importedReactiveVars - 100) < 1e-9)
    #expect(abs(reading.exportedReactiveVars - 100) < 1e-9)
  }

  @Test func readingEmptiesTheRegisters() throws {
    var meter = SmartMeter()
    meter.register(power(5_000), voltages: (200, 200, 200), for: .minutes(30))
    _ = meter.read()
    meter.register(power(100), voltages: (230, 230, 230), for: .minutes(30))
    let record = meter.read()
    let reading = try #require(record)
    #expect(abs(reading.importedActiveWatts - 100) < 1e-9)
    #expect(abs(reading.volts.2 - 230) < 1e-9)
  }

  @Test func aMeterThatSawNothingHasNoReading() {
    var meter = SmartMeter()
    let first = meter.read()
    #expect(first == nil)
    meter.register(power(1), voltages: (230, 230, 230), for: .minutes(1))
    _ = meter.read()
    let last = meter.read()
    #expect(last == nil)
  }

  @Test func splittingATimeChangesTheAverageByRoundingOnly() throws {
    var whole = SmartMeter()
    whole.register(power(777.7, 33.3), voltages: (231.1, 0, 0), for: .minutes(30))
    var split = SmartMeter()
    for _ in 0..<1_800 {
      split.register(power(777.7, 33.3), voltages: (231.1, 0, 0), for: .seconds(1))
    }
    let (wholeRecord, splitRecord) = (whole.read(), split.read())
    let (one, other) = (try #require(wholeRecord), try #require(splitRecord))
    #expect(abs(one.importedActiveWatts - other.importedActiveWatts) < 1e-9)
    #expect(abs(one.volts.0 - other.volts.0) < 1e-9)
  }
}
