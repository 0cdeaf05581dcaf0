internal import BusbarDevices
internal import BusbarEvents
internal import BusbarGrid
internal import BusbarMessaging
internal import BusbarUnits

/// How messages travel: link by link, each arrival an event of its own.
extension Simulation {
  /// The network of links; there is one whenever anything is sent.
  var links: CommunicationPlan {
    guard let setup = plan.communication else {
      preconditionFailure("Messages need a communication.")
    }
    return setup.network
  }

  /// Hands a message to the link on which it is now, and schedules its arrivals.
  ///
  /// Returns how often it will arrive at the other end of the link.
  @discardableResult
  mutating func dispatch(_ message: Message<MessageContent>) -> Int {
    let network = links
    let link = message.link(in: network)
    guard
      let transmission = post?.links.transmit(
        over: link, bytes: message.bytes, at: now, in: network)
    else { return 0 }
    var changed = message
    changed.undergo(transmission)
    let number = note(transmission, of: message, on: link)
    if let time = transmission.arrival { deliver(changed, number, over: link, at: time) }
    if let time = transmission.duplicate { deliver(changed, number, over: link, at: time) }
    if let time = transmission.replay { deliver(changed, number, over: link, at: time) }
    return transmission.deliveryCount
  }

  private mutating func note(
    _ transmission: Transmission, of message: Message<MessageContent>, on link: Index<Link>
  ) -> Int {
    guard let number = post?.transmissionCount else { return 0 }
    post?.transmissionCount += 1
    guard isRecording else { return number }
    post?.records.messages.append(
      MessageRecord(
        number: number, time: now, link: link, kind: message.payload.code, bytes: message.bytes,
        transmission: transmission, event: cause))
    return number
  }

  private mutating func deliver(
    _ message: Message<MessageContent>, _ number: Int, over link: Index<Link>,
    at time: SimulationTime
  ) {
    guard let place = post?.transit.add(Transit.Item(message: message, number: number)) else {
      return
    }
    schedule(.messageDelivery(place: place), over: link, at: time)
  }

  /// Schedules an arrival over a link; the link's own counter orders those of one instant.
  private mutating func schedule(
    _ event: SimulationEvent, over link: Index<Link>, at time: SimulationTime
  ) {
    guard let ordinal = post?.nextDelivery(over: link) else { return }
    schedule(
      event,
      at: EventKey(
        time: time, round: time == now ? nextRound : 0, phase: .delivery, target: link.position,
        ordinal: ordinal))
  }

  /// A message has come to the end of a link: it goes on, waits in an airlock, or is read.
  mutating func receive(_ place: Int, _ key: EventKey) {
    let network = links
    guard let item = post?.transit.take(place) else { return }
    var message = item.message
    let link = message.link(in: network)
    let isReceived = post?.links.receive(over: link, in: network) ?? false
    // A negative number says that the receiver had no supply.
    log(
      key, .messageDelivery(place: place), outcome: isReceived ? item.number : -1 - item.number)
    guard isReceived else {
      abandon(message)
      return
    }
    if let back = post?.links.confirm(over: link, at: now, in: network) {
      confirm(message, item.number, over: link, back)
    }
    if message.advance(in: network) {
      if dispatch(message) == 0 { abandon(message) }
      return
    }
    guard let airlock = network.airlocks[message.receiver] else {
      read(message)
      return
    }
    let poll = airlock.poll(fetchingDepositAt: now)
    if let waiting = post?.transit.add(Transit.Item(message: message, number: item.number)) {
      schedule(.messageFetch(place: waiting), over: link, at: poll)
    }
  }

  /// A party fetches a message from its airlock (D-35).
  mutating func fetch(_ place: Int, _ key: EventKey) {
    guard let item = post?.transit.take(place) else { return }
    log(key, .messageFetch(place: place), outcome: item.number)
    read(item.message)
  }

  private mutating func read(_ message: Message<MessageContent>) {
    switch message.payload {
    case .metering(let payload, let sender, let receiver):
      post?.metering?.receive(
        payload, at: receiver, from: sender, factor: message.alteration.factor, now: now)
      carryOutMetering()
    case .process(let content): arrive(content)
    }
  }

  private mutating func confirm(
    _ message: Message<MessageContent>, _ number: Int, over link: Index<Link>,
    _ transmission: Transmission
  ) {
    guard case .process = message.payload else { return }
    guard let time = transmission.arrival else {
      abandon(message)
      return
    }
    if let place = post?.transit.add(Transit.Item(message: message, number: number)) {
      schedule(.messageConfirmation(place: place), over: link, at: time)
    }
  }

  /// The sender learns from the link's own protocol that a message has arrived.
  mutating func takeConfirmation(_ place: Int, _ key: EventKey) {
    guard let item = post?.transit.take(place) else { return }
    log(key, .messageConfirmation(place: place), outcome: item.number)
    if case .process(let content) = item.message.payload { complete(content) }
  }

  /// A message will never be read; whoever waits for it may have nothing left to wait for.
  private mutating func abandon(_ message: Message<MessageContent>) {
    if case .process(let content) = message.payload { loseHope(of: content) }
  }

  // MARK: Supply

  /// Tells parties, meters and concentrators what switching has done to their supply.
  mutating func followSupply() {
    guard let setup = plan.communication else { return }
    let network = solver.network
    let isSupplied = setup.buses.map { bus in
      bus.map { place in
        network.conductors(at: place).intersection(.abc).members.contains { phase in
          network.terminal(at: place, phase).map { !network.parameters.isDead[$0] } ?? false
        }
      } ?? true
    }
    // A last gasp leaves before its link loses the supply, a return after it has it again.
    for party in isSupplied.indices where isSupplied[party] {
      post?.links.setSupply(ofParty: Index(party), isOn: true, in: setup.network)
    }
    if let parties = setup.metering?.parties {
      for (concentrator, party) in parties.concentrators.enumerated() {
        let state: SupplyState = isSupplied[party.position] ? .present : .lost
        post?.metering?.supply(ofConcentrator: concentrator, is: state)
      }
      for (meter, party) in parties.meters.enumerated() {
        let state: SupplyState = isSupplied[party.position] ? .present : .lost
        post?.metering?.supply(ofMeter: meter, is: state, at: now)
      }
      carryOutMetering()
    }
    for party in isSupplied.indices where !isSupplied[party] {
      post?.links.setSupply(ofParty: Index(party), isOn: false, in: setup.network)
    }
  }
}
