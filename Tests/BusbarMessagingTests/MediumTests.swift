import BusbarEvents
import BusbarMessaging
import BusbarUnits
import Testing

/// Bandwidth and shared channels (U-3: many meters, one line).
struct MediumTests {
  /// 8 kbit/s and no latency: a message of 100 bytes takes 100 ms.
  static var slow: LinkClass {
    var result = linkClass(latency: .constant(0))
    result.bitsPerSecond = 8_000
    return result
  }

  @Test func aTransmissionTakesItsBitsOverTheBandwidth() throws {
    var withOverhead = Self.slow
    withOverhead.overheadBytes = 25
    withOverhead.latency = .constant(40)
    var one = try OneLink(withOverhead)
    // (100 + 25) bytes · 8 / 8,000 bit/s = 125 ms, and 40 ms of latency.
    #expect(one.send(at: 0, bytes: 100).arrival == SimulationTime(milliseconds: 165))
  }

  @Test func aLinkWithBandwidthSendsOneMessageAfterTheOther() throws {
    var one = try OneLink(Self.slow)
    let sent = (0..<4).map { _ in one.send(at: 0) }
    #expect(sent.compactMap(\.departure?.milliseconds) == [0, 100, 200, 300])
    #expect(sent.compactMap(\.arrival?.milliseconds) == [100, 200, 300, 400])
    #expect(one.counters.waitingMicroseconds == 600_000)
  }

  /// n links on one medium: the last of n messages arrives when all have been sent, and with c
  /// channels in the c-th part of that time.
  @Test(arguments: [
    (channels: 1, last: 1_200), (channels: 3, last: 400), (channels: 12, last: 100),
  ])
  func linksOfAMediumShareItsChannels(channels: Int, last: Int64) throws {
    let (plan, links) = try Self.segment(channels: channels, meters: 12)
    var states = LinkStates(of: plan, seed: 1)
    let arrivals = links.map {
      states.transmit(over: $0, bytes: 100, at: .start, in: plan).arrival?.milliseconds
    }
    #expect(arrivals.compactMap { $0 }.max() == last)
    #expect(arrivals.count { $0 == 100 } == channels)
    let counters = states.counters(of: Index<Medium>(0))
    #expect(counters.transmissions == 12)
    #expect(counters.occupiedMicroseconds == 1_200_000)
  }

  @Test func whoWouldWaitTooLongIsLostToCongestion() throws {
    let (plan, links) = try Self.segment(
      channels: 1, meters: 12, longestWait: Interval(milliseconds: 500))
    var states = LinkStates(of: plan, seed: 1)
    let losses = links.map { states.transmit(over: $0, bytes: 100, at: .start, in: plan).loss }
    // Waits of 0, 100, ... 500 ms are allowed.
    #expect(losses.prefix(6).allSatisfy { $0 == nil })
    #expect(losses.dropFirst(6).allSatisfy { $0 == .congestion })
    #expect(states.counters(of: links[11]).lostToCongestion == 1)
  }

  /// Half a bit of a byte at 1 Mbit/s would vanish on a grid of milliseconds.
  @Test func aThousandShortTransmissionsAddUpWithoutRounding() throws {
    var fast = linkClass(latency: .constant(0))
    fast.bitsPerSecond = 1_000_000
    var one = try OneLink(fast)
    // 1,000 messages of 50 bytes: 1,000 · 400 µs = 400 ms.
    let last = (0..<1_000).map { _ in one.send(at: 0, bytes: 50) }.last
    #expect(last?.arrival == SimulationTime(milliseconds: 400))
  }

  @Test func aConfirmationComesBackOverTheMediumOfTheLink() throws {
    var confirmed = Self.slow
    confirmed.confirmation = Confirmation(latency: .constant(30), bytes: 10)
    var one = try OneLink(confirmed)
    let command = one.send(at: 0)
    let arrival = try #require(command.arrival)
    #expect(arrival == SimulationTime(milliseconds: 100))
    let answer = one.states.confirm(over: one.link, at: arrival, in: one.plan)
    let confirmation = try #require(answer)
    // 10 bytes at 8 kbit/s take 10 ms, and 30 ms of latency.
    #expect(confirmation.arrival == SimulationTime(milliseconds: 140))
    #expect(one.counters.confirmations == 1)
  }

  @Test func confirmationsAreLostAtTheRateOfTheLink() throws {
    var confirmed = linkClass(latency: .constant(1))
    confirmed.confirmation = Confirmation(latency: .constant(1))
    confirmed.loss = 0.3
    var one = try OneLink(confirmed)
    let count = 20_000
    var lost = 0
    for second in 0..<count {
      let time = SimulationTime.start + .seconds(Int64(second))
      let answer = one.states.confirm(over: one.link, at: time, in: one.plan)
      if answer?.loss == .chance { lost += 1 }
    }
    #expect(abs(Double(lost) - 0.3 * Double(count)) < fiveDeviations(of: count, probability: 0.3))
    #expect(one.counters.lostConfirmations == lost)
  }

  @Test func aClassWithoutConfirmationSendsNone() throws {
    var one = try OneLink(linkClass(latency: .constant(1)))
    let answer = one.states.confirm(over: one.link, at: .start, in: one.plan)
    #expect(answer == nil)
  }

  /// Meters on one segment of line, each with a link of its own to the concentrator.
  static func segment(
    channels: Int, meters: Int, longestWait: Interval? = nil, faults: [LinkFault] = []
  ) throws -> (CommunicationPlan, [Index<Link>]) {
    var communication = Communication()
    communication.linkClasses = [slow]
    communication.parties =
      [Party(id: "concentrator")] + (0..<meters).map { Party(id: "meter \($0)") }
    communication.media = [Medium(id: "segment", channels: channels, longestWait: longestWait)]
    communication.links = (0..<meters).map {
      LinkDeclaration(
        id: "up \($0)", from: "meter \($0)", to: "concentrator", linkClass: slow.name,
        medium: "segment")
    }
    communication.linkFaults = faults
    let plan = try CommunicationPlan(compiling: communication)
    return (plan, Array(plan.links.indices))
  }
}
