public import BusbarDevices
public import BusbarEvents
internal import BusbarUnits

extension HeadEnd {
  /// Takes a message that has reached the head-end.
  ///
  /// `batch` is the outbox of the sending concentrator and empty for other messages. `factor`
  /// is what an attacker multiplied the carried powers by, 1 for an honest message.
  public mutating func receive(
    _ payload: MeteringPayload, from sender: MeteringAddress, batch: [RecordRun] = [],
    factor: Double = 1, at now: SimulationTime, memory: MeterMemory,
    into actions: inout [MeteringAction]
  ) {
    let arrival = Arrival(path: sender, time: now, factor: factor)
    switch payload {
    case .halfHourlyRecords(let meter, let rows, let origin):
      store(RecordRun(meter: meter, rows: rows), arrival, memory, into: &actions)
      if origin == .push {
        send(.acknowledgeRecords(meter, rows), to: sender, into: &actions)
      }
    case .noData(let meter, let rows):
      store(RecordRun(meter: meter, rows: rows), arrival, memory, into: &actions)
    case .batch(let concentrator, let number, let records):
      store(batch, number, of: concentrator, records, arrival, memory, into: &actions)
      send(.acknowledgeBatch(concentrator, number: number), to: sender, into: &actions)
    case .readReject(let meter, let rows, let stamp, let error):
      state.counts.rejected += 1
      actions.append(.announce(.requestRejected(meter, rows, error, stamp: stamp)))
    default: actions.append(.announce(Self.notice(of: payload)))
    }
  }

  private struct Arrival {
    let path: MeteringAddress
    let time: SimulationTime
    let factor: Double
  }

  /// Stores a batch; one that was stored before is only acknowledged again.
  private mutating func store(
    _ runs: [RecordRun], _ number: Int32, of concentrator: Index<Concentrator>,
    _ records: Int32, _ arrival: Arrival, _ memory: MeterMemory,
    into actions: inout [MeteringAction]
  ) {
    while state.batches.count <= concentrator.position { state.batches.append(0) }
    guard number > state.batches[concentrator.position] else {
      state.counts.duplicates += Int(records)
      return
    }
    state.batches[concentrator.position] = number
    for run in runs { store(run, arrival, memory, into: &actions) }
  }

  private mutating func store(
    _ run: RecordRun, _ arrival: Arrival, _ memory: MeterMemory,
    into actions: inout [MeteringAction]
  ) {
    for number in run.rows.numbers {
      let row = memory.row(number)
      let isRecorded = row?.flags[run.meter.position].contains(.recorded) ?? false
      let entry = state.book.enter(
        run.meter.position, row: number, isRecorded: isRecorded, at: arrival.time)
      switch entry {
      case .absent: state.counts.absent += 1
      case .duplicate: state.counts.duplicates += 1
      case .stored(let isLate):
        state.counts.arrived += 1
        if isLate { state.counts.late += 1 }
        if arrival.factor != 1 {
          state.alterations.insert(meter: run.meter, row: number, factor: arrival.factor)
        }
        guard let row else { continue }
        actions.append(
          .store(
            RecordArrival(
              meter: run.meter, row: number, arrival: arrival.time,
              stamp: row.timestamp(of: run.meter), path: arrival.path, isLate: isLate)))
      }
    }
  }

  private static func notice(of payload: MeteringPayload) -> MeteringNotice {
    switch payload {
    case .lastGasp(let meter, let stamp): .supplyLost(meter, stamp: stamp)
    case .supplyReturn(let meter, let stamp): .supplyReturned(meter, stamp: stamp)
    case .pcoup(let meter, let watts, let stamp): .cutOffPower(meter, watts: watts, stamp: stamp)
    case .stge(let meter, let watts, let stamp): .overrun(meter, watts: watts, stamp: stamp)
    case .sinsti(let meter, let watts, let stamp): .injection(meter, watts: watts, stamp: stamp)
    case .answer(let meter, let watts, let stamp): .power(meter, watts: watts, stamp: stamp)
    default: preconditionFailure("\(payload) is not for the head-end.")
    }
  }
}
