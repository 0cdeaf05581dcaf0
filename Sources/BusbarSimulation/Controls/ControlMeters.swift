internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarPowerFlow
internal import BusbarUnits
internal import ComplexModule

/// A solution, and what is needed to read measured values out of it.
struct ControlView {
  let network: Network
  let flows: BranchFlows
  let state: FlowState
  let positions: Positions
  let time: SimulationTime
  /// The local day of the instant.
  let clock: LocalDay

  func voltage(_ terminal: Int?) -> Phasor { terminal.map { state.voltage(at: $0) } ?? .zero }

  func power(into branch: Index<Branch>, end: Int) -> Phasor {
    network.grid.branches[branch].conductors(atEnd: end).members.reduce(.zero) {
      $0 + flows.power(into: branch, end: end, $1, in: state)
    }
  }
}

/// Reads what a regulator measures.
struct RegulatorMeter: Sendable {
  private let installation: RegulatorInstallation
  private let coils: [ConductorPair]
  private let ends: [(plus: Int?, minus: Int?)]
  private let remote: (plus: Int?, minus: Int?)?
  private let tappedWinding: Winding
  let regulated: RegulatedWinding

  init(_ installation: RegulatorInstallation, in network: Network) {
    self.installation = installation
    let branch = network.grid.branches[installation.transformer]
    guard case .transformer(let transformer) = branch.element,
      let changer = transformer.windings[installation.tapWinding].tapChanger
    else { preconditionFailure("A regulator moves the tap changer of a transformer.") }
    let winding = transformer.windings[installation.measuredWinding]
    tappedWinding = transformer.windings[installation.tapWinding]
    coils = winding.coils
    func terminals(_ bus: Index<Bus>, _ pair: ConductorPair) -> (plus: Int?, minus: Int?) {
      (
        pair.plus.flatMap { network.terminal(at: bus, $0) },
        pair.minus.flatMap { network.terminal(at: bus, $0) }
      )
    }
    let bus = branch.endBuses[installation.measuredWinding]
    ends = winding.coils.map { terminals(bus, $0) }
    remote = installation.remote.map { terminals($0.bus, $0.ends) }
    regulated = RegulatedWinding(
      coilVolts: winding.coilVoltage.volts, tapStep: changer.step.perUnit, range: changer.range,
      sense: installation.tapWinding == installation.measuredWinding ? .raises : .lowers)
  }

  func sample(_ view: ControlView) -> RegulatorSample {
    let (branch, winding) = (installation.transformer, installation.measuredWinding)
    func current(_ coil: ConductorPair) -> Phasor {
      // A coil whose first end is earthed is measured at its other end, against the direction.
      if let plus = coil.plus {
        return view.flows.current(into: branch, end: winding, plus, in: view.state)
      }
      return coil.minus.map {
        -view.flows.current(into: branch, end: winding, $0, in: view.state)
      } ?? .zero
    }
    let position = view.positions.tapPosition(of: branch, winding: installation.tapWinding)
    var sample = RegulatorSample(
      time: view.time, coilVoltages: ends.map { view.voltage($0.plus) - view.voltage($0.minus) },
      currents: coils.map(current), position: position)
    sample.turns = tappedWinding.turns(at: position)
    sample.forwardWatts = -view.power(into: branch, end: winding).real
    sample.remoteVoltage = remote.map { view.voltage($0.plus) - view.voltage($0.minus) }
    return sample
  }
}

/// Reads what a capacitor control measures.
struct CapacitorMeter: Sendable {
  private let installation: CapacitorInstallation
  private let conductors: [Conductor]
  private let terminals: [Int]
  private let overrideTerminals: [Int]

  init(_ installation: CapacitorInstallation, in network: Network) {
    self.installation = installation
    let (bus, ends) = Self.monitored(installation, in: network)
    let phases = ends.filter { $0 != .n && network.terminal(at: bus, $0) != nil }
    conductors = phases
    terminals = phases.compactMap { network.terminal(at: bus, $0) }
    overrideTerminals =
      installation.overrideBus.map { bus in
        network.conductors(at: bus).members.filter { $0 != .n }
          .compactMap { network.terminal(at: bus, $0) }
      } ?? terminals
  }

  private static func monitored(
    _ installation: CapacitorInstallation, in network: Network
  ) -> (Index<Bus>, [Conductor]) {
    switch installation.monitored {
    case .capacitor:
      return (
        network.grid.shuntBuses[installation.shunt],
        network.grid.shunts[installation.shunt].connection.conductors.compactMap { $0 }
      )
    case .branch(let branch, let end):
      let element = network.grid.branches[branch]
      let bus = element.endBuses[end]
      switch element.element {
      case .line(let line, _):
        return (bus, (end == 0 ? line.from : line.to).conductors.compactMap { $0 })
      case .transformer(let transformer):
        return (bus, transformer.windings[end].coils.compactMap { $0.plus ?? $0.minus })
      }
    }
  }

  func sample(_ view: ControlView) -> CapacitorSample {
    let closed = view.positions.closedSteps(of: installation.shunt).count { $0 }
    var sample = CapacitorSample(
      time: view.time, hourOfDay: view.clock.clockTime(at: view.time).hours,
      voltages: terminals.map { view.voltage($0) }, closedSteps: closed)
    sample.steadyClock = view.clock.steadyUntil(after: view.time) - view.time
    sample.overrideVoltages = overrideTerminals.map { view.voltage($0) }
    switch installation.monitored {
    case .branch(let branch, let end):
      sample.currents = conductors.map {
        view.flows.current(into: branch, end: end, $0, in: view.state)
      }
      sample.power = view.power(into: branch, end: end)
    case .capacitor: measureCapacitor(view, &sample)
    }
    return sample
  }

  private func measureCapacitor(_ view: ControlView, _ sample: inout CapacitorSample) {
    let element = view.network.elements.shunts[installation.shunt]
    guard let matrix = element.admittance else { return }
    let voltages = element.ends.map { view.voltage(view.network.elements.terminal($0)) }
    var power = Phasor.zero
    var currents: [Conductor: Phasor] = [:]
    for row in voltages.indices {
      let current = voltages.indices.reduce(Phasor.zero) { $0 + matrix[row, $1] * voltages[$1] }
      power += voltages[row] * current.conjugate
      if let end = element.ends[row] { currents[end.conductor] = current }
    }
    sample.power = power
    sample.currents = conductors.map { currents[$0] ?? .zero }
  }
}
