public import BusbarGrid
public import BusbarUnits

/// Currents and powers at both ends of each branch, derived from a solution.
///
/// Positive from the source to the load. The room is made once; `update` allocates nothing.
public struct BranchFlows: Sendable {
  /// Current into the feeding end, for each node × 3 + phase, in A, as real, imaginary.
  private var sentCurrent: [Double]
  /// Power into the feeding end, in W and var.
  private var sentPower: [Double]
  /// Power out of the fed end, in W and var.
  private var receivedPower: [Double]
  private let sourceNodes: Range<Int>
  private let branchNodes: [Bool]

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
  }

  /// Derives all flows from a solution. O(buses).
  public mutating func update(from state: FlowState, of network: Network) {
    let topology = network.topology
    let parameters = network.parameters
    let phases = ConductorSet.capacity
    for position in topology.sourceCount..<topology.nodeCount {
      let parent = topology.parents[Index(position)].position
      for phase in 0..<phases {
        let terminal = position * phases + phase
        var through = state.nonlinearCurrent(at: terminal)
        if let admittance = parameters.subtreeAdmittance[position] {
          through += drawn(by: admittance, phase, position, state)
        }
        var received = through
        if let shunt = parameters.fedShunt[position] {
          received -= drawn(by: shunt, phase, position, state)
        }
        set(&receivedPower, terminal, state.voltage(at: terminal) * received.conjugate)
        set(&sentCurrent, terminal, through)
      }
      if let ratio = parameters.ratio[position] { refer(to: ratio, position) }
      for phase in 0..<phases {
        let terminal = position * phases + phase
        var sent = Phasor(sentCurrent[2 * terminal], sentCurrent[2 * terminal + 1])
        if let shunt = parameters.feedingShunt[position] {
          sent += drawn(by: shunt, phase, parent, state)
        }
        set(&sentCurrent, terminal, sent)
        set(&sentPower, terminal, state.voltage(at: parent * phases + phase) * sent.conjugate)
      }
    }
  }

  /// Replaces the current I of the fed end by Tᵀ·I.
  private mutating func refer(to ratio: ComplexMatrix, _ position: Int) {
    let phases = ConductorSet.capacity
    var referred = (Phasor.zero, Phasor.zero, Phasor.zero)
    for row in 0..<phases {
      let terminal = position * phases + row
      let current = Phasor(sentCurrent[2 * terminal], sentCurrent[2 * terminal + 1])
      referred.0 += ratio[row, 0] * current
      referred.1 += ratio[row, 1] * current
      referred.2 += ratio[row, 2] * current
    }
    set(&sentCurrent, position * phases, referred.0)
    set(&sentCurrent, position * phases + 1, referred.1)
    set(&sentCurrent, position * phases + 2, referred.2)
  }

  private func drawn(
    by admittance: ComplexMatrix, _ row: Int, _ position: Int, _ state: FlowState
  ) -> Phasor {
    var sum = Phasor.zero
    for column in 0..<ConductorSet.capacity {
      sum += admittance[row, column]
        * state.voltage(at: position * ConductorSet.capacity + column)
    }
    return sum
  }

  private func set(_ values: inout [Double], _ terminal: Int, _ value: Phasor) {
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
