import BusbarTestSupport
import Foundation
import Testing

/// What the program does with a broken scenario, as a user sees it.
struct RefusalTests {
  /// Independent faults in each of the files that are read, with their places.
  static let faults = [
    ("scenario.yaml:5:12", "Europe/Berlin", "Europe/Berlim"),
    ("scenario.yaml:7:7", "seed: 1", "seed: one"),
    ("scenario.yaml:10:14", "frequency: 50 Hz", "frequency: 50 kHz"),
    ("scenario.yaml:17:7", "r0: 0.824", "rO: 0.824"),
    ("scenario.yaml:46:13", "interval: 30 min", "interval: 0 min"),
    ("scenario.yaml:50:18", "on_divergence: stop", "on_divergence: ignore"),
    ("scenario.yaml:53:10", "every: 15 min", "every: 15 mins"),
    ("buses.csv:4:7", "end-1,0.4", "end-1,-0.4"),
    ("lines.csv:2:31", "NAYY-150,120", "NAYY-150,-120"),
    ("lines.csv:4:34", "NAYY-150,60", "NAYY-150,sixty"),
    ("customers.csv:2:14", "end-1,abc", "end-1,xyz"),
    ("loads.csv:2:13", "bakery,24", "bakery,NaN"),
    ("loads.csv:4:20", "4,0.95", "4,95"),
    ("profiles.csv:2:1", "evening\n0.1", "evening\nlow"),
  ]

  @Test(arguments: [["validate"], ["run"], ["solve"], ["run", "--force", "--output", "out.h5"]])
  func everyFaultIsSaidAtOnceAndNothingIsWritten(_ verb: [String]) throws {
    let place = try Workplace { small in
      for (place, old, new) in Self.faults {
        small.replace(old, by: new, in: String(place.prefix { $0 != ":" }))
      }
    }
    let before = try place.content()
    let command = try place.busbar(verb + [place.scenario])
    #expect(command.exitCode == 65)
    #expect(command.output.isEmpty)
    for (fault, _, _) in Self.faults {
      #expect(command.errors.contains("\(fault): error: "), "\(command.errors)")
    }
    #expect(command.errors.contains("faults in 'small'; nothing was run."))
    #expect(try place.content() == before)
  }

  /// Faults that only the compiled network shows, beside faults of tables that it does not need.
  @Test func faultsOfTheNetworkDoNotHideBehindFaultsOfOtherTables() throws {
    var small = SmallScenario()
    small.replace("end-1,end-2,abc", by: "end-1,end-2,abcn", in: "lines.csv")
    small.replace("from_voltage: 20 kV", by: "from_voltage: 6 kV", in: "scenario.yaml")
    small.replace("every: 15 min", by: "every: 15", in: "scenario.yaml")
    small.replace("step: 1 h", by: "step: 1", in: "scenario.yaml")
    small.replace("evening\n0.1", by: "evening\nlow", in: "profiles.csv")
    small.replace("flat-load,flat,2.5", by: "flat-load,flat,much", in: "loads.csv")
    let reading = try small.read()
    #expect(
      reading.diagnostics.sorted.map(\.location.description) == [
        "lines.csv:3:21", "loads.csv:3:16", "profiles.csv:2:1",
        "scenario.yaml:25:21", "scenario.yaml:39:11", "scenario.yaml:53:10",
      ])
  }

  @Test func aCustomerWithoutItsPhaseDoesNotHideBehindAProfile() throws {
    var small = SmallScenario()
    small.replace("end-2,end-3,abc", by: "end-2,end-3,bc", in: "lines.csv")
    small.replace("evening\n0.1", by: "evening\nlow", in: "profiles.csv")
    let reading = try small.read()
    #expect(
      reading.diagnostics.sorted.map(\.location.description) == [
        "customers.csv:4:13", "profiles.csv:2:1",
      ])
  }

  @Test func anUnknownBusIsReportedOnceWithTheOthers() throws {
    var small = SmallScenario()
    small.replace("cable-3,end-2,end-3", by: "cable-3,end-22,end-3", in: "lines.csv")
    small.replace("flat-load,flat", by: "flat-load,flot", in: "loads.csv")
    let reading = try small.read()
    #expect(
      reading.diagnostics.sorted.map(\.location.description) == [
        "lines.csv:4:9", "loads.csv:3:11",
      ])
  }

  @Test(arguments: ["nowhere", "small/buses.csv", "small/other.yaml"])
  func aPathThatIsNoScenarioIsBadInput(_ path: String) throws {
    let place = try Workplace()
    let command = try place.busbar("validate", path)
    #expect(command.exitCode == 65)
    #expect(command.errors.contains("there is no file"))
    #expect(command.errors.contains("remedy: "))
  }
}
