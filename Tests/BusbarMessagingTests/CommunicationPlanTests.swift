import BusbarEvents
import BusbarMessaging
import BusbarUnits
import Testing

struct CommunicationPlanTests {
  static func chain() -> Communication {
    var communication = Communication()
    communication.parties = ["head end", "meter 2", "meter 10", "concentrator"].map {
      Party(id: $0)
    }
    communication.media = [Medium(id: "segment")]
    communication.links = [
      LinkDeclaration(
        id: "plc 2", from: "meter 2", to: "concentrator", linkClass: "plc_prime",
        medium: "segment"),
      LinkDeclaration(
        id: "plc 10", from: "meter 10", to: "concentrator", linkClass: "plc_prime",
        medium: "segment"),
      LinkDeclaration(id: "gprs", from: "concentrator", to: "head end", linkClass: "gprs"),
    ]
    communication.routes = [
      RouteDeclaration(id: "readings 2", links: ["plc 2", "gprs"]),
      RouteDeclaration(id: "readings 10", links: ["plc 10", "gprs"]),
    ]
    return communication
  }

  @Test func everythingStandsInNaturalOrderOfItsID() throws {
    let plan = try CommunicationPlan(compiling: Self.chain())
    #expect(plan.parties.values.map(\.id) == ["concentrator", "head end", "meter 2", "meter 10"])
    #expect(plan.links.values.map(\.id) == ["gprs", "plc 2", "plc 10"])
    for index in plan.parties.indices { #expect(plan.party(plan.parties[index].id) == index) }
    for index in plan.links.indices { #expect(plan.link(plan.links[index].id) == index) }
    #expect(plan.party("meter 3") == nil)
    #expect(plan.link("") == nil)
  }

  @Test func aRouteLeadsOverItsLinks() throws {
    let plan = try CommunicationPlan(compiling: Self.chain())
    let meter = try #require(plan.party("meter 10"))
    let headEnd = try #require(plan.party("head end"))
    let route = try #require(plan.route(from: meter, to: headEnd))
    #expect(plan.routes[route].links.map { plan.links[$0].id } == ["plc 10", "gprs"])
    #expect(plan.route(from: headEnd, to: meter) == nil)
  }

  @Test func eachLinkIsARouteByItself() throws {
    let plan = try CommunicationPlan(compiling: Self.chain())
    for index in plan.links.indices {
      let link = plan.links[index]
      let route = try #require(plan.route(from: link.from, to: link.to))
      #expect(plan.routes[route].links == [index])
    }
  }

  /// D-35: what is deposited lies in the airlock until the next poll.
  @Test(arguments: [(0, 60), (60, 60), (61, 360), (360, 360), (361, 660)])
  func anAirlockHandsOverAtItsPolls(deposit: Int64, poll: Int64) throws {
    var communication = Self.chain()
    communication.airlocks = [
      Airlock(
        party: "head end", pollPeriod: .minutes(5), firstPoll: SimulationTime(milliseconds: 60_000))
    ]
    let plan = try CommunicationPlan(compiling: communication)
    let headEnd = try #require(plan.party("head end"))
    let airlock = try #require(plan.airlocks[headEnd])
    let fetched = airlock.poll(fetchingDepositAt: .start + .seconds(deposit))
    #expect(fetched == .start + .seconds(poll))
    let meter = try #require(plan.party("meter 2"))
    #expect(plan.airlocks[meter] == nil)
  }

  @Test func allFaultsOfADeclarationAreFoundAtOnce() throws {
    var communication = Self.chain()
    var broken = linkClass(latency: .exponential(mean: -1))
    broken.loss = 1.5
    broken.bitsPerSecond = 0
    broken.outages = OutageProcess(meanTimeBetween: .zero, meanDuration: .seconds(1))
    communication.linkClasses.append(broken)
    communication.parties.append(Party(id: "meter 2"))
    communication.media.append(Medium(id: "uplink", channels: 0, longestWait: .seconds(-1)))
    communication.links += [
      LinkDeclaration(id: "loop", from: "meter 2", to: "meter 2", linkClass: "lte"),
      LinkDeclaration(
        id: "nowhere", from: "meter 2", to: "meter 3", linkClass: "smoke", medium: "air"),
      LinkDeclaration(
        id: "slow", from: "meter 2", to: "head end", linkClass: "wifi", medium: "segment"),
    ]
    communication.routes += [
      RouteDeclaration(id: "empty", links: []),
      RouteDeclaration(id: "gap", links: ["gprs", "plc 2"]),
    ]
    communication.airlocks = [Airlock(party: "nobody", pollPeriod: .zero)]
    let noon = SimulationTime(milliseconds: 43_200_000)
    communication.linkFaults = [
      LinkFault(id: "early", link: "gprs", kind: .drop, from: noon, until: noon),
      LinkFault(
        id: "wave", link: "slow", kind: .flood(bytes: 10, perSecond: 5), from: .start, until: noon),
    ]
    let expected: Set<String> = [
      "The party 'meter 2' is given twice; give one of them another name.",
      "The link class 'test' has an unfit 'latency': 'mean' is -1.0, but must be greater than 0.",
      "The link class 'test' has 'loss' 1.5, which must be 0 to 1.",
      "The link class 'test' needs a 'bandwidth' greater than 0.",
      "The link class 'test' needs a 'mean time between outages' greater than 0.",
      "The medium 'uplink' needs a 'channels' greater than 0.",
      "The medium 'uplink' needs a 'longest wait' of 0 or more.",
      "The link 'loop' leads from a party to itself.",
      "The link 'nowhere' names the party 'meter 3', which does not exist.",
      "The link 'nowhere' names the link class 'smoke', which does not exist.",
      "The link 'nowhere' names the medium 'air', which does not exist.",
      "The link 'slow' uses a medium, which its class 'wifi' without bandwidth would never occupy.",
      "The route 'empty' needs at least one link.",
      "The route 'gap' is broken: link 'plc 2' begins where no link before it ends.",
      "The airlock 'nobody' names the party 'nobody', which does not exist.",
      "The airlock 'nobody' needs a 'poll period' greater than 0.",
      "The link fault 'early' ends at 43200000 ms, which is not after its begin at 43200000 ms.",
      "The link fault 'wave' floods the link 'slow', whose class has no bandwidth that could be "
        + "exhausted.",
    ]
    let faults = #expect(throws: CommunicationFaults.self) {
      try CommunicationPlan(compiling: communication)
    }
    let found = (faults?.faults ?? []).map(\.description)
    #expect(Set(found).symmetricDifference(expected).sorted() == [])
    #expect(found.count == expected.count)
  }
}
