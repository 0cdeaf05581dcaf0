public import BusbarUnits

/// The elements of a network at given positions, with the nodes between which they lie.
public struct NetworkElements: Sendable {
  /// Each branch, without conductors that nothing energises; nil when it does not conduct.
  public let branches: Table<Branch, PrimitiveElement?>
  /// Each shunt.
  public let shunts: Table<Shunt, PrimitiveElement>
  /// The linear parts of devices.
  public let linearDemands: [PrimitiveElement]
  let grid: ResolvedGrid
  let topology: Topology
  private let shuntsAtNode: [[Int]]
  private let demandsAtNode: [[Int]]

  /// Computes the elements; throws those whose values cannot be computed with.
  init(
    _ grid: ResolvedGrid, _ topology: Topology, _ positions: Positions,
    _ islands: GalvanicIslands
  ) throws(GridFaults) {
    func isDead(_ end: BusConductor) -> Bool {
      guard let rank = grid.conductors[end.bus].rank(of: end.conductor) else { return false }
      return islands.isDead(topology.firstTerminal[end.bus] + rank)
    }
    self.grid = grid
    self.topology = topology
    var faults: [GridFault] = []
    var branches: [PrimitiveElement?] = []
    for index in grid.branches.indices {
      let branch = grid.branches[index]
      guard positions.isClosed(index) else {
        branches.append(nil)
        continue
      }
      let element = Self.element(branch, positions.tapPositions(of: index))
      if element?.isFinite != true { faults.append(Self.unusable(branch)) }
      branches.append(element?.without(isDead))
    }
    self.branches = Table(branches)
    shunts = Table(
      grid.shunts.indices.map {
        PrimitiveElement(
          grid.shunts[$0], bus: grid.shuntBuses[$0], closed: positions.closedSteps(of: $0))
      })
    linearDemands = zip(grid.linearDemands, grid.linearDemandBuses).map {
      PrimitiveElement($0, bus: $1)
    }
    var shuntsAtNode: [[Int]] = Array(repeating: [], count: topology.nodeCount)
    for shunt in grid.shunts.indices {
      shuntsAtNode[topology.nodeOfBus[grid.shuntBuses[shunt]].position].append(shunt.position)
    }
    var demandsAtNode: [[Int]] = Array(repeating: [], count: topology.nodeCount)
    for (demand, bus) in grid.linearDemandBuses.enumerated() {
      demandsAtNode[topology.nodeOfBus[bus].position].append(demand)
    }
    self.shuntsAtNode = shuntsAtNode
    self.demandsAtNode = demandsAtNode
    guard faults.isEmpty else { throw GridFaults(faults) }
    faults = withoutAdmittance().map { Self.unusableBesideOthers(grid.branches[$0]) }
    guard faults.isEmpty else { throw GridFaults(faults) }
  }

  /// The terminal of an end of an element outside breakpoints; nil is earth.
  public func terminal(_ end: BusConductor?) -> Int? {
    guard let end, let rank = grid.conductors[end.bus].rank(of: end.conductor) else { return nil }
    return topology.firstTerminal[end.bus] + rank
  }

  /// What lies within a node, each with the place of its ends among the node's terminals.
  func inside(_ node: Index<Node>) -> [(admittance: ComplexMatrix, places: [Int?])] {
    let first = topology.terminals[node].lowerBound
    let inner = topology.innerBranches[node].compactMap { branches[$0] }
    let elements =
      inner + shuntsAtNode[node.position].map { shunts[Index($0)] }
      + demandsAtNode[node.position].map { linearDemands[$0] }
    return elements.map { element in
      guard let admittance = element.admittance else {
        preconditionFailure("An element within a node has an admittance.")
      }
      return (admittance, element.ends.map { terminal($0).map { $0 - first } })
    }
  }

  private static func element(_ branch: Branch, _ tapPositions: [Int]) -> PrimitiveElement? {
    switch branch.element {
    case .line(let line, let code):
      guard let rows = code.rows(of: line.from.conductors) else { return nil }
      return PrimitiveElement(line, code, from: branch.fromBus, to: branch.toBus, rows: rows)
    case .transformer(let transformer):
      return PrimitiveElement(transformer, buses: branch.endBuses, tapPositions: tapPositions)
    }
  }

  private static func unusableBesideOthers(_ branch: Branch) -> GridFault {
    GridFault(
      branch.kind, branch.id,
      problem: "its impedance is zero, or singular, beside other branches between the same buses "
        + "or with an earthed conductor",
      remedy: "give it an impedance, or leave the others out")
  }

  private static func unusable(_ branch: Branch) -> GridFault {
    GridFault(
      branch.kind, branch.id, problem: "its impedance cannot be computed with",
      remedy: branch.kind == .line
        ? "check its impedance, its length and the units of both"
        : "check its voltages, and give it a reactance or a resistance")
  }
}

extension PrimitiveElement {
  /// The element without conductors that carry no current, or nil when none is left.
  ///
  /// The conductors of a line are left out, so that no voltage is induced in them. Coils end at
  /// earth instead, since all coils of a dead core are dead.
  fileprivate func without(_ isDead: (BusConductor) -> Bool) -> PrimitiveElement? {
    guard ends.contains(where: { $0.map(isDead) ?? false }) else { return self }
    switch form {
    case .series(let series):
      let count = series.impedance.order
      let alive = (0..<count).filter { place in
        [ends[place], ends[count + place]].allSatisfy { !($0.map(isDead) ?? false) }
      }
      guard !alive.isEmpty else { return nil }
      return PrimitiveElement(
        ends: alive.map { ends[$0] } + alive.map { ends[count + $0] },
        form: .series(
          SeriesForm(
            impedance: series.impedance.selecting(alive),
            halfShunt: series.halfShunt.selecting(alive))))
    case .admittance:
      let alive = ends.map { end in end.flatMap { isDead($0) ? nil : $0 } }
      return alive.allSatisfy { $0 == nil } ? nil : PrimitiveElement(ends: alive, form: form)
    }
  }

  /// Whether all values are finite numbers.
  var isFinite: Bool {
    switch form {
    case .admittance(let matrix): matrix.isFinite
    case .series(let series): series.impedance.isFinite && series.halfShunt.isFinite
    }
  }
}
