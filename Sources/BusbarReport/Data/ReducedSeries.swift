internal import BusbarEvents
internal import BusbarTrajectory

/// Some columns of a variable over a window, reduced to what a picture can show.
struct ReducedSeries {
  /// What is left of a column.
  struct Column {
    /// The values, or the means of periods; nil where a value is missing.
    var points: [Point?] = []
    /// From the least to the greatest value of each period, as outlines of unbroken stretches.
    var bands: [[Point]] = []
  }

  /// The reduced columns in the order in which they were asked for.
  let columns: [Column]
  /// The time shown.
  let span: Range<SimulationTime>
  /// The window in words.
  let when: String
  /// The window and the reduction in words.
  let caption: String

  /// A picture has no more places than this along its width.
  private static let mostPoints = 2_000

  init(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ places: [Int],
    _ selection: FigureSelection
  ) throws(FigureError) {
    let window = try TimeWindow(result, variable, selection)
    when = window.text(result)
    let isMean = try result.isMean(variable)
    if window.rows.count > Self.mostPoints,
      let (length, overview, periods) = try Self.overview(result, variable, window)
    {
      columns = try places.map { (place) throws(FigureError) in
        try Self.read(result, overview, periods, place)
      }
      span = overview.starts[periods.lowerBound]..<overview.ends[periods.upperBound - 1]
      caption = "\(when), mean and range of each \(length)"
      return
    }
    let bucket = max(1, (window.rows.count - 1) / Self.mostPoints + 1)
    columns = try places.map { (place) throws(FigureError) in
      let values = try result.column(place, of: variable, window.rows)
      return bucket == 1
        ? Self.points(values, window.instants, isMean: isMean)
        : Self.buckets(values, window.instants, bucket)
    }
    span = window.span(isMean: isMean)
    caption =
      bucket == 1
      ? when : "\(when), mean and range of \(bucket) recorded instants each"
  }

  /// Fewer periods than this show less than the recorded instants do, reduced to the picture.
  private static let fewestPeriods = 100

  /// The finest overview with enough periods for a picture, and not too many, or the one of days.
  private static func overview(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ window: TimeWindow
  ) throws(FigureError) -> (length: String, Overview, periods: Range<Int>)? {
    let (first, last) = window.ends
    for length in [Overview.Length.hour, .day] {
      guard let overview = try Overview(result, variable, length) else { continue }
      let periods = overview.periods(touching: first..<(last + Interval(milliseconds: 1)))
      guard periods.count >= fewestPeriods, length == .day || periods.count <= mostPoints else {
        continue
      }
      return (length.rawValue, overview, periods)
    }
    return nil
  }

  private static func read(
    _ result: ResultView, _ overview: Overview, _ periods: Range<Int>, _ place: Int
  ) throws(FigureError) -> Column {
    let lows = try result.column(place, of: overview.minimum, periods)
    let means = try result.column(place, of: overview.mean, periods)
    let highs = try result.column(place, of: overview.maximum, periods)
    var column = Column()
    var band = Band()
    for (number, period) in periods.enumerated() {
      let (from, to) = (
        TimeAxis.value(overview.starts[period]), TimeAxis.value(overview.ends[period])
      )
      guard let low = lows[number], let mean = means[number], let high = highs[number] else {
        column.points.append(nil)
        band.close(into: &column.bands)
        continue
      }
      column.points.append(Point((from + to) / 2, mean))
      band.extend(from, to, low, high)
    }
    band.close(into: &column.bands)
    return column
  }

  private static func points(
    _ values: [Double?], _ instants: [SimulationTime], isMean: Bool
  ) -> Column {
    var column = Column()
    for (number, (value, instant)) in zip(values, instants).enumerated() {
      let x = TimeAxis.value(instant)
      // A mean holds from the end of the interval before to the end of its own.
      if isMean, instants.count > 1, let value {
        let before = number > 0 ? instants[number - 1] : instants[0].mirrored(at: instants[1])
        column.points.append(Point(TimeAxis.value(before), value))
      }
      column.points.append(value.map { Point(x, $0) })
    }
    return column
  }

  private static func buckets(
    _ values: [Double?], _ instants: [SimulationTime], _ size: Int
  ) -> Column {
    var column = Column()
    var band = Band()
    for first in stride(from: 0, to: values.count, by: size) {
      let end = min(first + size, values.count)
      let known = values[first..<end].compactMap { $0 }
      guard let low = known.min(), let high = known.max() else {
        column.points.append(nil)
        band.close(into: &column.bands)
        continue
      }
      let from = TimeAxis.value(instants[first])
      let to = TimeAxis.value(instants[min(end, values.count - 1)])
      column.points.append(Point((from + to) / 2, known.reduce(0, +) / Double(known.count)))
      band.extend(from, to, low, high)
    }
    band.close(into: &column.bands)
    return column
  }
}

/// The outline of a stretch of periods without a gap.
private struct Band {
  private var upper: [Point] = []
  private var lower: [Point] = []

  mutating func extend(_ from: Double, _ to: Double, _ low: Double, _ high: Double) {
    upper += [Point(from, high), Point(to, high)]
    lower += [Point(from, low), Point(to, low)]
  }

  mutating func close(into bands: inout [[Point]]) {
    if !upper.isEmpty { bands.append(upper + lower.reversed()) }
    (upper, lower) = ([], [])
  }
}

extension ResultView {
  /// The values of a place in some rows of a variable.
  func column(
    _ place: Int, of variable: TrajectoryReader.StoredVariable, _ rows: Range<Int>
  ) throws(FigureError) -> [Double?] {
    var window = [rows]
    var rest = place
    for dimension in variable.shape.indices.dropFirst() {
      let width = variable.shape[(dimension + 1)...].reduce(1, *)
      window.append((rest / width)..<(rest / width + 1))
      rest %= width
    }
    let ranges = window
    let values = try reading { (reader) throws(TrajectoryError) in
      try reader.window(of: variable, ranges)
    }
    return (0..<values.rowCount).map { values[$0, 0] }
  }

  /// Whether a value is a mean over the interval that ends at its instant.
  func isMean(_ variable: TrajectoryReader.StoredVariable) throws(FigureError) -> Bool {
    let methods = try reading { (reader) throws(TrajectoryError) in
      try reader.text("cell_methods", of: variable)
    }
    return methods?.hasSuffix(": mean") ?? false
  }
}
