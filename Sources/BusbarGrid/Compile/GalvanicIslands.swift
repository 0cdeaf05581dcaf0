internal import BusbarUnits

/// Which terminals are joined by metal, and which of those groups nothing can energise.
///
/// A line joins the two ends of each of its conductors, a coil its two ends. A group without a
/// source, a coil and a path to earth is dead: a conductor that is strung but not supplied.
struct GalvanicIslands {
  private var heads: [Int]
  private var isEnergised: [Bool]

  init(_ grid: ResolvedGrid, _ topology: Topology, _ positions: Positions) {
    heads = Array(0..<topology.terminalCount)
    isEnergised = Array(repeating: false, count: topology.terminalCount)
    func terminal(_ bus: Index<Bus>, _ conductor: Conductor?) -> Int? {
      conductor.flatMap { grid.conductors[bus].rank(of: $0) }.map { topology.firstTerminal[bus] + $0 }
    }
    for index in grid.branches.indices where positions.isClosed(index) {
      let branch = grid.branches[index]
      switch branch.element {
      case .line(let line, _):
        for (from, to) in zip(line.from.conductors, line.to.conductors) {
          join(terminal(branch.fromBus, from), terminal(branch.toBus, to))
        }
      case .transformer(let transformer):
        for (winding, bus) in zip(transformer.windings, branch.endBuses) {
          for coil in winding.coils {
            let (plus, minus) = (terminal(bus, coil.plus), terminal(bus, coil.minus))
            join(plus, minus)
            if let end = plus ?? minus { energise(end) }
          }
        }
      }
    }
    for source in grid.sources.indices {
      for conductor in grid.sources[source].connection.conductors {
        if let end = terminal(grid.sourceBuses[source], conductor) { energise(end) }
      }
    }
  }

  /// Whether nothing can energise a terminal.
  func isDead(_ terminal: Int) -> Bool { !isEnergised[head(terminal)] }

  private func head(_ terminal: Int) -> Int {
    var terminal = terminal
    while heads[terminal] != terminal { terminal = heads[terminal] }
    return terminal
  }

  private mutating func energise(_ terminal: Int) { isEnergised[head(terminal)] = true }

  private mutating func join(_ one: Int?, _ other: Int?) {
    guard let one = one ?? other, let other = other ?? nil else { return }
    let (first, second) = (head(one), head(other))
    guard first != second else { return }
    // The flag travels with the head; the larger index hangs below the smaller one.
    let flag = isEnergised[first] || isEnergised[second]
    heads[max(first, second)] = min(first, second)
    isEnergised[min(first, second)] = flag
  }
}
