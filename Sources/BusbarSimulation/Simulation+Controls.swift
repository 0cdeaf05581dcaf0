internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarPowerFlow

/// Controls of the network: what they see, and what they do in time or while time stands still.
extension Simulation {
  /// The local day that contains the present instant.
  private mutating func currentDay() -> LocalDay {
    if !today.contains(now) { today = plan.calendar.day(containing: now) }
    return today
  }

  /// The controls that have ended the run by undoing each other's work; nil while there were none.
  public var hunting: ControlHunting? {
    if case .unsettled(let hunting) = stop { hunting } else { nil }
  }

  mutating func showControls(_ key: EventKey) {
    guard !room.isEmpty else { return }
    schedule(room.observe(flowState, at: now, clock: currentDay()), after: key)
  }

  /// Timers run out behind the power flow of their instant, so that a control sees its solution.
  private mutating func schedule(_ started: [ControlRoom.Started], after key: EventKey) {
    for start in started where start.timer.due < plan.end {
      let round = start.timer.due == key.time ? key.round + 1 : 1
      queue.schedule(
        .controlAction(control: start.control),
        at: EventKey(
          time: start.timer.due, round: round, phase: .actuation, target: start.control,
          ordinal: start.timer.ordinal))
    }
  }

  mutating func act(_ control: Int, _ key: EventKey) {
    let expiry = room.expire(key.ordinal, ofControl: control, at: key.time, pace: .timed)
    guard let purpose = expiry.purpose else { return }
    schedule(expiry.started, after: key)
    if purpose == .look {
      let started = room.observe(
        flowState, at: now, clock: currentDay(), control: control)
      schedule(started, after: key)
    }
    guard let position = expiry.position else { return }
    log(key, .controlAction(control: control), outcome: position)
    if watch.exceeds(afterMoveOf: control, key) {
      stop = .unsettled(watch.report(plan.controls, at: key.time))
    }
    scheduleFlow(at: key.time, round: key.round)
  }

  /// Lets the controls go to their final positions while time stands still.
  ///
  /// The last flow has a solution, and the simulation was made with idle controls. Stops when no
  /// control wants to act, or when the positions come back a third time.
  public mutating func settleControls() -> ControlSettling {
    precondition(controlMode == .idle, "Controls are either settled or act in time.")
    precondition(pendingFlow == nil, "A power flow is due; solve it before settling.")
    var path = SettlingPath()
    while status == .solved {
      _ = room.observe(flowState, at: now, clock: currentDay())
      let due = room.nextActions
      guard !due.isEmpty else { return .settled(operations: path.moves.count) }
      let movedBefore = path.moves.count
      for action in due { operate(action, &path) }
      if let movers = path.circle(at: room.positions, asking: due.map(\.control)) {
        return .cycling(
          ControlHunting(time: now, controls: movers.map { plan.controls[$0].id }))
      }
      guard path.moves.count > movedBefore else { continue }
      pendingFlow = EventKey(
        time: now, round: path.round, phase: .physics, target: 0, ordinal: ordinals.flows)
      ordinals.flows += 1
      solvePendingFlow()
    }
    return .unsolved
  }

  /// Lets one control act at once.
  private mutating func operate(_ action: ControlRoom.Started, _ path: inout SettlingPath) {
    let expiry = room.expire(
      action.timer.ordinal, ofControl: action.control, at: now, pace: .steady)
    guard let position = expiry.position else { return }
    path.moves.append((action.control, room.positions))
    let key = EventKey(
      time: now, round: path.round, phase: .actuation, target: action.control,
      ordinal: action.timer.ordinal)
    log(key, .controlAction(control: action.control), outcome: position)
  }
}
