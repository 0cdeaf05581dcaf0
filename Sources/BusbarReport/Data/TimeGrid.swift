internal import BusbarEvents
internal import BusbarTrajectory

/// The values of rows of elements over a window as a table of cells.
///
/// A cell shows an extreme of all values that fall into it, so that nothing bad is averaged away.
struct TimeGrid {
  /// The cells row by row; nil where nothing is known.
  private(set) var cells: [Double?]
  /// The cells in a row.
  let columns: Int
  /// The time from the first cell to the end of the last.
  let span: Range<SimulationTime>
  /// The unit of the cells.
  let scale: SeriesScale
  /// The window in words.
  let when: String
  /// The window and the reduction in words.
  private(set) var caption: String

  private let rows: ElementRows
  private let extreme: ShownExtreme
  private let conductorCount: Int

  /// More values than this are not read raw while there are overviews: half a second's reading.
  private static let mostRawValues = 30_000_000
  /// Fewer periods than this are no picture of a window, however long reading it takes.
  private static let fewestPeriods = 24

  init(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable,
    _ selection: FigureSelection, _ rows: ElementRows, atMost count: Int
  ) throws(FigureError) {
    let window = try TimeWindow(result, variable, selection)
    let (first, last) = window.ends
    let width = variable.shape.dropFirst().reduce(1, *)
    self.rows = rows
    conductorCount = variable.shape.count > 2 ? variable.shape[2] : 1
    scale = try SeriesScale(result, variable, elements: variable.shape[1])
    when = window.text(result)
    let source: Source
    if window.rows.count * width > Self.mostRawValues,
      let overview = try Self.overview(
        result, variable, first..<(last + Interval(milliseconds: 1)), atMost: count)
    {
      source = overview
    } else {
      source = Source(
        variables: [variable], rows: window.rows,
        span: try window.span(isMean: result.isMean(variable)), name: "recorded instant")
    }
    span = source.span
    let perColumn = (source.rows.count - 1) / count + 1
    columns = (source.rows.count - 1) / perColumn + 1
    cells = Array(repeating: nil, count: columns * rows.groups.count)
    extreme = selection.extreme
    caption =
      "\(when), \(extreme.words(isPerUnit: scale.isPerUnit)) of "
      + (perColumn == 1 ? "each \(source.name)" : "\(perColumn) \(source.name)s")
    for variable in source.variables {
      try take(result, variable, source.rows, perColumn)
    }
  }

  /// What is read.
  private struct Source {
    var variables: [TrajectoryReader.StoredVariable]
    var rows: Range<Int>
    var span: Range<SimulationTime>
    var name: String
  }

  /// Hours, or days when there are more hours than cells.
  private static func overview(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable,
    _ window: Range<SimulationTime>, atMost count: Int
  ) throws(FigureError) -> Source? {
    for length in [Overview.Length.hour, .day] {
      guard let overview = try Overview(result, variable, length) else { continue }
      let periods = overview.periods(touching: window)
      guard periods.count >= fewestPeriods, length == .day || periods.count <= 2 * count else {
        continue
      }
      return Source(
        variables: [overview.minimum, overview.maximum], rows: periods,
        span: overview.starts[periods.lowerBound]..<overview.ends[periods.upperBound - 1],
        name: length.rawValue)
    }
    return nil
  }

  private mutating func take(
    _ result: ResultView, _ variable: TrajectoryReader.StoredVariable, _ source: Range<Int>,
    _ perColumn: Int
  ) throws(FigureError) {
    let reference = scale.isPerUnit ? 1.0 : 0
    try result.forEachBlock(of: variable, source) { values, first in
      for row in 0..<values.rowCount {
        let column = (first + row - source.lowerBound) / perColumn
        for (number, group) in rows.groups.enumerated() {
          let cell = number * columns + column
          for element in group {
            for slot in rows.slots {
              guard let value = values[row, element * conductorCount + slot] else { continue }
              let shown = value * scale.factors[element]
              if let known = cells[cell],
                !extreme.prefers(shown, to: known, reference: reference)
              {
                continue
              }
              cells[cell] = shown
            }
          }
        }
      }
    }
  }
}
