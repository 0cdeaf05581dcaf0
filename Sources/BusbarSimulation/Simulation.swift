public import BusbarDevices
public import BusbarEvents
public import BusbarGrid
public import BusbarPowerFlow
public import BusbarUnits

/// A distribution grid with its devices and meters, moved through time by events.
///
/// A value: a copy goes its own way. It has no files, no wall clock and no randomness of its own.
/// Whoever drives it calls `advance`, solves the power flow when told that one is due, and reads
/// what is to be recorded in between.
public struct Simulation: Sendable {
  /// Why `advance` has returned.
  public enum Pause: Sendable, Hashable {
    /// A power flow is due; call `solvePendingFlow`.
    case powerFlow
    /// All events up to the instant that was asked for have happened.
    case reached
    /// A power flow without a solution has ended the run.
    case stopped(FlowFailure)
    /// Controls without a delay undo each other's work at one instant, which has ended the run.
    case unsettled(ControlHunting)
  }

  /// A power flow that has no solution.
  public struct FlowFailure: Sendable, Hashable, Error {
    /// The instant.
    public var time: SimulationTime
    /// Where the voltages moved most in the last sweep.
    public var bus: Index<Bus>
    /// The conductor of that bus.
    public var conductor: Conductor
    /// The number of sweeps.
    public var iterations: Int
    /// The largest voltage change of the last sweep, relative to the nominal voltage.
    public var mismatch: Double
  }

  /// What is fixed for the run.
  public let plan: SimulationPlan
  /// The instant up to which the run has come.
  public private(set) var now = SimulationTime.start
  /// The last solution.
  public private(set) var flowState: FlowState
  /// Reads currents and powers of branches out of the last solution.
  public var flows: BranchFlows { room.flows }
  /// Whether the controls of the network act.
  public let controlMode: ControlMode
  /// The solver for the positions of the last solution.
  public var solver: FlowSolver { room.solver }
  /// The taps and steps as the controls have left them.
  public var positions: Positions { room.positions }
  /// Whether the tables hold a solution for this time.
  public private(set) var status = SolutionStatus.missing
  /// What each device draws, according to the last solution.
  public private(set) var delivered: [ComplexPower]
  /// The fleets as they are now.
  public private(set) var fleets: [any Fleet]
  /// The rolling hash of all events so far.
  public private(set) var eventHash = EventLogHash()
  /// Energies so far.
  public private(set) var energy = EnergyBalance()
  /// Powers of the last solution.
  public private(set) var power = PowerBalance()
  /// The lowest and the highest voltage so far.
  public private(set) var extremes = VoltageExtremes()
  /// The first power flow without a solution; nil while there was none.
  public private(set) var firstFailure: FlowFailure?
  /// The number of power flows that had no solution.
  public private(set) var failureCount = 0
  /// The number of power flows so far, with and without a solution.
  public private(set) var flowCount = 0
  /// The sweeps of all power flows together.
  public private(set) var iterationTotal = 0
  /// The most sweeps of one power flow.
  public private(set) var iterationMaximum = 0
  /// How often legs of devices lay outside their voltage window and were impedances.
  public private(set) var windowing = Windowing()

  var queue = EventQueue<SimulationEvent>()
  var room: ControlRoom
  /// What the devices ask for, entry by entry.
  public private(set) var demand: Demand
  private var requested: [ComplexPower]
  private var terminalVoltage: [Voltage]
  private var meters: [SmartMeter]
  private var meteredUntil = SimulationTime.start
  private var worstMeteredStatus = SolutionStatus.solved
  var ordinals = Ordinals()
  /// Whether a power flow waits in the queue or to be solved; one an instant is enough.
  private var flowIsScheduled = false
  var pendingFlow: EventKey?
  var stop: Pause?
  var watch = HuntingWatch()
  /// The local day of the last look at the clock.
  var today: LocalDay

  private var events: [EventRecord] = []
  private var flowRecords: [FlowRecord] = []
  private var readings: [ReadingRecord] = []

  struct Ordinals {
    var fleets: [Int] = []
    var meters = 0
    var flows = 0
  }

  /// Makes a simulation at the start of its run, with the first events pending.
  public init(_ plan: SimulationPlan, controls mode: ControlMode = .timed) {
    self.plan = plan
    controlMode = mode
    room = ControlRoom(plan.solver, plan.controls)
    today = plan.calendar.day(containing: .start)
    demand = plan.emptyDemand
    flowState = plan.solver.makeState(for: demand)
    fleets = plan.fleets
    delivered = Array(repeating: .zero, count: plan.connections.count)
    requested = delivered
    meters = Array(repeating: SmartMeter(), count: plan.meters.count)
    terminalVoltage = []
    ordinals.fleets = Array(repeating: 0, count: fleets.count)
    terminalVoltage = plan.connections.indices.map { meanVoltage(atDevice: $0) }
    for fleet in fleets.indices { scheduleChange(of: fleet) }
    scheduleReading()
    updateDemand()
    scheduleFlow(at: .start)
  }

  // MARK: The one door

  /// Lets events happen in their order until an instant is complete, or a power flow is due.
  ///
  /// An instant is complete when its last event has happened. The end of the run is an instant of
  /// observation only: meters close their last interval, and nothing changes any more.
  public mutating func advance(through limit: SimulationTime) -> Pause {
    precondition(pendingFlow == nil, "A power flow is due; solve it before advancing.")
    if let stop { return stop }
    while let key = queue.nextKey, key.time <= limit, happens(key) {
      guard let (key, event) = queue.next() else { break }
      now = key.time
      switch event {
      case .deviceChange(let fleet): changeDevices(of: fleet, key)
      case .meterReading: readMeters(key)
      case .controlAction(let control):
        act(control, key)
        if let stop { return stop }
      case .powerFlow:
        pendingFlow = key
        return .powerFlow
      }
    }
    now = max(now, min(limit, plan.end))
    return .reached
  }

  /// Solves the power flow that is due and lets its solution take effect.
  public mutating func solvePendingFlow() {
    guard let key = pendingFlow else { preconditionFailure("No power flow is due.") }
    pendingFlow = nil
    integrate(until: key.time)
    room.follow()
    if !room.solver.accepts(flowState, for: demand) {
      flowState = room.solver.makeState(for: demand)
    }
    let outcome = room.solver.solve(demand, updating: &flowState, until: plan.criterion)
    accept(outcome, key)
  }

  /// What the devices ask for at this time, for whoever solves the power flow elsewhere.
  public var pendingDemand: Demand { demand }

  // MARK: Records for whoever writes them down

  /// Hands over the events since the last call.
  public mutating func takeEvents() -> [EventRecord] { take(&events) }
  /// Hands over the power flows since the last call.
  public mutating func takeFlowRecords() -> [FlowRecord] { take(&flowRecords) }
  /// Hands over the readings since the last call.
  public mutating func takeReadings() -> [ReadingRecord] { take(&readings) }

  /// How much waits to be taken, in records; whoever takes it bounds the memory.
  public var waitingRecordCount: Int {
    events.count + flowRecords.count + readings.count * max(1, plan.meters.count)
  }

  private func take<Record>(_ records: inout [Record]) -> [Record] {
    defer { records.removeAll(keepingCapacity: true) }
    return records
  }

  /// The voltage of a conductor of a bus against earth in V, or nil when it has no such conductor.
  public func voltage(at bus: Index<Bus>, _ conductor: Conductor) -> Phasor? {
    plan.solver.network.terminal(at: bus, conductor).map { flowState.voltage(at: $0) }
  }

  /// What the devices of a fleet draw, according to the last solution.
  public func delivered(toFleet fleet: Int) -> ArraySlice<ComplexPower> {
    delivered[plan.firstDevice[fleet]..<plan.firstDevice[fleet + 1]]
  }

  /// Closes the books at the end of the run: energies up to the last instant.
  public mutating func finish() { integrate(until: now) }

  // MARK: Events

  private func happens(_ key: EventKey) -> Bool {
    key.time < plan.end || key.phase == .observation
  }

  mutating func log(_ key: EventKey, _ event: SimulationEvent, outcome: Int) {
    eventHash.absorb(
      key, kind: UInt64(event.code), payload: UInt64(bitPattern: Int64(outcome)))
    events.append(EventRecord(key: key, event: event, outcome: outcome))
  }

  private mutating func scheduleChange(of fleet: Int) {
    guard let time = fleets[fleet].nextChange, time < plan.end else { return }
    queue.schedule(
      .deviceChange(fleet: fleet),
      at: EventKey(
        time: time, phase: .exogenous, target: fleet, ordinal: ordinals.fleets[fleet]))
    ordinals.fleets[fleet] += 1
  }

  private mutating func scheduleReading() {
    let time = now + plan.meteringInterval
    guard !plan.meters.isEmpty, time <= plan.end else { return }
    queue.schedule(
      .meterReading,
      at: EventKey(time: time, phase: .observation, target: 0, ordinal: ordinals.meters))
    ordinals.meters += 1
  }

  mutating func scheduleFlow(at time: SimulationTime, round: Int = 0) {
    guard !flowIsScheduled else { return }
    queue.schedule(
      .powerFlow,
      at: EventKey(
        time: time, round: round, phase: .physics, target: 0, ordinal: ordinals.flows))
    ordinals.flows += 1
    flowIsScheduled = true
  }

  private mutating func changeDevices(of fleet: Int, _ key: EventKey) {
    fleets[fleet].advance(to: key.time, drawing: delivered(toFleet: fleet))
    let changed = fleets[fleet].updateDemand(
      &requested, from: plan.firstDevice[fleet], at: terminalVoltage)
    log(key, .deviceChange(fleet: fleet), outcome: changed ? 1 : 0)
    scheduleChange(of: fleet)
    if changed {
      shareDemand(of: plan.firstDevice[fleet]..<plan.firstDevice[fleet + 1])
      scheduleFlow(at: key.time)
    }
  }

  private mutating func updateDemand() {
    for fleet in fleets.indices {
      _ = fleets[fleet].updateDemand(
        &requested, from: plan.firstDevice[fleet], at: terminalVoltage)
    }
    shareDemand(of: 0..<requested.count)
  }

  /// Shares the power of each device equally among its legs.
  private mutating func shareDemand(of devices: Range<Int>) {
    for device in devices {
      let entries = plan.firstEntry[device]..<plan.firstEntry[device + 1]
      let share = 1 / Double(entries.count)
      for entry in entries {
        demand.activePower[entry] = requested[device].activeWatts * share
        demand.reactivePower[entry] = requested[device].reactiveVars * share
      }
    }
  }

  private mutating func readMeters(_ key: EventKey) {
    integrate(until: key.time)
    var row: [MeterReading?] = []
    row.reserveCapacity(meters.count)
    for meter in meters.indices { row.append(meters[meter].read()) }
    log(key, .meterReading, outcome: row.count { $0 != nil })
    readings.append(ReadingRecord(time: key.time, readings: row, status: worstMeteredStatus))
    worstMeteredStatus = .solved
    scheduleReading()
  }

  /// Adds the time since the last call, in which the last solution held, to meters and energies.
  private mutating func integrate(until time: SimulationTime) {
    let elapsed = time - meteredUntil
    guard elapsed > .zero else { return }
    meteredUntil = time
    worstMeteredStatus = max(worstMeteredStatus, status)
    guard status != .missing else { return }
    energy.add(power, for: elapsed)
    let network = plan.solver.network
    for (position, installation) in plan.meters.enumerated() {
      var sum = ComplexPower.zero
      for device in plan.metered[position] {
        sum.activeWatts += delivered[device].activeWatts
        sum.reactiveVars += delivered[device].reactiveVars
      }
      func voltage(_ phase: Conductor) -> Double {
        network.terminal(at: installation.bus, phase).map { flowState.voltage(at: $0).length } ?? 0
      }
      meters[position].register(
        sum, voltages: (voltage(.a), voltage(.b), voltage(.c)), for: elapsed)
    }
  }

  private mutating func accept(_ outcome: FlowOutcome, _ key: EventKey) {
    flowIsScheduled = false
    flowCount += 1
    iterationTotal += outcome.iterations
    iterationMaximum = max(iterationMaximum, outcome.iterations)
    switch outcome {
    case .converged:
      takeOver()
      status = .solved
    case .diverged(let iterations, let mismatch, let bus, let conductor):
      let failure = FlowFailure(
        time: key.time, bus: bus, conductor: conductor, iterations: iterations,
        mismatch: mismatch.perUnit)
      failureCount += 1
      if firstFailure == nil { firstFailure = failure }
      switch plan.divergencePolicy {
      case .stop:
        stop = .stopped(failure)
        status = .missing
      case .hold: status = status == .missing ? .missing : .held
      case .missing: status = .missing
      }
    }
    log(key, .powerFlow, outcome: outcome.iterations)
    if case .converged = outcome, controlMode == .timed { showControls(key) }
    flowRecords.append(
      FlowRecord(
        time: key.time, iterations: outcome.iterations, mismatch: outcome.mismatch.perUnit,
        status: status))
  }

  /// Derives from a new solution what devices, meters and recorders see of it.
  private mutating func takeOver() {
    if demand.hasWindows { windowing.note(solver.entriesOutsideWindow(demand, in: flowState)) }
    power = PowerBalance()
    for device in delivered.indices {
      var sum = Phasor.zero
      for entry in plan.firstEntry[device]..<plan.firstEntry[device + 1] {
        sum += voltage(acrossEntry: entry) * flowState.current(ofEntry: entry).conjugate
      }
      delivered[device] = ComplexPower(activeWatts: sum.real, reactiveVars: sum.imaginary)
      power.deliveredWatts += sum.real
      if plan.drawsWhatItAsks[device] {
        let asked = Phasor(requested[device].activeWatts, requested[device].reactiveVars)
        power.deviationVoltAmperes = max(power.deviationVoltAmperes, (sum - asked).length)
      }
      terminalVoltage[device] = meanVoltage(atDevice: device)
    }
    for source in plan.solver.network.grid.sources.indices {
      power.sentWatts += flows.power(outOf: source, in: flowState).real
    }
    let lost = flows.totalLoss(in: flowState) + flows.shuntPower(in: flowState)
    power.lostWatts = lost.real
    power.lostVars = lost.imaginary
    energy.check(power)
    updateExtremes()
  }

  private func meanVoltage(atDevice device: Int) -> Voltage {
    let entries = plan.firstEntry[device]..<plan.firstEntry[device + 1]
    var sum = 0.0
    for entry in entries {
      sum += voltage(acrossEntry: entry).length
    }
    return .volts(sum / Double(entries.count))
  }

  private func voltage(acrossEntry entry: Int) -> Phasor {
    let ends = demand.terminals(ofEntry: entry)
    return (ends.plus.map { flowState.voltage(at: $0) } ?? .zero)
      - (ends.minus.map { flowState.voltage(at: $0) } ?? .zero)
  }

  /// Neutrals and what no source reaches are left out: their voltage is no supply.
  private mutating func updateExtremes() {
    var lowest = (square: Double.infinity, terminal: 0)
    var highest = (square: -Double.infinity, terminal: 0)
    for supplied in plan.suppliedTerminals {
      let square =
        flowState.voltage(at: supplied.terminal).lengthSquared * supplied.inverseSquareNominal
      if square < lowest.square { lowest = (square, supplied.terminal) }
      if square > highest.square { highest = (square, supplied.terminal) }
    }
    let low = lowest.square.squareRoot()
    let high = highest.square.squareRoot()
    if low < extremes.lowest?.perUnit ?? .infinity {
      extremes.lowest = .init(perUnit: low, terminal: lowest.terminal, time: now)
    }
    if high > extremes.highest?.perUnit ?? -.infinity {
      extremes.highest = .init(perUnit: high, terminal: highest.terminal, time: now)
    }
  }
}
