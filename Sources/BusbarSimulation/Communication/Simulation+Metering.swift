public import BusbarDevices
internal import BusbarEvents
internal import BusbarMessaging
public import BusbarOperator
public import BusbarUnits

/// What the metering system wants done, and what it shows.
extension Simulation {
  /// Carries out what meters, concentrators and the head-end have asked for.
  mutating func carryOutMetering() {
    guard var actions = post?.metering?.actions, !actions.isEmpty else { return }
    post?.metering?.actions = []
    var place = 0
    while place < actions.count {
      carryOut(actions[place])
      place += 1
    }
    actions.removeAll(keepingCapacity: true)
    post?.metering?.actions = actions
  }

  private mutating func carryOut(_ action: MeteringAction) {
    switch action {
    case .send(let payload, let sender, let receiver, let bytes):
      send(payload, from: sender, to: receiver, bytes: Int(bytes))
    case .wake(let timer, let time):
      guard let ordinal = post?.nextSetting(of: timer) else { return }
      schedule(
        .meteringTimer(timer),
        at: EventKey(
          time: max(time, now), round: time <= now ? nextRound : 0, phase: .decision,
          target: timer.place, ordinal: ordinal))
    case .store(let arrival):
      if isRecording { post?.records.arrivals.append(arrival) }
    case .announce(let notice):
      if isRecording { post?.records.notices.append(NoticeRecord(time: now, notice: notice)) }
    }
  }

  private mutating func send(
    _ payload: MeteringPayload, from sender: MeteringAddress, to receiver: MeteringAddress,
    bytes: Int
  ) {
    guard let parties = plan.communication?.metering?.parties, let from = parties.party(sender)
    else { return }
    // A local interface is a wire in the house: nothing is lost on it and nothing takes time.
    guard let to = parties.party(receiver) else { return }
    guard let route = links.route(from: from, to: to) else {
      preconditionFailure("A setup has a way between any two parts of its metering.")
    }
    dispatch(
      Message(
        .metering(payload, from: sender, to: receiver), bytes: bytes, from: from, to: to,
        along: route, sentAt: now, ordinal: post?.transmissionCount ?? 0, cause: Int64(cause)))
  }

  mutating func wake(_ timer: MeteringTimer, _ key: EventKey) {
    log(key, .meteringTimer(timer), outcome: timer.place)
    post?.metering?.wake(timer, at: now)
    carryOutMetering()
  }

  /// Lets meters that report power as it happens see that of a new solution (D-12).
  mutating func showPowers() {
    guard post?.metering?.reportsPower == true else { return }
    let watts = plan.metered.map { devices in
      devices.reduce(0.0) { $0 + delivered[$1].activeWatts }
    }
    post?.metering?.observe(watts, at: now)
    carryOutMetering()
  }

  // MARK: What is to be seen

  /// The head-end with what it believes; nil when no message carries readings.
  public var headEnd: HeadEnd? { post?.metering?.headEnd }

  /// What the operator believes a meter to have recorded; nil before the record has arrived.
  public func believedReading(of meter: Index<SmartMeter>, row: Int) -> MeterReading? {
    guard let metering = post?.metering else { return nil }
    return metering.headEnd.reading(of: meter, row: row, memory: metering.memory)
  }

  /// The records that the meters of a concentrator have taken and the head-end lacks, by
  /// concentrator.
  public var concentratorBacklogs: [Int] {
    post?.metering?.concentrators.map { $0.backlog(at: now) } ?? []
  }

  /// Hands over what was sent and learned since the last call.
  public mutating func takeCommunicationRecords() -> CommunicationRecords {
    guard let records = post?.records else { return CommunicationRecords() }
    post?.records.removeAll()
    return records
  }
}
