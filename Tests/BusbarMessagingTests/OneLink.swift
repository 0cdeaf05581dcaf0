import BusbarEvents
import BusbarMessaging
import BusbarUnits

/// A meter that sends to a head end over one link, with what a test wants to be special about it.
struct OneLink {
  let plan: CommunicationPlan
  let link: Index<Link>
  var states: LinkStates

  init(
    _ linkClass: LinkClass, seed: UInt64 = 1, meter supply: PartySupply = .grid,
    medium: Medium? = nil, faults: [LinkFault] = []
  ) throws {
    var communication = Communication()
    communication.parties = [Party(id: "meter", supply: supply), Party(id: "head end")]
    communication.linkClasses = [linkClass]
    communication.media = medium.map { [$0] } ?? []
    communication.links = [
      LinkDeclaration(
        id: "up", from: "meter", to: "head end", linkClass: linkClass.name, medium: medium?.id)
    ]
    communication.linkFaults = faults
    plan = try CommunicationPlan(compiling: communication)
    link = Index(0)
    states = LinkStates(of: plan, seed: seed)
  }

  /// Sends messages of a size at even intervals from an instant, and returns what became of them.
  mutating func send(
    _ count: Int, bytes: Int = 100, every interval: Interval, from start: SimulationTime = .start
  ) -> [Transmission] {
    (0..<count).map { message in
      let time = start + Interval(milliseconds: interval.milliseconds * Int64(message))
      return states.transmit(over: link, bytes: bytes, at: time, in: plan)
    }
  }

  /// Sends one message at an instant.
  mutating func send(at milliseconds: Int64, bytes: Int = 100) -> Transmission {
    states.transmit(
      over: link, bytes: bytes, at: SimulationTime(milliseconds: milliseconds), in: plan)
  }

  /// What happened on the link so far.
  var counters: LinkCounters { states.counters(of: link) }
}

/// A class for tests: a latency in ms and nothing else.
func linkClass(latency: Distribution) -> LinkClass {
  LinkClass(name: "test", latency: latency, source: "a test")
}

/// Five standard deviations of the number of hits in independent trials: with the right probability
/// one seed in 1.7 million falls outside.
func fiveDeviations(of trials: Int, probability: Double) -> Double {
  5 * (Double(trials) * probability * (1 - probability)).squareRoot()
}
