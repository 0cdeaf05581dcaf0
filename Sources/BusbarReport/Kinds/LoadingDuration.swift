internal import BusbarEvents
internal import BusbarTrajectory

/// For which share of the time the most loaded branches carry how much of their ratings.
enum LoadingDuration: FigureKind {
  static let name = "loading-duration"
  static let abstract = "for which share of the time lines and transformers are loaded how much"
  static let options: Set<FigureOption> = [.element, .window]

  /// The branches shown where none is named.
  private static let mostLines = 7

  static func figure(
    of result: ResultView, _ selection: FigureSelection
  ) throws(FigureError) -> Figure {
    let candidates = try RatedBranches(result).candidates(selection, atMost: mostLines)
    guard !candidates.isEmpty else {
      throw .nothing(
        "No branch has a rating, so there is no loading to show. Give lines a rated_current_a in the "
          + "scenario; or draw 'load-duration branch_current_magnitude'.")
    }
    var layers: [Layer] = []
    var words: [String] = []
    var caption = ""
    for (number, branch) in candidates.enumerated() {
      let (values, when) = try branch.loading(result, selection)
      caption = "\(when), each \(values.step) counts alike"
      let curve = values.curve(scaledBy: 100)
      guard let first = curve.first else { continue }
      layers.append(Layer(.lines(curve, .solid), .series(number), name: branch.id))
      words.append("\(branch.id): \(FigureNumber.fixed(first.y, 1)) % at most")
    }
    guard !layers.isEmpty else { throw .nothing("Nothing is known in this selection.") }
    let isOver = layers.contains {
      if case .lines(let points, _) = $0.shape {
        points.contains { ($0?.y ?? 0) > 90 }
      } else {
        false
      }
    }
    if isOver { layers.append(Layer(.rule(100), .limit, name: "rating")) }
    return Figure(
      title: "Loading of branches", subtitle: "\(result.title) \u{2013} \(caption)",
      summary: "Duration curves of the loading. \(words.joined(separator: "; ")).",
      panels: [
        Panel(
          x: Axis("share of the time (%)", range: 0...100),
          y: Axis("loading (% of the rating)"), layers: layers)
      ])
  }
}
