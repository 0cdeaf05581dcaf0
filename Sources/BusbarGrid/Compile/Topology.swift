public import BusbarUnits

/// A place in the sweep: the electromotive force of a source, or a bus.
public enum Node {}

/// Which node is fed through which branch, in breadth-first order.
///
/// The nodes of the sources come first, then the buses level by level, so a parent always stands
/// before its children and the children of one node stand together.
public struct Topology: Sendable {
  /// What feeds a node from its parent.
  public enum Feed: Sendable {
    /// The node is a source's electromotive force; nothing feeds it.
    case none
    /// The source's own impedance.
    case source(Index<Source>)
    /// A line or a transformer.
    case branch(Index<Branch>)
  }

  /// The number of sources; their nodes are the first ones.
  public let sourceCount: Int
  /// The node nearer to the source; the node itself for those of sources.
  public let parents: Table<Node, Index<Node>>
  /// The children of each node, which are consecutive; empty at a feeder's end.
  public let children: Table<Node, Range<Int>>
  /// What feeds each node.
  public let feeds: Table<Node, Feed>
  /// The phases at each node.
  public let conductors: Table<Node, ConductorSet>
  /// The node of each bus.
  public let nodeOfBus: Table<Bus, Index<Node>>
  /// The node that each branch feeds.
  public let nodeOfBranch: Table<Branch, Index<Node>>
  /// The bus of each node; a source's own bus for its electromotive force.
  public let busOfNode: Table<Node, Index<Bus>>

  /// The number of nodes.
  public var nodeCount: Int { parents.count }
}

extension Topology {
  /// Grows the tree from the sources; throws every loop, island and missing phase at once.
  ///
  /// Second pass of the compilation. O(buses + branches).
  init(_ grid: ResolvedGrid) throws(GridFaults) {
    var growth = TreeGrowth(grid)
    growth.run()
    guard growth.faults.isEmpty else { throw GridFaults(growth.faults) }
    let nodes = growth.nodes
    var nodeOfBus = Table<Bus, Index<Node>>(repeating: Index(-1), count: grid.buses.count)
    var nodeOfBranch = Table<Branch, Index<Node>>(repeating: Index(-1), count: grid.branches.count)
    var children = Table<Node, Range<Int>>(repeating: 0..<0, count: nodes.count)
    for position in nodes.indices {
      let node = Index<Node>(position)
      if position >= grid.sources.count {
        nodeOfBus[nodes[position].bus] = node
        let parent = nodes[position].parent
        let first = children[parent].isEmpty ? position : children[parent].lowerBound
        children[parent] = first..<(position + 1)
      }
      if case .branch(let branch) = nodes[position].feed { nodeOfBranch[branch] = node }
    }
    sourceCount = grid.sources.count
    parents = Table(nodes.map(\.parent))
    self.children = children
    feeds = Table(nodes.map(\.feed))
    conductors = Table(nodes.map(\.conductors))
    self.nodeOfBus = nodeOfBus
    self.nodeOfBranch = nodeOfBranch
    busOfNode = Table(nodes.map(\.bus))
  }
}

/// The breadth-first growth of the tree, with the faults that it meets.
private struct TreeGrowth {
  struct NewNode {
    var parent: Index<Node>
    var bus: Index<Bus>
    var feed: Topology.Feed
    var conductors: ConductorSet
  }

  let grid: ResolvedGrid
  var nodes: [NewNode] = []
  var faults: [GridFault] = []
  private var branchesAtBus: [[Index<Branch>]]
  private var nodeOfBus: [Int?]
  private var used: [Bool]

  init(_ grid: ResolvedGrid) {
    self.grid = grid
    branchesAtBus = Array(repeating: [], count: grid.buses.count)
    for branch in grid.branches.indices {
      branchesAtBus[grid.branches[branch].fromBus.position].append(branch)
      branchesAtBus[grid.branches[branch].toBus.position].append(branch)
    }
    nodeOfBus = Array(repeating: nil, count: grid.buses.count)
    used = Array(repeating: false, count: grid.branches.count)
  }

  mutating func run() {
    startAtSources()
    var next = grid.sources.count
    while next < nodes.count {
      grow(from: Index(next))
      next += 1
    }
    if grid.sources.count > 0 { reportIslands() }
  }

  private mutating func startAtSources() {
    if grid.sources.count == 0 {
      faults.append(
        GridFault(
          .grid, "", field: "sources", problem: "the network has no source",
          remedy: "add a source at the bus where the feeder begins"))
    }
    for source in grid.sources.indices {
      nodes.append(
        NewNode(
          parent: Index(source.position), bus: grid.sourceBuses[source], feed: .none,
          conductors: .abc))
    }
    for source in grid.sources.indices {
      let bus = grid.sourceBuses[source]
      if nodeOfBus[bus.position] != nil {
        faults.append(
          GridFault(
            .source, grid.sources[source].id, field: "bus",
            problem: "bus '\(grid.buses[bus].id)' has another source already",
            remedy: "keep one source for each feeder"))
        continue
      }
      add(bus, under: Index(source.position), by: .source(source), carrying: .abc)
    }
  }

  private mutating func add(
    _ bus: Index<Bus>, under parent: Index<Node>, by feed: Topology.Feed,
    carrying conductors: ConductorSet
  ) {
    nodeOfBus[bus.position] = nodes.count
    nodes.append(NewNode(parent: parent, bus: bus, feed: feed, conductors: conductors))
  }

  private mutating func grow(from node: Index<Node>) {
    let bus = nodes[node.position].bus
    for index in branchesAtBus[bus.position] where !used[index.position] {
      used[index.position] = true
      let branch = grid.branches[index]
      let far = branch.end(oppositeTo: bus)
      guard nodeOfBus[far.position] == nil else {
        reportLoop(branch, at: far)
        continue
      }
      reportMissingPhases(branch, at: node)
      add(far, under: node, by: .branch(index), carrying: branch.conductors)
    }
  }

  private mutating func reportLoop(_ branch: Branch, at bus: Index<Bus>) {
    let from = grid.buses[branch.fromBus].id
    let to = grid.buses[branch.toBus].id
    if let one = source(feeding: branch.fromBus), let other = source(feeding: branch.toBus),
      one != other
    {
      faults.append(
        GridFault(
          branch.kind, branch.id,
          problem: "it joins bus '\(from)', fed by source '\(one)', to bus '\(to)', fed by source "
            + "'\(other)'",
          remedy: "remove it, another branch between the sources, or one of the sources"))
      return
    }
    faults.append(
      GridFault(
        branch.kind, branch.id,
        problem: "it closes a loop: buses '\(from)' and '\(to)' are both fed already",
        remedy: "remove it, or another branch of the loop; networks have to be radial"))
  }

  /// The id of the source from which the tree has reached a bus.
  private func source(feeding bus: Index<Bus>) -> String? {
    guard var node = nodeOfBus[bus.position] else { return nil }
    while node >= grid.sources.count { node = nodes[node].parent.position }
    return grid.sources[Index(node)].id
  }

  private mutating func reportMissingPhases(_ branch: Branch, at node: Index<Node>) {
    let upstream = nodes[node.position]
    let missing = branch.conductors.subtracting(upstream.conductors)
    guard !missing.isEmpty else { return }
    faults.append(
      GridFault(
        branch.kind, branch.id, field: "phases",
        problem: "phase \(missing.text) does not reach bus '\(grid.buses[upstream.bus].id)', "
          + "which has phases \(upstream.conductors.text)",
        remedy: "give the branch phases of that bus only, or carry the phase up to it"))
  }

  private mutating func reportIslands() {
    var seen = nodeOfBus.map { $0 != nil }
    for start in grid.buses.indices where !seen[start.position] {
      var island = [start]
      seen[start.position] = true
      var next = 0
      while next < island.count {
        for branch in branchesAtBus[island[next].position] {
          let far = grid.branches[branch].end(oppositeTo: island[next])
          if !seen[far.position] {
            seen[far.position] = true
            island.append(far)
          }
        }
        next += 1
      }
      let named = island.prefix(5).map { "'\(grid.buses[$0].id)'" }.joined(separator: ", ")
      let more = island.count > 5 ? " and \(island.count - 5) more" : ""
      faults.append(
        GridFault(
          .bus, grid.buses[start].id,
          problem: "no source feeds the island of \(island.count) "
            + "bus\(island.count == 1 ? "" : "es"): \(named)\(more)",
          remedy: "connect it by a line or a transformer, or remove its buses"))
    }
  }
}
