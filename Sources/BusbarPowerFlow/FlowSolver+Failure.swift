internal import BusbarGrid
internal import BusbarUnits
internal import ComplexModule

extension FlowSolver {
  /// Finds where the voltages moved most when a flow was given up.
  ///
  /// The voltages that the last sweep left, finite or not, are carried through one more sweep in
  /// plain arithmetic. Slow, and only reached on failure.
  func failure(_ demand: Demand, _ state: FlowState, _ iterations: Int) -> FlowOutcome {
    let topology = network.topology
    let parameters = network.parameters
    let phases = ConductorSet.capacity
    func stored(_ terminal: Int) -> Phasor {
      Phasor(state.scratch[2 * terminal], state.scratch[2 * terminal + 1])
    }
    var current = [Phasor](repeating: .zero, count: topology.nodeCount * phases)
    for entry in 0..<demand.count {
      let terminal = Int(demand.terminals[entry])
      let power = Phasor(demand.activePower[entry], demand.reactivePower[entry])
      current[terminal] += (power / stored(terminal)).conjugate
    }
    func matrix(_ values: [Double], _ start: Int) -> ComplexMatrix {
      ComplexMatrix(
        rows: (0..<phases).map { row in
          (0..<phases).map { column in
            let place = start + 2 * (row * phases + column)
            return Phasor(values[place], values[place + 1])
          }
        })
    }
    for node in (topology.sourceCount..<topology.nodeCount).reversed() {
      let own = Array(current[(node * phases)..<((node + 1) * phases)])
      let transfer = Int(parameters.transferOfNode[node])
      let sent =
        transfer < 0
        ? own
        : matrix(parameters.transfers, (2 * transfer + 1) * Parameters.matrixStride) * own
      let parent = topology.parents[Index(node)].position * phases
      for phase in 0..<phases { current[parent + phase] += sent[phase] }
    }
    var voltage = (0..<(topology.nodeCount * phases)).map(stored)
    var worst = (bus: topology.busOfNode[Index(topology.sourceCount)], phase: 0, change: 0.0)
    for node in topology.sourceCount..<topology.nodeCount {
      let parent = topology.parents[Index(node)].position * phases
      var sent = Array(voltage[parent..<(parent + phases)])
      let transfer = Int(parameters.transferOfNode[node])
      if transfer >= 0 {
        sent = matrix(parameters.transfers, 2 * transfer * Parameters.matrixStride) * sent
      }
      let drop =
        matrix(parameters.seriesImpedance, node * Parameters.matrixStride)
        * Array(current[(node * phases)..<((node + 1) * phases)])
      for phase in topology.conductors[Index(node)].positions {
        let terminal = node * phases + phase
        let new = sent[phase] - drop[phase]
        let change = (new - voltage[terminal]).length / parameters.nominalVoltage[node]
        voltage[terminal] = new
        let comparable = change.isFinite ? change : .greatestFiniteMagnitude
        if comparable > worst.change {
          worst = (topology.busOfNode[Index(node)], phase, comparable)
        }
      }
    }
    return .diverged(
      iterations: iterations, mismatch: .perUnit(worst.change), bus: worst.bus, phase: worst.phase)
  }
}
