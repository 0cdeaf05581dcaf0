internal import BusbarEvents
internal import BusbarTrajectory

/// The network as a map: branches coloured by their loading, buses by their voltage.
///
/// Drawn from the buses' coordinates, or as a tree where these are unknown.
enum OneLineDiagram: FigureKind {
  static let name = "diagram"
  static let abstract = "the network as a one-line diagram, at an instant (--at) or its worst"
  static let options: Set<FigureOption> = [.at, .window, .phase, .extreme]
  static var size: GnuplotScript.Size { .map }

  /// Marks of more buses would hide each other.
  private static let fewBuses = 1_500
  private static let voltageSteps = 24

  static func figure(
    of result: ResultView, _ selection: FigureSelection
  ) throws(FigureError) -> Figure {
    let tree = try FeederTree(result)
    guard !tree.buses.isEmpty else { throw .nothing("The file knows no buses.") }
    let places = try BusPlaces(result, tree)
    let voltages = try BusVoltages(result, selection)
    let loading = try BranchLoading(result, selection)
    let worst = tree.buses.indices.map { voltages.worst($0, selection.extreme) }
    let known = worst.compactMap { $0 }
    let scale = ColourScale(
      "voltage to earth (pu), \(selection.extreme.words(isPerUnit: true))",
      range: (known.min() ?? 0.99)...(known.max() ?? 1.01), steps: voltageSteps)
    var layers = lines(tree, places, loading)
    let size = tree.buses.count > fewBuses ? 2.5 : max(3.5, 9 - Double(tree.buses.count) / 200)
    for step in 0..<scale.steps {
      let points = tree.buses.indices.filter { worst[$0].map(scale.step) == step }
        .map { places.points[$0] }
      if !points.isEmpty {
        layers.append(Layer(.marks(points, size: size), .value(scale.middle(ofStep: step))))
      }
    }
    let blank = tree.buses.indices.filter { worst[$0] == nil }.map { places.points[$0] }
    if !blank.isEmpty {
      layers.append(Layer(.marks(blank, size: size), .muted, name: "no voltage"))
    }
    // The sources are where a reader begins.
    let children = tree.children()
    let roots = tree.roots.filter { !children[$0].isEmpty }.prefix(8)
    layers.append(
      Layer(
        .texts(roots.map { Layer.Label(places.points[$0], tree.buses[$0]) }), .foreground))
    return Figure(
      title: "One-line diagram", subtitle: "\(result.title) \u{2013} \(voltages.when)",
      summary: "Diagram of \(FigureNumber.count(tree.buses.count, "bus", "buses")) and "
        + "\(FigureNumber.count(tree.branches.count, "branch", "branches")). "
        + voltages.summary(tree.buses) + " \(loading.summary(tree.branches))",
      panels: [
        Panel(
          x: Axis(places.caption, range: places.x, ticks: .hidden),
          y: Axis("", range: places.y, ticks: .hidden), layers: layers, colours: scale,
          isMap: places.isMap)
      ])
  }

  /// The branches in classes of loading, thicker and darker the more they carry.
  private static func lines(
    _ tree: FeederTree, _ places: BusPlaces, _ loading: BranchLoading
  ) -> [Layer] {
    var classes = [[Point?]](repeating: [], count: loading.classes.count)
    var unknown: [Point?] = []
    for (branch, end) in tree.ends.enumerated() {
      guard let end else { continue }
      let segment = [places.points[end.feeding], places.points[end.fed], nil]
      if let number = loading.classNumber(branch) {
        classes[number] += segment
      } else {
        unknown += segment
      }
    }
    var layers: [Layer] = []
    if !unknown.isEmpty {
      layers.append(Layer(.lines(unknown, .dotted), .muted, name: loading.nameOfUnknown))
    }
    for (number, points) in classes.enumerated() where !points.isEmpty {
      layers.append(
        Layer(
          .lines(points, number > 2 ? .thick : .solid),
          .grade(number, of: loading.classes.count), name: loading.classes[number].name))
    }
    return layers
  }
}
