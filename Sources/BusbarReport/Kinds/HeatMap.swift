internal import BusbarEvents
internal import BusbarTrajectory

/// A variable of all elements over time as colours: a row for each element, in feeder order.
enum HeatMap: FigureKind {
  static let name = "heatmap"
  static let abstract = "a variable of all elements over time, as colours"
  static let options: Set<FigureOption> = [.variable, .element, .phase, .window, .extreme]

  /// More rows or columns than this are merged.
  private static let mostCells = 400
  private static let mostLabels = 14

  static func figure(
    of result: ResultView, _ selection: FigureSelection
  ) throws(FigureError) -> Figure {
    let variable = try result.variable(selection.variable ?? "bus_voltage_magnitude")
    guard (2...3).contains(variable.shape.count) else {
      throw .nothing("'\(variable.path)' has no elements over time. Draw it as series.")
    }
    let rows = try ElementRows(result, variable, selection, atMost: mostCells)
    let grid = try TimeGrid(result, variable, selection, rows, atMost: mostCells)
    let known = grid.cells.compactMap { $0 }
    guard let low = known.min(), let high = known.max() else {
      throw .nothing("'\(variable.path)' has no value in this selection.")
    }
    let longName = try result.reading { (reader) throws(TrajectoryError) in
      try reader.longName(of: variable)
    }
    let span = TimeAxis.value(grid.span.lowerBound)...TimeAxis.value(grid.span.upperBound)
    let count = rows.groups.count
    let unit = grid.scale.unit
    return Figure(
      title: (longName ?? variable.path).capitalisedFirst,
      subtitle: "\(result.title) \u{2013} \(grid.caption)\(rows.caption)",
      summary: "\((longName ?? variable.path).capitalisedFirst) of "
        + "\(FigureNumber.count(rows.elementCount, rows.axis, rows.plural)) over time, "
        + "\(grid.when): \(FigureNumber.short(low)) to \(FigureNumber.short(high)) \(unit).",
      panels: [
        Panel(
          x: TimeAxis.axis(grid.span, of: result),
          y: Axis(
            rows.axisLabel, range: 0...Double(count), ticks: .at(rows.ticks(atMost: mostLabels)),
            isReversed: true),
          layers: [
            Layer(
              .image(
                ImageCells(grid.cells, columns: grid.columns, x: span, y: 0...Double(count))),
              .foreground)
          ],
          colours: ColourScale("\(grid.scale.quantity) (\(unit))", range: low...high))
      ])
  }
}
