import BusbarEvents
import BusbarMessaging
import BusbarUnits
import Testing

/// Injected faults (D-43): each does its work inside its window, and nothing outside.
struct LinkFaultTests {
  static let from = SimulationTime(milliseconds: 100_000)
  static let until = SimulationTime(milliseconds: 200_000)

  static func fault(_ kind: LinkFault.Kind, probability: Double = 1) -> LinkFault {
    var result = LinkFault(id: "fault", link: "up", kind: kind, from: from, until: until)
    result.probability = probability
    return result
  }

  /// A message a second for 300 s over a link of 50 ms; those of seconds 100 to 199 are struck.
  static func send(_ kind: LinkFault.Kind) throws -> (OneLink, [Transmission]) {
    var one = try OneLink(linkClass(latency: .constant(50)), faults: [fault(kind)])
    let sent = one.send(300, every: .seconds(1))
    return (one, sent)
  }

  @Test func aDropLosesTheMessagesOfItsWindowAndNoOther() throws {
    let (one, sent) = try Self.send(.drop)
    for second in sent.indices {
      #expect(sent[second].loss == (second >= 100 && second < 200 ? .injected : nil))
    }
    #expect(one.counters.lostToInjection == 100)
  }

  @Test func aDelayPutsOffTheMessagesOfItsWindowAndNoOther() throws {
    let (one, sent) = try Self.send(.delay(Interval(milliseconds: 700)))
    for second in sent.indices {
      let milliseconds: Int64 = second >= 100 && second < 200 ? 750 : 50
      #expect(sent[second].arrival?.milliseconds == Int64(second) * 1_000 + milliseconds)
    }
    #expect(one.counters.delayed == 100)
  }

  /// What a longer delay holds up, those behind it wait for: the link keeps its order.
  @Test func aDelayBeyondItsWindowHoldsBackTheNextMessages() throws {
    let (_, sent) = try Self.send(.delay(.seconds(5)))
    // The last message of the window arrives at 199 s + 5.05 s.
    #expect(sent[199].arrival?.milliseconds == 204_050)
    #expect(sent[200].arrival?.milliseconds == 204_050)
    #expect(sent[205].arrival?.milliseconds == 205_050)
  }

  @Test func aForgeryChangesTheNumberOfItsWindowAndNoOther() throws {
    let (one, sent) = try Self.send(.forge(factor: -0.5))
    for second in sent.indices {
      let isStruck = second >= 100 && second < 200
      #expect(sent[second].alteration.isForged == isStruck)
      #expect(sent[second].alteration.applied(to: 8) == (isStruck ? -4 : 8))
    }
    #expect(one.counters.forged == 100)
  }

  @Test func aReplayDeliversTheMessagesOfItsWindowAgain() throws {
    let (one, sent) = try Self.send(.replay(after: .minutes(10)))
    for second in sent.indices {
      let again = Int64(second) * 1_000 + 50 + 600_000
      #expect(sent[second].replay?.milliseconds == (second >= 100 && second < 200 ? again : nil))
      #expect(sent[second].arrival != nil)
    }
    #expect(one.counters.replayed == 100)
  }

  @Test func aFaultStrikesTheShareOfItsProbability() throws {
    let fault = Self.fault(.drop, probability: 0.25)
    var one = try OneLink(linkClass(latency: .constant(50)), faults: [fault])
    let count = 20_000
    let lost = one.send(count, every: Interval(milliseconds: 5), from: Self.from)
      .count { $0.loss == .injected }
    #expect(
      abs(Double(lost) - 0.25 * Double(count)) < fiveDeviations(of: count, probability: 0.25))
  }

  @Test func severalFaultsOfALinkActTogether() throws {
    var forge = Self.fault(.forge(factor: 2))
    forge.id = "forge"
    var again = Self.fault(.forge(factor: 3))
    again.id = "forge again"
    var delay = Self.fault(.delay(.seconds(1)))
    delay.id = "delay"
    var one = try OneLink(linkClass(latency: .constant(50)), faults: [forge, again, delay])
    let sent = one.send(at: 150_000)
    #expect(sent.alteration.factor == 6)
    #expect(sent.arrival == SimulationTime(milliseconds: 151_050))
  }

  /// Frames of 100 ms, eight a second: for each second of the flood, 0.8 s of the channel.
  ///
  /// They go out as they come, so a message that comes with a frame waits for that one and no longer.
  @Test func aFloodBelowTheBandwidthMakesMessagesWait() throws {
    let flood = Self.fault(.flood(bytes: 100, perSecond: 8))
    var one = try OneLink(MediumTests.slow, faults: [flood])
    #expect(one.send(at: 99_000).departure == SimulationTime(milliseconds: 99_000))
    // Frames come at 100,000 + 125 k ms: one at 150,000 ms exactly.
    #expect(one.send(at: 150_000).departure == SimulationTime(milliseconds: 150_100))
    // The message occupies the channel to 150,200 ms, so that the frames of 150,125 ms and
    // 150,250 ms are sent to 150,300 ms and 150,400 ms.
    #expect(one.send(at: 150_260).departure == SimulationTime(milliseconds: 150_400))
    #expect(one.send(at: 250_000).departure == SimulationTime(milliseconds: 250_000))
  }

  /// Twice the bandwidth: after t seconds a backlog of t seconds has come together.
  @Test func aFloodAboveTheBandwidthFillsTheQueue() throws {
    let flood = Self.fault(.flood(bytes: 100, perSecond: 20))
    var one = try OneLink(MediumTests.slow, faults: [flood])
    // 201 frames of 100 ms have come by 110,000 ms.
    #expect(one.send(at: 110_000).departure == SimulationTime(milliseconds: 120_100))
    // 2,000 frames and one message are done 200.1 s after the begin.
    #expect(one.send(at: 250_000).departure == SimulationTime(milliseconds: 300_100))
    #expect(one.send(at: 350_000).departure == SimulationTime(milliseconds: 350_000))
  }

  /// The closed form of a flood gives what its frames would give, sent as messages one by one.
  @Test(arguments: [3.0, 8, 10, 11, 40], [1, 3])
  func aFloodOccupiesTheChannelsLikeItsFrames(rate: Double, channels: Int) throws {
    let kind = LinkFault.Kind.flood(bytes: 100, perSecond: rate)
    let fault = LinkFault(
      id: "flood", link: "up 0", kind: kind, from: .start, until: .start + .seconds(60))
    let (plan, links) = try MediumTests.segment(channels: channels, meters: 2, faults: [fault])
    let (quiet, _) = try MediumTests.segment(channels: channels, meters: 2)
    var flooded = LinkStates(of: plan, seed: 1)
    var busy = LinkStates(of: quiet, seed: 1)
    // Without messages in between, round robin and first-free fill the channels alike.
    var frame = 0.0
    while frame / rate < 60 {
      let instant = Int64((frame / rate * 1_000).rounded())
      _ = busy.transmit(
        over: links[1], bytes: 100, at: SimulationTime(milliseconds: instant), in: quiet)
      frame += 1
    }
    let probe = SimulationTime(milliseconds: 60_000)
    let after = flooded.transmit(over: links[1], bytes: 100, at: probe, in: plan)
    let expected = busy.transmit(over: links[1], bytes: 100, at: probe, in: quiet)
    let departure = try #require(after.departure)
    let reference = try #require(expected.departure)
    // Frames come on a grid of 1 µs in a flood, of 1 ms as messages.
    #expect(abs((departure - reference).milliseconds) <= 1)
    #expect(flooded.counters(of: Index<Medium>(0)).floodFrames == Int(frame))
  }

  @Test func aFloodOfABoundedQueueLeavesNothingBehindItsLongestWait() throws {
    let flood = LinkFault(
      id: "flood", link: "up 0", kind: .flood(bytes: 100, perSecond: 50), from: .start,
      until: .start + .minutes(10))
    let (plan, links) = try MediumTests.segment(
      channels: 1, meters: 2, longestWait: .seconds(2), faults: [flood])
    var states = LinkStates(of: plan, seed: 1)
    let during = states.transmit(
      over: links[1], bytes: 100, at: .start + .minutes(5), in: plan)
    #expect(during.loss == .congestion)
    let after = states.transmit(
      over: links[1], bytes: 100, at: .start + .minutes(10) + .seconds(3), in: plan)
    #expect(after.departure == .start + .minutes(10) + .seconds(3))
  }
}
