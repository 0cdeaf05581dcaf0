public import BusbarEvents
internal import BusbarUnits

extension Concentrator {
  /// Takes a message that has reached the concentrator.
  public mutating func receive(
    _ payload: MeteringPayload, from sender: MeteringAddress, at now: SimulationTime,
    into actions: inout [MeteringAction]
  ) {
    guard state.supply == .present else {
      state.counts.unheard += 1
      return
    }
    switch payload {
    case .halfHourlyRecords(let meter, let rows, let origin):
      collect(meter, rows, at: now)
      if origin == .push {
        send(.acknowledgeRecords(meter, rows), to: sender, into: &actions)
      }
    case .noData(let meter, let rows):
      if let place = place(of: meter) {
        _ = state.cycle.settle(place, rows, latest: latestRow(at: now))
      }
    case .readReject(let meter, let rows, let stamp, let error):
      if let place = place(of: meter) { state.cycle.refuse(place) }
      actions.append(.announce(.requestRejected(meter, rows, error, stamp: stamp)))
    case .acknowledgeBatch(_, let number):
      acknowledge(number, at: now, into: &actions)
    case .lastGasp, .supplyReturn, .pcoup, .stge, .sinsti:
      send(payload, to: .headEnd, into: &actions)
    default: preconditionFailure("\(payload) is not for a concentrator.")
    }
    askNext(at: now, into: &actions)
  }

  mutating func beginCycle(at now: SimulationTime, into actions: inout [MeteringAction]) {
    guard let poll = plan.poll else { return }
    actions.append(.wake(.poll(plan.index), at: now + poll.period))
    guard state.supply == .present else { return }
    state.counts.cycles += 1
    state.cycle.begin(latest: latestRow(at: now))
    askNext(at: now, into: &actions)
  }

  mutating func takeOverdue(at now: SimulationTime, into actions: inout [MeteringAction]) {
    guard let poll = plan.poll else { return }
    while let overdue = state.cycle.nextOverdue(at: now, retry: poll.retry) {
      state.counts.timeouts += 1
      guard !overdue.isAskedAgain else { continue }
      state.counts.givenUp += 1
      let meter = plan.meters[overdue.meter]
      actions.append(.announce(.notAnswering(meter, plan.index)))
    }
    askNext(at: now, into: &actions)
  }

  private mutating func askNext(at now: SimulationTime, into actions: inout [MeteringAction]) {
    guard let poll = plan.poll, state.supply == .present else { return }
    let latest = latestRow(at: now)
    while state.cycle.askedCount < poll.capacity,
      let question = state.cycle.ask(
        latest: latest, atMost: poll.rowsPerRequest, at: now, retry: poll.retry)
    {
      state.counts.requests += 1
      let meter = plan.meters[question.meter]
      send(.readRequest(meter, question.rows, nil), to: .meter(meter), into: &actions)
    }
    armAnswerTimer(at: now, into: &actions)
  }

  /// Asks to be woken at the earliest deadline; one call serves all questions before it.
  private mutating func armAnswerTimer(
    at now: SimulationTime, into actions: inout [MeteringAction]
  ) {
    if let armed = state.answerTimer, armed <= now { state.answerTimer = nil }
    guard let deadline = state.cycle.nextDeadline else { return }
    if let armed = state.answerTimer, armed <= deadline { return }
    state.answerTimer = deadline
    actions.append(.wake(.answer(plan.index), at: deadline))
  }

  private mutating func collect(
    _ meter: Index<SmartMeter>, _ rows: RowRange, at now: SimulationTime
  ) {
    guard let place = place(of: meter) else { return }
    let new = state.cycle.settle(place, rows, latest: latestRow(at: now))
    state.counts.duplicates += rows.count - new
    if new > 0 { state.uplink.collect(RecordRun(meter: meter, rows: rows)) }
  }

  /// Returns a meter's place in the concentrator's list, or nil when it has no such meter.
  private func place(of meter: Index<SmartMeter>) -> Int? {
    var (low, high) = (0, plan.meters.count)
    while low < high {
      let middle = (low + high) / 2
      if plan.meters[middle] < meter { low = middle + 1 } else { high = middle }
    }
    return low < plan.meters.count && plan.meters[low] == meter ? low : nil
  }
}
