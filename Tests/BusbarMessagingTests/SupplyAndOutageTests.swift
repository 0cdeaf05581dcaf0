import BusbarEvents
import BusbarMessaging
import BusbarUnits
import Testing

/// Links that fail: by themselves, and with the supply of their ends.
struct SupplyAndOutageTests {
  /// In the long run the share of failure is duration / (between + duration).
  ///
  /// Over n cycles of an alternating renewal process with exponential times the standard deviation of that share is
  /// u (1 − u) √(2 / n) (renewal-reward theorem; u the unavailability).
  @Test func theShareOfOutagesIsTheirShareOfTheTime() throws {
    var failing = linkClass(latency: .constant(10))
    failing.outages = OutageProcess(meanTimeBetween: .minutes(9), meanDuration: .minutes(1))
    let unavailability = try #require(failing.outages?.unavailability)
    #expect(unavailability == 0.1)
    var one = try OneLink(failing)
    // 200 days in steps of 10 s: 28,800 cycles of ten minutes on average.
    let count = 200 * 8_640
    let lost = one.send(count, every: .seconds(10)).count { $0.loss == .outage }
    let deviation = unavailability * (1 - unavailability) * (2.0 / 28_800).squareRoot()
    #expect(abs(Double(lost) / Double(count) - unavailability) < 5 * deviation)
    #expect(one.counters.lostToOutage == lost)
  }

  /// Outages are a matter of time and not of traffic: who sends more often meets the same ones.
  @Test func outagesDoNotDependOnTheTraffic() throws {
    var failing = linkClass(latency: .constant(10))
    failing.outages = OutageProcess(meanTimeBetween: .minutes(10), meanDuration: .minutes(5))
    var busy = try OneLink(failing)
    var idle = try OneLink(failing)
    let often = busy.send(100_000, every: .seconds(1)).map(\.loss)
    let seldom = idle.send(1_000, every: .seconds(100)).map(\.loss)
    #expect(seldom == stride(from: 0, to: 100_000, by: 100).map { often[$0] })
    #expect(seldom.contains(.outage) && seldom.contains(nil))
  }

  @Test func withoutSupplyAtItsEndsALinkIsDead() throws {
    var wired = linkClass(latency: .constant(100))
    wired.supply = .ends
    var one = try OneLink(wired)
    let meter = try #require(one.plan.party("meter"))
    one.states.setSupply(ofParty: meter, isOn: false, in: one.plan)
    let silent = one.send(at: 0)
    #expect(silent.loss == .supply)
    #expect(silent.departure == nil)
    one.states.setSupply(ofParty: meter, isOn: true, in: one.plan)
    #expect(one.send(at: 1).loss == nil)
  }

  @Test func aLinkOfItsOwnSupplyDoesNotCare() throws {
    var one = try OneLink(linkClass(latency: .constant(100)))
    let meter = try #require(one.plan.party("meter"))
    one.states.setSupply(ofParty: meter, isOn: false, in: one.plan)
    #expect(one.send(at: 0).loss == nil)
  }

  @Test func aPartyWithABatteryGoesOn() throws {
    var wired = linkClass(latency: .constant(100))
    wired.supply = .ends
    var one = try OneLink(wired, meter: .independent)
    let meter = try #require(one.plan.party("meter"))
    one.states.setSupply(ofParty: meter, isOn: false, in: one.plan)
    #expect(one.send(at: 0).loss == nil)
  }

  /// The receiver may go dark while the message is on its way.
  @Test func whatArrivesAtADeadReceiverIsLost() throws {
    var wired = linkClass(latency: .constant(100))
    wired.supply = .ends
    var communication = Communication()
    communication.linkClasses = [wired]
    communication.parties = [Party(id: "head end"), Party(id: "meter", supply: .grid)]
    communication.links = [
      LinkDeclaration(id: "down", from: "head end", to: "meter", linkClass: wired.name)
    ]
    let plan = try CommunicationPlan(compiling: communication)
    let meter = try #require(plan.party("meter"))
    let link = try #require(plan.link("down"))
    var states = LinkStates(of: plan, seed: 1)
    let first = states.transmit(over: link, bytes: 10, at: .start, in: plan)
    #expect(first.arrival != nil)
    states.setSupply(ofParty: meter, isOn: false, in: plan)
    let isReceived = states.receive(over: link, in: plan)
    #expect(!isReceived)
    #expect(states.counters(of: link).lostToSupply == 1)
    // Sent into the dark: it leaves, and is lost at once.
    let second = states.transmit(
      over: link, bytes: 10, at: SimulationTime(milliseconds: 1_000), in: plan)
    #expect(second.loss == .supply)
    #expect(second.departure == SimulationTime(milliseconds: 1_000))
    #expect(states.counters(of: link).underWay == 0)
  }
}
