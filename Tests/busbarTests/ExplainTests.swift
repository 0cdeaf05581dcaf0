import BusbarTestSupport
import Foundation
import Testing

/// `busbar explain`: what is behind a recorded value, as a user reads it.
struct ExplainTests {
  /// Voltage changes of last sweeps are rounding, which may differ by machine.
  private func explanation(_ place: Workplace, _ arguments: String...) throws -> String {
    let command = try place.busbar(["explain", "small.h5"] + arguments)
    #expect(command.exitCode == 0, "\(command.errors)")
    #expect(command.errors.isEmpty)
    return command.output.replacing(/, largest voltage change of the last one \S+ pu/, with: "")
  }

  @Test func aVoltageIsFollowedToProfilesAndSwitching() throws {
    let place = try Workplace { $0.addSwitching("cable-3,6 h,open\ncable-3,12 h,closed") }
    _ = try place.run()
    #expect(
      try explanation(place, "--at", "2025-01-15T09:27:00", "--bus", "end-3") == """
        bus end-3 at 2025-01-15 09:27:00 +01:00

        bus end-3, 2025-01-15 09:15:00 +01:00
          bus_voltage_angle      a 0 degree, b 0 degree, c 0 degree
          bus_voltage_magnitude  a 0 V (0.00000 pu), b 0 V (0.00000 pu), c 0 V (0.00000 pu)
          note: line 'cable-3' is open, as planned for 2025-01-15 06:00:00 +01:00
          because 2025-01-15 09:00:00 +01:00: a power flow was solved in 4 sweeps (event 37)
            because 2025-01-15 09:00:00 +01:00: devices of kind 'load' changed (event 35)
              because its own schedule came to it, as 8 times before since 2025-01-15 01:00:00 \
        +01:00
                because the scenario says so
          because 2025-01-15 06:00:00 +01:00: line 'cable-3' was opened as planned (event 23)
            because the scenario says so

        """)
    // At the instant of the switching it is among the causes of the power flow, told once.
    let then = try explanation(place, "--at", "6h", "--bus", "end-3")
    #expect(
      then.contains(
        """
          because 2025-01-15 06:00:00 +01:00: a power flow was solved in 4 sweeps (event 25)
            because 2025-01-15 06:00:00 +01:00: devices of kind 'load' changed (event 22)
              because its own schedule came to it, as 5 times before since 2025-01-15 01:00:00 \
        +01:00
                because the scenario says so
            because 2025-01-15 06:00:00 +01:00: line 'cable-3' was opened as planned (event 23)
              because the scenario says so

        """), "\(then)")
    #expect(then.components(separatedBy: "was opened").count == 2)
  }

  @Test func aTapIsFollowedToThePowerFlowThatItsRegulatorSaw() throws {
    let place = try Workplace { $0.addRegulator() }
    _ = try place.run()
    let text = try explanation(place, "--at", "10min", "--entity", "regulator")
    #expect(
      text == """
        regulator at 2025-01-15 00:10:00 +01:00

        last action of control regulator, 2025-01-15 00:00:15 +01:00
          position  1
          because 2025-01-15 00:00:15 +01:00: control 'regulator' moved to position 1 (event 1)
            because 2025-01-15 00:00:00 +01:00: a power flow was solved in 4 sweeps (event 0)
              because the scenario says so

        """)
    let bus = try explanation(place, "--at", "15min", "--bus", "lv")
    #expect(
      bus.contains(
        """
          because 2025-01-15 00:00:15 +01:00: a power flow was solved in 4 sweeps (event 2)
            because 2025-01-15 00:00:15 +01:00: control 'regulator' moved to position 1 (event 1)
              because 2025-01-15 00:00:00 +01:00: a power flow was solved in 4 sweeps (event 0)
                because the scenario says so

        """), "\(bus)")
  }

  @Test func theInstantMayBeGivenInThreeWays() throws {
    let place = try Workplace()
    _ = try place.run()
    let local = try explanation(place, "--at", "2025-01-15T09:30", "--bus", "lv")
    #expect(try explanation(place, "--at", "2025-01-15T08:30:00Z", "--bus", "lv") == local)
    #expect(try explanation(place, "--at", "9.5h", "--bus", "lv") == local)
  }

  @Test func theJSONHoldsTheSameChain() throws {
    let place = try Workplace()
    _ = try place.run()
    let command = try place.busbar(
      "explain", "small.h5", "--at", "9.5h", "--entity", "bakery", "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(command.output.utf8)) as? [String: Any])
    #expect(object["subject"] as? String == "bakery")
    #expect(object["instant"] as? String == "2025-01-15 09:30:00 +01:00")
    let parts = try #require(object["parts"] as? [[String: Any]])
    #expect(
      parts.map { $0["title"] as? String } == ["last reading of meter meter-1", "load oven"])
    let values = try #require(parts[1]["values"] as? [[String: Any]])
    // 24 kW at 40 %, in single precision.
    #expect(abs(try #require(values[0]["value"] as? Double) - 9_600) < 0.001)
    var causes = try #require(parts[1]["causes"] as? [[String: Any]])
    var texts: [String] = []
    while let cause = causes.first {
      texts.append(try #require(cause["text"] as? String))
      causes = try #require(cause["causes"] as? [[String: Any]])
    }
    #expect(texts.last == "the scenario says so")
    #expect(texts.contains("devices of kind 'load' changed"))
  }

  @Test(arguments: [
    (["--bus", "end3"], 65, "There is no bus 'end3' in the file: write 'end-3'."),
    (["--entity", "Meter-1"], 65, "in the file: write 'meter-1'."),
    (["--entity", "substation"], 65, "in the file. Known: T1, cable-1, cable-2"),
    ([], 64, "Give either --bus or --entity."),
    (["--bus", "lv", "--entity", "cable-1"], 64, "Give either --bus or --entity."),
  ])
  func anElementThatIsNotThereIsRefused(
    _ arguments: [String], _ exitCode: Int, _ problem: String
  ) throws {
    let place = try Workplace()
    _ = try place.run()
    let command = try place.busbar(["explain", "small.h5", "--at", "1h"] + arguments)
    #expect(Int(command.exitCode) == exitCode)
    #expect(command.errors.contains(problem), "\(command.errors)")
    #expect(command.output.isEmpty)
  }

  @Test(arguments: [
    ("noon", "The value 'noon' is invalid for '--at <time>'"),
    ("2025-01-14T23:00:00", "--at lies before the start, which is 2025-01-15 00:00:00 +01:00."),
    ("2025-03-30T02:30:00", "the clocks of Europe/Berlin skip '2025-03-30T02:30:00'"),
    ("2025-13-01T00:00:00", "is not a date and a time"),
  ])
  func anInstantThatIsNoneIsRefused(_ instant: String, _ problem: String) throws {
    let place = try Workplace()
    _ = try place.run()
    let command = try place.busbar("explain", "small.h5", "--at", instant, "--bus", "lv")
    #expect(command.exitCode == 64)
    #expect(command.errors.contains(problem), "\(command.errors)")
  }

  @Test func aFileThatIsNoResultIsRefused() throws {
    let place = try Workplace()
    let absent = try place.busbar("explain", "small.h5", "--at", "1h", "--bus", "lv")
    #expect(absent.exitCode == 65)
    let other = try place.busbar("explain", "small/buses.csv", "--at", "1h", "--bus", "lv")
    #expect(other.exitCode == 65)
  }
}

extension SmallScenario {
  /// Gives the transformer taps of 2.5 % and a regulator that finds its voltage too high at first.
  fileprivate mutating func addRegulator() {
    replace(
      "      reactance: 3.8 %\n",
      by: "      reactance: 3.8 %\n      tap_minimum: -2\n      tap_maximum: 2\n"
        + "      tap_step: 2.5 %\n",
      in: "scenario.yaml")
    replace("  sources:\n", by: "  regulators: regulators.csv\n  sources:\n", in: "scenario.yaml")
    self["regulators.csv"] =
      "id,transformer,winding,tap_winding,phase,target_v,band_v,pt_ratio\n"
      + "regulator,T1,2,1,1,120,4,1.91\n"
  }
}
