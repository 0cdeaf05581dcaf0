internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarPowerFlow

/// What happens at the instants of a run, and what that brings about later.
extension Simulation {
  func happens(_ key: EventKey) -> Bool {
    key.time < plan.end || key.phase == .observation
  }

  /// Puts an event into the queue; it is caused by what is happening now.
  mutating func schedule(_ event: SimulationEvent, at key: EventKey) {
    queue.schedule(PendingEvent(event: event, cause: cause), at: key)
  }

  /// Notes an event that has happened; what is scheduled from now on is caused by it.
  mutating func log(_ key: EventKey, _ event: SimulationEvent, outcome: Int) {
    let number = eventHash.count
    eventHash.absorb(
      key, kind: UInt64(event.code), payload: UInt64(bitPattern: Int64(outcome)))
    if isRecording {
      events.append(
        EventRecord(number: number, key: key, event: event, outcome: outcome, cause: cause))
    }
    cause = number
  }

  // MARK: Scheduling

  mutating func scheduleChange(of fleet: Int) {
    guard let time = fleets[fleet].nextChange else { return }
    // In a branch, changed values may make a change overdue.
    let isOverdue = time < now || time == now && queue.latestKey.map { $0.time == now } ?? false
    schedule(
      .deviceChange(fleet: fleet),
      at: EventKey(
        time: max(time, now), round: isOverdue ? nextRound : 0, phase: .exogenous, target: fleet,
        ordinal: ordinals.fleets[fleet]))
    ordinals.fleets[fleet] += 1
  }

  mutating func scheduleReading() {
    guard !plan.meters.isEmpty else { return }
    schedule(
      .meterReading,
      at: EventKey(
        time: now + plan.meteringInterval, phase: .observation, target: 0,
        ordinal: ordinals.meters))
    ordinals.meters += 1
  }

  /// The first round of this instant in which nothing has happened yet.
  var nextRound: Int { queue.latestKey.map { $0.time == now ? $0.round + 1 : 0 } ?? 0 }

  /// Schedules all planned switching that lies ahead; an operation's own number orders those of one instant.
  mutating func scheduleOperations() {
    for (position, operation) in plan.operations.enumerated()
    where queue.latestKey.map({ operation.time > $0.time }) ?? true {
      schedule(
        .lineOperation(operation: position),
        at: EventKey(
          time: operation.time, phase: .exogenous, target: Int(UInt32.max), ordinal: position))
    }
  }

  mutating func scheduleFlow(at time: SimulationTime, round: Int = 0) {
    guard !flowIsScheduled else { return }
    schedule(
      .powerFlow,
      at: EventKey(
        time: time, round: round, phase: .physics, target: 0, ordinal: ordinals.flows))
    ordinals.flows += 1
    flowIsScheduled = true
  }

  // MARK: Handling

  mutating func changeDevices(of fleet: Int, _ key: EventKey) {
    fleets[fleet].advance(to: key.time, drawing: delivered(toFleet: fleet))
    let changed = fleets[fleet].updateDemand(
      &requested, from: plan.firstDevice[fleet], at: terminalVoltage)
    log(key, .deviceChange(fleet: fleet), outcome: changed ? 1 : 0)
    scheduleChange(of: fleet)
    if changed {
      shareDemand(of: plan.firstDevice[fleet]..<plan.firstDevice[fleet + 1])
      scheduleFlow(at: key.time, round: key.round)
    }
  }

  mutating func operate(_ operation: Int, _ key: EventKey) {
    let planned = plan.operations[operation]
    let changed = room.operate(planned.line, to: planned.state)
    log(key, .lineOperation(operation: operation), outcome: changed ? 1 : 0)
    if changed { scheduleFlow(at: key.time, round: key.round) }
  }

  mutating func updateDemand() {
    for fleet in fleets.indices {
      _ = fleets[fleet].updateDemand(
        &requested, from: plan.firstDevice[fleet], at: terminalVoltage)
    }
    shareDemand(of: 0..<requested.count)
  }

  /// Shares the power of each device equally among its legs.
  mutating func shareDemand(of devices: Range<Int>) {
    for device in devices {
      let entries = plan.firstEntry[device]..<plan.firstEntry[device + 1]
      let share = 1 / Double(entries.count)
      for entry in entries {
        demand.activePower[entry] = requested[device].activeWatts * share
        demand.reactivePower[entry] = requested[device].reactiveVars * share
      }
    }
  }

  /// Lets the devices follow the numbers of terminals after switching.
  mutating func rewire() {
    wiring = Wiring(
      plan.connections, plan.fleets.flatMap(\.voltageResponses), plan.meters,
      in: room.solver.network)
    demand = wiring.emptyDemand
    shareDemand(of: 0..<requested.count)
    flowState = room.solver.makeState(for: demand)
  }

  /// Sets the first timers of the metering, and schedules the first run of each process.
  mutating func startCommunication() {
    post?.metering?.start()
    carryOutMetering()
    for (process, planned) in (plan.communication?.processes ?? []).enumerated() {
      scheduleProcess(process, at: planned.first)
    }
  }

  mutating func readMeters(_ key: EventKey) {
    integrate(until: key.time)
    var row: [MeterReading?] = []
    row.reserveCapacity(meters.count)
    for meter in meters.indices { row.append(meters[meter].read()) }
    log(key, .meterReading, outcome: row.count { $0 != nil })
    post?.metering?.record(row, at: key.time)
    if isRecording, key.time > plan.recordingStart {
      readings.append(ReadingRecord(time: key.time, readings: row, status: worstMeteredStatus))
    }
    worstMeteredStatus = .solved
    scheduleReading()
  }

  mutating func accept(_ outcome: FlowOutcome, _ key: EventKey) {
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
    if case .converged = outcome {
      if controlMode == .timed { showControls(key) }
      showPowers()
    }
    if isRecording {
      flowRecords.append(
        FlowRecord(
          time: key.time, iterations: outcome.iterations, mismatch: outcome.mismatch.perUnit,
          status: status))
    }
  }
}
