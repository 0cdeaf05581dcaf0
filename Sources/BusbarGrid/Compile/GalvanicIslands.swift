internal import BusbarUnits

/// Which terminals are joined by metal, and what those groups are joined to.
///
/// A line joins the two ends of each of its conductors, a coil its two ends. Groups hang together
/// when coils of theirs share a core. Where no group of those has a source or an admittance, all are
/// dead: a conductor that is strung but not supplied, and what transformers make of it. A group
/// whose only paths to earth are capacitances of lines and the stray ones of coils floats.
struct GalvanicIslands {
  /// What a group of terminals is joined to.
  private struct Reach: OptionSet {
    let rawValue: UInt8

    /// What gives it a voltage: a source, the charging of a line, a shunt, a conductor in earth.
    static let supply = Reach(rawValue: 1)
    /// Earth, by a source, a coil, a shunt or a conductor.
    static let earth = Reach(rawValue: 2)
    /// Earth by stray capacitance: the charging of a line, or what is added to a coil.
    static let stray = Reach(rawValue: 4)
  }

  private var metal: DisjointGroups<Reach>
  /// The same with the coils of each core joined.
  private var cores: DisjointGroups<Reach>
  /// The groups of metal with the ends of each shunt and each linear part joined.
  private var conductance: DisjointGroups<Reach>

  init(_ grid: ResolvedGrid, _ topology: Topology, _ positions: Positions) {
    metal = DisjointGroups(count: topology.terminalCount)
    cores = metal
    conductance = metal
    func terminal(_ bus: Index<Bus>, _ conductor: Conductor?) -> Int? {
      conductor.flatMap { grid.conductors[bus].rank(of: $0) }.map {
        topology.firstTerminal[bus] + $0
      }
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
            add([.supply, .stray], to: end)
          }
        }
      case .transformer(let transformer):
        for phase in 0..<transformer.phaseCount {
          var onCore: Int?
          for (winding, bus) in zip(transformer.windings, branch.endBuses) {
            let coil = winding.coils[phase]
            let (plus, minus) = (terminal(bus, coil.plus), terminal(bus, coil.minus))
            join(plus, minus)
            guard let end = plus ?? minus else { continue }
            if plus == nil || minus == nil { add(.earth, to: end) }
            if transformer.antifloatPPM > 0 { add(.stray, to: end) }
            if let onCore { cores.join(onCore, end) }
            onCore = end
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
    for shunt in grid.shunts.indices {
      let bus = grid.shuntBuses[shunt]
      let element = PrimitiveElement(
        grid.shunts[shunt], bus: bus, closed: positions.closedSteps(of: shunt))
      guard let admittance = element.admittance else { continue }
      let ends = element.ends.map { terminal(bus, $0?.conductor) }
      let isEarthed = ends.contains(nil) || !admittance.isFloating
      for end in ends.dropFirst() { Self.join(in: &conductance, ends[0], end) }
      for (row, end) in ends.enumerated() {
        guard let end, (0..<ends.count).contains(where: { admittance[row, $0] != .zero }) else {
          continue
        }
        add(isEarthed ? [.supply, .earth] : .supply, to: end)
      }
    }
    for (demand, bus) in zip(grid.linearDemands, grid.linearDemandBuses)
    where demand.admittance != .zero {
      let (plus, minus) = (terminal(bus, demand.ends.plus), terminal(bus, demand.ends.minus))
      Self.join(in: &conductance, plus, minus)
      for end in [plus, minus].compactMap({ $0 }) {
        add(plus == nil || minus == nil ? [.supply, .stray] : .supply, to: end)
      }
    }
  }

  /// Whether nothing can give a terminal a voltage.
  func isDead(_ terminal: Int) -> Bool { !cores.reach(of: terminal).contains(.supply) }

  /// Whether a terminal has a path to earth that is more than stray capacitance.
  func isEarthed(_ terminal: Int) -> Bool { metal.reach(of: terminal).contains(.earth) }

  /// Whether nothing at all determines a terminal's voltage against earth.
  func isAfloat(_ terminal: Int) -> Bool {
    conductance.reach(of: terminal).isDisjoint(with: [.earth, .stray])
  }

  private mutating func add(_ reach: Reach, to terminal: Int) {
    metal.add(reach, to: terminal)
    cores.add(reach, to: terminal)
    conductance.add(reach, to: terminal)
  }

  private mutating func join(_ one: Int?, _ other: Int?) {
    Self.join(in: &metal, one, other)
    Self.join(in: &cores, one, other)
    Self.join(in: &conductance, one, other)
  }

  private static func join(in groups: inout DisjointGroups<Reach>, _ one: Int?, _ other: Int?) {
    if let one, let other { groups.join(one, other) }
  }
}

/// Groups of positions that grow by joining, with what is known of each group.
private struct DisjointGroups<Reach: OptionSet & Sendable> {
  private var heads: [Int]
  private var reaches: [Reach]

  /// Makes groups of one position each, of which nothing is known.
  init(count: Int) {
    heads = Array(0..<count)
    reaches = Array(repeating: [], count: count)
  }

  /// What is known of the group of a position.
  func reach(of position: Int) -> Reach { reaches[head(position)] }

  mutating func add(_ reach: Reach, to position: Int) {
    reaches[head(position)].formUnion(reach)
  }

  mutating func join(_ one: Int, _ other: Int) {
    let (first, second) = (shortened(one), shortened(other))
    guard first != second else { return }
    // What is known of a group stands at its head; the larger index hangs below the smaller one.
    let reach = reaches[first].union(reaches[second])
    heads[max(first, second)] = min(first, second)
    reaches[min(first, second)] = reach
  }

  private func head(_ position: Int) -> Int {
    var position = position
    while heads[position] != position { position = heads[position] }
    return position
  }

  /// The same, with the way to it halved for the next time.
  private mutating func shortened(_ position: Int) -> Int {
    var position = position
    while heads[position] != position {
      heads[position] = heads[heads[position]]
      position = heads[position]
    }
    return position
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
