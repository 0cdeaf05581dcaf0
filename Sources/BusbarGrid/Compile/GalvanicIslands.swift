internal import BusbarUnits

/// Which terminals are joined by metal, and what those groups are joined to.
///
/// A line joins the two ends of each of its conductors, a coil its two ends. A group without a
/// source, a coil and an admittance is dead: a conductor that is strung but not supplied. A group
/// whose only paths to earth are capacitances of lines and the stray ones of coils floats.
struct GalvanicIslands {
  /// What a group of terminals is joined to.
  private struct Reach: OptionSet {
    let rawValue: UInt8

    /// A source or a coil.
    static let supply = Reach(rawValue: 1)
    /// Anything else that gives it a voltage: the charging of a line, a shunt.
    static let admittance = Reach(rawValue: 2)
    /// Earth, by a source, a coil, a shunt or a conductor.
    static let earth = Reach(rawValue: 4)
  }

  private var heads: [Int]
  private var reaches: [Reach]

  init(_ grid: ResolvedGrid, _ topology: Topology, _ positions: Positions) {
    heads = Array(0..<topology.terminalCount)
    reaches = Array(repeating: [], count: topology.terminalCount)
    func terminal(_ bus: Index<Bus>, _ conductor: Conductor?) -> Int? {
      conductor.flatMap { grid.conductors[bus].rank(of: $0) }.map { topology.firstTerminal[bus] + $0 }
    }
    for index in grid.branches.indices where positions.isClosed(index) {
      let branch = grid.branches[index]
      switch branch.element {
      case .line(let line, let code):
        let rows = code.rows(of: line.from.conductors) ?? []
        for (place, ends) in zip(line.from.conductors, line.to.conductors).enumerated() {
          let (from, to) = (terminal(branch.fromBus, ends.0), terminal(branch.toBus, ends.1))
          join(from, to)
          guard let end = from ?? to else { continue }
          if from == nil || to == nil { add([.supply, .earth], to: end) }
          if rows.contains(where: { code.shuntAdmittance[rows[place], $0] != .zero }) {
            add(.admittance, to: end)
          }
        }
      case .transformer(let transformer):
        for (winding, bus) in zip(transformer.windings, branch.endBuses) {
          for coil in winding.coils {
            let (plus, minus) = (terminal(bus, coil.plus), terminal(bus, coil.minus))
            join(plus, minus)
            guard let end = plus ?? minus else { continue }
            add(plus == nil || minus == nil ? [.supply, .earth] : .supply, to: end)
          }
        }
      }
    }
    for source in grid.sources.indices {
      for conductor in grid.sources[source].connection.conductors {
        if let end = terminal(grid.sourceBuses[source], conductor) {
          add([.supply, .earth], to: end)
        }
      }
    }
    for (shunt, bus) in zip(grid.shunts.values, grid.shuntBuses.values) {
      let ends = shunt.connection.conductors.map { terminal(bus, $0) }
      let isEarthed = ends.contains(nil) || shunt.steps.contains { !$0.admittance.isFloating }
      for end in ends.compactMap({ $0 }) {
        add(isEarthed ? [.admittance, .earth] : .admittance, to: end)
      }
    }
    for (demand, bus) in zip(grid.linearDemands, grid.linearDemandBuses) {
      for end in [demand.ends.plus, demand.ends.minus].compactMap({ terminal(bus, $0) }) {
        add(.admittance, to: end)
      }
    }
  }

  /// Whether nothing can give a terminal a voltage.
  func isDead(_ terminal: Int) -> Bool {
    reaches[head(terminal)].isDisjoint(with: [.supply, .admittance])
  }

  /// Whether a terminal has a path to earth that is more than stray capacitance.
  func isEarthed(_ terminal: Int) -> Bool { reaches[head(terminal)].contains(.earth) }

  private func head(_ terminal: Int) -> Int {
    var terminal = terminal
    while heads[terminal] != terminal { terminal = heads[terminal] }
    return terminal
  }

  private mutating func add(_ reach: Reach, to terminal: Int) {
    reaches[head(terminal)].formUnion(reach)
  }

  private mutating func join(_ one: Int?, _ other: Int?) {
    guard let one = one ?? other, let other = other ?? nil else { return }
    let (first, second) = (head(one), head(other))
    guard first != second else { return }
    // What is known of a group stands at its head; the larger index hangs below the smaller one.
    let reach = reaches[first].union(reaches[second])
    heads[max(first, second)] = min(first, second)
    reaches[min(first, second)] = reach
  }
}

extension ComplexMatrix {
  /// Whether equal voltages at all rows drive no current, so that it gives no path to earth.
  fileprivate var isFloating: Bool {
    (0..<order).allSatisfy { row in
      let sum = (0..<order).reduce(Phasor.zero) { $0 + self[row, $1] }
      return sum.length <= 1e-12 * self[row, row].length
    }
  }
}
