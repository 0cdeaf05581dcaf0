import BusbarEvents
import BusbarMessaging
import BusbarUnits
import Testing

/// The catalogue of link classes, against the documents it cites.
struct LinkClassTests {
  /// HEILA, Table 3 (H-26 to H-29): transfer times in ms.
  @Test(arguments: [
    ("platform_http", 47.0), ("platform_mqtt", 52), ("platform_mqtt_control", 36),
    ("iec104_read", 483), ("iec104_command", 584),
  ])
  func theTransferTimesOfHEILAAreTheMedians(name: String, milliseconds: Double) throws {
    let linkClass = try #require(LinkClass.standard.first { $0.name == name })
    #expect(linkClass.medianMilliseconds() == milliseconds)
    #expect(linkClass.source.contains("HEILA Table 3"))
  }

  /// H-30: Flexibility over HTTP, Activation Notification over MQTT, command and its confirmation
  /// over IEC 104, one after the other: 47 + 36 + 584 ms.
  @Test func theActivationChainTakes667Milliseconds() throws {
    var communication = Communication()
    communication.parties = ["aggregator", "market", "relay"].map { Party(id: $0) }
    communication.links = [
      LinkDeclaration(
        id: "flexibility", from: "market", to: "aggregator", linkClass: "platform_http"),
      LinkDeclaration(
        id: "activation", from: "aggregator", to: "market", linkClass: "platform_mqtt_control"),
      LinkDeclaration(id: "command", from: "market", to: "relay", linkClass: "iec104_command"),
    ]
    let plan = try CommunicationPlan(compiling: communication)
    var states = LinkStates(of: plan, seed: 1)
    var time = SimulationTime(milliseconds: 3_600_000)
    let start = time
    for id in ["flexibility", "activation", "command"] {
      let link = try #require(plan.link(id))
      time = try #require(states.transmit(over: link, bytes: 500, at: time, in: plan).arrival)
    }
    let command = try #require(plan.link("command"))
    let confirmation = states.confirm(over: command, at: time, in: plan)
    let end = try #require(confirmation?.arrival)
    #expect(end - start == Interval(milliseconds: 667))
  }

  @Test func theCatalogueIsSortedByNameAndEachClassNamesItsSource() {
    let names = LinkClass.standard.map(\.name)
    #expect(names == names.sorted())
    #expect(Set(names).count == names.count)
    #expect(LinkClass.standard.allSatisfy { $0.source.count > 40 })
  }

  /// ITU-T G.9904: DBPSK with error correction carries 21.4 kbit/s.
  @Test func primeCarriesItsPublishedRate() throws {
    let rate = try #require(LinkClass.primePLC.bitsPerSecond)
    // To the published digit.
    #expect((rate / 100).rounded() == 214)
    // 107 bytes: 856 bits / 21,428.6 bit/s = 39.947 ms.
    #expect(abs(LinkClass.primePLC.transmissionMilliseconds(bytes: 107) - 39.947) < 0.001)
  }

  /// Source 5 of the catalogue: half of the round trips above 20 ms, a tenth above 100 ms.
  @Test func wifiHasItsPublishedQuantiles() {
    #expect(abs(2 * LinkClass.wifi.latency.quantile(0.5) - 20) < 1e-9)
    // σ is given to four digits.
    #expect(abs(2 * LinkClass.wifi.latency.quantile(0.9) - 100) < 0.1)
  }

  /// RFC 3481, section 2.1, read as a round trip of 300 to 1,000 ms.
  @Test func gprsHasItsPublishedRange() {
    #expect(2 * LinkClass.gprs.latency.quantile(0) == 300)
    #expect(2 * LinkClass.gprs.latency.quantile(1) == 1_000)
  }

  @Test func aSpreadKeepsTheMedian() {
    let spread = LinkClass.iec104Command.spreadingLatency(sigma: 0.4)
    // To rounding: GSL's quantile goes through a logarithm.
    #expect(abs(spread.medianMilliseconds() - 584) < 1e-9)
    #expect(spread.latency.quantile(0.95) > 1.5 * 101)
    #expect(spread.latency.mean > 101)
  }
}
