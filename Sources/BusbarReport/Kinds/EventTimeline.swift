internal import BusbarEvents
internal import BusbarTrajectory

/// When events of each kind happened, and how many.
enum EventTimeline: FigureKind {
  static let name = "events"
  static let abstract = "when events of each kind happened, and how many"
  static let options: Set<FigureOption> = [.window]

  /// The places along the width at which strokes can be told apart.
  private static let columns = 700
  private static let bins = 140

  static func figure(
    of result: ResultView, _ selection: FigureSelection
  ) throws(FigureError) -> Figure {
    guard result.reader.has("events/event_kind") else { throw .nothing("The file has no events.") }
    let variable = try result.variable("events/event_kind")
    let words = try result.reading { (reader) throws(TrajectoryError) in
      try reader.flags(of: variable)
    }
    let window = try TimeWindow(result, variable, selection)
    let (first, last) = window.ends
    let span = first..<(last + Interval(milliseconds: 1))
    var strokes: [Int64: Set<Int>] = [:]
    var totals: [Int64: Int] = [:]
    var counts = [Int](repeating: 0, count: bins)
    let length = Double((span.upperBound - span.lowerBound).milliseconds)
    try result.forEachBlock(of: variable, window.rows) { values, row in
      for place in 0..<values.rowCount {
        guard let code = values[place, 0].map(Int64.init) else { continue }
        let instant = window.instants[row + place - window.rows.lowerBound]
        let share = Double((instant - first).milliseconds) / length
        strokes[code, default: []].insert(Int(share * Double(columns)))
        totals[code, default: 0] += 1
        counts[Int(share * Double(bins))] += 1
      }
    }
    let kinds = totals.keys.sorted()
    let names = kinds.map { (words[$0] ?? "kind \($0)").replacing("_", with: " ") }
    let (from, to) = (TimeAxis.value(span.lowerBound), TimeAxis.value(span.upperBound))
    func x(_ share: Double) -> Double { from + (to - from) * share }
    let layers = kinds.enumerated().map { number, kind in
      let points = (strokes[kind] ?? []).sorted().flatMap { column -> [Point?] in
        let place = x((Double(column) + 0.5) / Double(columns))
        return [
          Point(place, Double(number) + 0.15), Point(place, Double(number) + 0.85), nil,
        ]
      }
      return Layer(.lines(points, .thin), .series(number))
    }
    var steps: [Point] = []
    for (bin, count) in counts.enumerated() {
      steps += [
        Point(x(Double(bin) / Double(bins)), Double(count)),
        Point(x(Double(bin + 1) / Double(bins)), Double(count)),
      ]
    }
    let binSeconds = length / 1_000 / Double(bins)
    let axis = TimeAxis.axis(span, of: result)
    var bare = axis
    bare.label = ""
    return Figure(
      title: "Events", subtitle: "\(result.title) \u{2013} \(window.text(result.clock))",
      summary: "Timeline of \(FigureNumber.count(window.rows.count, "event")): "
        + zip(kinds, names).map { "\(totals[$0] ?? 0) \($1)" }.joined(separator: ", ") + ".",
      panels: [
        Panel(
          x: bare,
          y: Axis(
            "", range: 0...Double(max(1, kinds.count)),
            ticks: .at(names.enumerated().map { Axis.Tick(Double($0) + 0.5, $1) }),
            isReversed: true),
          layers: layers, weight: 2),
        Panel(
          x: axis,
          y: Axis(
            "per \(FigureNumber.duration(binSeconds))",
            range: 0...Double(max(1, counts.max() ?? 1)) * 1.05),
          layers: [Layer(.lines(steps.map { $0 }, .thin), .foreground)]),
      ])
  }
}
