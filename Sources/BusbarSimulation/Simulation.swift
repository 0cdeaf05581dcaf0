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
    /// What happens at one instant has no end, which has ended the run.
    case unsettled(EndlessInstant)
    /// Switching has left a network without a unique solution, which has ended the run.
    case unsolvable(NetworkFailure)
    /// Nothing is left to happen while somebody waits, which has ended the run.
    case stalled(Stall)
  }

  /// A power flow that has no solution.
  public struct FlowFailure: Sendable, Hashable, Codable, Error {
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
  public internal(set) var now = SimulationTime.start
  /// The last solution.
  public internal(set) var flowState: FlowState
  /// Reads currents and powers of branches out of the last solution.
  public var flows: BranchFlows { room.flows }
  /// Whether the controls of the network act.
  public let controlMode: ControlMode
  /// The solver for the positions of the last solution.
  public var solver: FlowSolver { room.solver }
  /// The taps and steps as the controls have left them.
  public var positions: Positions { room.positions }
  /// Whether the tables hold a solution for this time.
  public internal(set) var status = SolutionStatus.missing
  /// What each device draws, according to the last solution.
  public internal(set) var delivered: [ComplexPower]
  /// The fleets as they are now.
  public internal(set) var fleets: [any Fleet]
  /// The rolling hash of all events so far.
  public internal(set) var eventHash = EventLogHash()
  /// Energies so far.
  public internal(set) var energy = EnergyBalance()
  /// Powers of the last solution.
  public internal(set) var power = PowerBalance()
  /// The lowest and the highest voltage so far.
  public internal(set) var extremes = VoltageExtremes()
  /// The first power flow without a solution; nil while there was none.
  public internal(set) var firstFailure: FlowFailure?
  /// The number of power flows that had no solution.
  public internal(set) var failureCount = 0
  /// The number of power flows so far, with and without a solution.
  public internal(set) var flowCount = 0
  /// The sweeps of all power flows together.
  public internal(set) var iterationTotal = 0
  /// The most sweeps of one power flow.
  public internal(set) var iterationMaximum = 0
  /// How often legs of devices lay outside their voltage window and were impedances.
  public internal(set) var windowing = Windowing()

  /// What is still to happen.
  var queue = EventQueue<PendingEvent>()
  /// The number of the event behind what is scheduled now; `EventRecord.noCause` at the start.
  var cause = EventRecord.noCause
  var room: ControlRoom
  /// All that communicates; nil when nobody does.
  var post: PostOffice?
  var wiring: Wiring
  /// What the devices ask for, entry by entry.
  public internal(set) var demand: Demand
  var requested: [ComplexPower]
  var terminalVoltage: [Voltage]
  var meters: [SmartMeter]
  var meteredUntil = SimulationTime.start
  var worstMeteredStatus = SolutionStatus.solved
  var ordinals = Ordinals()
  /// Whether a power flow waits in the queue or to be solved; one an instant is enough.
  var flowIsScheduled = false
  var pendingFlow: PendingFlow?
  var stop: Pause?
  var watch = InstantWatch()
  /// Whether the warm-up is over, so that books and records are kept.
  public internal(set) var isRecording: Bool
  /// The local day of the last look at the clock.
  var today: LocalDay

  var events: [EventRecord] = []
  var flowRecords: [FlowRecord] = []
  var readings: [ReadingRecord] = []

  struct Ordinals: Codable {
    var fleets: [Int] = []
    var meters = 0
    var flows = 0
  }

  struct PendingFlow: Codable {
    var key: EventKey
    var cause: Int
  }

  /// Makes a simulation at the start of its run, with the first events pending.
  public init(_ plan: SimulationPlan, controls mode: ControlMode = .timed) {
    self.plan = plan
    controlMode = mode
    room = ControlRoom(plan.solver, plan.controls)
    today = plan.calendar.day(containing: .start)
    wiring = plan.wiring
    demand = wiring.emptyDemand
    flowState = plan.solver.makeState(for: demand)
    fleets = plan.fleets
    delivered = Array(repeating: .zero, count: plan.connections.count)
    requested = delivered
    meters = Array(repeating: SmartMeter(), count: plan.meters.count)
    terminalVoltage = []
    isRecording = plan.warmUp == .zero
    ordinals.fleets = Array(repeating: 0, count: fleets.count)
    post = plan.communication.map {
      PostOffice($0, interval: plan.meteringInterval, seed: plan.seed)
    }
    terminalVoltage = plan.connections.indices.map { meanVoltage(atDevice: $0) }
    for fleet in fleets.indices { scheduleChange(of: fleet) }
    scheduleReading()
    scheduleOperations()
    updateDemand()
    scheduleFlow(at: .start)
    startCommunication()
  }

  // MARK: The one door

  /// Lets events happen in their order until an instant is complete, or a power flow is due.
  ///
  /// An instant is complete when its last event has happened. The end of the run is an instant of
  /// observation only: meters close their last interval, and nothing changes any more.
  public mutating func advance(through limit: SimulationTime) -> Pause {
    precondition(pendingFlow == nil, "A power flow is due; solve it before advancing.")
    while stop == nil, let key = queue.nextKey, key.time <= limit, happens(key) {
      beginRecording(before: key.time)
      guard let (key, pending) = queue.next() else { break }
      now = key.time
      cause = pending.cause
      if let endless = watch.note(pending.event, key, plan) {
        stop = .unsettled(endless)
        break
      }
      guard handle(pending.event, key) == .done else { return .powerFlow }
    }
    if stop == nil, limit > now, let stall { stop = .stalled(stall) }
    if let stop { return stop }
    now = max(now, min(limit, plan.end))
    beginRecording(before: now)
    return .reached
  }

  private enum Handling {
    case done
    case flowIsDue
  }

  private mutating func handle(_ event: SimulationEvent, _ key: EventKey) -> Handling {
    switch event {
    case .deviceChange(let fleet): changeDevices(of: fleet, key)
    case .meterReading: readMeters(key)
    case .controlAction(let control): act(control, key)
    case .lineOperation(let operation): operate(operation, key)
    case .messageDelivery(let place): receive(place, key)
    case .messageFetch(let place): fetch(place, key)
    case .messageConfirmation(let place): takeConfirmation(place, key)
    case .meteringTimer(let timer): wake(timer, key)
    case .processStart(let process): startProcess(process, key)
    case .processStep(let process, let run, let step):
      takeStep(process, run: run, step: step, key)
    case .processCommand(let process, let step): obey(process, step: step, key)
    case .powerFlow:
      pendingFlow = PendingFlow(key: key, cause: cause)
      return .flowIsDue
    }
    return .done
  }

  /// Solves the power flow that is due and lets its solution take effect.
  public mutating func solvePendingFlow() {
    guard let pending = pendingFlow else { preconditionFailure("No power flow is due.") }
    pendingFlow = nil
    cause = pending.cause
    integrate(until: pending.key.time)
    do {
      if try room.follow().contains(.topology) {
        rewire()
        followSupply()
      }
    } catch {
      stop = .unsolvable(NetworkFailure(time: now, reason: "\(error)"))
      flowIsScheduled = false
      return
    }
    if !room.solver.accepts(flowState, for: demand) {
      flowState = room.solver.makeState(for: demand)
    }
    let outcome = room.solver.solve(demand, updating: &flowState, until: plan.criterion)
    accept(outcome, pending.key)
  }

  /// What the devices ask for at this time, for whoever solves the power flow elsewhere.
  public var pendingDemand: Demand { demand }

  /// Returns a simulation that sets out from here and goes its own way, without any records yet.
  ///
  /// For forecasts, counterfactual twins and bisections. O(state), as everything is a value.
  public func fork() -> Simulation {
    var fork = self
    fork.events = []
    fork.flowRecords = []
    fork.readings = []
    fork.post?.records.removeAll()
    return fork
  }

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
      + (post?.records.count ?? 0)
  }

  private func take<Record>(_ records: inout [Record]) -> [Record] {
    defer { records.removeAll(keepingCapacity: true) }
    return records
  }

  /// The voltage of a conductor of a bus against earth in V, or nil when it has no such conductor.
  public func voltage(at bus: Index<Bus>, _ conductor: Conductor) -> Phasor? {
    solver.network.terminal(at: bus, conductor).map { flowState.voltage(at: $0) }
  }

  /// What the devices of a fleet draw, according to the last solution.
  public func delivered(toFleet fleet: Int) -> ArraySlice<ComplexPower> {
    delivered[plan.firstDevice[fleet]..<plan.firstDevice[fleet + 1]]
  }

  /// Closes the books at the end of the run: energies up to the last instant.
  public mutating func finish() { integrate(until: now) }
}
