internal import BusbarGrid
internal import BusbarUnits

extension FlowSolver {
  /// Finds where a flow that was given up lies farthest from the last solution.
  ///
  /// `state` holds that solution, and in its room for the next one the voltages that the last sweep
  /// left, finite or not. Slow, and only reached on failure.
  func failure(_ state: FlowState, _ progress: FlowProgress) -> FlowOutcome {
    let topology = network.topology
    var worst = (terminal: network.topology.firstTerminal[Index(0)], change: -1.0)
    for bus in network.grid.buses.indices {
      let first = topology.firstTerminal[bus]
      let nominal = network.nominalVoltage(at: bus)
      for terminal in first..<(first + network.grid.conductors[bus].count) {
        let left = Phasor(state.scratch[2 * terminal], state.scratch[2 * terminal + 1])
        let unloadedVoltage = Phasor(
          unloaded.voltages[2 * terminal], unloaded.voltages[2 * terminal + 1])
        let change = (left - unloadedVoltage).length / nominal
        let comparable = change.isFinite ? change : .greatestFiniteMagnitude
        if comparable > worst.change { worst = (terminal, comparable) }
      }
    }
    let place = topology.conductorOfTerminal[worst.terminal]
    let mismatch = progress.largest.squareRoot()
    return .diverged(
      iterations: progress.iterations,
      mismatch: .perUnit(mismatch.isFinite ? mismatch : .greatestFiniteMagnitude),
      bus: place.bus, conductor: place.conductor)
  }
}
