public import BusbarUnits

/// What feeds one node of the sweep, seen from the node and from its parent.
struct NodeFeed {
  enum Kind {
    /// A series impedance in Ω.
    case series(ComplexMatrix)
    /// Admittances from the feeding terminals (columns) to the node (rows), and among the former.
    case admittance(RectangularMatrix, far: ComplexMatrix)
  }

  var kind: Kind
  /// The parent's terminals between the first and the last that feed the node.
  var window: Range<Int>
  /// The node's terminal of each conductor of a series impedance, from 0.
  var fed: [Int] = []
  /// The place of the other end of each conductor in the window.
  var feeding: [Int] = []
  /// Half of a line's charging, which lies at either end.
  var halfShunt: ComplexMatrix?
  /// The feeding elements' own part of the node's admittance.
  var own: ComplexMatrix?
}

/// A single line that feeds a node of the sweep by its series impedance.
public struct SeriesFeed: Sendable {
  /// The terminals at the feeding end, conductor by conductor.
  public let feeding: [Int]
  /// The terminals at the fed end.
  public let fed: [Int]
  /// Half of the charging in S, which lies at either end; nil without any.
  public let halfShunt: ComplexMatrix?
}

extension NetworkElements {
  /// The line or the source that alone feeds a node by a series impedance, or nil.
  public func seriesFeed(of node: Index<Node>) -> SeriesFeed? {
    if case .none = topology.feeds[node] { return nil }
    let feed = feed(of: node)
    guard case .series = feed.kind else { return nil }
    let first = topology.terminals[node].lowerBound
    return SeriesFeed(
      feeding: feed.feeding.map { $0 + feed.window.lowerBound }, fed: feed.fed.map { $0 + first },
      halfShunt: feed.halfShunt)
  }

  /// What feeds a node that is not a source's own.
  func feed(of node: Index<Node>) -> NodeFeed {
    switch topology.feeds[node] {
    case .none: preconditionFailure("Only the nodes of sources are fed by nothing.")
    case .source(let source):
      let bus = grid.sourceBuses[source]
      let conductors = grid.sources[source].connection.conductors.compactMap { $0 }
      return NodeFeed(
        kind: .series(grid.sources[source].impedance),
        window: topology.terminals[topology.parents[node]],
        fed: conductors.compactMap { place(of: BusConductor(bus, $0), in: node) },
        feeding: Array(conductors.indices))
    case .branches(let indices):
      let branches = indices.compactMap { self.branches[$0] }
      if branches.count == 1, let feed = seriesFeed(branches[0], of: node) { return feed }
      return admittanceFeed(branches, of: node)
    }
  }

  /// The place of an end among the terminals of a node, or nil when it lies elsewhere.
  func place(of end: BusConductor, in node: Index<Node>) -> Int? {
    let terminals = topology.terminals[node]
    if topology.buses[node].isEmpty {
      return topology.conductorOfTerminal[terminals].firstIndex(of: end)
        .map { $0 - terminals.lowerBound }
    }
    guard topology.nodeOfBus[end.bus] == node else { return nil }
    return terminal(end).map { $0 - terminals.lowerBound }
  }

  /// Whether a line can feed a node by its series impedance: no end is earthed or shared.
  private func seriesFeed(_ element: PrimitiveElement, of node: Index<Node>) -> NodeFeed? {
    guard case .series(let series) = element.form else { return nil }
    let parent = topology.parents[node]
    let count = series.impedance.order
    let halves = [Array(element.ends[..<count]), Array(element.ends[count...])]
    let isReversed = halves[0].contains { end in
      end.map { topology.nodeOfBus[$0.bus] != parent } ?? false
    }
    let (near, far) = isReversed ? (halves[1], halves[0]) : (halves[0], halves[1])
    let feeding = near.compactMap { end in end.flatMap { terminal($0) } }
    let fed = far.compactMap { end in end.flatMap { place(of: $0, in: node) } }
    guard feeding.count == count, fed.count == count, Set(fed).count == count,
      let window = Self.window(feeding)
    else { return nil }
    return NodeFeed(
      kind: .series(series.impedance), window: window, fed: fed,
      feeding: feeding.map { $0 - window.lowerBound },
      halfShunt: series.halfShunt.isZero ? nil : series.halfShunt)
  }

  private func admittanceFeed(_ elements: [PrimitiveElement], of node: Index<Node>) -> NodeFeed {
    let order = topology.terminals[node].count
    let parent = topology.parents[node]
    // Where each end lies: at the node, at the parent, or at earth.
    let places = elements.map { element in
      element.ends.map { end -> (own: Int?, feeding: Int?) in
        guard let end else { return (nil, nil) }
        return topology.nodeOfBus[end.bus] == parent
          ? (nil, terminal(end)) : (place(of: end, in: node), nil)
      }
    }
    let feeding = places.joined().compactMap(\.feeding)
    let first = topology.terminals[parent].lowerBound
    let window = Self.window(feeding) ?? first..<first
    var own = ComplexMatrix(zero: order)
    var far = ComplexMatrix(zero: window.count)
    var mutual = RectangularMatrix(rows: order, columns: window.count)
    for (element, places) in zip(elements, places) {
      guard let admittance = element.admittance else {
        preconditionFailure("A branch beside others has an admittance.")
      }
      own.add(admittance, at: places.map(\.own))
      far.add(admittance, at: places.map { $0.feeding.map { $0 - window.lowerBound } })
      for (row, place) in places.enumerated() {
        guard let target = place.own else { continue }
        for (column, other) in places.enumerated() {
          guard let source = other.feeding else { continue }
          mutual[target, source - window.lowerBound] += admittance[row, column]
        }
      }
    }
    return NodeFeed(kind: .admittance(mutual, far: far), window: window, own: own)
  }

  /// The terminals from the first to the last of some.
  private static func window(_ terminals: [Int]) -> Range<Int>? {
    guard let low = terminals.min(), let high = terminals.max() else { return nil }
    return low..<(high + 1)
  }

  /// The branches that feed nodes by an admittance, or lie within one, but have none.
  func withoutAdmittance() -> [Index<Branch>] {
    var result: [Index<Branch>] = []
    for position in topology.sourceCount..<topology.nodeCount {
      let node = Index<Node>(position)
      var indices = topology.innerBranches[node]
      if case .branches(let group) = topology.feeds[node] {
        let elements = group.compactMap { branches[$0] }
        if elements.count > 1 || elements.first.map({ seriesFeed($0, of: node) == nil }) == true {
          indices += group
        }
      }
      result += indices.filter { index in branches[index].map { $0.admittance == nil } ?? false }
    }
    return result
  }
}
