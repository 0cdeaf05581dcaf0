import BusbarEvents
import BusbarTestSupport
import BusbarTrajectory
import Testing

@testable import BusbarReport

/// What is drawn from overviews is what the raw rows hold.
struct EnvelopeTests {
  /// Windows that cut hours and days, begin or end with the run, or hold one instant.
  static let windows: [(from: Int64?, to: Int64?)] = [
    (nil, nil), (30, nil), (nil, 95), (60, 120), (59, 121), (1_000, 2_950), (1_439, 1_441),
    (200, 201), (1_440, 2_880), (61, 2_999),
  ]

  @Test(arguments: windows.indices)
  func theExtremesOfAWindowAreThoseOfItsRows(_ number: Int) throws {
    // Two days and two hours, in a zone whose midnight is not that of UTC.
    let run = try RecordedRun(
      minutes: 3_000, start: 1_736_895_600_000, zone: "Europe/Berlin", offset: 3_600,
      gap: 400..<470)
    var selection = FigureSelection()
    let (from, to) = Self.windows[number]
    selection.from = from.map { SimulationTime(milliseconds: $0 * 60_000) }
    selection.to = to.map { SimulationTime(milliseconds: $0 * 60_000) }
    for name in ["bus_voltage_magnitude", "source_active_power"] {
      let variable = try run.variable(name)
      let envelope = try Envelope(run.result, variable, selection)
      let values = try run.numbers(name)
      let width = values.count / 3_000
      for place in 0..<width {
        let rows = Int(from ?? 0)..<Int(to ?? 3_000)
        let known = rows.compactMap { values[$0 * width + place] }
        #expect(envelope.lowest[place] == known.min())
        #expect(envelope.highest[place] == known.max())
      }
    }
  }

  @Test func anEmptyWindowSaysWhatTheFileHolds() throws {
    let run = try RecordedRun(minutes: 60)
    var selection = FigureSelection()
    selection.from = SimulationTime(milliseconds: 7_200_000)
    let variable = try run.variable("loss_active_power")
    #expect {
      _ = try Envelope(run.result, variable, selection)
    } throws: {
      "\($0)" == "'loss_active_power' has no instant in the window. It holds "
        + "2025-01-15 00:00:00 +00:00 to 2025-01-15 00:59:00 +00:00."
    }
  }
}

/// Lines over time.
struct ReducedSeriesTests {
  @Test func aMissingValueIsAGapAndNotAZero() throws {
    let run = try RecordedRun(minutes: 60, gap: 20..<25)
    let series = try ReducedSeries(
      run.result, run.variable("source_active_power"), [0], FigureSelection())
    let points = series.columns[0].points
    #expect(points.count == 60)
    #expect(points.indices.filter { points[$0] == nil } == [20, 21, 22, 23, 24])
    #expect(series.columns[0].bands.isEmpty)
  }

  @Test func aLongRunIsShownByTheMeansAndRangesOfItsHours() throws {
    let run = try RecordedRun(minutes: 7_200, gap: 600..<661)
    let series = try ReducedSeries(
      run.result, run.variable("source_active_power"), [0], FigureSelection())
    let means = try run.numbers("overview_hour/source_active_power_mean")
    #expect(series.columns[0].points.map { $0?.y } == means)
    // The hour without a solution parts the band in two.
    #expect(series.columns[0].bands.count == 2)
    let values = try run.numbers("source_active_power").compactMap { $0 }
    let drawn = series.columns[0].bands.joined().map(\.y)
    #expect(drawn.min() == values.min())
    #expect(drawn.max() == values.max())
    #expect(series.caption == "2025-01-15 00:00 to 2025-01-19 23:59, mean and range of each hour")
  }

  /// A run of two days has 48 hours, which say less than its 3,000 minutes two by two.
  @Test func aRunOfFewHoursIsShownByItsInstants() throws {
    let run = try RecordedRun(minutes: 3_000)
    let series = try ReducedSeries(
      run.result, run.variable("source_active_power"), [0], FigureSelection())
    #expect(series.columns[0].points.count == 1_500)
    #expect(series.caption.hasSuffix("mean and range of 2 recorded instants each"))
    let values = try run.numbers("source_active_power").compactMap { $0 }
    let drawn = series.columns[0].bands.joined().map(\.y)
    #expect(drawn.min() == values.min())
    #expect(drawn.max() == values.max())
  }

  @Test func readingsAreShownOverTheIntervalThatTheyAverage() throws {
    let run = try RecordedRun(minutes: 90)
    let series = try ReducedSeries(
      run.result, run.variable("meter_import_active_power"), [0], FigureSelection())
    let points = series.columns[0].points.compactMap { $0 }
    #expect(points.map(\.x) == [0, 1_800, 1_800, 3_600])
    #expect(points[0].y == points[1].y)
  }

  @Test func aWindowOfALongSeriesWithoutOverviewKeepsItsExtremes() throws {
    let run = try RecordedRun(minutes: 4_500)
    let series = try ReducedSeries(
      run.result, run.variable("devices/load/load_active_power"), [0], FigureSelection())
    let values = try run.numbers("devices/load/load_active_power").compactMap { $0 }
    let first = stride(from: 0, to: values.count, by: 2).map { values[$0] }
    let drawn = series.columns[0].bands.joined().map(\.y)
    #expect(series.columns[0].points.count == 1_500)
    #expect(drawn.min() == first.min())
    #expect(drawn.max() == first.max())
  }
}
