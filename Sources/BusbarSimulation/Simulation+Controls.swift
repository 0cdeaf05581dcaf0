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

  /// Why the run has ended early; nil while it has not.
  public var ending: Pause? { stop }

  mutating func showControls(_ key: EventKey) {
    guard !room.isEmpty else { return }
    schedule(room.observe(flowState, at: now, clock: currentDay()), after: key)
  }

  /// Timers run out behind the power flow of their instant, so that a control sees its solution.
  private mutating func schedule(_ started: [ControlRoom.Started], after key: EventKey) {
    for start in started {
      let round = start.timer.due == key.time ? key.round + 1 : 1
      schedule(
        .controlAction(control: start.control),
        at: EventKey(
          time: start.timer.due, round: round, phase: .actuation, target: start.control,
          ordinal: start.timer.ordinal))
    }
  }

  mutating func act(_ control: Int, _ key: EventKey) {
    let expiry = room.expire(key.ordinal, ofControl: control, at: key.time, pace: .timed)
    guard let purpose = expiry.purpose else { return }
    if let position = expiry.position {
      log(key, .controlAction(control: control), outcome: position)
    }
    schedule(expiry.started, after: key)
    if purpose == .look {
      let started = room.observe(
        flowState, at: now, clock: currentDay(), control: control)
      schedule(started, after: key)
    }
    if expiry.position != nil { scheduleFlow(at: key.time, round: key.round) }
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
      pendingFlow = PendingFlow(
        key: EventKey(
          time: now, round: path.round, phase: .physics, target: 0, ordinal: ordinals.flows),
        cause: cause)
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
