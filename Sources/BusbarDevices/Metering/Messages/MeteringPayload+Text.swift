internal import BusbarEvents
internal import BusbarUnits

extension MeteringPayload: CustomStringConvertible {
  /// The name of the message in the catalogue, its meter, and what it is about.
  public var description: String {
    switch self {
    case .halfHourlyRecords(let meter, let rows, let origin):
      "HalfHourlyRecord \(meter.position) rows \(rows) (\(origin))"
    case .readRequest(let meter, let rows, let group):
      "ReadRequest \(meter.position) rows \(rows)"
        + (group.map { " group \($0.position)" } ?? "")
    case .readReject(let meter, let rows, let stamp, let error):
      "ReadReject \(meter.position) rows \(rows) \(error) at \(stamp.milliseconds) ms"
    case .noData(let meter, let rows): "NoData \(meter.position) rows \(rows)"
    case .configureMeter(let meter, let setting): "ConfigureMeter \(meter.position) \(setting)"
    case .timeSync(let meter): "TimeSync \(meter.position)"
    case .lastGasp(let meter, _): "LastGasp \(meter.position)"
    case .supplyReturn(let meter, _): "SupplyReturn \(meter.position)"
    case .acknowledgeRecords(let meter, let rows): "Ack \(meter.position) rows \(rows)"
    case .batch(let concentrator, let number, let records):
      "Batch \(concentrator.position) number \(number) with \(records) records"
    case .acknowledgeBatch(let concentrator, let number):
      "Ack \(concentrator.position) batch \(number)"
    case .pcoup(let meter, let watts, _): "PCOUP \(meter.position) \(watts) W"
    case .stge(let meter, let watts, _): "STGE \(meter.position) \(watts) W"
    case .sinsti(let meter, let watts, _): "SINSTI \(meter.position) \(watts) W"
    case .ask(let meter): "Ask \(meter.position)"
    case .answer(let meter, let watts, _): "Answer \(meter.position) \(watts) W"
    }
  }
}

extension MeterSetting: CustomStringConvertible {
  public var description: String {
    switch self {
    case .pushPeriod(let period): "push period \(period.milliseconds) ms"
    case .cutOffPower(let watts): "cut-off power \(watts) W"
    }
  }
}

extension MeteringAction: CustomStringConvertible {
  public var description: String {
    switch self {
    case .send(let payload, let sender, let receiver, _):
      "\(sender) -> \(receiver): \(payload)"
    case .wake(let timer, let time): "wake \(timer.name) at \(time.milliseconds) ms"
    case .store(let arrival): "store \(arrival.meter.position) row \(arrival.row)"
    case .announce(let notice): "announce \(notice)"
    }
  }
}

extension MeteringTimer {
  /// A short name for texts.
  public var name: String {
    switch self {
    case .meterPush: "meter push"
    case .overrun: "overrun"
    case .injection: "injection"
    case .poll(let concentrator): "poll \(concentrator.position)"
    case .answer(let concentrator): "answer \(concentrator.position)"
    case .uplink(let concentrator): "uplink \(concentrator.position)"
    case .batch(let concentrator): "batch \(concentrator.position)"
    case .check: "check"
    case .synchronise: "synchronise"
    }
  }
}
