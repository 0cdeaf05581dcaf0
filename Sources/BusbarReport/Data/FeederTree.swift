internal import BusbarTrajectory

/// How the branches of a result hang together: who feeds whom, and how far each bus is away.
///
/// A branch that closes a loop feeds nobody here; it is drawn, but no path leads through it.
struct FeederTree {
  /// The ids of the buses and of the branches.
  let buses: [String]
  let branches: [String]
  /// The feeding and the fed bus of each branch; nil for one that the file does not know.
  let ends: [(feeding: Int, fed: Int)?]
  /// The branch that feeds each bus; nil for a source's bus, or one without supply.
  let feeder: [Int?]
  /// The buses without a feeder, in the order of the file.
  let roots: [Int]
  /// The buses in the order in which a walk down each branch to its end meets them.
  let order: [Int]
  /// The number of branches between a bus and its root.
  let depth: [Int]
  /// The metres of line between a bus and its root; nil when a length on the way is unknown.
  let distance: [Double?]

  /// Reads how the branches of a result hang together.
  init(_ result: ResultView) throws(FigureError) {
    let (buses, branches) = try result.reading { (reader) throws(TrajectoryError) in
      (try reader.texts("bus"), try reader.texts("branch"))
    }
    let (from, to, kinds) = try result.reading { (reader) throws(TrajectoryError) in
      (
        try reader.texts("branch_from_bus"), try reader.texts("branch_to_bus"),
        try reader.texts("branch_kind")
      )
    }
    let lengths = try result.numbers("branch_length", count: branches.count)
    var places: [String: Int] = [:]
    for (place, bus) in buses.enumerated() { places[bus] = place }
    self.init(
      buses: buses, branches: branches,
      ends: zip(from, to).map { from, to in
        guard let feeding = places[from], let fed = places[to] else { return nil }
        return (feeding, fed)
      },
      // What is no line has no length: it stands at one place.
      lengths: lengths.indices.map { kinds.isEmpty || kinds[$0] == "line" ? lengths[$0] : 0 })
  }

  /// Walks over branches whose lengths in metres may be unknown.
  init(
    buses: [String], branches: [String], ends: [(feeding: Int, fed: Int)?], lengths: [Double?]
  ) {
    (self.buses, self.branches, self.ends) = (buses, branches, ends)
    let walk = Walk(ends: ends, count: buses.count)
    (feeder, roots, order) = (walk.feeder, walk.roots, walk.order)
    var depth = [Int](repeating: 0, count: buses.count)
    var distance = [Double?](repeating: 0, count: buses.count)
    for bus in walk.order {
      guard let branch = walk.feeder[bus], let end = ends[branch] else { continue }
      let parent = end.fed == bus ? end.feeding : end.fed
      depth[bus] = depth[parent] + 1
      distance[bus] = distance[parent].flatMap { before in lengths[branch].map { before + $0 } }
    }
    (self.depth, self.distance) = (depth, distance)
  }

  /// The buses that a bus feeds through one branch each, in the order of the walk.
  func children() -> [[Int]] {
    var children = [[Int]](repeating: [], count: buses.count)
    for bus in order {
      if let parent = parent(of: bus) { children[parent].append(bus) }
    }
    return children
  }

  /// Whether every bus has a known distance, and not all the same.
  var hasDistances: Bool {
    distance.allSatisfy { $0 != nil } && distance.contains { ($0 ?? 0) > 0 }
  }

  /// The buses on the far side of their feeders, joined to paths that begin where another one forks.
  ///
  /// Paths instead of single branches make the picture of a long feeder small.
  func paths() -> [[Int]] {
    let children = children()
    var paths: [[Int]] = []
    var pathEnding: [Int: Int] = [:]
    for bus in order {
      guard let parent = parent(of: bus) else { continue }
      if children[parent].first == bus, let path = pathEnding.removeValue(forKey: parent) {
        paths[path].append(bus)
        pathEnding[bus] = path
      } else {
        pathEnding[bus] = paths.count
        paths.append([parent, bus])
      }
    }
    return paths
  }

  /// The bus at the other end of a bus's feeder; nil for a root.
  func parent(of bus: Int) -> Int? {
    guard let branch = feeder[bus], let end = ends[branch] else { return nil }
    return end.fed == bus ? end.feeding : end.fed
  }
}

/// A walk from the roots over all branches: near buses first to find feeders, then in depth.
private struct Walk {
  var feeder: [Int?]
  var roots: [Int] = []
  var order: [Int] = []

  init(ends: [(feeding: Int, fed: Int)?], count: Int) {
    feeder = Array(repeating: nil, count: count)
    var neighbours = [[(branch: Int, bus: Int)]](repeating: [], count: count)
    var isFed = [Bool](repeating: false, count: count)
    for (branch, end) in ends.enumerated() {
      guard let end, end.feeding != end.fed else { continue }
      neighbours[end.feeding].append((branch, end.fed))
      neighbours[end.fed].append((branch, end.feeding))
      isFed[end.fed] = true
    }
    var isReached = [Bool](repeating: false, count: count)
    var children = [[Int]](repeating: [], count: count)
    // Buses in a ring that nobody feeds become roots of their own, last.
    for root in (0..<count).filter({ !isFed[$0] }) + Array(0..<count) where !isReached[root] {
      roots.append(root)
      isReached[root] = true
      var queue = [root]
      var next = 0
      while next < queue.count {
        let bus = queue[next]
        next += 1
        for (branch, other) in neighbours[bus] where !isReached[other] {
          isReached[other] = true
          feeder[other] = branch
          children[bus].append(other)
          queue.append(other)
        }
      }
    }
    var stack = Array(roots.reversed())
    while let bus = stack.popLast() {
      order.append(bus)
      stack.append(contentsOf: children[bus].reversed())
    }
  }
}
