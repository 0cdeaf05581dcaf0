public import BusbarGrid
internal import BusbarUnits

/// The power flow of one network at given tap positions, by backward-forward sweeps.
///
/// The solver is immutable and can be shared; what a simulation carries from flow to flow is its
/// `FlowState`. After the state exists, a solve allocates nothing.
public struct FlowSolver: Sendable {
  /// The network that is solved.
  public let network: Network
  private let tables: SweepTables
  private let unloadedVoltage: [Double]

  /// Prepares the tables for a network; make a new solver when its parameters have changed.
  public init(_ network: Network) {
    self.network = network
    tables = SweepTables(network)
    unloadedVoltage = Self.unloadedVoltage(of: network)
    let parents = network.topology.parents.values
    precondition(
      parents.indices.allSatisfy { parents[$0].position <= $0 },
      "A parent stands before its children.")
  }

  /// Makes the state of a simulation before its first power flow: the network without demand.
  public func makeState(for demand: Demand) -> FlowState {
    checkFit(of: demand)
    return FlowState(unloadedVoltage: unloadedVoltage, entryCount: demand.count)
  }

  /// Traps on a demand that would lead the kernel out of its buffers.
  ///
  /// O(1).
  private func checkFit(of demand: Demand) {
    precondition(
      demand.highestTerminal < network.topology.nodeCount * ConductorSet.capacity,
      "An entry of the demand lies at a terminal of the network.")
    precondition(
      demand.activePower.count == demand.count && demand.reactivePower.count == demand.count,
      "Each entry of the demand has an active and a reactive power.")
  }

  /// Solves for a demand; replaces the state by the solution, or leaves it when there is none.
  ///
  /// A flow that fails from the previous solution is tried once more from the unloaded network.
  /// O(buses) for each sweep.
  public func solve(
    _ demand: Demand, from start: FlowStart = .previous, updating state: inout FlowState,
    until criterion: ConvergenceCriterion = ConvergenceCriterion()
  ) -> FlowOutcome {
    precondition(
      state.entryCount == demand.count && state.terminalCount * 2 == unloadedVoltage.count,
      "A state belongs to one network and one set of entries.")
    checkFit(of: demand)
    let first = iterate(demand, from: start, updating: &state, until: criterion)
    if case .converged = first { return first }
    return start == .unloaded
      ? first : iterate(demand, from: .unloaded, updating: &state, until: criterion)
  }

  private func iterate(
    _ demand: Demand, from start: FlowStart, updating state: inout FlowState,
    until criterion: ConvergenceCriterion
  ) -> FlowOutcome {
    let voltageCount = unloadedVoltage.count
    let limit = criterion.tolerance.perUnit * criterion.tolerance.perUnit
    var largest = Double.infinity
    var iterations = 0
    // SAFETY: the buffers have the sizes that the kernel expects: `makeState` laid out the state
    // for this network, and `solve` checks that the demand stays within it.
    let converged = unsafe state.scratch.withUnsafeMutableBufferPointer { scratch in
      unsafe state.solved.withUnsafeBufferPointer { solved in
        unsafe unloadedVoltage.withUnsafeBufferPointer { unloaded in
          unsafe demand.terminals.withUnsafeBufferPointer { terminals in
            unsafe demand.activePower.withUnsafeBufferPointer { active in
              unsafe demand.reactivePower.withUnsafeBufferPointer { reactive in
                guard let voltage = scratch.baseAddress, let last = solved.baseAddress,
                  let none = unloaded.baseAddress
                else { return true }
                let empty = unsafe UnsafePointer(voltage)
                // An empty demand has no buffers; its pointers are never read.
                let noTerminals = unsafe UnsafeRawPointer(voltage)
                  .assumingMemoryBound(to: Int32.self)
                let kernel = unsafe SweepKernel<SinglePhasor>(
                  tables: tables, entryTerminals: terminals.baseAddress ?? noTerminals,
                  entryCount: demand.count, activePower: active.baseAddress ?? empty,
                  reactivePower: reactive.baseAddress ?? empty, voltage: voltage,
                  current: voltage + voltageCount, entryCurrent: voltage + 2 * voltageCount)
                var old = unsafe start == .previous ? last : none
                for place in 0..<(tables.sourceCount * 6) { unsafe voltage[place] = none[place] }
                while iterations < criterion.iterationLimit {
                  unsafe kernel.backward(from: old)
                  let change = unsafe kernel.forward(comparedWith: old)
                  iterations += 1
                  largest = change.largest
                  guard change.sum.isFinite else { return false }
                  if largest <= limit { return true }
                  unsafe old = UnsafePointer(voltage)
                }
                return false
              }
            }
          }
        }
      }
    }
    if converged {
      swap(&state.solved, &state.scratch)
      return .converged(iterations: iterations, mismatch: .perUnit(largest.squareRoot()))
    }
    return failure(demand, state, iterations)
  }

  /// Voltages at zero demand: the electromotive forces carried outward, in V.
  private static func unloadedVoltage(of network: Network) -> [Double] {
    let parameters = network.parameters
    let topology = network.topology
    let phases = ConductorSet.capacity
    var voltage = [Double](repeating: 0, count: topology.nodeCount * phases * 2)
    for place in parameters.electromotiveForce.indices {
      voltage[place] = parameters.electromotiveForce[place]
    }
    for node in topology.sourceCount..<topology.nodeCount {
      let parent = topology.parents[Index(node)].position * phases * 2
      let transfer = Int(parameters.transferOfNode[node])
      for row in 0..<phases {
        var sum = Phasor(voltage[parent + 2 * row], voltage[parent + 2 * row + 1])
        if transfer >= 0 {
          sum = .zero
          for column in 0..<phases {
            let place = 2 * transfer * Parameters.matrixStride + 2 * (row * phases + column)
            let factor = Phasor(parameters.transfers[place], parameters.transfers[place + 1])
            sum += factor * Phasor(voltage[parent + 2 * column], voltage[parent + 2 * column + 1])
          }
        }
        voltage[(node * phases + row) * 2] = sum.real
        voltage[(node * phases + row) * 2 + 1] = sum.imaginary
      }
    }
    return voltage
  }
}
