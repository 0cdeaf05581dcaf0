import BusbarTestSupport
import Foundation

/// Commands and what they print, as an article shows them.
struct Dialogue {
  /// One command with the lines that follow it.
  struct Exchange {
    var command: String
    var expected: [String]
  }

  var exchanges: [Exchange] = []

  /// Reads the lines of a block; nil when it does not begin with a command.
  init?(_ lines: [String]) {
    for line in lines {
      if line.hasPrefix("$ ") {
        exchanges.append(Exchange(command: String(line.dropFirst(2)), expected: []))
      } else if exchanges.isEmpty {
        return nil
      } else {
        exchanges[exchanges.count - 1].expected.append(line)
      }
    }
    if exchanges.isEmpty { return nil }
  }

  /// The lines of a block.
  var lines: [String] { exchanges.flatMap { ["$ " + $0.command] + $0.expected } }
}

extension Dialogue.Exchange {
  /// Runs the command in the shell; returns its exit code and the lines of both streams.
  func run(in folder: URL) throws -> (exitCode: Int32, lines: [String]) {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let programs = Command.busbarURL.deletingLastPathComponent().path
    let result = try Command.run(
      URL(fileURLWithPath: "/bin/sh"), ["-c", "exec 2>&1\n\(command)"], in: folder,
      environment: ["PATH": "\(programs):\(path)", "COLUMNS": "80"])
    var lines = result.output.components(separatedBy: "\n")
    if lines.last == "" { lines.removeLast() }
    return (result.exitCode, lines)
  }

  /// Whether lines are the expected ones, with `...` for any text, or on its own for any lines.
  func matches(_ lines: [String]) -> Bool { Self.match(expected[...], lines[...]) }

  private static func match(_ expected: ArraySlice<String>, _ lines: ArraySlice<String>) -> Bool {
    guard let first = expected.first else { return lines.isEmpty }
    let rest = expected.dropFirst()
    if first == "..." {
      return (lines.startIndex...lines.endIndex).contains { match(rest, lines[$0...]) }
    }
    guard let line = lines.first, matches(line, first.components(separatedBy: "...")[...]) else {
      return false
    }
    return match(rest, lines.dropFirst())
  }

  /// Whether a line is made of the parts with any text in between.
  private static func matches(_ line: String, _ parts: ArraySlice<String>) -> Bool {
    guard let first = parts.first, line.hasPrefix(first) else { return false }
    let rest = parts.dropFirst()
    guard let last = rest.last else { return line == first }
    var left = line.dropFirst(first.count)
    for part in rest.dropLast() {
      guard let place = left.firstRange(of: part) else { return false }
      left = left[place.upperBound...]
    }
    return left.hasSuffix(last)
  }
}
