internal import BusbarEvents
internal import BusbarTrajectory

/// The voltages of all buses over their distance from the source, a line for each conductor.
///
/// At one instant, or from the least to the greatest value of each bus over a window.
enum VoltageProfile: FigureKind {
  static let name = "profile"
  static let abstract = "voltages along the feeder, at an instant (--at) or over a window"
  static let options: Set<FigureOption> = [.at, .window, .phase, .limits]

  static func figure(
    of result: ResultView, _ selection: FigureSelection
  ) throws(FigureError) -> Figure {
    let tree = try FeederTree(result)
    let voltages = try BusVoltages(result, selection)
    let places = tree.hasDistances ? tree.distance.map { $0 ?? 0 } : tree.depth.map(Double.init)
    let paths = tree.paths()
    var layers: [Layer] = []
    for (slot, conductor) in voltages.conductors {
      for (number, extreme) in voltages.extremes.enumerated() {
        let points = decimated(
          paths.flatMap { path in path.map { point($0, places, extreme, slot) } + [nil] })
        guard points.contains(where: { $0 != nil }) else { continue }
        let isUpper = number > 0
        layers.append(
          Layer(
            .lines(points, isUpper ? .thin : .solid), .conductor(conductor),
            name: "phase \(conductor)"
              + (voltages.extremes.count > 1 ? (isUpper ? ", highest" : ", lowest") : "")))
      }
    }
    guard !layers.isEmpty else {
      throw .nothing(
        "No voltage is known in this selection: the power flow has no solution there, or the buses "
          + "lack the conductor or a nominal voltage.")
    }
    let limits = selection.limits.range
    layers += Limits.layers(limits)
    let shown = Limits.range(of: layers, with: limits)
    return Figure(
      title: "Voltage along the feeder", subtitle: "\(result.title) \u{2013} \(voltages.when)",
      summary: voltages.summary(tree.buses),
      panels: [
        Panel(
          x: Axis(
            tree.hasDistances ? "distance from the source (m)" : "branches from the source"),
          y: Axis("voltage to earth (pu)", range: shown), layers: layers)
      ])
  }

  private static func point(
    _ bus: Int, _ places: [Double], _ values: BusVoltages.Values, _ slot: Int
  ) -> Point? {
    values.perUnit(bus, slot).map { Point(places[bus], $0) }
  }

  /// Leaves out points that nobody could tell from the one before, at 1/2000 of the picture.
  private static func decimated(_ points: [Point?]) -> [Point?] {
    let known = points.compactMap { $0 }
    guard known.count > 2_000, let first = known.first else { return points }
    var (left, right, low, high) = (first.x, first.x, first.y, first.y)
    for point in known {
      (left, right) = (min(left, point.x), max(right, point.x))
      (low, high) = (min(low, point.y), max(high, point.y))
    }
    let (dx, dy) = ((right - left) / 2_000, (high - low) / 2_000)
    var kept: [Point?] = []
    var last: Point?
    for (number, point) in points.enumerated() {
      // The end of a path stays, so that no line is cut short.
      let isEnd = number + 1 == points.count || points[number + 1] == nil
      if let point, let last, !isEnd, abs(point.x - last.x) < dx, abs(point.y - last.y) < dy {
        continue
      }
      kept.append(point)
      last = point
    }
    return kept
  }
}
