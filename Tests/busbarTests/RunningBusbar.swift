import BusbarTestSupport
import Foundation
import Glibc
import Testing

/// A run that goes on while the test does something to it.
struct RunningBusbar {
  private let process = Process()
  private let errors: URL

  /// Starts a run of the small scenario and waits until its unfinished file has content.
  ///
  /// Then it has some time to get on, in microseconds.
  init(
    in place: Workplace, output: String, _ arguments: [String], settling: UInt32 = 300_000
  ) throws {
    errors = place.url("errors")
    process.executableURL = Command.busbarURL
    process.arguments = ["run", place.scenario, "--output", output] + arguments
    process.currentDirectoryURL = place.folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try SmallScenario.write([], to: errors)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    let part = (output.hasPrefix("/") ? output : place.url(output).path) + ".part"
    for _ in 0..<1_000 where !FileManager.default.fileExists(atPath: part) { usleep(10_000) }
    usleep(settling)
  }

  /// Sends a signal.
  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  /// Waits until the process that was killed is gone.
  func waitForKill() { process.waitUntilExit() }

  /// Waits some seconds for the end, and ends a run that goes on by force.
  func wait(seconds: Int = 20) throws -> (exitCode: Int32, errors: String) {
    for _ in 0..<(seconds * 100) where process.isRunning { usleep(10_000) }
    let hasEnded = !process.isRunning
    #expect(hasEnded, "the run goes on after \(seconds) s")
    if !hasEnded { send(SIGKILL) }
    process.waitUntilExit()
    #expect(process.terminationReason == .exit)
    return (
      process.terminationStatus, String(decoding: try Data(contentsOf: errors), as: UTF8.self)
    )
  }
}
