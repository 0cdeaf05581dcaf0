internal import BusbarEvents
internal import BusbarGrid
internal import BusbarMessaging
internal import BusbarUnits

/// Chains of messages that the scenario lets happen.
extension Simulation {
  /// Schedules the next run of a process.
  mutating func scheduleProcess(_ process: Int, at time: SimulationTime) {
    guard let run = post?.processes.begun[process] else { return }
    schedule(
      .processStart(process: process),
      at: EventKey(time: time, phase: .decision, target: Self.firstTarget + process, ordinal: run))
  }

  /// Targets of processes come after those of the metering's timers.
  private static let firstTarget = 1 << 31

  mutating func startProcess(_ process: Int, _ key: EventKey) {
    guard let setup = plan.communication, let run = post?.processes.begin(process, at: now) else {
      return
    }
    log(key, .processStart(process: process), outcome: run)
    if let period = setup.processes[process].period {
      scheduleProcess(process, at: now + period)
    }
    begin(process, run: run, step: 0)
  }

  /// A step's turn has come; its sender needs its time before it sends.
  private mutating func begin(_ process: Int, run: Int, step: Int) {
    guard let setup = plan.communication else { return }
    scheduleStep(
      process, run: run, step: step, at: now + setup.processes[process].steps[step].delay)
  }

  private mutating func scheduleStep(
    _ process: Int, run: Int, step: Int, at time: SimulationTime
  ) {
    let event = SimulationEvent.processStep(process: process, run: run, step: step)
    guard let ordinal = post?.processes.nextOrdinal(process) else { return }
    schedule(
      event,
      at: EventKey(
        time: time, round: time == now ? nextRound : 0, phase: .decision,
        target: Self.firstTarget + plan.processCount + process, ordinal: ordinal))
  }

  /// Sends the message of a step, for the first time or again.
  mutating func takeStep(_ process: Int, run: Int, step: Int, _ key: EventKey) {
    guard let planned = plan.communication?.processes[process].steps[step] else { return }
    let attempt = post?.processes.update(process, run: run, step: step) { run in
      // This event is one of the hopes when it is a repetition.
      if run.attempts > 0 { run.hopes -= 1 }
      run.attempts += 1
      return run.attempts
    }
    // A repetition that the answer has overtaken.
    guard let attempt = attempt ?? nil else { return }
    if let limit = planned.retry?.attemptLimit, attempt > limit {
      _ = post?.processes.update(process, run: run, step: step) { $0.attempts -= 1 }
      strandIfHopeless(process, run: run, step: step)
      return
    }
    log(key, .processStep(process: process, run: run, step: step), outcome: attempt)
    let content = ProcessMessage(
      process: process, run: run, step: step, kind: planned.message)
    let arrivals = dispatch(
      Message(
        .process(content), bytes: planned.bytes, from: planned.sender, to: planned.receiver,
        along: planned.route, sentAt: now, ordinal: post?.transmissionCount ?? 0,
        cause: Int64(cause)))
    var hopes = arrivals
    if let retry = planned.retry {
      hopes += 1
      scheduleStep(
        process, run: run, step: step, at: now + retry.wait(afterAttempt: attempt))
    }
    _ = post?.processes.update(process, run: run, step: step) { $0.hopes += hopes }
    strandIfHopeless(process, run: run, step: step)
  }

  /// A message of a process is read: its receiver obeys, and without a confirmation to come the
  /// step is done.
  mutating func arrive(_ message: ProcessMessage) {
    guard let planned = plan.communication?.processes[message.process].steps[message.step],
      let isAwaited = post?.processes.update(
        message.process, run: message.run, step: message.step, { _ in true }), isAwaited
    else { return }
    if planned.command != nil { scheduleCommand(message) }
    let last = links.routes[planned.route].links.last
    let isConfirmed = last.map { links.links[$0].linkClass.confirmation != nil } ?? false
    if !isConfirmed { complete(message) }
  }

  private mutating func scheduleCommand(_ message: ProcessMessage) {
    guard let ordinal = post?.processes.nextOrdinal(message.process) else { return }
    schedule(
      .processCommand(process: message.process, step: message.step),
      at: EventKey(
        time: now, round: queue.latestKey?.round ?? 0, phase: .actuation,
        target: Self.firstTarget + message.process, ordinal: ordinal))
  }

  /// The receiver of a step does what it was told.
  mutating func obey(_ process: Int, step: Int, _ key: EventKey) {
    let event = SimulationEvent.processCommand(process: process, step: step)
    switch plan.communication?.processes[process].steps[step].command {
    case .line(let line, let state):
      let changed = room.operate(line, to: state)
      log(key, event, outcome: changed ? 1 : 0)
      if changed { scheduleFlow(at: key.time, round: key.round) }
    case .cutOffPower(let meter, let watts):
      log(key, event, outcome: 1)
      post?.metering?.setCutOff(of: meter, watts: watts, at: now)
      carryOutMetering()
    case nil: break
    }
  }

  /// A step has done its work: the next one's turn has come, or the run is at its end.
  mutating func complete(_ message: ProcessMessage) {
    guard let setup = plan.communication else { return }
    let steps = setup.processes[message.process].steps
    let time = now
    let done = post?.processes.update(message.process, run: message.run, step: message.step) {
      run -> ProcessRecord in
      defer {
        run.step += 1
        run.begun = time
        run.attempts = 0
        run.hopes = 0
      }
      return ProcessRecord(
        process: message.process, run: message.run, step: message.step, begun: run.begun,
        completed: time, attempts: run.attempts)
    }
    guard let record = done ?? nil else { return }
    if isRecording { post?.records.processes.append(record) }
    if message.step + 1 < steps.count {
      begin(message.process, run: message.run, step: message.step + 1)
    } else {
      post?.processes.end(message.process, run: message.run)
    }
  }

  /// A copy of a step's message, or its confirmation, will never come.
  mutating func loseHope(of message: ProcessMessage) {
    _ = post?.processes.update(message.process, run: message.run, step: message.step) {
      $0.hopes -= 1
    }
    strandIfHopeless(message.process, run: message.run, step: message.step)
  }

  private mutating func strandIfHopeless(_ process: Int, run: Int, step: Int) {
    let record = post?.processes.update(process, run: run, step: step) { run -> ProcessRecord? in
      guard run.hopes <= 0 else { return nil }
      return ProcessRecord(
        process: process, run: run.number, step: step, begun: run.begun, completed: nil,
        attempts: run.attempts)
    }
    guard let record = record ?? nil else { return }
    post?.processes.strand(process, run: run, step: step)
    if isRecording { post?.records.processes.append(record) }
  }

  // MARK: Waiting

  /// Runs of processes that wait for what can never come, in the user's words; the latest only.
  public var waitingForever: [String] {
    guard let setup = plan.communication, let board = post?.processes else { return [] }
    return board.stranded.map { stranded in
      let process = setup.processes[stranded.process]
      let step = process.steps[stranded.step]
      let parties = setup.network.parties
      return "run \(stranded.run) of process '\(process.id)' waits for \(step.message.rawValue) "
        + "from '\(parties[step.sender].id)' to '\(parties[step.receiver].id)'"
    }
  }

  /// The number of runs of processes that wait for what can never come.
  public var waitingForeverCount: Int { post?.processes.strandedCount ?? 0 }

  /// What is wrong when nothing is left to happen while somebody waits; nil while all is well.
  var stall: Stall? {
    guard queue.count == 0, waitingForeverCount > 0 else { return nil }
    return Stall(time: now, waiting: waitingForever)
  }
}
