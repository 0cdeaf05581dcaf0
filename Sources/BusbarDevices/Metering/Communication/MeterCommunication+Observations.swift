public import BusbarEvents
public import BusbarUnits

extension MeterCommunication {
  /// Takes the power that each meter sees after a power flow, in W, positive when drawn.
  ///
  /// Reports overruns and injections that have just begun (D-12). O(reporting meters).
  public mutating func observe(
    activeWatts: [Double], at now: SimulationTime, clocks: MeterClocks,
    into actions: inout [MeteringAction]
  ) {
    guard let count = state.realTime?.meters.count else { return }
    for member in 0..<count {
      guard let meter = state.realTime?.meters[member] else { return }
      observe(
        member, meter, watts: activeWatts[meter.position], at: now, clocks: clocks,
        into: &actions)
    }
    armTimers(at: now, into: &actions)
  }

  private mutating func observe(
    _ member: Int, _ meter: Index<SmartMeter>, watts: Double, at now: SimulationTime,
    clocks: MeterClocks, into actions: inout [MeteringAction]
  ) {
    guard let begun = state.realTime?.observe(member, watts: watts, at: now) else { return }
    if begun.overrun { reportOverrun(member, at: now, clocks: clocks, into: &actions) }
    if begun.injection { reportInjection(member, at: now, clocks: clocks, into: &actions) }
  }

  /// Notes that a meter has lost its supply or has it again (E-1, I-15).
  ///
  /// The last gasp leaves on stored energy: take it to the links before their ends count as
  /// without supply.
  public mutating func supply(
    of meter: Index<SmartMeter>, is supply: SupplyState, at now: SimulationTime,
    clocks: MeterClocks, into actions: inout [MeteringAction]
  ) {
    let stamp = clocks.timestamp(of: meter, at: now)
    let collector = plan.collectors[meter.position]
    switch supply {
    case .lost where state.supply.lose(meter.position, at: now):
      send(.lastGasp(meter, stamp: stamp), from: meter, to: collector, into: &actions)
    case .present where state.supply.restore(meter.position, at: now):
      send(.supplyReturn(meter, stamp: stamp), from: meter, to: collector, into: &actions)
    default: break
    }
  }

  /// For each meter, whether it was without supply since the last call of `beginRow()`.
  public var interrupted: [Bool] { state.supply.interrupted }

  /// Begins a new interval; after the row of the last one was made.
  public mutating func beginRow() { state.supply.beginRow() }

  mutating func repeatOverruns(
    at now: SimulationTime, clocks: MeterClocks, into actions: inout [MeteringAction]
  ) {
    while let member = state.realTime?.overrun.nextDue(at: now) {
      reportOverrun(member, at: now, clocks: clocks, into: &actions)
    }
  }

  mutating func repeatInjections(
    at now: SimulationTime, clocks: MeterClocks, into actions: inout [MeteringAction]
  ) {
    while let member = state.realTime?.injection.nextDue(at: now) {
      reportInjection(member, at: now, clocks: clocks, into: &actions)
    }
  }

  /// Changes a cut-off power and reports it (PCOUP) when it differs from before (D-12).
  mutating func setCutOff(
    of meter: Index<SmartMeter>, watts: Double, at now: SimulationTime, clocks: MeterClocks,
    into actions: inout [MeteringAction]
  ) {
    guard let member = state.realTime?.member(meter),
      state.realTime?.setCutOff(member, watts: watts) == true,
      let present = state.realTime?.watts[member]
    else { return }
    let stamp = clocks.timestamp(of: meter, at: now)
    let payload = MeteringPayload.pcoup(meter, cutOffWatts: Float(watts), stamp: stamp)
    sendRealTime(payload, from: meter, into: &actions)
    observe(member, meter, watts: present, at: now, clocks: clocks, into: &actions)
  }

  func answerPower(
    _ meter: Index<SmartMeter>, to sender: MeteringAddress, at now: SimulationTime,
    clocks: MeterClocks, into actions: inout [MeteringAction]
  ) {
    guard let realTime = state.realTime, let member = realTime.member(meter) else {
      send(.noData(meter, RowRange(0, through: -1)), from: meter, to: sender, into: &actions)
      return
    }
    let watts = Float(realTime.watts[member])
    let stamp = clocks.timestamp(of: meter, at: now)
    send(.answer(meter, watts: watts, stamp: stamp), from: meter, to: sender, into: &actions)
  }

  private func reportOverrun(
    _ member: Int, at now: SimulationTime, clocks: MeterClocks,
    into actions: inout [MeteringAction]
  ) {
    guard let realTime = state.realTime, let limit = realTime.cutOffWatts[member] else { return }
    let meter = realTime.meters[member]
    let excess = Float(realTime.watts[member] - limit)
    let stamp = clocks.timestamp(of: meter, at: now)
    sendRealTime(.stge(meter, watts: excess, stamp: stamp), from: meter, into: &actions)
  }

  private func reportInjection(
    _ member: Int, at now: SimulationTime, clocks: MeterClocks,
    into actions: inout [MeteringAction]
  ) {
    guard let realTime = state.realTime else { return }
    let meter = realTime.meters[member]
    let stamp = clocks.timestamp(of: meter, at: now)
    let payload = MeteringPayload.sinsti(
      meter, watts: Float(-realTime.watts[member]), stamp: stamp)
    sendRealTime(payload, from: meter, into: &actions)
  }

  /// A meter without supply sends nothing.
  private func sendRealTime(
    _ payload: MeteringPayload, from meter: Index<SmartMeter>,
    into actions: inout [MeteringAction]
  ) {
    guard state.supply.isOn(meter.position) else { return }
    switch plan.realTimeReceiver {
    case .collector:
      send(payload, from: meter, to: plan.collectors[meter.position], into: &actions)
    case .localInterface:
      send(payload, from: meter, to: .localInterface(meter), into: &actions)
    }
  }
}
