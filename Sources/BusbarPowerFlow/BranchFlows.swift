public import BusbarGrid
public import BusbarUnits

/// Currents and powers at both ends of each branch, derived from a solution.
///
/// Positive from the source to the load. The room is made once.
public struct BranchFlows: Sendable {
  /// Current into the feeding end, for each node × 3 + phase, in A, as real, imaginary.
  private var sentCurrent: [Double]
  /// Power into the feeding end, in W and var.
  private var sentPower: [Double]
  /// Power out of the fed end, in W and var.
  private var receivedPower: [Double]
  private let sourceNodes: Range<Int>
  private let branchNodes: [Bool]
  private let parents: [Int]
  /// Nodes whose feeding element is more than a series impedance; few.
  private let nodesWithMatrices: [Int]

  /// Makes room for the flows of a network.
  public init(_ network: Network) {
    let topology = network.topology
    let count = topology.nodeCount * ConductorSet.capacity * 2
    sentCurrent = Array(repeating: 0, count: count)
    sentPower = sentCurrent
    receivedPower = sentCurrent
    sourceNodes = 0..<topology.sourceCount
    branchNodes = topology.feeds.values.map {
      if case .branch = $0 { true } else { false }
    }
    parents = topology.parents.values.map(\.position)
    let parameters = network.parameters
    nodesWithMatrices = (topology.sourceCount..<topology.nodeCount).filter {
      parameters.subtreeAdmittance[$0] != nil || parameters.fedShunt[$0] != nil
        || parameters.feedingShunt[$0] != nil || parameters.ratio[$0] != nil
    }
  }

  /// Derives all flows from a solution.
  ///
  /// O(buses).
  public mutating func update(from state: FlowState, of network: Network) {
    let phases = ConductorSet.capacity
    for position in parents.indices.dropFirst(sourceNodes.count) {
      for phase in 0..<phases {
        let terminal = position * phases + phase
        let current = state.nonlinearCurrent(at: terminal)
        let sent = state.voltage(at: parents[position] * phases + phase) * current.conjugate
        let received = state.voltage(at: terminal) * current.conjugate
        sentCurrent[2 * terminal] = current.real
        sentCurrent[2 * terminal + 1] = current.imaginary
        sentPower[2 * terminal] = sent.real
        sentPower[2 * terminal + 1] = sent.imaginary
        receivedPower[2 * terminal] = received.real
        receivedPower[2 * terminal + 1] = received.imaginary
      }
    }
    for position in nodesWithMatrices { updateWithMatrices(position, state, network) }
  }

  /// The same for a node with a transformer above it, or with admittances around it.
  private mutating func updateWithMatrices(
    _ position: Int, _ state: FlowState, _ network: Network
  ) {
    let parameters = network.parameters
    let phases = ConductorSet.capacity
    let parent = parents[position]
    func voltages(_ node: Int) -> [Phasor] {
      (0..<phases).map { state.voltage(at: node * phases + $0) }
    }
    var through = (0..<phases).map { state.nonlinearCurrent(at: position * phases + $0) }
    if let admittance = parameters.subtreeAdmittance[position] {
      through = zip(through, admittance * voltages(position)).map { $0 + $1 }
    }
    var received = through
    if let shunt = parameters.fedShunt[position] {
      received = zip(received, shunt * voltages(position)).map { $0 - $1 }
    }
    var sent = parameters.ratio[position].map { $0.transposed * through } ?? through
    if let shunt = parameters.feedingShunt[position] {
      sent = zip(sent, shunt * voltages(parent)).map { $0 + $1 }
    }
    for phase in 0..<phases {
      let terminal = position * phases + phase
      Self.set(&sentCurrent, terminal, sent[phase])
      Self.set(
        &sentPower, terminal,
        state.voltage(at: parent * phases + phase) * sent[phase].conjugate)
      Self.set(
        &receivedPower, terminal, state.voltage(at: terminal) * received[phase].conjugate)
    }
  }

  private static func set(_ values: inout [Double], _ terminal: Int, _ value: Phasor) {
    values[2 * terminal] = value.real
    values[2 * terminal + 1] = value.imaginary
  }

  private func get(_ values: [Double], _ node: Index<Node>, _ phase: Int) -> Phasor {
    let place = 2 * (node.position * ConductorSet.capacity + phase)
    return Phasor(values[place], values[place + 1])
  }

  /// The current into the feeding end of the branch that feeds a node, in A.
  public func sentCurrent(to node: Index<Node>, phase: Int) -> Phasor {
    get(sentCurrent, node, phase)
  }

  /// The power into the feeding end of the branch that feeds a node, in W and var.
  public func sentPower(to node: Index<Node>, phase: Int) -> Phasor { get(sentPower, node, phase) }

  /// The power out of the fed end of the branch that feeds a node, in W and var.
  public func receivedPower(at node: Index<Node>, phase: Int) -> Phasor {
    get(receivedPower, node, phase)
  }

  /// What all lines and transformers together lose, in W and var; summed in node order.
  public var totalLoss: Phasor {
    var sum = Phasor.zero
    for position in branchNodes.indices where branchNodes[position] {
      for phase in 0..<ConductorSet.capacity {
        let node = Index<Node>(position)
        sum += sentPower(to: node, phase: phase) - receivedPower(at: node, phase: phase)
      }
    }
    return sum
  }
}
