import BusbarEvents
import BusbarMessaging
import BusbarUnits
import Foundation
import Testing

/// The same seed and the same ids give the same fate, whatever else is there (design.md, section 4).
struct DeterminismTests {
  /// A class in which everything that can happen does happen.
  static var wild: LinkClass {
    var result = linkClass(latency: .lognormal(median: 300, sigma: 0.8))
    result.loss = 0.1
    result.duplication = 0.1
    result.reordering = 0.1
    result.bitsPerSecond = 20_000
    result.outages = OutageProcess(meanTimeBetween: .minutes(5), meanDuration: .seconds(30))
    result.confirmation = Confirmation(latency: .exponential(mean: 80), bytes: 4)
    return result
  }

  static func declaration(links: [String]) -> Communication {
    var communication = Communication()
    communication.linkClasses = [wild]
    communication.parties = [Party(id: "a"), Party(id: "b")]
    communication.links = links.map {
      LinkDeclaration(id: $0, from: "a", to: "b", linkClass: wild.name)
    }
    return communication
  }

  /// Sends one message a second over each of some links, and returns what became of those of each.
  static func run(
    _ communication: Communication, seconds: Range<Int64> = 0..<1_000, seed: UInt64 = 5
  ) throws -> [String: [Transmission]] {
    let plan = try CommunicationPlan(compiling: communication)
    var states = LinkStates(of: plan, seed: seed)
    return send(over: plan, &states, seconds)
  }

  static func send(
    over plan: CommunicationPlan, _ states: inout LinkStates, _ seconds: Range<Int64>
  ) -> [String: [Transmission]] {
    var result: [String: [Transmission]] = [:]
    for second in seconds {
      for link in plan.links.indices {
        let time = SimulationTime.start + .seconds(second)
        result[plan.links[link].id, default: []].append(
          states.transmit(over: link, bytes: 80, at: time, in: plan))
      }
    }
    return result
  }

  @Test func anotherLinkChangesNothingForTheOthers() throws {
    let two = try Self.run(Self.declaration(links: ["x", "y"]))
    let more = try Self.run(Self.declaration(links: ["a", "x", "x2", "y", "z"]))
    #expect(two["x"] == more["x"])
    #expect(two["y"] == more["y"])
    #expect(two["x"] != two["y"])
  }

  @Test func theOrderOfADeclarationChangesNothing() throws {
    let ids = ["l1", "l2", "l10", "l20"]
    let forward = try Self.run(Self.declaration(links: ids))
    let backward = try Self.run(Self.declaration(links: ids.reversed()))
    #expect(forward == backward)
  }

  @Test func anotherSeedIsAnotherFate() throws {
    let one = try Self.run(Self.declaration(links: ["x"]), seed: 5)
    let other = try Self.run(Self.declaration(links: ["x"]), seed: 6)
    #expect(one != other)
  }

  @Test func aLongerRunExtendsAShorterOne() throws {
    let short = try Self.run(Self.declaration(links: ["x"]), seconds: 0..<200)
    let long = try Self.run(Self.declaration(links: ["x"]), seconds: 0..<1_000)
    let beginning = long["x"].map { Array($0.prefix(200)) }
    #expect(beginning == short["x"])
  }

  /// The n-th message meets the n-th chances, whatever became of those before it.
  @Test func aFaultShiftsNoChanceOfLaterMessages() throws {
    var attacked = Self.declaration(links: ["x"])
    attacked.linkFaults = [
      LinkFault(
        id: "gap", link: "x", kind: .drop, from: SimulationTime(milliseconds: 100_000),
        until: SimulationTime(milliseconds: 200_000))
    ]
    let plain = try #require(try Self.run(Self.declaration(links: ["x"]))["x"])
    let struck = try #require(try Self.run(attacked)["x"])
    #expect(plain[..<100] == struck[..<100])
    #expect(plain[100..<200] != struck[100..<200])
    // A minute later no late message of the gap is left that others would have waited for.
    #expect(plain[260...] == struck[260...])
  }

  @Test func aStoredStateGoesOnExactly() throws {
    var communication = Self.declaration(links: ["x", "y"])
    communication.linkFaults = [
      LinkFault(
        id: "flood", link: "x", kind: .flood(bytes: 40, perSecond: 20),
        from: SimulationTime(milliseconds: 300_000), until: SimulationTime(milliseconds: 700_000)),
      LinkFault(
        id: "lies", link: "y", kind: .forge(factor: 2), from: .start,
        until: SimulationTime(milliseconds: 900_000)),
    ]
    communication.linkFaults[1].probability = 0.5
    let plan = try CommunicationPlan(compiling: communication)
    var unbroken = LinkStates(of: plan, seed: 5)
    _ = Self.send(over: plan, &unbroken, 0..<500)
    let stored = try JSONEncoder().encode(unbroken)
    var resumed = try JSONDecoder().decode(LinkStates.self, from: stored)
    #expect(resumed == unbroken)
    let expected = Self.send(over: plan, &unbroken, 500..<1_000)
    let actual = Self.send(over: plan, &resumed, 500..<1_000)
    #expect(actual == expected)
    #expect(resumed == unbroken)
  }

  @Test func aCopyIsAFork() throws {
    let plan = try CommunicationPlan(compiling: Self.declaration(links: ["x"]))
    var trunk = LinkStates(of: plan, seed: 5)
    _ = Self.send(over: plan, &trunk, 0..<100)
    var fork = trunk
    let inFork = Self.send(over: plan, &fork, 100..<300)
    #expect(fork != trunk)
    let inTrunk = Self.send(over: plan, &trunk, 100..<300)
    #expect(inFork == inTrunk)
  }
}
