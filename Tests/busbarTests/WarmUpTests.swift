import BusbarTestSupport
import Foundation
import Testing

/// A run may warm up before anything is recorded, and keep named states.
struct WarmUpTests {
  @Test func nothingOfTheWarmUpIsRecorded() throws {
    let place = try Workplace()
    let warm = try place.run("--set", "warm_up=6 h", "--set", "duration=18 h", to: "warm.h5")
    let plain = try place.run(to: "plain.h5")
    let sixHours = 21_600_000.0
    #expect(try warm.values("time").first == sixHours)
    #expect(try warm.values("time").count == 72)
    for name in ["bus_voltage_magnitude", "source_active_power"] {
      #expect(try warm.rows(name) == Array(plain.rows(name).dropFirst(24)), "\(name)")
    }
    let readings = try warm.values("reading_time").compactMap { $0 }
    #expect(readings.allSatisfy { $0 > sixHours })
    #expect(
      try warm.rows("meter_voltage") == Array(plain.rows("meter_voltage").suffix(readings.count)))
    for name in ["events/event_time", "solver/solver_time"] {
      #expect(try warm.values(name).compactMap { $0 }.allSatisfy { $0 >= sixHours }, "\(name)")
      #expect(try !warm.values(name).isEmpty)
    }
    #expect(try warm.values("overview_hour/hour_instants") == Array(repeating: 4, count: 18))
  }

  /// Energies are sums over the recorded time alone: without the warm-up they are what is left of
  /// the whole day after the first six hours, to rounding.
  @Test func energiesCountFromTheEndOfTheWarmUp() throws {
    let place = try Workplace()
    func sent(_ arguments: String...) throws -> Double {
      let command = try place.busbar(["run", "small", "--force", "--json"] + arguments)
      let json = try JSONSerialization.jsonObject(with: Data(command.output.utf8))
      return try #require((json as? [String: Any])?["energy_sent_joules"] as? Double)
    }
    let warm = try sent("--set", "warm_up=6 h", "--set", "duration=18 h")
    let (day, night) = (try sent(), try sent("--set", "duration=6 h"))
    #expect(abs(warm - (day - night)) < 1e-9 * day)
  }

  @Test(arguments: [
    ("id: a/b\n    at: 1 h", "slash"), ("id: late\n    at: 25 h", "behind the end of the run"),
    ("id: early\n    at: -1 h", "outside the allowed range"),
    ("id: twice\n    at: 1 h\n  - id: twice\n    at: 2 h", "is given already"),
  ])
  func faultsOfNamedCheckpointsAreReported(_ entry: String, _ words: String) throws {
    let place = try Workplace { $0["scenario.yaml"] += "checkpoints:\n  - \(entry)\n" }
    let command = try place.busbar("validate", "small")
    #expect(command.exitCode == 65)
    #expect(command.errors.contains(words), "\(command.errors)")
    #expect(command.errors.contains("scenario.yaml:"), "\(command.errors)")
  }

  @Test func profilesHaveToCoverTheWarmUpToo() throws {
    let place = try Workplace()
    let command = try place.busbar("validate", "small", "--set", "warm_up=1 h")
    #expect(command.exitCode == 65)
    #expect(command.errors.contains("the run needs 25"), "\(command.errors)")
  }
}
