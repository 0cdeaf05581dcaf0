public import BusbarUnits

/// A place in the sweep: the electromotive force of a source, a bus or a few, or a breakpoint.
public enum Node {}

/// Which node is fed through which branches, in breadth-first order.
///
/// The nodes of the sources come first, then the buses level by level, so a parent always stands
/// before its children; what no source reaches comes last. Branches that would close a loop end in
/// a node of their own, a breakpoint, which the solver holds at the voltage of the bus that it
/// belongs to.
public struct Topology: Sendable {
  /// What feeds a node from its parent.
  public enum Feed: Sendable, Hashable {
    /// The node is a source's electromotive force, or no source reaches it.
    case none
    /// The source's own impedance.
    case source(Index<Source>)
    /// Lines and transformers between the same two nodes, in index order.
    case branches([Index<Branch>])
  }

  /// The number of sources; their nodes are the first ones.
  public let sourceCount: Int
  /// The number of nodes that a source reaches; they stand before the others.
  public let liveCount: Int
  /// The node nearer to the source; the node itself where there is none.
  public let parents: Table<Node, Index<Node>>
  /// What feeds each node.
  public let feeds: Table<Node, Feed>
  /// The buses of each node; none for a source's electromotive force and for a breakpoint.
  public let buses: Table<Node, [Index<Bus>]>
  /// The terminals of each node.
  public let terminals: Table<Node, Range<Int>>
  /// What each terminal belongs to; for a breakpoint's the conductor that it is held to.
  public let conductorOfTerminal: [BusConductor]
  /// The first terminal of each bus.
  public let firstTerminal: Table<Bus, Int>
  /// The node of each bus.
  public let nodeOfBus: Table<Bus, Index<Node>>
  /// The node that each branch feeds, or within which it lies; nil when it does not conduct.
  public let nodeOfBranch: Table<Branch, Index<Node>?>
  /// The branches between buses of one node.
  public let innerBranches: Table<Node, [Index<Branch>]>
  /// The terminals of breakpoints, each with the terminal to which it is held.
  public let breakpoints: [(terminal: Int, target: Int)]
  /// The buses that no source reaches, island by island.
  public let islands: [[Index<Bus>]]

  /// The number of nodes.
  public var nodeCount: Int { parents.count }
  /// The number of terminals of all nodes.
  public var terminalCount: Int { conductorOfTerminal.count }
}

extension Topology {
  /// Grows the tree from the sources.
  ///
  /// Second pass of the compilation. O(buses + branches).
  init(_ grid: ResolvedGrid, _ positions: Positions) throws(GridFaults) {
    guard grid.sources.count > 0 else {
      throw GridFaults([
        GridFault(
          .grid, "", field: "sources", problem: "the network has no source",
          remedy: "add a source at the bus where the feeder begins")
      ])
    }
    var growth = TreeGrowth(grid, positions)
    growth.run()
    let nodes = growth.nodes
    var firstTerminal = Table<Bus, Int>(repeating: 0, count: grid.buses.count)
    var nodeOfBus = Table<Bus, Index<Node>>(repeating: Index(0), count: grid.buses.count)
    var nodeOfBranch = Table<Branch, Index<Node>?>(repeating: nil, count: grid.branches.count)
    var terminals: [Range<Int>] = []
    var conductors: [BusConductor] = []
    for (position, node) in nodes.enumerated() {
      let first = conductors.count
      for bus in node.buses {
        firstTerminal[bus] = conductors.count
        nodeOfBus[bus] = Index(position)
        conductors += grid.conductors[bus].members.map { BusConductor(bus, $0) }
      }
      conductors += node.ownConductors
      terminals.append(first..<conductors.count)
      if case .branches(let branches) = node.feed {
        for branch in branches { nodeOfBranch[branch] = Index(position) }
      }
      for branch in node.innerBranches { nodeOfBranch[branch] = Index(position) }
    }
    var breakpoints: [(terminal: Int, target: Int)] = []
    for (position, node) in nodes.enumerated() where node.isBreakpoint {
      for terminal in terminals[position] {
        let place = conductors[terminal]
        guard let rank = grid.conductors[place.bus].rank(of: place.conductor) else {
          preconditionFailure("A branch ends at conductors of its buses.")
        }
        breakpoints.append((terminal, firstTerminal[place.bus] + rank))
      }
    }
    sourceCount = grid.sources.count
    liveCount = growth.liveCount
    parents = Table(nodes.map(\.parent))
    feeds = Table(nodes.map(\.feed))
    buses = Table(nodes.map(\.buses))
    self.terminals = Table(terminals)
    conductorOfTerminal = conductors
    self.firstTerminal = firstTerminal
    self.nodeOfBus = nodeOfBus
    self.nodeOfBranch = nodeOfBranch
    innerBranches = Table(nodes.map(\.innerBranches))
    self.breakpoints = breakpoints
    islands = growth.islands
  }
}

/// The breadth-first growth of the tree.
private struct TreeGrowth {
  struct NewNode {
    var parent: Index<Node>
    var feed: Topology.Feed
    var buses: [Index<Bus>] = []
    var innerBranches: [Index<Branch>] = []
    /// The conductors of a node without buses of its own.
    var ownConductors: [BusConductor] = []
    var isBreakpoint = false
  }

  /// Branches between the same two clusters.
  struct Group {
    var ends: [Int]
    var branches: [Index<Branch>]
    var isUsed = false
  }

  let grid: ResolvedGrid
  var nodes: [NewNode] = []
  var liveCount = 0
  var islands: [[Index<Bus>]] = []
  private let clusters: BusClusters
  private var busesOfCluster: [[Index<Bus>]]
  private var innerBranches: [[Index<Branch>]]
  private var groups: [Group] = []
  private var groupsAtCluster: [[Int]]
  private var nodeOfCluster: [Int?]
  /// The cluster of a node with buses.
  private var clusterOfNode: [Int?] = []

  init(_ grid: ResolvedGrid, _ positions: Positions) {
    self.grid = grid
    clusters = BusClusters(grid, positions)
    busesOfCluster = Array(repeating: [], count: grid.buses.count)
    innerBranches = Array(repeating: [], count: grid.buses.count)
    groupsAtCluster = Array(repeating: [], count: grid.buses.count)
    nodeOfCluster = Array(repeating: nil, count: grid.buses.count)
    for bus in grid.buses.indices { busesOfCluster[clusters.head(of: bus)].append(bus) }
    var groupOfPair: [[Int]: Int] = [:]
    for index in grid.branches.indices where positions.isClosed(index) {
      let ends = Set(grid.branches[index].buses.map { clusters.head(of: $0) }).sorted()
      guard ends.count > 1 else {
        innerBranches[ends[0]].append(index)
        continue
      }
      if let group = groupOfPair[ends] {
        groups[group].branches.append(index)
      } else {
        groupOfPair[ends] = groups.count
        for end in ends { groupsAtCluster[end].append(groups.count) }
        groups.append(Group(ends: ends, branches: [index]))
      }
    }
  }

  mutating func run() {
    for source in grid.sources.indices {
      let bus = grid.sourceBuses[source]
      append(
        NewNode(
          parent: Index(source.position), feed: .none,
          ownConductors: grid.sources[source].connection.conductors.compactMap { $0 }
            .map { BusConductor(bus, $0) }), cluster: nil)
    }
    for source in grid.sources.indices { grow(from: source) }
    var next = grid.sources.count
    while next < nodes.count {
      grow(from: Index<Node>(next))
      next += 1
    }
    liveCount = nodes.count
    collectIslands()
  }

  private mutating func append(_ node: NewNode, cluster: Int?) {
    if let cluster { nodeOfCluster[cluster] = nodes.count }
    nodes.append(node)
    clusterOfNode.append(cluster)
  }

  private func node(of cluster: Int, under parent: Index<Node>, by feed: Topology.Feed) -> NewNode {
    NewNode(
      parent: parent, feed: feed, buses: busesOfCluster[cluster],
      innerBranches: innerBranches[cluster])
  }

  private mutating func grow(from source: Index<Source>) {
    let cluster = clusters.head(of: grid.sourceBuses[source])
    let parent = Index<Node>(source.position)
    if nodeOfCluster[cluster] == nil {
      append(node(of: cluster, under: parent, by: .source(source)), cluster: cluster)
    } else {
      append(
        NewNode(
          parent: parent, feed: .source(source),
          ownConductors: nodes[source.position].ownConductors, isBreakpoint: true), cluster: nil)
    }
  }

  private mutating func grow(from node: Index<Node>) {
    guard let cluster = clusterOfNode[node.position] else { return }
    for group in groupsAtCluster[cluster] where !groups[group].isUsed {
      groups[group].isUsed = true
      let branches = groups[group].branches
      guard let far = groups[group].ends.first(where: { $0 != cluster }) else { continue }
      if nodeOfCluster[far] == nil {
        append(self.node(of: far, under: node, by: .branches(branches)), cluster: far)
      } else {
        append(
          NewNode(
            parent: node, feed: .branches(branches),
            ownConductors: conductors(of: branches, in: far), isBreakpoint: true), cluster: nil)
      }
    }
  }

  /// The conductors of a cluster's buses at which branches end, sorted and without repetition.
  private func conductors(of branches: [Index<Branch>], in cluster: Int) -> [BusConductor] {
    var sets: [Index<Bus>: ConductorSet] = [:]
    for index in branches {
      let branch = grid.branches[index]
      for (end, bus) in branch.endBuses.enumerated() where clusters.head(of: bus) == cluster {
        sets[bus, default: []].formUnion(branch.conductors(atEnd: end))
      }
    }
    return busesOfCluster[cluster].flatMap { bus in
      (sets[bus] ?? []).members.map { BusConductor(bus, $0) }
    }
  }

  /// Appends what no source reaches, each cluster as a node of its own.
  private mutating func collectIslands() {
    for start in grid.buses.indices where nodeOfCluster[clusters.head(of: start)] == nil {
      var island: [Index<Bus>] = []
      var waiting = [clusters.head(of: start)]
      append(
        node(of: waiting[0], under: Index(nodes.count), by: .none), cluster: waiting[0])
      while let cluster = waiting.popLast() {
        island += busesOfCluster[cluster]
        for group in groupsAtCluster[cluster] {
          for far in groups[group].ends where nodeOfCluster[far] == nil {
            append(node(of: far, under: Index(nodes.count), by: .none), cluster: far)
            waiting.append(far)
          }
        }
      }
      islands.append(island.sorted { $0.position < $1.position })
    }
  }
}
