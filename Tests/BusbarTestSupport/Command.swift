public import Foundation

/// A program run by a test, with all that it said.
public struct Command {
  /// The exit code; negative when a signal ended the program.
  public let exitCode: Int32
  public let output: String
  public let errors: String

  /// Runs the `busbar` that was built with the tests.
  public static func busbar(
    _ arguments: [String], in folder: URL? = nil, environment: [String: String] = [:]
  ) throws -> Command {
    try run(busbarURL, arguments, in: folder, environment: environment)
  }

  /// The `busbar` that was built with the tests.
  public static var busbarURL: URL {
    URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
      .deletingLastPathComponent().appendingPathComponent("busbar")
  }

  /// Runs any program.
  public static func run(
    _ program: URL, _ arguments: [String], in folder: URL? = nil,
    environment: [String: String] = [:]
  ) throws -> Command {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    if let folder { process.currentDirectoryURL = folder }
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardInput = FileHandle.nullDevice
    // Files rather than pipes, so that no program ever waits for its reader.
    let folder = try PackageFolder.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let outputFile = folder.appendingPathComponent("output")
    let errorFile = folder.appendingPathComponent("errors")
    for file in [outputFile, errorFile] {
      try Data().write(to: file)
    }
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    process.waitUntilExit()
    let status = process.terminationStatus
    return Command(
      exitCode: process.terminationReason == .exit ? status : -status,
      output: String(decoding: try Data(contentsOf: outputFile), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errorFile), as: UTF8.self))
  }
}
