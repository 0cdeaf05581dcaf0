import BusbarEvents
import Testing

@testable import BusbarReport

struct TimeAxisTests {
  private func ticks(_ run: RecordedRun, minutes: Int) -> [Axis.Tick] {
    let end = SimulationTime(milliseconds: Int64(minutes) * 60_000)
    guard case .at(let ticks) = TimeAxis.axis(.start..<end, of: run.result).ticks else { return [] }
    return ticks
  }

  /// On 26 October 2025, clocks in London show 01:00 to 02:00 twice.
  @Test func aDayOf25HoursHasItsTrueLength() throws {
    let run = try RecordedRun(
      minutes: 60, start: 1_761_433_200_000, zone: "Europe/London", offset: 3_600)
    let ticks = ticks(run, minutes: 25 * 60)
    #expect(
      ticks.map(\.label) == [
        "00:00\n26 Oct", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00",
        "00:00\n27 Oct",
      ])
    #expect(ticks.map { $0.value / 3_600 } == [0, 4, 7, 10, 13, 16, 19, 22, 25])
  }

  @Test func aRepeatedHourIsMarkedTwice() throws {
    let run = try RecordedRun(
      minutes: 60, start: 1_761_433_200_000, zone: "Europe/London", offset: 3_600)
    #expect(
      ticks(run, minutes: 4 * 60).map(\.label)
        == [
          "00:00\n26 Oct", "00:30", "01:00", "01:30", "01:00", "01:30", "02:00", "02:30", "03:00",
        ])
  }

  @Test(
    arguments: [
      (10, ["00:00\n15 Jan", "00:02", "00:04", "00:06", "00:08", "00:10"]),
      (
        3 * 1_440,
        [
          "00:00\n15 Jan", "12:00", "00:00\n16 Jan", "12:00", "00:00\n17 Jan", "12:00",
          "00:00\n18 Jan",
        ]
      ),
      (
        60 * 1_440,
        [
          "16 Jan", "23 Jan", "30 Jan", "6 Feb", "13 Feb", "20 Feb", "27 Feb", "6 Mar",
          "13 Mar",
        ]
      ),
      (365 * 1_440, ["Apr", "Jul", "Oct", "2026"]),
    ] as [(Int, [String])])
  func marksAreRoundTimesOfTheLocalClock(minutes: Int, labels: [String]) throws {
    let run = try RecordedRun(minutes: 60)
    #expect(ticks(run, minutes: minutes).map(\.label) == labels)
  }
}
