import BusbarHDF5
import BusbarTestSupport
import Foundation
import Testing

/// A process of `CommitWriter` and what it announced.
struct WriterProcess {
  /// How the process ended.
  struct End {
    /// The numbers of blocks that it announced as committed; the first is what it found.
    let announced: [Int]
    /// The changes to the disk after each block, from the first block on.
    let changes: [Int]
    /// The signal that ended it; nil if it ended by itself.
    let signal: Int32?
    let status: Int32
    let errors: String

    /// The blocks that the file holds for certain.
    var committed: Int { announced.last ?? 0 }
  }

  private let process = Process()
  private let output = Pipe()
  private let errors = Pipe()

  /// Starts the writer; its words are in the source of `CommitWriter`.
  init(_ path: String, _ words: [String]) throws {
    process.executableURL = Command.busbarURL.deletingLastPathComponent()
      .appendingPathComponent("CommitWriter")
    process.arguments = [path] + words
    process.standardOutput = output
    process.standardError = errors
    try process.run()
  }

  /// Ends the writer at once, as the system does to a process that used up memory.
  func kill() { Foundation.kill(process.processIdentifier, SIGKILL) }

  /// Waits until the writer has opened its file, or has ended.
  func waitUntilItWrites() {
    var state = pollfd(
      fd: output.fileHandleForReading.fileDescriptor, events: Int16(POLLIN), revents: 0)
    // SAFETY: the one structure outlives the call.
    _ = unsafe poll(&state, 1, 10_000)
  }

  /// Waits until the writer has ended.
  func wait() throws -> End {
    let words = try Self.text(output).split(separator: "\n").map { $0.split(separator: " ") }
    let errors = try Self.text(errors)
    process.waitUntilExit()
    let isSignal = process.terminationReason == .uncaughtSignal
    return End(
      announced: words.filter { $0[0] != "changes" }.compactMap { Int($0[1]) },
      changes: words.filter { $0[0] == "changes" }.compactMap { Int($0[1]) },
      signal: isSignal ? process.terminationStatus : nil,
      status: isSignal ? 0 : process.terminationStatus, errors: errors)
  }

  private static func text(_ pipe: Pipe) throws -> String {
    String(decoding: try pipe.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
  }
}

/// What the writer's file holds, all of which belongs to one block.
struct WrittenBlocks: Equatable {
  let count: Int

  /// Reads everything, and expects every value to be what the writer wrote.
  init(_ path: String) throws {
    try self.init(HDF5File(reading: path))
  }

  init(_ file: HDF5File) throws {
    let root = file.root
    count = Int(try root.attribute("blocks", as: Int64.self))
    let rows = (0..<Int64(count)).flatMap { block in (0..<210).map { block * 1000 + $0 } }
    #expect(try root.dataset("rows").read(as: Int64.self) == rows)
    #expect(try root.dataset("packed").read(as: Int64.self) == rows)
    #expect(try root.dataset("texts").readStrings() == (0..<count).map { "block \($0)" })
    #expect(
      try root.dataset("status").read(as: Int64.self)
        == [Int64](repeating: Int64(count), count: 2000))
    let hasBulk = count > 0 && count.isMultiple(of: 2)
    #expect(try root.contains("bulk") == hasBulk)
    if hasBulk {
      let bulk = try root.dataset("bulk").read(as: UInt8.self)
      #expect(bulk == [UInt8](repeating: 0xb5, count: 40_000))
    }
    #expect(try root.contains("checkpoint") == (count > 0))
    if count > 0 {
      let state = try root.dataset("checkpoint/state").read(as: UInt8.self)
      let last = count - 1
      #expect(state == [UInt8](repeating: UInt8(last), count: 3000 + 500 * (last % 3)))
    }
  }
}
