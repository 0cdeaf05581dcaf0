public import BusbarEvents
public import BusbarUnits

/// The state of all links of a plan: what a message sent now meets.
///
/// The transport keeps no messages. The caller has the clock and the payloads: it asks
/// ``transmit(over:bytes:at:in:)`` what becomes of a message, schedules the deliveries that the
/// answer names, and calls ``receive(over:in:)`` when one is due, since the receiver may have lost
/// its supply by then.
///
/// A value: a copy is an independent state that meets the same chances. Instants never decrease
/// from call to call. After it was made, it allocates nothing.
public struct LinkStates: Hashable, Sendable, Codable {
  private var links: [LinkState]
  /// The instants in µs until which each slot of each channel is busy.
  private var busyUntil: [Int64]
  private var channels: [ChannelCounters]
  private var hasSupply: [Bool]
  /// One stream for each fault of the plan.
  private var faultStreams: [RandomStream]
  private var floods: [FloodProgress]

  /// Makes the state at the start of a run: nothing was sent, and all parties have supply.
  ///
  /// The random numbers of a link depend on the seed and its id alone.
  public init(of plan: CommunicationPlan, seed: UInt64) {
    links = plan.links.values.map {
      LinkState($0.id, seed: seed, outages: $0.linkClass.outages)
    }
    busyUntil = Array(repeating: 0, count: plan.channels.reduce(0) { $0 + $1.capacity })
    channels = Array(repeating: ChannelCounters(), count: plan.channels.count)
    hasSupply = Array(repeating: true, count: plan.parties.count)
    faultStreams = plan.linkFaults.values.map {
      RandomStream(seed: seed, entity: "link fault/\($0.id)", purpose: "strike")
    }
    floods = Array(repeating: FloodProgress(), count: plan.linkFaults.count)
  }

  /// What happened on a link so far.
  public func counters(of link: Index<Link>) -> LinkCounters { links[link.position].counters }

  /// What happened on a medium so far.
  public func counters(of medium: Index<Medium>) -> ChannelCounters { channels[medium.position] }

  /// Says whether the bus of a party has supply from now on.
  ///
  /// It matters to parties whose communication is supplied from the grid, on links that depend on
  /// the supply of their ends. Messages under way are lost if the receiver has none when they arrive.
  public mutating func setSupply(
    ofParty party: Index<Party>, isOn: Bool, in plan: CommunicationPlan
  ) {
    guard plan.parties[party].supply == .grid else { return }
    hasSupply[party.position] = isOn
  }

  /// Sends a message of a size in bytes over a link at an instant, and says what becomes of it.
  public mutating func transmit(
    over link: Index<Link>, bytes: Int, at time: SimulationTime, in plan: CommunicationPlan
  ) -> Transmission {
    let parameters = plan.parameters[link.position]
    let chances = links[link.position].takeUp(bytes: bytes, at: time, parameters)
    var result = Transmission()
    guard isSupplied(parameters.from, parameters) else {
      return lost(result, to: .supply, on: link)
    }
    let occupation = parameters.occupation(bytes: bytes)
    guard let start = reserve(occupation, for: parameters, at: time, on: link, in: plan) else {
      return lost(result, to: .congestion, on: link)
    }
    let strike = strike(parameters, at: start)
    let expected = start + occupation + chances.latency + strike.delay
    links[link.position].counters.count(strike)
    result.departure = Microseconds.instant(start)
    result.alteration = strike.alteration
    result.replay = strike.replay.map { Microseconds.instant(expected + $0) }
    if let cause = loss(on: link, at: start, chances, strike, parameters) {
      return lost(result, to: cause, on: link)
    }
    let arrival = links[link.position].arrive(expected, isReordered: chances.isReordered)
    result.arrival = Microseconds.instant(arrival)
    if let latency = chances.duplicateLatency {
      result.duplicate = Microseconds.instant(max(arrival, start + occupation + latency))
      links[link.position].counters.duplicated += 1
    }
    return result
  }

  /// Sends the protocol's confirmation back when a message has arrived, and says what becomes of it.
  ///
  /// Nil when the class of the link has no confirmation. It meets the loss rate, the outages and the
  /// medium of the link, but no injected fault, and is neither duplicated nor reordered.
  public mutating func confirm(
    over link: Index<Link>, at time: SimulationTime, in plan: CommunicationPlan
  ) -> Transmission? {
    let parameters = plan.parameters[link.position]
    guard let confirmation = parameters.confirmation else { return nil }
    let chances = links[link.position].takeUpConfirmation(confirmation, at: time, parameters)
    var result = Transmission()
    guard isSupplied(parameters.to, parameters) else {
      return unconfirmed(result, for: .supply, on: link)
    }
    let occupation = parameters.occupation(bytes: confirmation.bytes)
    guard let start = reserve(occupation, for: parameters, at: time, on: link, in: plan) else {
      return unconfirmed(result, for: .congestion, on: link)
    }
    result.departure = Microseconds.instant(start)
    if links[link.position].hasFailed(at: start, parameters) {
      return unconfirmed(result, for: .outage, on: link)
    }
    if !isSupplied(parameters.from, parameters) {
      return unconfirmed(result, for: .supply, on: link)
    }
    if chances.isLost { return unconfirmed(result, for: .chance, on: link) }
    result.arrival = Microseconds.instant(start + occupation + chances.latency)
    return result
  }

  /// Says whether the receiver gets a delivery that is due now.
  ///
  /// To be called once for each arrival, duplicate and replay; not for confirmations.
  public mutating func receive(over link: Index<Link>, in plan: CommunicationPlan) -> Bool {
    let parameters = plan.parameters[link.position]
    let isReceived = isSupplied(parameters.to, parameters)
    if isReceived {
      links[link.position].counters.delivered += 1
    } else {
      links[link.position].counters.count(.supply)
    }
    return isReceived
  }
}

extension LinkStates {
  private func isSupplied(_ party: Index<Party>, _ parameters: LinkParameters) -> Bool {
    parameters.supply == .none || hasSupply[party.position]
  }

  /// The first reason for which a message that has left the sender does not arrive.
  private mutating func loss(
    on link: Index<Link>, at start: Int64, _ chances: Chances, _ strike: Strike,
    _ parameters: LinkParameters
  ) -> LossCause? {
    if strike.isDropped { return .injected }
    if links[link.position].hasFailed(at: start, parameters) { return .outage }
    if !isSupplied(parameters.to, parameters) { return .supply }
    return chances.isLost ? .chance : nil
  }

  private mutating func lost(
    _ transmission: Transmission, to cause: LossCause, on link: Index<Link>
  ) -> Transmission {
    var result = transmission
    result.loss = cause
    links[link.position].counters.count(cause)
    return result
  }

  private mutating func unconfirmed(
    _ transmission: Transmission, for cause: LossCause, on link: Index<Link>
  ) -> Transmission {
    var result = transmission
    result.loss = cause
    links[link.position].counters.lostConfirmations += 1
    return result
  }

  /// What the faults of a link do to a message that leaves at an instant in µs.
  private mutating func strike(_ parameters: LinkParameters, at start: Int64) -> Strike {
    var strike = Strike()
    for index in parameters.faults.indices where parameters.faults[index].acts(at: start) {
      let position = parameters.faults[index].position
      if faultStreams[position].happens(withProbability: parameters.faults[index].probability) {
        strike.add(parameters.faults[index].kind)
      }
    }
    return strike
  }

  /// Occupies the channel of a link, and returns when the transmission begins, in µs.
  ///
  /// Nil when it would have to wait too long. Without a channel it begins at once.
  private mutating func reserve(
    _ occupation: Int64, for parameters: LinkParameters, at time: SimulationTime,
    on link: Index<Link>, in plan: CommunicationPlan
  ) -> Int64? {
    let now = Microseconds.of(time)
    guard let position = parameters.channel else { return now }
    let channel = plan.channels[position]
    for flood in channel.floods.indices {
      work(off: channel.floods[flood], until: now, on: position, channel)
    }
    var slot = channel.firstSlot
    for other in channel.firstSlot..<channel.firstSlot + channel.capacity
    where busyUntil[other] < busyUntil[slot] {
      slot = other
    }
    let start = max(now, busyUntil[slot])
    // Nobody waits for ten years, even where the queue has no bounds.
    if start - now > min(channel.longestWait ?? .max, Int64(Microseconds.longest)) { return nil }
    busyUntil[slot] = start + occupation
    channels[position].transmissions += 1
    channels[position].occupiedMicroseconds += occupation
    links[link.position].counters.waitingMicroseconds += start - now
    return start
  }

  /// Puts the frames of a flood that have come by now on the slots of its channel.
  private mutating func work(
    off flood: ChannelFlood, until now: Int64, on position: Int, _ channel: ChannelParameters
  ) {
    let due = flood.frames(until: now)
    guard due > floods[flood.fault].frames else { return }
    let work = FloodWork(flood, frames: floods[flood.fault].frames..<due)
    for slot in 0..<channel.capacity {
      let busy = channel.firstSlot + slot
      busyUntil[busy] = work.end(
        inSlot: slot, of: channel.capacity, busyUntil: busyUntil[busy],
        longestWait: channel.longestWait)
    }
    channels[position].floodFrames += Int(due - floods[flood.fault].frames)
    floods[flood.fault].frames = due
  }
}
