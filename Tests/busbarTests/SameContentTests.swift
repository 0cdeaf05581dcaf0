import BusbarTestSupport
import BusbarTrajectory
import Foundation
import Testing

@testable import BusbarScenario
@testable import busbar

/// The determinism contract as far as one program shows it: the same scenario, the same content.
struct SameContentTests {
  /// Compares two results; equal ones have the same event-log hash.
  static func expectSame(
    _ place: Workplace, _ first: String, _ second: String,
    _ location: Testing.SourceLocation = #_sourceLocation
  ) throws {
    let comparison = try place.busbar("compare", first, second)
    #expect(comparison.exitCode == 0, "\(comparison.output)", sourceLocation: location)
    #expect(comparison.output.contains("same content: "), sourceLocation: location)
    let hashes = try [first, second].map {
      try ResultFile(place.url($0)).reader.rootText("event_log_hash")
    }
    #expect(hashes[0] != nil && hashes[0] == hashes[1], sourceLocation: location)
  }

  @Test func aSecondRunGivesTheSameBytes() throws {
    let place = try Workplace()
    _ = try place.run(to: "a.h5")
    _ = try place.run(to: "b.h5")
    try Self.expectSame(place, "a.h5", "b.h5")
    #expect(try Data(contentsOf: place.url("a.h5")) == Data(contentsOf: place.url("b.h5")))
  }

  @Test func theOrderOfRowsAndColumnsChangesNothing() throws {
    let place = try Workplace()
    try place.add("shuffled") { small in
      for name in ["buses.csv", "lines.csv", "customers.csv", "loads.csv"] {
        let lines = small[name].split(separator: "\n")
        small[name] = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n"
      }
      small["profiles.csv"] = small["profiles.csv"].split(separator: "\n").map {
        $0.split(separator: ",").reversed().joined(separator: ",") + "\n"
      }.joined()
    }
    _ = try place.run(to: "a.h5")
    #expect(try place.busbar("run", "shuffled", "-o", "b.h5").exitCode == 0)
    try Self.expectSame(place, "a.h5", "b.h5")
  }

  @Test func aByteOrderMarkAndCRLFChangeNothing() throws {
    let place = try Workplace()
    try place.add("windows") { small in
      for name in small.files.keys {
        small[name] = "\u{FEFF}" + small[name].replacing("\n", with: "\r\n")
      }
    }
    _ = try place.run(to: "a.h5")
    let windows = try place.busbar("run", "windows", "-o", "b.h5")
    #expect(windows.exitCode == 0, "\(windows.errors)")
    try Self.expectSame(place, "a.h5", "b.h5")
  }

  @Test(arguments: [
    "compression: 6", "devices: none", "variables: [bus_voltage_angle, loss_active_power]",
  ])
  func whatIsRecordedAndHowChangesNoValue(_ line: String) throws {
    let place = try Workplace()
    try place.add("other") {
      $0.replace("every: 15 min", by: "every: 15 min\n  \(line)", in: "scenario.yaml")
    }
    _ = try place.run(to: "a.h5")
    #expect(try place.busbar("run", "other", "-o", "b.h5").exitCode == 0)
    try Self.expectSame(place, "a.h5", "b.h5")
    let comparison = try place.busbar("compare", "a.h5", "b.h5").output
    #expect(!comparison.contains("only in b.h5"))
    let isFewer = line.hasPrefix("variables")
    #expect(comparison.contains("only in a.h5: bus_voltage_magnitude\n") == isFewer)
  }

  /// Threads, blocks, what is recorded, and the order of the files' rows, in all combinations.
  @Test(arguments: [1, 2], [1, 7, 1_000])
  func neitherThreadsNorBlocksNorSelectionsNorOrderChangeAValue(
    _ threads: Int, _ instants: Int
  ) throws {
    let place = try Workplace()
    try place.add("shuffled") { small in
      for name in ["buses.csv", "lines.csv", "customers.csv", "loads.csv"] {
        let lines = small[name].split(separator: "\n")
        small[name] = ([lines[0]] + lines.dropFirst().reversed()).joined(separator: "\n") + "\n"
      }
    }
    _ = try place.run(to: "a.h5")
    for folder in ["small", "shuffled"] {
      for variables in [nil, ["bus_voltage_magnitude", "loss_active_power"], []] {
        var scenario = try #require(Scenario.read(place.url(folder).path).scenario)
        scenario.recording.instantsPerBlock = instants
        scenario.recording.threads = threads
        if let variables { scenario.recording.variables = variables }
        var run = ScenarioRun(
          scenario, OutputPath(place.url("here.h5").path, existing: .replace))
        var watch = Stopwatch()
        #expect(try run.execute(&watch, isQuiet: true) == .completed)
        // Programs that other tests start meanwhile inherit the open file, and with it its lock.
        try? FileManager.default.removeItem(at: place.url("b.h5"))
        try FileManager.default.copyItem(at: place.url("here.h5"), to: place.url("b.h5"))
        try Self.expectSame(place, "a.h5", "b.h5")
      }
    }
  }

  @Test func aChangedLoadIsFoundAndNamed() throws {
    let place = try Workplace()
    _ = try place.run(to: "a.h5")
    _ = try place.run("--set", "devices.load[oven].power=24.1 kW", to: "b.h5")
    let comparison = try place.busbar("compare", "a.h5", "b.h5")
    #expect(comparison.exitCode == 1)
    #expect(comparison.output.contains("bus_voltage_magnitude: "))
    #expect(comparison.output.contains(" values differ, by at most "))
    #expect(comparison.output.contains("devices/load/"))
    #expect(comparison.output.contains("different content: sha256 "))
    let quiet = try place.busbar("compare", "--quiet", "a.h5", "b.h5")
    #expect(quiet.exitCode == 1 && quiet.output.isEmpty)
  }

  @Test func anotherPrecisionIsADifferenceOfTypes() throws {
    let place = try Workplace()
    _ = try place.run(to: "a.h5")
    _ = try place.run("--set", "record.precision=double", to: "b.h5")
    let comparison = try place.busbar("compare", "a.h5", "b.h5")
    #expect(comparison.exitCode == 1)
    #expect(
      comparison.output.contains("bus_voltage_magnitude: type float32 against float64"),
      "\(comparison.output)")
    #expect(!comparison.output.contains("event_log_hash"))
  }

  @Test(arguments: ["nowhere.h5", "small/buses.csv", "small"])
  func whatIsNoResultCannotBeCompared(_ name: String) throws {
    let place = try Workplace()
    _ = try place.run(to: "a.h5")
    let comparison = try place.busbar("compare", "a.h5", name)
    #expect(comparison.exitCode == 65)
    #expect(comparison.errors.contains("Cannot read '\(name)'"), "\(comparison.errors)")
  }
}
