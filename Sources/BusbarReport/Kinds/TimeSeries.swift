internal import BusbarEvents
internal import BusbarTrajectory

/// A variable over time, a line for each selected element and conductor.
enum TimeSeries: FigureKind {
  static let name = "series"
  static let abstract = "a variable over time, for each --element; a band shows hours of long runs"
  static let options: Set<FigureOption> = [.variable, .element, .phase, .window, .limits]

  static func figure(
    of result: ResultView, _ selection: FigureSelection
  ) throws(FigureError) -> Figure {
    let variable = try result.variable(selection.variable ?? "source_active_power")
    let columns = try SeriesColumns(result, variable, selection)
    try columns.requireFewLines(of: variable)
    let series = try ReducedSeries(result, variable, columns.all.map(\.place), selection)
    let scale = try SeriesScale(result, variable, columns)
    var layers: [Layer] = []
    var words: [String] = []
    for (number, column) in columns.all.enumerated() {
      let ink = columns.ink(of: column, number)
      let reduced = series.columns[number]
      let factor = scale.factors[number]
      let bands = reduced.bands.map { $0.map { Point($0.x, $0.y * factor) } }
      if !bands.isEmpty { layers.append(Layer(.areas(bands), ink)) }
      let points = reduced.points.map { $0.map { Point($0.x, $0.y * factor) } }
      layers.append(Layer(.lines(points, .solid), ink, name: column.name))
      let known = points.compactMap { $0?.y } + bands.joined().map(\.y)
      if let low = known.min(), let high = known.max() {
        words.append(
          "\(column.name): \(FigureNumber.short(low)) to \(FigureNumber.short(high)) "
            + "\(scale.unit)")
      }
    }
    guard !words.isEmpty else {
      throw .nothing("'\(variable.path)' has no value in this selection.")
    }
    let longName = try result.reading { (reader) throws(TrajectoryError) in
      try reader.longName(of: variable)
    }
    var shown: ClosedRange<Double>?
    if scale.isPerUnit {
      layers += Limits.layers(selection.limits.range)
      shown = Limits.range(of: layers, with: selection.limits.range)
    }
    return Figure(
      title: (longName ?? variable.path).capitalisedFirst,
      subtitle: "\(result.title) \u{2013} \(series.caption)",
      summary: "\((longName ?? variable.path).capitalisedFirst) over time, "
        + "\(series.when). \(words.joined(separator: "; ")).",
      panels: [
        Panel(
          x: TimeAxis.axis(series.span, of: result),
          y: Axis("\(scale.quantity) (\(scale.unit))", range: shown), layers: layers)
      ])
  }
}

extension String {
  /// The text with a capital in front.
  var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
