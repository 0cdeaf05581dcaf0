internal import BusbarEvents
internal import BusbarTrajectory

/// How long a power is at least so high: the values of a variable in descending order.
enum LoadDuration: FigureKind {
  static let name = "load-duration"
  static let abstract = "for which share of the time a power is how high, as of the sources"
  static let options: Set<FigureOption> = [.variable, .element, .phase, .window]

  static func figure(
    of result: ResultView, _ selection: FigureSelection
  ) throws(FigureError) -> Figure {
    let variable = try result.variable(selection.variable ?? "source_active_power")
    let columns = try SeriesColumns(result, variable, selection)
    try columns.requireFewLines(of: variable)
    let scale = try SeriesScale(result, variable, columns)
    let window = try TimeWindow(result, variable, selection)
    var layers: [Layer] = []
    var words: [String] = []
    var step = ""
    for (number, column) in columns.all.enumerated() {
      let values = try DurationValues(result, variable, column.place, window)
      step = values.step
      let curve = values.curve(scaledBy: scale.factors[number])
      guard let first = curve.first, let last = curve.last else { continue }
      layers.append(
        Layer(.lines(curve, .solid), columns.ink(of: column, number), name: column.name))
      words.append(
        "\(column.name): \(FigureNumber.short(first.y)) \(scale.unit) at most, "
          + "\(FigureNumber.short(last.y)) \(scale.unit) at least")
    }
    guard !layers.isEmpty else {
      throw .nothing("'\(variable.path)' has no value in this selection.")
    }
    let longName = try result.reading { (reader) throws(TrajectoryError) in
      try reader.longName(of: variable)
    }
    return Figure(
      title: "Duration curve: \(longName ?? variable.path)",
      subtitle: "\(result.title) \u{2013} \(window.text(result)), each \(step) counts alike",
      summary: "Duration curve of \(longName ?? variable.path). \(words.joined(separator: "; ")).",
      panels: [
        Panel(
          x: Axis("share of the time (%)", range: 0...100),
          y: Axis("\(scale.quantity) (\(scale.unit))"), layers: layers)
      ])
  }
}
