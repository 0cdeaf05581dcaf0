public import BusbarUnits

/// The matrices of the sweep, one set for each node, after the linear parts have been eliminated.
///
/// Third pass of the compilation. Everything linear at and below a node (shunts, earthing, charging,
/// constant impedances) is folded into one admittance Y, so that the subtree draws Y·V + J with J
/// made of nonlinear currents alone. With a feeding impedance Z, W = (1 + Z·Y)⁻¹:
///
///     V  = W·V₀ − W·Z·J            forward:  V = F·V₀ − D·J
///     J₀ += (1 + Y·Z)⁻¹·J          backward: J₀ += B·J
///     Y₀ += Y·W                    compiled once
///
/// Transformers, and several elements in parallel, are admittances: with the sum M at the node and
/// K between node and parent, D = M⁻¹, F = −M⁻¹·K, B = Fᵀ. Where Y = 0, as along most of a feeder,
/// a line is the textbook sweep V = V₀ − Z·J.
public struct Parameters: Sendable {
  /// What the sweep does at one node.
  public struct Step: Sendable, Hashable {
    /// The terminals of the node.
    public var terminals: Range<Int>
    /// The terminals of the parent that feed it, without a gap.
    public var feeding: Range<Int>
    /// Where D begins in `drops`, row by row.
    public var firstDrop: Int
    /// Where F and then B begin in `transfers`, row by row; nil when both are the identity.
    public var firstTransfer: Int?
  }

  /// The steps of the nodes that a source feeds, in the order of the nodes.
  public internal(set) var steps: [Step] = []
  /// D of each step in Ω, as real, imaginary.
  public internal(set) var drops: [Double] = []
  /// F and B of the steps that have them, as real, imaginary.
  public internal(set) var transfers: [Double] = []
  /// Y of each node where it is not zero, in S; what the feeding line sees at its end.
  public internal(set) var subtreeAdmittance: [ComplexMatrix?]
  /// Electromotive force of each terminal of the sources' nodes against earth, in V.
  public internal(set) var electromotiveForce: [Phasor]
  /// Nominal voltage between a phase and earth at each node, in V.
  public internal(set) var nominalVoltage: [Double]
  /// Terminals that nothing energises; their voltage is zero and nothing is drawn there.
  public internal(set) var isDead: [Bool]
  /// Terminals with a path to earth that is more than the stray capacitance of lines and coils.
  public internal(set) var isEarthed: [Bool]
  /// Terminals that are energised while nothing at all determines their voltage against earth.
  public internal(set) var isAfloat: [Bool]
  /// Terminals that only a breakpoint feeds, each with an admittance to earth that the solver undoes.
  public internal(set) var heldTerminals: [(terminal: Int, admittance: Phasor)] = []
}

/// Why a network cannot be swept: a node has no path to earth until a loop is closed.
struct NotSweepable: Error {
  /// The node that could not be eliminated.
  var node: Index<Node>
}

extension Parameters {
  /// Gathers what does not depend on the elimination of nodes.
  init(_ grid: ResolvedGrid, _ topology: Topology, _ islands: GalvanicIslands) {
    let live = topology.terminals[Index(topology.liveCount - 1)].upperBound
    isDead = (0..<topology.terminalCount).map { $0 >= live || islands.isDead($0) }
    isEarthed = (0..<topology.terminalCount).map { islands.isEarthed($0) }
    for terminal in topology.terminals.values.prefix(topology.sourceCount).joined() {
      isDead[terminal] = false
    }
    for (terminal, target) in topology.breakpoints { isDead[terminal] = isDead[target] }
    isAfloat = isDead.enumerated().map { !$1 && islands.isAfloat($0) }
    for terminal in topology.terminals.values.prefix(topology.sourceCount).joined() {
      isAfloat[terminal] = false
    }
    for (terminal, target) in topology.breakpoints { isAfloat[terminal] = isAfloat[target] }
    electromotiveForce = grid.sources.values.flatMap(\.electromotiveForce)
    nominalVoltage = zip(topology.terminals.values, topology.buses.values).map { terminals, buses in
      // A bus that nothing is connected to has no terminals.
      let bus = buses.first ?? topology.conductorOfTerminal[terminals.lowerBound].bus
      return grid.buses[bus].nominalVoltage.volts / 3.0.squareRoot()
    }
    subtreeAdmittance = Array(repeating: nil, count: topology.nodeCount)
  }

  /// Eliminates the nodes from the feeders' ends to the sources; O(nodes).
  mutating func eliminate(
    _ topology: Topology, _ elements: NetworkElements
  ) throws(NotSweepable) {
    var steps: [Step] = []
    var eliminations: [NodeElimination] = []
    var sums = topology.terminals.values.map { ComplexMatrix(zero: $0.count) }
    for position in 0..<topology.liveCount {
      for (element, places) in elements.inside(Index(position)) {
        sums[position].add(element, at: places)
      }
    }
    for position in (topology.sourceCount..<topology.liveCount).reversed() {
      let node = Index<Node>(position)
      let parent = topology.parents[node]
      let feed = elements.feed(of: node)
      if let shunt = feed.halfShunt { sums[position].add(shunt, at: feed.fed) }
      if let own = feed.own { sums[position] += own }
      fillDead(topology.terminals[node].lowerBound, &sums[position], isFed: Set(feed.fed))
      if !sums[position].isZero { subtreeAdmittance[position] = sums[position] }
      var elimination: NodeElimination?
      switch feed.kind {
      case .series(let impedance):
        elimination = NodeElimination(
          series: impedance, admittance: sums[position], fed: feed.fed, feeding: feed.feeding,
          width: feed.window.count)
      case .admittance(let mutual, let far):
        elimination = NodeElimination(admittance: sums[position], mutual: mutual, far: far)
      }
      let terminals = topology.terminals[node]
      elimination?.silence((0..<terminals.count).filter { isDead[terminals.lowerBound + $0] })
      guard let elimination, elimination.isFinite else { throw NotSweepable(node: node) }
      let offset = feed.window.lowerBound - topology.terminals[parent].lowerBound
      sums[parent.position].add(elimination.presented, from: offset)
      if let shunt = feed.halfShunt {
        sums[parent.position].add(shunt, at: feed.feeding.map { offset + $0 })
      }
      eliminations.append(elimination)
      steps.append(
        Step(
          terminals: topology.terminals[node], feeding: feed.window, firstDrop: 0,
          firstTransfer: nil))
    }
    for (step, elimination) in zip(steps.reversed(), eliminations.reversed()) {
      append(step, elimination)
    }
  }

  /// Gives each terminal without any admittance a siemens to earth, so that the node has an inverse.
  ///
  /// At a dead terminal that sets the voltage to zero. Elsewhere a breakpoint feeds it, and the
  /// solver takes the siemens away together with closing the loop.
  private mutating func fillDead(_ first: Int, _ sum: inout ComplexMatrix, isFed: Set<Int>) {
    for row in 0..<sum.order where !isFed.contains(row) {
      guard (0..<sum.order).allSatisfy({ sum[row, $0] == .zero && sum[$0, row] == .zero }) else {
        continue
      }
      sum[row, row] = .one
      if !isDead[first + row] { heldTerminals.append((first + row, .one)) }
    }
  }

  private mutating func append(_ step: Step, _ elimination: NodeElimination) {
    var step = step
    step.firstDrop = drops.count
    drops += elimination.drop.flat
    let order = step.terminals.count
    let isPlain =
      step.feeding.count == order && elimination.forward.isIdentity
      && elimination.backward.isIdentity
    if !isPlain {
      step.firstTransfer = transfers.count
      transfers += elimination.forward.flat + elimination.backward.flat
    }
    steps.append(step)
  }
}

extension ComplexMatrix {
  /// The elements row by row as real, imaginary.
  var flat: [Double] {
    (0..<order).flatMap { row in
      (0..<order).flatMap { [self[row, $0].real, self[row, $0].imaginary] }
    }
  }

  /// Adds a smaller matrix whose rows belong to the given rows; nil is earth.
  mutating func add(_ matrix: ComplexMatrix, at places: [Int?]) {
    for (row, place) in places.enumerated() {
      guard let place else { continue }
      for (column, other) in places.enumerated() {
        if let other { self[place, other] += matrix[row, column] }
      }
    }
  }

  /// Adds a smaller matrix from a row on.
  mutating func add(_ matrix: ComplexMatrix, from first: Int) {
    for row in 0..<matrix.order {
      for column in 0..<matrix.order { self[first + row, first + column] += matrix[row, column] }
    }
  }
}

extension RectangularMatrix {
  /// The elements row by row as real, imaginary.
  var flat: [Double] { elements.flatMap { [$0.real, $0.imaginary] } }

  var isIdentity: Bool {
    guard rows == columns else { return false }
    for row in 0..<rows {
      for column in 0..<columns where self[row, column] != (row == column ? .one : .zero) {
        return false
      }
    }
    return true
  }
}
