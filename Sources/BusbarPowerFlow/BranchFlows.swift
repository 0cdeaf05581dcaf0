public import BusbarGrid
public import BusbarUnits

/// Reads currents and powers at both ends of each branch out of a solution.
///
/// Positive from the source to the load. Holds no solution itself, so nothing is computed that
/// nobody asks for.
public struct BranchFlows: Sendable {
  private let parameters: Parameters
  private let parents: [Int]
  /// Whether the feeding element of a node is a series impedance and nothing else, as most are.
  private let isPlain: [Bool]
  /// The nodes that lines and transformers feed, ascending.
  private let fedNodes: [Int]

  /// Prepares the reading of a network's solutions.
  public init(_ network: Network) {
    let topology = network.topology
    parameters = network.parameters
    parents = topology.parents.values.map(\.position)
    isPlain = (0..<topology.nodeCount).map { [parameters] in
      parameters.subtreeAdmittance[$0] == nil && parameters.fedShunt[$0] == nil
        && parameters.feedingShunt[$0] == nil && parameters.ratio[$0] == nil
    }
    fedNodes = (0..<topology.nodeCount).filter {
      if case .branch = topology.feeds.values[$0] { true } else { false }
    }
  }

  /// The current into the feeding end of the branch that feeds a node, in A.
  public func sentCurrent(to node: Index<Node>, phase: Int, in state: FlowState) -> Phasor {
    isPlain[node.position]
      ? state.nonlinearCurrent(at: terminal(node.position, phase))
      : sentCurrents(node.position, state)[phase]
  }

  /// The power into the feeding end of the branch that feeds a node, in W and var.
  public func sentPower(to node: Index<Node>, phase: Int, in state: FlowState) -> Phasor {
    state.voltage(at: terminal(parents[node.position], phase))
      * sentCurrent(to: node, phase: phase, in: state).conjugate
  }

  /// The power out of the fed end of the branch that feeds a node, in W and var.
  public func receivedPower(at node: Index<Node>, phase: Int, in state: FlowState) -> Phasor {
    let place = terminal(node.position, phase)
    let current =
      isPlain[node.position]
      ? state.nonlinearCurrent(at: place) : receivedCurrents(node.position, state)[phase]
    return state.voltage(at: place) * current.conjugate
  }

  /// What all lines and transformers together lose, in W and var; summed in node order.
  ///
  /// O(buses).
  public func totalLoss(in state: FlowState) -> Phasor {
    var sum = Phasor.zero
    for node in fedNodes {
      if isPlain[node] {
        for phase in 0..<ConductorSet.capacity {
          let drop =
            state.voltage(at: terminal(parents[node], phase))
            - state.voltage(at: terminal(node, phase))
          sum += drop * state.nonlinearCurrent(at: terminal(node, phase)).conjugate
        }
      } else {
        for phase in 0..<ConductorSet.capacity {
          sum += sentPower(to: Index(node), phase: phase, in: state)
          sum -= receivedPower(at: Index(node), phase: phase, in: state)
        }
      }
    }
    return sum
  }

  // MARK: Elements with a ratio, or with admittances around them

  @inline(__always)
  private func terminal(_ node: Int, _ phase: Int) -> Int { node * ConductorSet.capacity + phase }

  private func voltages(_ node: Int, _ state: FlowState) -> PhaseVector {
    PhaseVector { state.voltage(at: terminal(node, $0)) }
  }

  /// The currents through the series impedance, at the fed end.
  private func throughCurrents(_ node: Int, _ state: FlowState) -> PhaseVector {
    let nonlinear = PhaseVector { state.nonlinearCurrent(at: terminal(node, $0)) }
    guard let admittance = parameters.subtreeAdmittance[node] else { return nonlinear }
    let linear = voltages(node, state).multiplied(by: admittance)
    return PhaseVector { nonlinear[$0] + linear[$0] }
  }

  private func receivedCurrents(_ node: Int, _ state: FlowState) -> PhaseVector {
    let through = throughCurrents(node, state)
    guard let shunt = parameters.fedShunt[node] else { return through }
    let leak = voltages(node, state).multiplied(by: shunt)
    return PhaseVector { through[$0] - leak[$0] }
  }

  private func sentCurrents(_ node: Int, _ state: FlowState) -> PhaseVector {
    var sent = throughCurrents(node, state)
    if let ratio = parameters.ratio[node] { sent = sent.multiplied(byTransposeOf: ratio) }
    guard let shunt = parameters.feedingShunt[node] else { return sent }
    let leak = voltages(parents[node], state).multiplied(by: shunt)
    return PhaseVector { sent[$0] + leak[$0] }
  }
}

/// One phasor for each phase, without an allocation.
private struct PhaseVector {
  private var phasors: InlineArray<3, Phasor>

  init(_ value: (Int) -> Phasor) { phasors = InlineArray { value($0) } }

  subscript(phase: Int) -> Phasor { phasors[phase] }

  func multiplied(by matrix: ComplexMatrix) -> PhaseVector {
    PhaseVector { row in
      matrix[row, 0] * self[0] + matrix[row, 1] * self[1] + matrix[row, 2] * self[2]
    }
  }

  func multiplied(byTransposeOf matrix: ComplexMatrix) -> PhaseVector {
    PhaseVector { row in
      matrix[0, row] * self[0] + matrix[1, row] * self[1] + matrix[2, row] * self[2]
    }
  }
}
