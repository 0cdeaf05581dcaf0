internal import BusbarEvents
internal import BusbarMessaging

extension Concentrator {
  mutating func beginBatch(at now: SimulationTime, into actions: inout [MeteringAction]) {
    actions.append(.wake(.uplink(plan.index), at: now + plan.uplink.period))
    guard state.supply == .present else { return }
    collectOwnRows(at: now)
    sendNextBatch(at: now, into: &actions)
  }

  /// Repeats a batch that was not acknowledged in time.
  mutating func repeatBatch(at now: SimulationTime, into actions: inout [MeteringAction]) {
    state.batchTimer = nil
    guard let deadline = state.uplink.deadline else { return }
    if deadline <= now, state.supply == .present {
      sendBatch(at: now, into: &actions)
    } else {
      let isDeaf = state.supply == .lost
      armBatchTimer(
        at: isDeaf ? now + plan.uplink.retry.firstWait : deadline, into: &actions)
    }
  }

  /// Takes an acknowledgement; the rest of a backlog follows at once.
  mutating func acknowledge(
    _ number: Int32, at now: SimulationTime, into actions: inout [MeteringAction]
  ) {
    guard state.uplink.acknowledge(number) else { return }
    guard state.uplink.backlog >= plan.uplink.recordsPerBatch else { return }
    sendNextBatch(at: now, into: &actions)
  }

  private mutating func collectOwnRows(at now: SimulationTime) {
    guard let meter = plan.substationMeter else { return }
    let latest = latestRow(at: now)
    guard latest >= state.substationRows else { return }
    state.uplink.collect(
      RecordRun(meter: meter, rows: RowRange(state.substationRows, through: latest)))
    state.substationRows = latest + 1
  }

  private mutating func sendNextBatch(
    at now: SimulationTime, into actions: inout [MeteringAction]
  ) {
    guard state.uplink.fill(atMost: plan.uplink.recordsPerBatch) else { return }
    sendBatch(at: now, into: &actions)
  }

  private mutating func sendBatch(at now: SimulationTime, into actions: inout [MeteringAction]) {
    state.counts.batches += 1
    let payload = MeteringPayload.batch(
      plan.index, number: state.uplink.number, records: Int32(clamping: state.uplink.batchSize))
    send(payload, to: .headEnd, into: &actions)
    state.uplink.sent(at: now, retry: plan.uplink.retry)
    if let deadline = state.uplink.deadline { armBatchTimer(at: deadline, into: &actions) }
  }

  private mutating func armBatchTimer(
    at time: SimulationTime, into actions: inout [MeteringAction]
  ) {
    if let armed = state.batchTimer, armed <= time { return }
    state.batchTimer = time
    actions.append(.wake(.batch(plan.index), at: time))
  }
}
