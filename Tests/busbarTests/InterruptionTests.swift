import BusbarTestSupport
import Foundation
import Glibc
import Testing

/// A run that is told to stop closes its file and says how it ended.
struct InterruptionTests {
  static func interrupt(
    _ place: Workplace, _ arguments: [String], by signal: Int32
  ) throws -> (exitCode: Int32, errors: String) {
    let run = try RunningBusbar(in: place, output: "out.h5", arguments)
    run.send(signal)
    return try run.wait()
  }

  @Test(arguments: [(SIGINT, 130), (SIGTERM, 75), (SIGUSR1, 75)] as [(Int32, Int32)])
  func theUnfinishedFileIsClosedAndReadable(_ signal: Int32, _ exitCode: Int32) throws {
    let place = try Workplace { $0.dropProfiles() }
    // A record a second for a month of days takes minutes.
    let ended = try Self.interrupt(
      place, ["--set", "record.every=1 s", "--set", "duration=30 d"], by: signal)
    #expect(ended.exitCode == exitCode)
    #expect(ended.errors.contains("Stopped at 2025-"), "\(ended.errors)")
    #expect(ended.errors.contains("What was recorded until then is in 'out.h5.part'."))
    #expect(!FileManager.default.fileExists(atPath: place.url("out.h5").path))
    let result = try ResultFile(place.url("out.h5.part"))
    #expect(result.reader.rootText("run_ending") == "interrupted")
    let times = try result.values("time")
    #expect(times.count > 1)
    #expect(times == times.indices.map { Double($0) * 1_000 })
    #expect(try result.rows("bus_voltage_magnitude").count == times.count)
    try result.expectFiniteNumbers()
  }

  @Test func aRunThatRecordsSeldomStopsAtOnceToo() throws {
    let place = try Workplace { small in
      small["profiles.csv"] =
        "baking,evening\n" + String(repeating: "0.1,0.2\n0.2,0.1\n", count: 200_000)
      small.replace("step: 1 h", by: "step: 1 s", in: "scenario.yaml")
    }
    let ended = try Self.interrupt(
      place, ["--set", "record.every=4 d", "--set", "duration=4 d"], by: SIGINT)
    #expect(ended.exitCode == 130)
    #expect(try ResultFile(place.url("out.h5.part")).values("time") == [0])
  }
}
