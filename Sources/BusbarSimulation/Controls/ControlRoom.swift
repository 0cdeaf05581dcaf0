internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarPowerFlow
internal import BusbarUnits

/// The network as its controls have left it, and the controls with all that they remember.
///
/// Moves are collected, so that the network is computed anew once for all that act together.
struct ControlRoom: Sendable {
  private enum Control: Sendable {
    case regulator(RegulatorControl, RegulatorMeter, RegulatorInstallation)
    case capacitor(CapacitorControl, CapacitorMeter, CapacitorInstallation)

    var timers: ControlTimers {
      switch self {
      case .regulator(let control, _, _): control.timers
      case .capacitor(let control, _, _): control.timers
      }
    }
  }

  /// A timer of one of the controls.
  struct Started: Sendable {
    var control: Int
    var timer: ControlTimer
  }

  /// The solver for the positions of the last solution.
  private(set) var solver: FlowSolver
  /// Reads currents and powers out of its solutions.
  private(set) var flows: BranchFlows
  /// Taps and steps as they are now; ahead of the solver after a move.
  private(set) var positions: Positions
  private var network: Network
  private var change: NetworkChange = []
  private var controls: [Control]
  private let installations: [ControlInstallation]

  init(_ solver: FlowSolver, _ installations: [ControlInstallation]) {
    self.solver = solver
    self.installations = installations
    flows = BranchFlows(solver)
    network = solver.network
    positions = network.positions
    controls = Self.controls(installations, in: network, remembering: nil)
  }

  private static func controls(
    _ installations: [ControlInstallation], in network: Network, remembering memories: [Memory]?
  ) -> [Control] {
    installations.indices.map { position in
      let memory = memories?[position]
      switch installations[position].equipment {
      case .regulator(let place):
        let meter = RegulatorMeter(place, in: network)
        return .regulator(
          RegulatorControl(
            place.settings, moving: meter.regulated, remembering: memory?.regulator ?? .init()),
          meter, place)
      case .capacitor(let place):
        let count = network.grid.shunts[place.shunt].steps.count
        return .capacitor(
          CapacitorControl(
            place.settings, stepCount: count, remembering: memory?.capacitor ?? .init()),
          CapacitorMeter(place, in: network), place)
      }
    }
  }

  var isEmpty: Bool { controls.isEmpty }

  /// Lets the network and the solver follow the moves since the last call.
  ///
  /// Returns what the moves have invalidated. Throws when switching leaves a network that has no
  /// unique solution; the range of a tap changer and the steps of a capacitor leave none.
  mutating func follow() throws(GridFaults) -> NetworkChange {
    guard !change.isEmpty else { return [] }
    try network.adopt(positions, after: change)
    solver = try FlowSolver(network)
    flows = BranchFlows(solver)
    defer { change = [] }
    if change.contains(.topology) {
      // The numbers of terminals have changed, which the meters of the controls keep.
      controls = Self.controls(installations, in: network, remembering: memories)
    }
    return change
  }

  /// Opens or closes a line; returns whether that changes anything.
  mutating func operate(_ line: Index<Branch>, to state: SwitchState) -> Bool {
    let move = positions.setLine(line, to: state)
    change.formUnion(move)
    return !move.isEmpty
  }

  /// Shows a solution to all controls, and returns the timers that they have started.
  mutating func observe(
    _ state: FlowState, at time: SimulationTime, clock: LocalDay
  ) -> [Started] {
    let view = view(state, at: time, clock: clock)
    return controls.indices.flatMap { observe(view, control: $0) }
  }

  /// Shows a solution to one control, and returns the timers that it has started.
  mutating func observe(
    _ state: FlowState, at time: SimulationTime, clock: LocalDay, control: Int
  ) -> [Started] {
    observe(view(state, at: time, clock: clock), control: control)
  }

  private func view(
    _ state: FlowState, at time: SimulationTime, clock: LocalDay
  ) -> ControlView {
    ControlView(
      network: network, flows: flows, state: state, positions: positions, time: time,
      clock: clock)
  }

  private mutating func observe(_ view: ControlView, control: Int) -> [Started] {
    let before = controls[control].timers.startedCount
    switch controls[control] {
    case .regulator(var regulator, let meter, let place):
      regulator.observe(meter.sample(view))
      controls[control] = .regulator(regulator, meter, place)
    case .capacitor(var capacitor, let meter, let place):
      capacitor.observe(meter.sample(view))
      controls[control] = .capacitor(capacitor, meter, place)
    }
    return started(by: control, since: before)
  }

  private func started(by control: Int, since count: Int) -> [Started] {
    controls[control].timers.running.filter { $0.ordinal >= count }
      .map { Started(control: control, timer: $0) }
  }

  /// What has become of a timer whose time has come.
  struct Expiry {
    /// What the timer was for; nil when it had been called off.
    var purpose: ControlTimer.Purpose?
    /// The tap position or the number of closed steps afterwards, when that has changed.
    var position: Int?
    /// The timers that the control has started.
    var started: [Started] = []
  }

  /// Lets a control do what a timer has waited for.
  mutating func expire(
    _ ordinal: Int, ofControl control: Int, at time: SimulationTime, pace: ControlPace
  ) -> Expiry {
    let timers = controls[control].timers
    guard let timer = timers.running.first(where: { $0.ordinal == ordinal }) else {
      return Expiry()
    }
    var expiry = Expiry(purpose: timer.purpose)
    switch controls[control] {
    case .regulator(var regulator, let meter, let place):
      let position = positions.tapPosition(of: place.transformer, winding: place.tapWinding)
      let taps = regulator.expire(ordinal, at: time, position: position, pace: pace)
      controls[control] = .regulator(regulator, meter, place)
      let move = positions.moveTap(
        of: place.transformer, winding: place.tapWinding, to: position + taps)
      change.formUnion(move)
      if !move.isEmpty {
        expiry.position = positions.tapPosition(of: place.transformer, winding: place.tapWinding)
      }
    case .capacitor(var capacitor, let meter, let place):
      let closed = positions.closedSteps(of: place.shunt).count { $0 }
      let steps = capacitor.expire(ordinal, at: time, closedSteps: closed)
      controls[control] = .capacitor(capacitor, meter, place)
      let move = positions.switchSteps(of: place.shunt, on: closed + steps)
      change.formUnion(move)
      if !move.isEmpty { expiry.position = closed + steps }
    }
    expiry.started = started(by: control, since: timers.startedCount)
    return expiry
  }

  /// The timers of all controls that wait to act, the earliest ones only.
  var nextActions: [Started] {
    let waiting = controls.indices.flatMap { control in
      controls[control].timers.running.filter { $0.purpose != .look }
        .map { Started(control: control, timer: $0) }
    }
    let due = waiting.lazy.map(\.timer.due).min()
    return waiting.filter { $0.timer.due == due }
  }

  // MARK: Checkpoints

  /// What each control remembers.
  var memories: [Memory] {
    controls.map { control in
      switch control {
      case .regulator(let regulator, _, _): Memory(regulator: regulator.memory)
      case .capacitor(let capacitor, _, _): Memory(capacitor: capacitor.memory)
      }
    }
  }

  /// Lets the controls remember what they did at a checkpoint.
  mutating func remember(_ memories: [Memory]) {
    controls = Self.controls(installations, in: network, remembering: memories)
  }

  /// Takes over positions; returns whether they belong to this network.
  mutating func take(_ memory: Positions.Memory) -> Bool {
    guard let move = positions.restore(memory) else { return false }
    change.formUnion(move)
    return true
  }
}
