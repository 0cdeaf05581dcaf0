internal import BusbarEvents
internal import BusbarTrajectory

/// When events of each kind happened, and how many.
enum EventTimeline: FigureKind {
  static let name = "events"
  static let abstract = "when events of each kind happened, and how many"
  static let options: Set<FigureOption> = [.window]

  /// The places along the width at which strokes can be told apart.
  private static let columns = 700
  private static let mostBins = 150

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
    let length = Double((span.upperBound - span.lowerBound).milliseconds)
    let bin = TimeAxis.roundLength(atLeast: length / 1_000 / Double(mostBins))
    var strokes: [Int64: Set<Int>] = [:]
    var totals: [Int64: Int] = [:]
    // What happens at the end of the run counts with what is just before it.
    var counts = [Int](repeating: 0, count: max(1, Int(((length - 1) / 1_000 / bin).rounded(.up))))
    try result.forEachBlock(of: variable, window.rows) { values, row in
      for place in 0..<values.rowCount {
        guard let code = values[place, 0].map(Int64.init) else { continue }
        let instant = window.instants[row + place - window.rows.lowerBound]
        let elapsed = Double((instant - first).milliseconds)
        strokes[code, default: []].insert(Int(elapsed / length * Double(columns)))
        totals[code, default: 0] += 1
        counts[min(counts.count - 1, Int(elapsed / 1_000 / bin))] += 1
      }
    }
    let kinds = totals.keys.sorted()
    let names = kinds.map { (words[$0] ?? "kind \($0)").replacing("_", with: " ") }
    let from = TimeAxis.value(span.lowerBound)
    let width = length / 1_000 / Double(columns)
    let layers = kinds.enumerated().flatMap { number, kind in
      strokesAndBlocks((strokes[kind] ?? []).sorted(), from, width, row: Double(number), number)
    }
    var steps: [Point] = []
    for (number, count) in counts.enumerated() {
      steps += [
        Point(from + Double(number) * bin, Double(count)),
        Point(from + Double(number + 1) * bin, Double(count)),
      ]
    }
    let axis = TimeAxis.axis(span, of: result)
    return Figure(
      title: "Events", subtitle: "\(result.title) \u{2013} \(window.text(result))",
      summary: "Timeline of \(FigureNumber.count(window.rows.count, "event")): "
        + zip(kinds, names).map { "\(totals[$0] ?? 0) \($1)" }.joined(separator: ", ") + ".",
      panels: [
        Panel(
          x: axis.withoutLabels,
          y: Axis(
            "", range: 0...Double(max(1, kinds.count)),
            ticks: .at(names.enumerated().map { Axis.Tick(Double($0) + 0.5, $1) }),
            isReversed: true),
          layers: layers, weight: 2),
        Panel(
          x: axis,
          y: Axis(
            "per \(FigureNumber.duration(bin))",
            range: 0...Double(max(1, counts.max() ?? 1)) * 1.05),
          layers: [Layer(.lines(steps.map { $0 }, .thin), .foreground)]),
      ])
  }

  /// Single strokes, and blocks where strokes stand side by side.
  private static func strokesAndBlocks(
    _ columns: [Int], _ from: Double, _ width: Double, row: Double, _ number: Int
  ) -> [Layer] {
    var strokes: [Point?] = []
    var blocks: [[Point]] = []
    var first = 0
    while first < columns.count {
      var last = first
      while last + 1 < columns.count, columns[last + 1] == columns[last] + 1 { last += 1 }
      let left = from + Double(columns[first]) * width
      let right = from + Double(columns[last] + 1) * width
      if last == first {
        let middle = (left + right) / 2
        strokes += [Point(middle, row + 0.15), Point(middle, row + 0.85), nil]
      } else {
        blocks.append([
          Point(left, row + 0.15), Point(right, row + 0.15), Point(right, row + 0.85),
          Point(left, row + 0.85),
        ])
      }
      first = last + 1
    }
    return [Layer(.areas(blocks), .series(number)), Layer(.lines(strokes, .thin), .series(number))]
  }
}
