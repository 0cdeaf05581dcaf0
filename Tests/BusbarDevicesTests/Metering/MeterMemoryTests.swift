import BusbarDevices
import BusbarEvents
import BusbarUnits
import Foundation
import Testing

struct MeterMemoryTests {
  private typealias Samples = MeteringSamples

  /// E-14: three months of half-hours, 90 days times 48.
  @Test func aMeterRemembersNinetyDaysOfHalfHours() {
    #expect(MeterMemory(meterCount: 1, interval: .minutes(30)).capacity == 4_320)
    #expect(MeterMemory(meterCount: 1, interval: .minutes(10)).capacity == 12_960)
  }

  /// E-14: the oldest row is overwritten, and no other.
  @Test func theRowAfterNinetyDaysOverwritesTheOldest() throws {
    var memory = Samples.memory(rows: 4_320, meters: 1)
    #expect(memory.firstRow == 0)
    Samples.appendRow(to: &memory)
    #expect(memory.firstRow == 1)
    #expect(memory.row(0) == nil)
    for number in [1, 2_000, 4_319, 4_320] {
      let reading = try #require(memory.reading(of: Index(0), row: number))
      #expect(reading.importedActiveWatts == Double(number))
    }
    #expect(memory.row(4_321) == nil)
  }

  @Test func aRecordHoldsWhatTheMeterReadInSinglePrecision() throws {
    let reading = MeterReading(
      importedActiveWatts: 1_234.567, exportedActiveWatts: 89.01, importedReactiveVars: 2.25,
      exportedReactiveVars: 345.6, volts: (229.9, 230.1, 231.3))
    let row = MeterRow(
      number: 0, end: .second(1_800), readings: [nil, reading],
      clocks: Samples.exactClocks(["a", "b"]), interrupted: [true, false])
    #expect(row.reading(of: Index(0)) == nil)
    #expect(row.flags == [.supplyInterrupted, .recorded])
    let stored = try #require(row.reading(of: Index(1)))
    // Rounding to 24 significant bits changes a value by at most 6e-8 of itself.
    #expect(abs(stored.importedActiveWatts - 1_234.567) < 1e-4)
    #expect(abs(stored.exportedActiveWatts - 89.01) < 1e-5)
    #expect(stored.importedReactiveVars == 2.25)
    #expect(abs(stored.exportedReactiveVars - 345.6) < 1e-4)
    #expect(abs(stored.volts.2 - 231.3) < 1e-4)
  }

  @Test func anIncrementalCheckpointWritesOnlyNewRows() throws {
    let memory = Samples.memory(rows: 12, capacity: 10)
    #expect(memory.rows(since: 9).map(\.number) == [9, 10, 11])
    #expect(memory.rows(since: 0).map(\.number) == Array(2...11))
    #expect(memory.rows(since: 12).isEmpty)
  }

  @Test func theEncodedMemoryGrowsNotWithItsRows() throws {
    let short = try JSONEncoder().encode(Samples.memory(rows: 10))
    let long = try JSONEncoder().encode(Samples.memory(rows: 99))
    #expect(long.count == short.count)
    #expect(long.count < 100)
  }

  @Test func aDecodedMemoryGoesOnOnceItsRowsAreRestored() throws {
    var memory = Samples.memory(rows: 12, capacity: 10)
    let encoded = try JSONEncoder().encode(memory)
    var decoded = try JSONDecoder().decode(MeterMemory.self, from: encoded)
    #expect(!decoded.isRestored)
    decoded.restore(memory.rows(since: 0))
    #expect(decoded.isRestored)
    Samples.appendRow(to: &memory)
    Samples.appendRow(to: &decoded)
    #expect(decoded.rows(since: 0) == memory.rows(since: 0))
  }

  /// A fork is a copy, and its rows are its own.
  @Test func aCopyIsAnIndependentMemory() {
    let memory = Samples.memory(rows: 3)
    var fork = memory
    Samples.appendRow(to: &fork)
    #expect(memory.nextRow == 3)
    #expect(fork.rows(since: 0).prefix(3) == memory.rows(since: 0)[...])
  }
}
