import BusbarTestSupport
import Foundation
import Testing

/// What each verb does when all is well, and what it refuses.
struct CommandTests {
  // MARK: init

  @Test func aNewScenarioIsSoundRunsAndIsSolved() throws {
    let place = try Workplace()
    let made = try place.busbar("init", "deep/new")
    #expect(made.exitCode == 0)
    #expect(made.output.contains("Next: busbar validate deep/new"))
    let sound = try place.busbar("validate", "deep/new")
    #expect(sound.exitCode == 0 && sound.errors.isEmpty)
    #expect(sound.output.hasSuffix("sound\n"))
    #expect(try place.busbar("validate", "--quiet", "deep/new").output.isEmpty)
    #expect(try place.busbar("solve", "deep/new").exitCode == 0)
    let run = try place.busbar("run", "deep/new")
    #expect(run.exitCode == 0 && run.errors.isEmpty)
    #expect(run.output.hasPrefix("ending           completed\n"))
    try ResultFile(place.url("new.h5")).expectFiniteNumbers()
  }

  @Test(arguments: ["small", "small/buses.csv"])
  func whatExistsIsNotChangedByInit(_ folder: String) throws {
    let place = try Workplace()
    let before = try place.content()
    let command = try place.busbar("init", folder)
    #expect(command.exitCode == 73)
    #expect(command.errors.contains("error: "), "\(command.errors)")
    #expect(try place.content() == before)
  }

  @Test func anEmptyFolderCanBeFilled() throws {
    let place = try Workplace()
    try FileManager.default.createDirectory(
      at: place.url("empty"), withIntermediateDirectories: true)
    #expect(try place.busbar("init", "empty").exitCode == 0)
    #expect(try place.busbar("validate", "empty/scenario.yaml").exitCode == 0)
  }

  // MARK: run

  @Test func theSummaryAsJSONHasTheFiguresOfTheFile() throws {
    let place = try Workplace()
    let command = try place.busbar("run", place.scenario, "--json")
    #expect(command.exitCode == 0)
    let summary = try #require(
      try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any])
    #expect(summary["ending"] as? String == "completed")
    #expect(summary["output"] as? String == "small.h5")
    let result = try ResultFile(place.url("small.h5"))
    #expect(summary["event_log_hash"] as? String == result.reader.rootText("event_log_hash"))
    #expect(summary["power_flows"] as? Int == (try result.values("solver_status").count))
    #expect(summary["output_bytes"] as? Int == (try place.content()["small.h5"]?.count))
  }

  @Test func aQuietRunSaysNothing() throws {
    let place = try Workplace()
    let command = try place.busbar("run", "--quiet", place.scenario)
    #expect(command.exitCode == 0 && command.output.isEmpty && command.errors.isEmpty)
  }

  @Test func anOverrideIsRecordedAndTakesEffect() throws {
    let place = try Workplace()
    let result = try place.run(
      "--set", "duration=1 h", "--set", "record.every=1 min", "--seed", "7")
    #expect(try result.values("time").count == 60)
    #expect(result.reader.rootText("seed") == "7")
    #expect(result.reader.rootText("overrides") == "duration=1 h\nrecord.every=1 min\nseed=7")
  }

  // MARK: solve

  @Test(arguments: [("0s", 0), ("5h", 20), ("19.25h", 77)])
  func theSolvedVoltagesAreThoseOfTheRun(_ time: String, _ instant: Int) throws {
    let place = try Workplace()
    let result = try place.run("--set", "record.precision=double")
    let variable = try result.reader.variable(named: "bus_voltage_magnitude")
    let buses = try result.reader.labels(ofDimension: 1, of: variable)
    let magnitudes = try result.rows("bus_voltage_magnitude")[instant]
    let angles = try result.rows("bus_voltage_angle")[instant]
    let nominal = try result.values("bus_nominal_voltage")
    var expected = ["bus,node,magnitude_v,magnitude_pu,angle_deg"]
    for (bus, name) in buses.enumerated() {
      let base = try #require(nominal[bus]) / 3.0.squareRoot()
      for phase in 0..<3 {
        guard let volts = magnitudes[bus * 3 + phase], let degrees = angles[bus * 3 + phase] else {
          continue
        }
        expected.append("\(name),\(["a", "b", "c"][phase]),\(volts),\(volts / base),\(degrees)")
      }
    }
    let command = try place.busbar("solve", place.scenario, "--at", time)
    #expect(command.exitCode == 0)
    #expect(command.output == expected.joined(separator: "\n") + "\n")
    let written = try place.busbar("solve", place.scenario, "--at", time, "-o", "out.csv")
    #expect(written.exitCode == 0 && written.output.isEmpty)
    #expect(try place.content()["out.csv"] == Data(command.output.utf8))
  }

  @Test func theSolvedVoltagesAreAlsoPrintedAsJSON() throws {
    let place = try Workplace()
    let command = try place.busbar("solve", place.scenario, "--format", "json")
    let rows = try #require(
      try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [[String: Any]])
    #expect(rows.count == 15)
    #expect(rows.first?["bus"] as? String == "end-1")
    let volts = try #require(rows.first?["magnitude_v"] as? Double)
    #expect(abs(volts - 233) < 5)
  }

  @Test func aTimeAfterTheRunCannotBeSolved() throws {
    let place = try Workplace()
    let command = try place.busbar("solve", place.scenario, "--at", "24h")
    #expect(command.exitCode == 64)
    #expect(command.errors.contains("--at lies behind the end of the run, which lasts 24.00 h."))
  }

  @Test func aFlowWithoutASolutionIsNamed() throws {
    let place = try Workplace()
    let command = try place.busbar(
      "solve", place.scenario, "--at", "4h", "--set", "devices.load[oven].power=3 MW")
    #expect(command.exitCode == 1)
    #expect(command.output.isEmpty)
    #expect(command.errors.contains("no solution at 2025-01-15 02:00:00 +01:00"))
  }

  // MARK: export

  @Test func variablesAreListedAndWrittenAsTables() throws {
    let place = try Workplace()
    let result = try place.run()
    let list = try place.busbar("export", "csv", "small.h5")
    #expect(list.exitCode == 0)
    #expect(list.output.contains("bus_voltage_magnitude (time: 96, bus: 5, phase: 3), V\n"))
    #expect(list.output.split(separator: "\n").count == result.reader.variables.count)
    let table = try place.busbar("export", "csv", "small.h5", "bus_voltage_magnitude")
    let lines = table.output.split(separator: "\n")
    #expect(lines.count == 97)
    #expect(lines[0].hasPrefix("time,end-1.a,end-1.b,end-1.c,end-2.a,"))
    #expect(lines[1].hasPrefix("2025-01-14T23:00:00Z,"))
    let values = try result.rows("bus_voltage_magnitude")
    let cells = lines[42].split(separator: ",").dropFirst().map { Double($0).map { Float($0) } }
    #expect(cells == values[41].map { $0.map { Float($0) } })
  }

  @Test func onlyTheChosenElementsAreWritten() throws {
    let place = try Workplace()
    _ = try place.run()
    let table = try place.busbar(
      "export", "csv", "small.h5", "bus_voltage_magnitude", "--element", "lv", "--element", "mv")
    #expect(table.output.hasPrefix("time,lv.a,lv.b,lv.c,mv.a,mv.b,mv.c\n"))
    let unknown = try place.busbar(
      "export", "csv", "small.h5", "bus_voltage_magnitude", "--element", "lw", "-o", "out.csv")
    #expect(unknown.exitCode == 65)
    #expect(
      unknown.errors.contains(
        "There is no bus 'lw' in the file. Known: end-1, end-2, end-3, lv, mv."))
    #expect(try place.content()["out.csv"] == nil)
  }

  @Test func anUnknownVariableIsRefusedWithTheKnownOnes() throws {
    let place = try Workplace()
    _ = try place.run()
    let command = try place.busbar("export", "csv", "small.h5", "voltage")
    #expect(command.exitCode == 65)
    #expect(command.errors.contains("There is no variable 'voltage'. Known variables: branch,"))
    #expect(command.errors.contains("bus_voltage_magnitude"))
  }

  @Test func everyVariableCanBeWritten() throws {
    let place = try Workplace()
    let result = try place.run()
    for variable in result.reader.variables {
      let command = try place.busbar("export", "csv", "small.h5", variable.path)
      #expect(command.exitCode == 0, "\(variable.path): \(command.errors)")
      let lines = command.output.split(separator: "\n", omittingEmptySubsequences: false).count
      #expect(lines == (variable.shape.first ?? 0) + 2, "\(variable.path)")
    }
  }

  // MARK: doctor

  @Test func theDoctorFindsNothingWrong() throws {
    let command = try Command.busbar(["doctor"])
    #expect(command.exitCode == 0)
    #expect(!command.output.contains("FAILED"))
    #expect(command.output.contains("ok      power flow: "))
  }
}
