internal import BusbarEvents
internal import BusbarTrajectory

/// What a customer draws, by device, with the voltage at the meter.
enum CustomerDay: FigureKind {
  static let name = "customer"
  static let abstract = "what a customer (--element) draws by device, with the voltage at the meter"
  static let options: Set<FigureOption> = [.element, .window, .limits]

  static func figure(
    of result: ResultView, _ selection: FigureSelection
  ) throws(FigureError) -> Figure {
    let customers = try Customers(result)
    guard let customer = try customers.place(selection) else {
      throw .nothing("The file knows no customers: neither meters nor devices are recorded.")
    }
    let id = customers.ids[customer]
    var layers: [Layer] = []
    var words: [String] = []
    var spans: [Range<SimulationTime>] = []
    var when = ""
    for (number, line) in try customers.lines(of: id).enumerated() {
      let series = try ReducedSeries(result, line.variable, [line.place], selection)
      spans.append(series.span)
      when = series.caption
      let column = series.columns[0].scaled(by: 1e-3)
      if !column.bands.isEmpty { layers.append(Layer(.areas(column.bands), .series(number))) }
      layers.append(
        Layer(
          .lines(column.points, line.isMeter ? .dashed : .solid),
          line.isMeter ? .foreground : .series(number), name: line.name))
      if let most = column.points.compactMap({ $0?.y }).max() {
        words.append("\(line.name): \(FigureNumber.short(most)) kW at most")
      }
    }
    guard let first = spans.first, !words.isEmpty else {
      throw .nothing("Nothing is recorded of customer '\(id)' in this selection.")
    }
    let span = spans.reduce(first) {
      min($0.lowerBound, $1.lowerBound)..<max($0.upperBound, $1.upperBound)
    }
    let axis = TimeAxis.axis(span, of: result)
    var panels = [Panel(x: axis, y: Axis("active power (kW)"), layers: layers, weight: 2)]
    if let voltage = try voltagePanel(result, id, customers, selection, axis) {
      panels[0].x = axis.withoutLabels
      panels.append(voltage)
    }
    return Figure(
      title: "Customer \(id)", subtitle: "\(result.title) \u{2013} \(when)",
      summary: "Power of customer \(id) over time. \(words.joined(separator: "; ")).",
      panels: panels)
  }

  private static func voltagePanel(
    _ result: ResultView, _ customer: String, _ customers: Customers,
    _ selection: FigureSelection, _ axis: Axis
  ) throws(FigureError) -> Panel? {
    guard let meter = customers.meterID(of: customer), result.reader.has("meter_voltage") else {
      return nil
    }
    let variable = try result.variable("meter_voltage")
    var chosen = selection
    chosen.elements = [meter]
    let columns = try SeriesColumns(result, variable, chosen)
    let scale = try SeriesScale(result, variable, columns)
    let series = try ReducedSeries(result, variable, columns.all.map(\.place), chosen)
    var layers: [Layer] = []
    for (number, column) in columns.all.enumerated() {
      let points = series.columns[number].scaled(by: scale.factors[number]).points
      guard points.contains(where: { $0 != nil }) else { continue }
      layers.append(
        Layer(
          .lines(points, .solid), columns.ink(of: column, number),
          name: "phase \(column.conductor ?? "")"))
    }
    guard !layers.isEmpty else { return nil }
    var shown: ClosedRange<Double>?
    if scale.isPerUnit {
      layers += Limits.layers(selection.limits.range)
      shown = Limits.range(of: layers, with: selection.limits.range)
    }
    return Panel(x: axis, y: Axis("metered voltage (\(scale.unit))", range: shown), layers: layers)
  }
}
