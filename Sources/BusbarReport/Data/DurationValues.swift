internal import BusbarTrajectory

/// The values of a column over a window in descending order.
struct DurationValues {
  /// What each value stands for: a recorded instant, or the mean of an hour of a long run.
  let step: String
  private let descending: [Double]

  /// More recorded instants than this are replaced by the means of hours.
  private static let mostInstants = 50_000
  /// Fewer hours than this make no curve.
  private static let fewestHours = 500
  private static let mostPoints = 1_000

  init(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ place: Int,
    _ window: TimeWindow
  ) throws(FigureError) {
    if window.rows.count > Self.mostInstants, let hours = try Overview(result, variable, .hour),
      hours.periods(within: window.span).count >= Self.fewestHours
    {
      let periods = hours.periods(within: window.span)
      self.init(try result.column(place, of: hours.mean, periods), step: "mean of an hour")
    } else {
      self.init(try result.column(place, of: variable, window.rows), step: "recorded instant")
    }
  }

  init(_ values: [Double?], step: String) {
    self.step = step
    descending = values.compactMap { $0 }.sorted(by: >)
  }

  /// The curve over the share of the time in percent, with both ends.
  func curve(scaledBy factor: Double) -> [Point] {
    guard descending.count > 1 else {
      return descending.flatMap { [Point(0, $0 * factor), Point(100, $0 * factor)] }
    }
    let last = descending.count - 1
    let count = min(last, Self.mostPoints)
    return (0...count).map { number in
      let place = number * last / count
      return Point(100 * Double(place) / Double(last), descending[place] * factor)
    }
  }
}
