internal import BusbarEvents
internal import BusbarTrajectory

/// The least and the greatest recorded value of each element of a variable over a window.
///
/// Read from the overviews that the recorder keeps; raw rows only where the window cuts an hour, or
/// where there is no overview.
struct Envelope {
  /// The least values in row-major order of the elements; nil where nothing is recorded.
  private(set) var lowest: [Double?]
  /// The greatest values.
  private(set) var highest: [Double?]
  /// The window in words.
  let when: String
  private let width: Int

  init(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ selection: FigureSelection
  ) throws(FigureError) {
    let window = try TimeWindow(result, variable, selection)
    width = variable.shape.dropFirst().reduce(1, *)
    lowest = Array(repeating: nil, count: width)
    highest = lowest
    when = window.text(result)
    var spans = [window.span]
    for length in Overview.Length.allCases {
      guard let overview = try Overview(result, variable, length) else { continue }
      var left: [Range<SimulationTime>] = []
      for span in spans {
        let periods = overview.periods(within: span)
        guard !periods.isEmpty else {
          left.append(span)
          continue
        }
        try take(result, overview, periods)
        left.append(span.lowerBound..<max(span.lowerBound, overview.starts[periods.lowerBound]))
        let end = overview.ends[periods.upperBound - 1]
        left.append(min(end, span.upperBound)..<span.upperBound)
      }
      spans = left.filter { !$0.isEmpty }
    }
    for span in spans { try take(result, variable, window.rows(within: span)) }
  }

  private mutating func take(
    _ result: ResultView, _ overview: Overview, _ periods: Range<Int>
  ) throws(FigureError) {
    try fold(result, overview.minimum, periods) { envelope, place, value in
      envelope.lowest[place] = envelope.lowest[place].map { min($0, value) } ?? value
    }
    try fold(result, overview.maximum, periods) { envelope, place, value in
      envelope.highest[place] = envelope.highest[place].map { max($0, value) } ?? value
    }
  }

  private mutating func take(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ rows: Range<Int>
  ) throws(FigureError) {
    try fold(result, variable, rows) { envelope, place, value in
      envelope.lowest[place] = envelope.lowest[place].map { min($0, value) } ?? value
      envelope.highest[place] = envelope.highest[place].map { max($0, value) } ?? value
    }
  }

  /// Hands over each value of some rows with its place in the row.
  private mutating func fold(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ rows: Range<Int>,
    _ take: (inout Envelope, Int, Double) -> Void
  ) throws(FigureError) {
    try result.forEachBlock(of: variable, rows) { window, _ in
      for row in 0..<window.rowCount {
        for place in 0..<width {
          if let value = window[row, place] { take(&self, place, value) }
        }
      }
    }
  }
}

extension ResultView {
  /// The values that are in memory at a time: 16 MiB.
  private static let valuesPerBlock = 2 << 20

  /// Hands over the values of some rows, some rows at a time, with the number of the first one.
  func forEachBlock(
    of variable: TrajectoryReader.StoredVariable, _ rows: Range<Int>,
    _ take: (ValueWindow, Int) -> Void
  ) throws(FigureError) {
    let others = variable.shape.dropFirst().map { 0..<$0 }
    let step = max(1, Self.valuesPerBlock / max(1, others.map(\.count).reduce(1, *)))
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: step) {
      let block = first..<min(first + step, rows.upperBound)
      let window = try reading { (reader) throws(TrajectoryError) in
        try reader.window(of: variable, [block] + others)
      }
      take(window, first)
    }
  }
}
