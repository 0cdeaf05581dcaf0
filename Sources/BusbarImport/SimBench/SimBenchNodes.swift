internal import BusbarScenario
internal import BusbarUnits

/// The nodes of a grid and the buses that they become.
///
/// SimBench puts an auxiliary node between a switch and the line or transformer behind it. A closed
/// switch joins an auxiliary node that has no other switch with the busbar; all other switches stay
/// as they are.
struct SimBenchNodes {
  /// A node with what is read of it.
  struct Node {
    let row: SimBenchRow
    let id: String
    let voltage: SimBenchNumber
    let isAuxiliary: Bool
  }

  private(set) var nodes: [Node] = []
  /// The switches that are elements of the scenario.
  private(set) var remainingSwitches: [SimBenchRow] = []
  private(set) var joinedSwitchCount = 0
  private var switchCounts: [Int: Int] = [:]
  private var places: [String: Int] = [:]
  /// The node after which the group of each node is named, or one on the way to it.
  private var heads: [Int] = []

  /// Reads the nodes and joins those at closed switches; nil after a fault.
  init?(_ tables: SimBenchTables, _ diagnostics: inout Diagnostics) {
    for row in tables.nodes {
      let voltage = row.number("vmR", in: 1e-6...2_000, &diagnostics)
      guard let id = row.text("id"), let voltage else { continue }
      places[id] = nodes.count
      nodes.append(
        Node(row: row, id: id, voltage: voltage, isAuxiliary: row.text("type") == "auxiliary"))
    }
    guard nodes.count == tables.nodes.count else { return nil }
    heads = Array(nodes.indices)
    let ordered = tables.switches.sorted {
      NaturalOrder.precedes($0.text("id") ?? "", $1.text("id") ?? "")
    }
    for row in ordered { countSwitch(row) }
    for row in ordered { join(row, &diagnostics) }
  }

  /// The buses: the nodes after which the groups are named, in the order of the file.
  var buses: [Node] { nodes.indices.filter { head($0) == $0 }.map { nodes[$0] } }

  /// Returns the bus of the node that a cell names, or appends that there is none.
  func bus(
    _ column: String, of row: SimBenchRow, _ diagnostics: inout Diagnostics
  ) -> Node? {
    place(column, row, &diagnostics).map { nodes[head($0)] }
  }

  /// Returns the node that a cell names, not the bus that it became.
  func node(
    _ column: String, of row: SimBenchRow, _ diagnostics: inout Diagnostics
  ) -> Node? {
    place(column, row, &diagnostics).map { nodes[$0] }
  }

  private func place(
    _ column: String, _ row: SimBenchRow, _ diagnostics: inout Diagnostics
  ) -> Int? {
    guard let id = row.requiredText(column, &diagnostics) else { return nil }
    if let place = places[id] { return place }
    diagnostics.error(
      "there is no node '\(id.prefix(60))', which \(column) names", at: row.location(of: column),
      remedy: nodes.count < 1_000
        ? NearestName.suggestion(
          for: id, among: nodes.map(\.id), otherwise: "add it to Node.csv") : "add it to Node.csv")
    return nil
  }

  private func head(_ place: Int) -> Int {
    var place = place
    while heads[place] != place { place = heads[place] }
    return place
  }

  private mutating func countSwitch(_ row: SimBenchRow) {
    for column in ["nodeA", "nodeB"] {
      if let place = row.text(column).flatMap({ places[$0] }) {
        switchCounts[place, default: 0] += 1
      }
    }
  }

  /// Whether a node is auxiliary and has one switch.
  private func isEndOfBranch(_ place: Int) -> Bool {
    nodes[place].isAuxiliary && switchCounts[place] == 1
  }

  private mutating func join(_ row: SimBenchRow, _ diagnostics: inout Diagnostics) {
    guard let first = place("nodeA", row, &diagnostics),
      let second = place("nodeB", row, &diagnostics)
    else { return }
    guard nodes[first].voltage.value == nodes[second].voltage.value else {
      diagnostics.error(
        "the switch joins nodes of \(nodes[first].voltage.text) kV and "
          + "\(nodes[second].voltage.text) kV", at: row.location(of: "nodeB"),
        remedy: "name two nodes of one voltage")
      return
    }
    guard let state = row.requiredText("cond", &diagnostics) else { return }
    guard ["0", "1", "0.0", "1.0"].contains(state) else {
      diagnostics.error(
        "'\(state.prefix(40))' in column 'cond' is neither 1 nor 0", at: row.location(of: "cond"),
        remedy: "write 1 for closed or 0 for open")
      return
    }
    let (firstEnds, secondEnds) = (isEndOfBranch(first), isEndOfBranch(second))
    guard state.hasPrefix("1"), firstEnds || secondEnds else {
      remainingSwitches.append(row)
      return
    }
    joinedSwitchCount += 1
    let isFirstKept =
      firstEnds && secondEnds
      ? NaturalOrder.precedes(nodes[first].id, nodes[second].id) : secondEnds
    if isFirstKept {
      heads[head(second)] = head(first)
    } else {
      heads[head(first)] = head(second)
    }
  }
}
