internal import BusbarTrajectory

/// Where the buses stand in a diagram.
struct BusPlaces {
  /// The place of each bus.
  let points: [Point]
  /// Whether the places are coordinates in metres.
  let isMap: Bool
  /// The spans of both axes, with room for marks.
  let x: ClosedRange<Double>
  let y: ClosedRange<Double>
  /// What the places are.
  let caption: String

  init(_ result: ResultView, _ tree: FeederTree) throws(FigureError) {
    let count = tree.buses.count
    let east = try result.numbers("bus_x", count: count)
    let north = try result.numbers("bus_y", count: count)
    var known = zip(east, north).map { x, y in x.flatMap { x in y.map { Point(x, $0) } } }
    isMap = known.lazy.filter { $0 != nil }.count * 2 > count && Set(known).count > 2
    if isMap {
      Self.fill(&known, tree)
      points = known.map { $0 ?? Point(0, 0) }
      caption = "positions of the buses, north upwards"
    } else {
      points = Self.tree(tree)
      caption = tree.hasDistances ? "distance from the source" : "branches from the source"
    }
    x = Self.span(points.map(\.x))
    y = Self.span(points.map(\.y))
  }

  /// Puts each bus without coordinates beside the nearest one that has them.
  private static func fill(_ places: inout [Point?], _ tree: FeederTree) {
    for bus in tree.order where places[bus] == nil {
      if let parent = tree.parent(of: bus) { places[bus] = places[parent] }
    }
    for bus in tree.order.reversed() {
      if let parent = tree.parent(of: bus), places[parent] == nil { places[parent] = places[bus] }
    }
    // What hangs on nothing that has a place stands at the middle of the rest.
    let known = places.compactMap { $0 }
    let middle = Point(
      known.reduce(0) { $0 + $1.x } / Double(max(1, known.count)),
      known.reduce(0) { $0 + $1.y } / Double(max(1, known.count)))
    for bus in places.indices where places[bus] == nil { places[bus] = middle }
  }

  /// A tree from left to right: each leaf has a row of its own, each fork the middle of its rows.
  private static func tree(_ tree: FeederTree) -> [Point] {
    let children = tree.children()
    var row = [Double](repeating: 0, count: tree.buses.count)
    var rows = 0.0
    for bus in tree.order where children[bus].isEmpty {
      row[bus] = rows
      rows += 1
    }
    for bus in tree.order.reversed() {
      if let first = children[bus].first, let last = children[bus].last {
        row[bus] = (row[first] + row[last]) / 2
      }
    }
    return tree.buses.indices.map {
      Point(tree.hasDistances ? tree.distance[$0] ?? 0 : Double(tree.depth[$0]), -row[$0])
    }
  }

  private static func span(_ values: [Double]) -> ClosedRange<Double> {
    let (low, high) = (values.min() ?? 0, values.max() ?? 0)
    let room = max((high - low) * 0.04, 0.5)
    return (low - room)...(high + room)
  }
}
