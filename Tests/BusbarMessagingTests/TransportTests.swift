import BusbarEvents
import BusbarMessaging
import BusbarUnits
import Testing

/// What a link does to messages, law by law (U-2, D-14).
struct TransportTests {
  static let count = 20_000

  @Test func aConstantLatencyIsKeptToTheMillisecond() throws {
    var one = try OneLink(linkClass(latency: .constant(483)))
    let transmission = one.send(at: 1_000)
    #expect(transmission.departure == SimulationTime(milliseconds: 1_000))
    #expect(transmission.arrival == SimulationTime(milliseconds: 1_483))
    #expect(transmission.loss == nil)
    #expect(transmission.deliveryCount == 1)
  }

  /// The mean of n draws from an exponential distribution has the standard error mean / √n; arrivals
  /// are rounded to the nearest millisecond, which leaves the mean where it is.
  @Test func theMeanLatencyIsThatOfTheDistribution() throws {
    let mean = 200.0
    var one = try OneLink(linkClass(latency: .exponential(mean: mean)))
    // Far enough apart that no message has to wait for the one before it: e⁻¹⁰⁰.
    let interval = Interval.seconds(20)
    let sent = one.send(Self.count, every: interval)
    let total = sent.reduce(0.0) { sum, transmission in
      guard let arrival = transmission.arrival, let departure = transmission.departure else {
        return .nan
      }
      return sum + Double((arrival - departure).milliseconds)
    }
    let deviation = abs(total / Double(Self.count) - mean)
    #expect(deviation < 5 * mean / Double(Self.count).squareRoot(), "\(deviation) ms off")
  }

  @Test(arguments: [0.001, 0.05, 0.5, 0.95])
  func theShareOfLostMessagesIsTheLossRate(loss: Double) throws {
    var lossy = linkClass(latency: .constant(10))
    lossy.loss = loss
    var one = try OneLink(lossy)
    let lost = one.send(Self.count, every: .seconds(1)).count { $0.loss == .chance }
    let bound = fiveDeviations(of: Self.count, probability: loss)
    #expect(abs(Double(lost) - loss * Double(Self.count)) < bound)
    #expect(one.counters.lostByChance == lost)
  }

  /// D-14: over hops of independent loss, the share that arrives is the product of the shares.
  @Test func overThreeHopsTheLossesMultiply() throws {
    var hop = linkClass(latency: .constant(10))
    hop.loss = 0.2
    var communication = Communication()
    communication.linkClasses = [hop]
    communication.parties = ["meter", "gateway", "router", "cloud"].map { Party(id: $0) }
    communication.links = [("meter", "gateway"), ("gateway", "router"), ("router", "cloud")].map {
      LinkDeclaration(id: "\($0)-\($1)", from: $0, to: $1, linkClass: hop.name)
    }
    communication.routes = [
      RouteDeclaration(id: "chain", links: communication.links.map(\.id))
    ]
    let plan = try CommunicationPlan(compiling: communication)
    let meter = try #require(plan.party("meter"))
    let cloud = try #require(plan.party("cloud"))
    let route = try #require(plan.route(from: meter, to: cloud))
    var states = LinkStates(of: plan, seed: 7)
    var arrived = 0
    for ordinal in 0..<Self.count {
      var time = SimulationTime.start + .seconds(Int64(ordinal))
      var message = Message(
        ordinal, bytes: 50, from: meter, to: cloud, along: route, sentAt: time, ordinal: ordinal)
      var isComplete = false
      while !isComplete {
        let transmission = states.transmit(
          over: message.link(in: plan), bytes: message.bytes, at: time, in: plan)
        guard let arrival = transmission.arrival else { break }
        time = arrival
        isComplete = !message.advance(in: plan)
      }
      if isComplete {
        arrived += 1
        #expect(message.age(at: time) == Interval(milliseconds: 30))
      }
    }
    let share = 0.8 * 0.8 * 0.8
    let bound = fiveDeviations(of: Self.count, probability: share)
    #expect(abs(Double(arrived) - share * Double(Self.count)) < bound)
  }

  @Test func duplicatesComeAtTheirRateAndNotBeforeTheMessage() throws {
    var copying = linkClass(latency: .exponential(mean: 50))
    copying.duplication = 0.1
    var one = try OneLink(copying)
    let sent = one.send(Self.count, every: .seconds(1))
    let twice = sent.filter { $0.duplicate != nil }
    let bound = fiveDeviations(of: Self.count, probability: 0.1)
    #expect(abs(Double(twice.count) - 0.1 * Double(Self.count)) < bound)
    for transmission in twice {
      let arrival = try #require(transmission.arrival)
      let duplicate = try #require(transmission.duplicate)
      #expect(duplicate >= arrival)
    }
    #expect(one.counters.duplicated == twice.count)
  }

  /// Latencies of many intervals: without the order of the link most messages would overtake.
  @Test func aLinkKeepsTheOrderOfItsMessages() throws {
    var one = try OneLink(linkClass(latency: .exponential(mean: 1_000)))
    let arrivals = one.send(2_000, every: Interval(milliseconds: 100)).compactMap(\.arrival)
    #expect(arrivals.count == 2_000)
    #expect(zip(arrivals, arrivals.dropFirst()).allSatisfy { $0 <= $1 })
    #expect(one.counters.overtaking == 0)
  }

  /// With a constant latency a reordered message comes one latency late, and what was sent within
  /// that time overtakes it.
  @Test func aReorderedMessageIsOvertakenByThoseBehindIt() throws {
    var unruly = linkClass(latency: .constant(1_000))
    unruly.reordering = 0.2
    var one = try OneLink(unruly)
    let interval = Interval(milliseconds: 400)
    let sent = one.send(Self.count, every: interval)
    let late = sent.indices.filter { index in
      guard let arrival = sent[index].arrival, let departure = sent[index].departure else {
        return false
      }
      return arrival - departure == Interval(milliseconds: 2_000)
    }
    let bound = fiveDeviations(of: Self.count, probability: 0.2)
    #expect(abs(Double(late.count) - 0.2 * Double(Self.count)) < bound)
    // Two messages follow within 1,000 ms; each is overtaken unless the follower is late as well.
    let overtaking = sent.indices.count { index in
      guard let arrival = sent[index].arrival else { return false }
      return sent[..<index].suffix(3).contains { ($0.arrival ?? .start) > arrival }
    }
    #expect(overtaking > 0)
    #expect(one.counters.overtaking == overtaking)
  }

  @Test func messagesAndCopiesAreAccountedForAtEachInstant() throws {
    var wild = linkClass(latency: .exponential(mean: 3_000))
    wild.loss = 0.1
    wild.duplication = 0.2
    wild.reordering = 0.1
    wild.supply = .ends
    wild.outages = OutageProcess(meanTimeBetween: .minutes(2), meanDuration: .seconds(20))
    let replay = LinkFault(
      id: "replay", link: "up", kind: .replay(after: .seconds(5)), from: .start,
      until: .start + .minutes(20))
    var one = try OneLink(wild, faults: [replay])
    let meter = try #require(one.plan.party("meter"))
    var due: [SimulationTime] = []
    var received = 0
    for step in 0..<2_000 {
      let time = SimulationTime.start + .seconds(Int64(step))
      one.states.setSupply(ofParty: meter, isOn: step % 100 < 90, in: one.plan)
      let transmission = one.states.transmit(over: one.link, bytes: 10, at: time, in: one.plan)
      let all = [transmission.arrival, transmission.duplicate, transmission.replay]
      due += all.compactMap { $0 }
      for _ in due where one.states.receive(over: one.link, in: one.plan) {
        received += 1
      }
      due = []
      #expect(one.counters.underWay == 0)
    }
    #expect(one.counters.delivered == received)
    #expect(one.counters.sent == 2_000)
    #expect(one.counters.bytes == 20_000)
    for cause in [
      one.counters.lostByChance, one.counters.lostToOutage, one.counters.lostToSupply,
      one.counters.duplicated, one.counters.replayed,
    ] { #expect(cause > 0) }
  }
}
