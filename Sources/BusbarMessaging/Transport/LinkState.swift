internal import BusbarEvents

/// The part of a link that changes during a run.
///
/// Each kind of chance has a stream of its own, and each message draws once from each of them,
/// whatever becomes of it: the n-th message of a link meets the same chances in any run with the
/// same seed, even if losses, outages or faults differ.
struct LinkState: Hashable, Sendable, Codable {
  var latency: RandomStream
  var loss: RandomStream
  var duplication: RandomStream
  var duplicateLatency: RandomStream
  var reordering: RandomStream
  var detour: RandomStream
  var confirmationLatency: RandomStream
  var confirmationLoss: RandomStream
  var outages: OutageWindow?
  /// The latest arrival, in µs, of a message that keeps the order.
  var latestInOrder: Int64 = 0
  /// The latest arrival of any message, in µs.
  var latestArrival: Int64 = 0
  /// The instant of the last transmission or confirmation, in µs.
  var latestUse: Int64 = 0
  var counters = LinkCounters()

  init(_ id: String, seed: UInt64, outages process: OutageProcess?) {
    func stream(_ purpose: String) -> RandomStream {
      RandomStream(seed: seed, entity: "link/\(id)", purpose: purpose)
    }
    latency = stream("latency")
    loss = stream("loss")
    duplication = stream("duplication")
    duplicateLatency = stream("duplicate latency")
    reordering = stream("reordering")
    detour = stream("detour")
    confirmationLatency = stream("confirmation latency")
    confirmationLoss = stream("confirmation loss")
    outages = process.map { OutageWindow(stream("outages"), $0) }
  }
}

/// What chance has in store for one message.
struct Chances {
  /// In µs, with the detour of a message that leaves the order.
  var latency: Int64
  var isLost: Bool
  /// The latency of a second copy in µs; nil when there is none.
  var duplicateLatency: Int64?
  var isReordered = false
}

extension LinkState {
  /// Counts a message and draws its chances.
  mutating func takeUp(
    bytes: Int, at time: SimulationTime, _ parameters: LinkParameters
  ) -> Chances {
    use(at: time)
    counters.sent += 1
    counters.bytes += bytes
    var chances = Chances(
      latency: Self.latency(parameters.latency, &latency),
      isLost: Self.happens(parameters.loss, &loss),
      isReordered: Self.happens(parameters.reordering, &reordering))
    if Self.happens(parameters.duplication, &duplication) {
      chances.duplicateLatency = Self.latency(parameters.latency, &duplicateLatency)
    }
    if chances.isReordered { chances.latency += Self.latency(parameters.latency, &detour) }
    return chances
  }

  /// Counts a confirmation and draws its chances.
  mutating func takeUpConfirmation(
    _ confirmation: Confirmation, at time: SimulationTime, _ parameters: LinkParameters
  ) -> Chances {
    use(at: time)
    counters.confirmations += 1
    return Chances(
      latency: Self.latency(confirmation.latency, &confirmationLatency),
      isLost: Self.happens(parameters.loss, &confirmationLoss))
  }

  /// Returns when a message arrives that is expected at an instant, both in µs.
  mutating func arrive(_ expected: Int64, isReordered: Bool) -> Int64 {
    let arrival = isReordered ? expected : max(expected, latestInOrder)
    if !isReordered { latestInOrder = arrival }
    if arrival < latestArrival { counters.overtaking += 1 }
    latestArrival = max(latestArrival, arrival)
    return arrival
  }

  /// Whether the link has failed at an instant in µs.
  mutating func hasFailed(at instant: Int64, _ parameters: LinkParameters) -> Bool {
    guard let process = parameters.outages else { return false }
    return outages?.contains(instant, process) ?? false
  }

  private mutating func use(at time: SimulationTime) {
    precondition(
      Microseconds.of(time) >= latestUse, "A link is used in the order of simulated time.")
    latestUse = Microseconds.of(time)
  }

  private static func latency(_ distribution: Distribution, _ stream: inout RandomStream) -> Int64 {
    Microseconds.of(stream.draw(distribution) * 1_000)
  }

  /// A probability that is zero throughout the run needs no draw.
  private static func happens(_ probability: Double, _ stream: inout RandomStream) -> Bool {
    probability > 0 && stream.happens(withProbability: probability)
  }
}
