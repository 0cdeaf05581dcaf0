internal import BusbarEvents
internal import BusbarUnits

/// What the transport reads of a link for each message: no names, no declarations.
struct LinkParameters: Sendable {
  let from: Index<Party>
  let to: Index<Party>
  let latency: Distribution
  let confirmation: Confirmation?
  let loss: Double
  let duplication: Double
  let reordering: Double
  /// Nil when a transmission takes no time.
  let microsecondsPerByte: Double?
  let overheadBytes: Int
  let outages: OutageProcess?
  let supply: SupplyDependence
  /// The channel of the medium, or of the link alone; nil when a transmission takes no time.
  let channel: Int?
  /// What is done to the link, in the order of the plan.
  let faults: [ArmedFault]

  init(_ link: Link, channel: Int?, faults: [ArmedFault]) {
    from = link.from
    to = link.to
    latency = link.linkClass.latency
    confirmation = link.linkClass.confirmation
    loss = link.linkClass.loss
    duplication = link.linkClass.duplication
    reordering = link.linkClass.reordering
    microsecondsPerByte = link.linkClass.bitsPerSecond.map { 8e6 / $0 }
    overheadBytes = link.linkClass.overheadBytes
    outages = link.linkClass.outages
    supply = link.linkClass.supply
    self.channel = channel
    self.faults = faults
  }

  /// The time in µs for which a message of a size in bytes occupies the channel.
  func occupation(bytes: Int) -> Int64 {
    guard let microsecondsPerByte else { return 0 }
    return Microseconds.of(Double(bytes + overheadBytes) * microsecondsPerByte)
  }
}

/// What the transport reads of a channel.
struct ChannelParameters: Sendable {
  /// The number of transmissions at a time.
  let capacity: Int
  /// In µs; nil for a queue without bounds.
  let longestWait: Int64?
  /// Where the channel's part of the busy times begins.
  let firstSlot: Int
  /// The floods that occupy the channel.
  let floods: [ChannelFlood]
}
