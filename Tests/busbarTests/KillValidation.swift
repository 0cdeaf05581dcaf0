import BusbarTestSupport
import Foundation
import Glibc
import Testing

/// A run may be killed at any moment: its file stays readable, and it goes on to the same content.
struct KillValidation {
  @Test func fiftyKillsAtRandomMomentsLoseNothingThatWasCommitted() throws {
    let place = try Workplace()
    let settings = ["--set", "record.every=1 s", "--set", "duration=24 h"]
    let clock = ContinuousClock()
    let began = clock.now
    let whole = try place.busbar(["run", "small", "-o", "whole.h5", "-q"] + settings)
    let length = clock.now - began
    #expect(whole.exitCode == 0, "\(whole.errors)")
    var numbers = SeededNumbers(seed: 50)
    var kills = 0
    for round in 0..<50 {
      let name = "out-\(round).h5"
      let run = try RunningBusbar(
        in: place, output: name, settings + ["--checkpoint-every", "10 min"], settling: 0)
      let share = Double.random(in: 0..<0.9, using: &numbers)
      usleep(UInt32(share * (length / .microseconds(1))))
      run.send(SIGKILL)
      run.waitForKill()
      let part = place.url(name + ".part")
      if FileManager.default.fileExists(atPath: part.path) {
        kills += 1
        let variables = try place.busbar("export", "csv", name + ".part", "time")
        #expect(variables.exitCode == 0, "kill \(round): \(variables.errors)")
        let resumed = try place.busbar("run", "--resume", name, "-q")
        #expect(resumed.exitCode == 0, "kill \(round): \(resumed.errors)")
      }
      let comparison = try place.busbar("compare", "whole.h5", name)
      #expect(comparison.exitCode == 0, "kill \(round): \(comparison.output)")
      try FileManager.default.removeItem(at: place.url(name))
    }
    #expect(kills > 25, "most runs were killed before their end: \(kills) of 50")
  }
}
