public import BusbarGrid
public import BusbarUnits

/// Reads currents and powers at the ends of each branch out of a solution.
///
/// Currents and powers are positive into the branch. Holds no solution itself, so nothing is
/// computed that nobody asks for.
public struct BranchFlows: Sendable {
  /// How the currents of a branch are read.
  private enum Reading: Sendable {
    /// From the current that the sweep carries through a line.
    case series(SeriesReading)
    /// From the voltages at all ends.
    case admittance(AdmittanceReading)
    /// The branch is open, or nothing energises it.
    case none
  }

  private struct SeriesReading: Sendable {
    /// The node that the line feeds, by its terminals.
    var node: Range<Int>
    /// Terminals and conductors at the feeding and at the fed end.
    var feeding, fed: [Int]
    var feedingConductors, fedConductors: [Conductor]
    /// The end of the line, 0 or 1, that is nearer to the source.
    var feedingEnd: Int
    var halfShunt: ComplexMatrix?
    var subtree: ComplexMatrix?
  }

  private struct AdmittanceReading: Sendable {
    var matrix: ComplexMatrix
    /// The terminal of each row, or nil at earth.
    var terminals: [Int?]
    /// The end of the branch and the conductor that each row belongs to.
    var ends: [Int]
    var conductors: [Conductor?]
    var feedingEnd: Int
  }

  private let readings: [Reading]
  private let sources: [SeriesReading?]
  /// The conductors of the network in order, always with a, b and c.
  public let conductors: [Conductor]
  /// Branch by branch and conductor by conductor, where the current into the feeding end stands.
  private let sentPlaces: [SentPlace]

  private enum SentPlace: Sendable {
    /// The current that the sweep leaves at a terminal.
    case terminal(Int)
    /// To be computed.
    case computed
    /// The branch has no such conductor there.
    case none
  }

  /// Prepares the reading of a solver's solutions.
  public init(_ solver: FlowSolver) {
    let network = solver.network
    let topology = network.topology
    let isSwept = solver.method == .sweep
    func series(_ node: Index<Node>, _ feed: SeriesFeed, feedingEnd: Int) -> SeriesReading {
      SeriesReading(
        node: topology.terminals[node], feeding: feed.feeding, fed: feed.fed,
        feedingConductors: feed.feeding.map { topology.conductorOfTerminal[$0].conductor },
        fedConductors: feed.fed.map { topology.conductorOfTerminal[$0].conductor },
        feedingEnd: feedingEnd, halfShunt: feed.halfShunt,
        subtree: network.parameters.subtreeAdmittance[node.position])
    }
    readings = network.grid.branches.indices.map { index in
      guard let node = topology.nodeOfBranch[index], node.position < topology.liveCount,
        let element = network.elements.branches[index]
      else { return .none }
      let branch = network.grid.branches[index]
      let parent = topology.parents[node]
      let feedingEnd = branch.endBuses.firstIndex { topology.nodeOfBus[$0] == parent } ?? 0
      if isSwept, !topology.innerBranches[node].contains(index),
        let feed = network.elements.seriesFeed(of: node)
      {
        return .series(series(node, feed, feedingEnd: feedingEnd))
      }
      guard let matrix = element.admittance else { return .none }
      let rowsOfEnd = element.ends.count / branch.endBuses.count
      return .admittance(
        AdmittanceReading(
          matrix: matrix, terminals: element.ends.map { network.elements.terminal($0) },
          ends: element.ends.indices.map { $0 / rowsOfEnd },
          conductors: element.ends.map { $0?.conductor }, feedingEnd: feedingEnd))
    }
    sources = network.grid.sources.indices.map { source in
      topology.feeds.indices.first { topology.feeds[$0] == .source(source) }.flatMap { node in
        guard isSwept, let feed = network.elements.seriesFeed(of: node) else { return nil }
        return series(node, feed, feedingEnd: 0)
      }
    }
    let conductors = network.allConductors
    self.conductors = conductors
    sentPlaces = zip(network.grid.branches.values, readings).flatMap { branch, reading in
      conductors.map { Self.sentPlace($0, branch, reading) }
    }
    nodalSources = isSwept ? [] : Self.nodalSources(network)
    shunts = (network.elements.shunts.values + network.elements.linearDemands).compactMap {
      element in
      element.admittance.map { matrix in
        (matrix, element.ends.map { network.elements.terminal($0) })
      }
    }
    shuntCount = network.elements.shunts.count
  }

  /// The end of a branch that is nearer to the source: 0 or 1 of a line, a transformer's winding.
  public func feedingEnd(of branch: Index<Branch>) -> Int {
    switch readings[branch.position] {
    case .series(let reading): reading.feedingEnd
    case .admittance(let reading): reading.feedingEnd
    case .none: 0
    }
  }

  /// The currents into the feeding ends in A, branch by branch and conductor by conductor.
  ///
  /// Nil where a branch has no such conductor. Quicker than asking for each of them.
  public func sentCurrents(in state: FlowState) -> [Phasor?] {
    sentPlaces.indices.map { place in
      switch sentPlaces[place] {
      case .terminal(let terminal): return state.nonlinearCurrent(at: terminal)
      case .none: return nil
      case .computed:
        let branch = Index<Branch>(place / conductors.count)
        return current(
          into: branch, end: feedingEnd(of: branch), conductors[place % conductors.count],
          in: state)
      }
    }
  }

  private static func sentPlace(
    _ conductor: Conductor, _ branch: Branch, _ reading: Reading
  ) -> SentPlace {
    switch reading {
    case .none: return .none
    case .series(let series):
      guard let place = series.feedingConductors.firstIndex(of: conductor) else { return .none }
      return series.halfShunt == nil && series.subtree == nil
        ? .terminal(series.fed[place]) : .computed
    case .admittance(let reading):
      return branch.conductors(atEnd: reading.feedingEnd).contains(conductor) ? .computed : .none
    }
  }

  /// The current into a conductor of an end of a branch, in A.
  public func current(
    into branch: Index<Branch>, end: Int, _ conductor: Conductor, in state: FlowState
  ) -> Phasor {
    switch readings[branch.position] {
    case .series(let reading): return current(reading, end, conductor, state)
    case .admittance(let reading):
      var sum = Phasor.zero
      for row in reading.ends.indices
      where reading.ends[row] == end && reading.conductors[row] == conductor {
        sum += Self.current(reading.matrix, reading.terminals, row, state)
      }
      return sum
    case .none: return .zero
    }
  }

  /// The power into a conductor of an end of a branch, in W and var, against earth.
  public func power(
    into branch: Index<Branch>, end: Int, _ conductor: Conductor, in state: FlowState
  ) -> Phasor {
    switch readings[branch.position] {
    case .series(let reading):
      let isFeeding = end == reading.feedingEnd
      let conductors = isFeeding ? reading.feedingConductors : reading.fedConductors
      guard let place = conductors.firstIndex(of: conductor) else { return .zero }
      return state.voltage(at: (isFeeding ? reading.feeding : reading.fed)[place])
        * current(reading, end, conductor, state).conjugate
    case .admittance(let reading):
      let row = reading.ends.indices.first {
        reading.ends[$0] == end && reading.conductors[$0] == conductor
      }
      guard let row, let terminal = reading.terminals[row] else { return .zero }
      return state.voltage(at: terminal)
        * current(into: branch, end: end, conductor, in: state).conjugate
    case .none: return .zero
    }
  }

  /// The current into a conductor of a source's bus, in A.
  public func current(
    outOf source: Index<Source>, _ conductor: Conductor, in state: FlowState
  ) -> Phasor {
    guard let reading = sources[source.position] else {
      return nodalCurrent(outOf: source, conductor, state)
    }
    guard let place = reading.fedConductors.firstIndex(of: conductor) else { return .zero }
    return through(reading, place, state)
  }

  /// The power that a source delivers to its bus, in W and var.
  public func power(outOf source: Index<Source>, in state: FlowState) -> Phasor {
    guard let reading = sources[source.position] else { return nodalPower(outOf: source, state) }
    var sum = Phasor.zero
    for place in reading.fed.indices {
      sum += state.voltage(at: reading.fed[place]) * through(reading, place, state).conjugate
    }
    return sum
  }

  /// What all lines and transformers together lose, in W and var; summed in branch order.
  ///
  /// O(buses).
  public func totalLoss(in state: FlowState) -> Phasor {
    var sum = Phasor.zero
    for reading in readings {
      switch reading {
      case .series(let reading):
        if reading.halfShunt == nil, reading.subtree == nil {
          for place in reading.fed.indices {
            let drop =
              state.voltage(at: reading.feeding[place]) - state.voltage(at: reading.fed[place])
            sum += drop * state.nonlinearCurrent(at: reading.fed[place]).conjugate
          }
        } else {
          for place in reading.fed.indices {
            let (sent, received) = (
              sentCurrent(reading, place, state), receivedCurrent(reading, place, state)
            )
            sum += state.voltage(at: reading.feeding[place]) * sent.conjugate
            sum -= state.voltage(at: reading.fed[place]) * received.conjugate
          }
        }
      case .admittance(let reading):
        sum += Self.power(reading.matrix, reading.terminals, state)
      case .none: break
      }
    }
    return sum
  }

  /// What all shunts together draw, in W and var.
  public func shuntPower(in state: FlowState) -> Phasor {
    shunts.prefix(shuntCount).reduce(.zero) { $0 + Self.power($1.matrix, $1.terminals, state) }
  }

  // MARK: Lines in the tree

  /// The current through a line's series impedance at its fed end.
  @inline(__always)
  private func through(_ reading: SeriesReading, _ place: Int, _ state: FlowState) -> Phasor {
    var sum = state.nonlinearCurrent(at: reading.fed[place])
    guard let subtree = reading.subtree else { return sum }
    let row = reading.fed[place] - reading.node.lowerBound
    for column in 0..<subtree.order {
      sum += subtree[row, column] * state.voltage(at: reading.node.lowerBound + column)
    }
    return sum
  }

  private func sentCurrent(_ reading: SeriesReading, _ place: Int, _ state: FlowState) -> Phasor {
    var sum = through(reading, place, state)
    guard let shunt = reading.halfShunt else { return sum }
    for column in reading.feeding.indices {
      sum += shunt[place, column] * state.voltage(at: reading.feeding[column])
    }
    return sum
  }

  private func receivedCurrent(
    _ reading: SeriesReading, _ place: Int, _ state: FlowState
  ) -> Phasor {
    var sum = through(reading, place, state)
    guard let shunt = reading.halfShunt else { return sum }
    for column in reading.fed.indices {
      sum -= shunt[place, column] * state.voltage(at: reading.fed[column])
    }
    return sum
  }

  private func current(
    _ reading: SeriesReading, _ end: Int, _ conductor: Conductor, _ state: FlowState
  ) -> Phasor {
    if end == reading.feedingEnd {
      guard let place = reading.feedingConductors.firstIndex(of: conductor) else { return .zero }
      return sentCurrent(reading, place, state)
    }
    guard let place = reading.fedConductors.firstIndex(of: conductor) else { return .zero }
    return -receivedCurrent(reading, place, state)
  }

  // MARK: Elements known by their admittance

  private let shunts: [(matrix: ComplexMatrix, terminals: [Int?])]
  private let shuntCount: Int

  private static func current(
    _ matrix: ComplexMatrix, _ terminals: [Int?], _ row: Int, _ state: FlowState
  ) -> Phasor {
    var sum = Phasor.zero
    for (column, terminal) in terminals.enumerated() {
      if let terminal { sum += matrix[row, column] * state.voltage(at: terminal) }
    }
    return sum
  }

  private static func power(
    _ matrix: ComplexMatrix, _ terminals: [Int?], _ state: FlowState
  ) -> Phasor {
    var sum = Phasor.zero
    for (row, terminal) in terminals.enumerated() {
      guard let terminal else { continue }
      sum += state.voltage(at: terminal) * current(matrix, terminals, row, state).conjugate
    }
    return sum
  }

  // MARK: Sources of a network that is not swept

  private struct NodalSource: Sendable {
    var admittance: ComplexMatrix
    var electromotiveForce: [Phasor]
    var terminals: [Int]
    var conductors: [Conductor]
  }

  private let nodalSources: [NodalSource]

  private static func nodalSources(_ network: Network) -> [NodalSource] {
    network.grid.sources.indices.map { index in
      let source = network.grid.sources[index]
      let conductors = source.connection.conductors.compactMap { $0 }
      guard let admittance = source.impedance.inverse else {
        preconditionFailure("A source of a network that is not swept has an impedance.")
      }
      return NodalSource(
        admittance: admittance, electromotiveForce: source.electromotiveForce,
        terminals: conductors.compactMap {
          network.terminal(at: network.grid.sourceBuses[index], $0)
        },
        conductors: conductors)
    }
  }

  private func nodalCurrent(
    outOf source: Index<Source>, _ conductor: Conductor, _ state: FlowState
  ) -> Phasor {
    let reading = nodalSources[source.position]
    guard let row = reading.conductors.firstIndex(of: conductor) else { return .zero }
    var sum = Phasor.zero
    for (column, terminal) in reading.terminals.enumerated() {
      let across = reading.electromotiveForce[column] - state.voltage(at: terminal)
      sum += reading.admittance[row, column] * across
    }
    return sum
  }

  private func nodalPower(outOf source: Index<Source>, _ state: FlowState) -> Phasor {
    let reading = nodalSources[source.position]
    return zip(reading.terminals, reading.conductors).reduce(.zero) { sum, end in
      sum + state.voltage(at: end.0) * nodalCurrent(outOf: source, end.1, state).conjugate
    }
  }
}
