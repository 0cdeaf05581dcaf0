public import BusbarEvents
internal import BusbarUnits

extension MeterCommunication {
  /// Takes a message that has reached a meter.
  ///
  /// A meter without supply hears nothing, so what was sent to it is lost. Payloads that are not
  /// for meters trap.
  public mutating func receive(
    _ payload: MeteringPayload, from sender: MeteringAddress, at now: SimulationTime,
    memory: MeterMemory, clocks: inout MeterClocks, into actions: inout [MeteringAction]
  ) {
    let meter = Self.addressee(of: payload)
    guard state.supply.isOn(meter.position) else {
      state.counts.unheard += 1
      return
    }
    switch payload {
    case .readRequest(_, let rows, let group):
      let reply = answer(
        meter, rows, to: sender, group: group, memory: memory,
        stamp: clocks.timestamp(of: meter, at: now))
      send(reply, from: meter, to: sender, into: &actions)
    case .acknowledgeRecords(_, let rows):
      let more = state.push?.acknowledge(meter.position, rows, at: now, memory: memory)
      if let more { sendPush(more, of: meter, into: &actions) }
    case .configureMeter(_, let setting):
      configure(meter, setting, at: now, clocks: clocks, into: &actions)
    case .timeSync: clocks.synchronise(meter, at: now)
    case .ask: answerPower(meter, to: sender, at: now, clocks: clocks, into: &actions)
    default: preconditionFailure("\(payload) is not for a meter.")
    }
    armTimers(at: now, into: &actions)
  }

  private static func addressee(of payload: MeteringPayload) -> Index<SmartMeter> {
    switch payload {
    case .readRequest(let meter, _, _), .acknowledgeRecords(let meter, _),
      .configureMeter(let meter, _), .timeSync(let meter), .ask(let meter):
      return meter
    default: preconditionFailure("\(payload) is not for a meter.")
    }
  }

  /// Returns the meter's answer: data, rejected, or no data (E-16); a lost one is the link's.
  private mutating func answer(
    _ meter: Index<SmartMeter>, _ rows: RowRange, to sender: MeteringAddress,
    group: Index<MeterGroup>?, memory: MeterMemory, stamp: SimulationTime
  ) -> MeteringPayload {
    if let error = error(meter, rows, from: sender, group: group, memory: memory) {
      state.counts.rejected += 1
      return .readReject(meter, rows, stamp: stamp, error)
    }
    guard Self.holdsAny(rows, of: meter, memory) else {
      state.counts.answeredWithNoData += 1
      return .noData(meter, rows)
    }
    state.counts.answeredWithData += 1
    return .halfHourlyRecords(meter, rows, .answer)
  }

  private func error(
    _ meter: Index<SmartMeter>, _ rows: RowRange, from sender: MeteringAddress,
    group: Index<MeterGroup>?, memory: MeterMemory
  ) -> ReadError? {
    guard
      sender == .headEnd || sender == plan.collectors[meter.position]
        || sender == .localInterface(meter)
    else { return .notAuthorised }
    if let group {
      guard plan.groups.indices.contains(group.position),
        plan.groups[group.position].contains(meter)
      else { return .notInGroup }
    }
    if rows.first < 0 || rows.first > rows.last { return .malformedRange }
    return Int(rows.last) < memory.nextRow ? nil : .notYetRecorded
  }

  private static func holdsAny(
    _ rows: RowRange, of meter: Index<SmartMeter>, _ memory: MeterMemory
  ) -> Bool {
    rows.numbers.contains { number in
      memory.row(number)?.flags[meter.position].contains(.recorded) ?? false
    }
  }

  private mutating func configure(
    _ meter: Index<SmartMeter>, _ setting: MeterSetting, at now: SimulationTime,
    clocks: MeterClocks, into actions: inout [MeteringAction]
  ) {
    switch setting {
    case .pushPeriod(let period):
      state.push?.setPeriod(period, of: meter.position, at: now)
    case .cutOffPower(let watts):
      setCutOff(of: meter, watts: Double(watts), at: now, clocks: clocks, into: &actions)
    }
  }
}
