public import BusbarGrid
internal import BusbarUnits
internal import ComplexModule
internal import RealModule

/// The power flow of one network at given tap positions.
///
/// By backward-forward sweeps, or by its nodal admittances where `Network.method` says so. The
/// solver is immutable and can be shared; what a simulation carries from flow to flow is its
/// `FlowState`. After the state exists, a solve by sweeps allocates nothing.
public struct FlowSolver: Sendable {
  /// The network that is solved.
  public let network: Network
  /// How it is solved; `Network.method`, unless its loops turn out to have no impedance.
  public let method: Network.Method
  private let engine: Engine
  let unloaded: UnloadedFlow

  private enum Engine: Sendable {
    case sweep(SweepEngine)
    case nodal(NodalEngine)
  }

  /// Prepares the tables for a network; make a new solver when its parameters have changed.
  ///
  /// Throws where the network has no path to earth, or a loop without any impedance.
  public init(_ network: Network) throws(GridFaults) {
    self.network = network
    if network.method == .sweep, let sweep = SweepEngine(network) {
      engine = .sweep(sweep)
      method = .sweep
      unloaded = sweep.unloaded
      return
    }
    let nodal = try NodalEngine(network)
    engine = .nodal(nodal)
    method =
      network.method == .sweep
      ? .nodal(.meshed(breakpoints: network.topology.breakpoints.count)) : network.method
    unloaded = nodal.unloaded
  }

  /// Prepares the nodal solution of any network, as an independent check of the sweep.
  public init(crossChecking network: Network) throws(GridFaults) {
    self.network = network
    let nodal = try NodalEngine(network)
    engine = .nodal(nodal)
    method = .nodal(.meshed(breakpoints: network.topology.breakpoints.count))
    unloaded = nodal.unloaded
  }

  private func layout(_ demand: Demand) -> FlowLayout {
    let loops =
      if case .sweep(let sweep) = engine { sweep.loops.unknowns.count } else { 0 }
    return FlowLayout(
      terminalCount: network.topology.terminalCount, entryCount: demand.count, loopCount: loops)
  }

  /// Makes the state of a simulation before its first power flow: the network without demand.
  public func makeState(for demand: Demand) -> FlowState {
    checkFit(of: demand)
    return FlowState(layout(demand), unloaded: unloaded)
  }

  /// Whether a state of another solver of the same network can go on in this one.
  ///
  /// It cannot where a switched shunt has changed which terminals only a breakpoint holds.
  public func accepts(_ state: FlowState, for demand: Demand) -> Bool {
    state.layout == layout(demand)
  }

  /// Traps on a demand that would lead the kernel out of its buffers.
  ///
  /// O(1).
  private func checkFit(of demand: Demand) {
    precondition(
      demand.highestTerminal < network.topology.terminalCount,
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
      state.layout == layout(demand), "A state belongs to one network and one set of entries.")
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
    let progress =
      switch engine {
      case .sweep(let sweep): sweep.iterate(demand, from: start, updating: &state, until: criterion)
      case .nodal(let nodal): nodal.iterate(demand, from: start, updating: &state, until: criterion)
      }
    guard progress.hasConverged else { return failure(state, progress) }
    swap(&state.solved, &state.scratch)
    return .converged(
      iterations: progress.iterations, mismatch: .perUnit(progress.largest.squareRoot()))
  }

  /// The number of entries whose voltage lies outside their window, so that they are impedances.
  ///
  /// O(entries).
  public func entriesOutsideWindow(_ demand: Demand, in state: FlowState) -> Int {
    (0..<demand.count).count { entry in
      let ends = demand.terminals(ofEntry: entry)
      let across =
        (ends.plus.map { state.voltage(at: $0) } ?? .zero)
        - (ends.minus.map { state.voltage(at: $0) } ?? .zero)
      return demand.laws[entry].isOutside(across.length)
    }
  }
}

/// How far the iterations of a power flow have come.
struct FlowProgress {
  var iterations = 0
  /// The largest squared voltage change of the last sweep, relative to the nominal voltage.
  var largest = Double.infinity
  var hasConverged = false
}
