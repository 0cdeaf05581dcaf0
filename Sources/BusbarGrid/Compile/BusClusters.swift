internal import BusbarUnits

/// The buses that the sweep takes as one node, because what joins them is more than a tree edge.
///
/// Buses of one transformer with three or more of them stand together, and so do the buses of a
/// short cycle through a transformer, such as a regulator with its jumpers: opening such a cycle
/// could leave a coil afloat. Cycles of lines are left to loop compensation.
struct BusClusters {
  /// The first bus of the cluster of each bus.
  private var heads: [Int]
  private var terminalCounts: [Int]

  /// The most terminals that a cluster is given for the sake of a cycle.
  private static let largestCycle = 24
  /// The most branches that the rest of a short cycle has.
  private static let longestDetour = 3

  init(_ grid: ResolvedGrid, _ positions: Positions) {
    heads = Array(0..<grid.buses.count)
    terminalCounts = grid.conductors.values.map(\.count)
    for index in grid.transformers {
      let buses = grid.branches[index].buses
      if buses.count > 2 { for bus in buses { join(buses[0].position, bus.position) } }
    }
    joinShortCycles(grid, positions)
  }

  /// The first bus of the cluster to which a bus belongs.
  func head(of bus: Index<Bus>) -> Int { head(bus.position) }

  private func head(_ bus: Int) -> Int {
    var bus = bus
    while heads[bus] != bus { bus = heads[bus] }
    return bus
  }

  private mutating func join(_ one: Int, _ other: Int) {
    let (first, second) = (min(head(one), head(other)), max(head(one), head(other)))
    guard first != second else { return }
    heads[second] = first
    terminalCounts[first] += terminalCounts[second]
  }

  private mutating func joinShortCycles(_ grid: ResolvedGrid, _ positions: Positions) {
    var neighbours: [[Int]] = Array(repeating: [], count: grid.buses.count)
    for index in grid.branches.indices where positions.isClosed(index) {
      let buses = grid.branches[index].buses
      for bus in buses.dropFirst() {
        neighbours[buses[0].position].append(bus.position)
        neighbours[bus.position].append(buses[0].position)
      }
    }
    for index in grid.transformers {
      let buses = grid.branches[index].buses.map(\.position)
      switch buses.count {
      case 1:
        // An autotransformer at a bus of its own lies between the neighbours of that bus.
        let around = Set(neighbours[buses[0]]).sorted()
        for other in around.dropFirst() {
          let detour = detour(from: around[0], to: other, neighbours, avoiding: buses[0])
          joinCycle(detour.map { $0 + buses })
        }
      case 2: joinCycle(detour(from: buses[0], to: buses[1], neighbours, avoiding: nil))
      default: break
      }
    }
  }

  private mutating func joinCycle(_ buses: [Int]?) {
    guard let buses else { return }
    let members = Set(buses.map { head($0) })
    guard members.reduce(0, { $0 + terminalCounts[$1] }) <= Self.largestCycle else { return }
    for bus in buses { join(buses[0], bus) }
  }

  /// The buses of a short way between two buses that neither goes directly nor over another bus.
  private func detour(
    from start: Int, to end: Int, _ neighbours: [[Int]], avoiding avoided: Int?
  ) -> [Int]? {
    guard neighbours[start].count > 1, neighbours[end].count > 1 else { return nil }
    var previous = [start: start]
    if let avoided { previous[avoided] = avoided }
    var reached = [start]
    for step in 1...Self.longestDetour {
      var next: [Int] = []
      for bus in reached {
        for neighbour in neighbours[bus] where previous[neighbour] == nil {
          if bus == start, neighbour == end { continue }
          previous[neighbour] = bus
          next.append(neighbour)
        }
      }
      if step > 1, previous[end] != nil {
        var path = [end]
        while path[path.count - 1] != start {
          path.append(previous[path[path.count - 1], default: start])
        }
        return path
      }
      reached = next
    }
    return nil
  }
}
