public import BusbarDevices
internal import BusbarEvents
public import BusbarUnits

extension HeadEnd {
  /// Asks meters for what should have arrived and has not (E-15, E-31).
  mutating func check(
    at now: SimulationTime, memory: MeterMemory, into actions: inout [MeteringAction]
  ) {
    guard let check = plan.check else { return }
    actions.append(.wake(.check, at: now + check.period))
    state.book.drop(before: memory.firstRow)
    state.alterations.drop(before: memory.firstRow)
    guard now >= .start + check.deadline, plan.meterCount > 0 else { return }
    let latest = state.book.latestRow(
      at: SimulationTime(milliseconds: (now - (.start + check.deadline)).milliseconds))
    var questions = 0
    let first = state.nextAsked
    for step in 0..<plan.meterCount where questions < check.requestsPerCheck {
      let meter = (first + step) % plan.meterCount
      guard let rows = gap(of: meter, through: latest, atMost: check.rowsPerRequest) else {
        continue
      }
      let index = Index<SmartMeter>(meter)
      send(.readRequest(index, rows, nil), to: .meter(index), into: &actions)
      questions += 1
      state.nextAsked = (meter + 1) % plan.meterCount
    }
    state.counts.requests += questions
  }

  mutating func synchronise(at now: SimulationTime, into actions: inout [MeteringAction]) {
    guard let schedule = plan.synchronisation else { return }
    actions.append(.wake(.synchronise, at: now + schedule.period))
    for position in 0..<plan.meterCount {
      let meter = Index<SmartMeter>(position)
      send(.timeSync(meter), to: .meter(meter), into: &actions)
    }
  }

  /// Asks each member of a group for rows of its load profile (E-3).
  public mutating func read(
    _ rows: RowRange, ofGroup group: Index<MeterGroup>, into actions: inout [MeteringAction]
  ) {
    for meter in plan.groups[group.position].members {
      state.counts.requests += 1
      send(.readRequest(meter, rows, group), to: .meter(meter), into: &actions)
    }
  }

  /// Changes a setting of each member of a group (E-3).
  public func configure(
    _ setting: MeterSetting, ofGroup group: Index<MeterGroup>, into actions: inout [MeteringAction]
  ) {
    for meter in plan.groups[group.position].members {
      send(.configureMeter(meter, setting), to: .meter(meter), into: &actions)
    }
  }

  /// Changes a setting of one meter.
  public func configure(
    _ setting: MeterSetting, of meter: Index<SmartMeter>, into actions: inout [MeteringAction]
  ) {
    send(.configureMeter(meter, setting), to: .meter(meter), into: &actions)
  }

  /// Asks one meter for its present power (D-12).
  public func askPower(of meter: Index<SmartMeter>, into actions: inout [MeteringAction]) {
    send(.ask(meter), to: .meter(meter), into: &actions)
  }

  /// The first gap in what a meter has delivered, or nil.
  private func gap(of meter: Int, through latest: Int, atMost limit: Int) -> RowRange? {
    let first = Int(state.book.oldestMissing[meter])
    guard first <= latest else { return nil }
    var last = first
    while last < latest, last - first + 1 < limit,
      !state.book.isSettled(meter, row: last + 1)
    { last += 1 }
    return RowRange(first, through: last)
  }
}
