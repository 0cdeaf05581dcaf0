import BusbarEvents
import BusbarSimulation
import BusbarTestSupport
import Foundation
import Testing

/// A folder in which the examples of an article are run, from the first to the last.
///
/// It holds the package's scenarios and an empty folder for results, as a clone does.
struct ArticleRun {
  /// Runs an article; what differs becomes an issue of the test.
  ///
  /// With the variable that updates snapshots, what is printed replaces what the article shows.
  static func run(_ path: String) throws {
    var article = try Article(path)
    let folder = try PackageFolder.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createSymbolicLink(
      at: folder.appendingPathComponent("Scenarios"),
      withDestinationURL: PackageFolder.url.appendingPathComponent("Scenarios"))
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("Results"), withIntermediateDirectories: false)
    for place in article.blocks.indices {
      let block = article.blocks[place]
      let name = "\(path).md:\(block.range.lowerBound)"
      if let file = block.argument(of: "file") {
        try write(block.text, to: folder.appendingPathComponent(file))
      } else if let file = block.argument(of: "append") {
        let url = folder.appendingPathComponent(file)
        try write(try String(contentsOf: url, encoding: .utf8) + block.text, to: url)
      } else if let instant = block.argument(of: "timeline") {
        let words = instant.split(separator: " ").map(String.init)
        let lines = try timeline(of: folder.appendingPathComponent(words[0]), at: words[1])
        #expect(lines == block.lines, "\(name)")
      } else if let file = block.argument(of: "excerpt") {
        let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        #expect(text.contains(block.text), "\(name) is no part of \(file)")
      } else if let code = block.argument(of: "run") {
        try run(block, endingWith: Int32(code) ?? 0, in: folder, name, of: &article)
      }
    }
  }

  /// The events of an instant in a result file: round, phase and kind.
  private static func timeline(of file: URL, at instant: String) throws -> [String] {
    let result = try ResultFile(file)
    let kind = try result.reader.variable(named: "event_kind")
    let instants = try result.reader.labels(ofDimension: 0, of: kind)
    let columns = try ["event_round", "event_phase", "event_kind"].map { try result.values($0) }
    return instants.indices.filter { instants[$0] == instant }.map { row in
      let codes = columns.map { Int($0[row] ?? -1) }
      let phase = "\(EventPhase.allCases[codes[1]])".padding(
        toLength: 11, withPad: " ", startingAt: 0)
      return "round \(codes[0])  \(phase)  \(SimulationEvent.kinds[codes[2]])"
    }
  }

  private static func write(_ text: String, to file: URL) throws {
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private static func run(
    _ block: Article.Block, endingWith code: Int32, in folder: URL, _ name: String,
    of article: inout Article
  ) throws {
    var dialogue = try #require(Dialogue(block.lines), "\(name) begins with no command")
    let last = dialogue.exchanges.count - 1
    for place in dialogue.exchanges.indices {
      let exchange = dialogue.exchanges[place]
      let (exitCode, lines) = try exchange.run(in: folder)
      let text = lines.joined(separator: "\n")
      #expect(
        exitCode == (place == last ? code : 0), "\(name), '\(exchange.command)' prints:\n\(text)")
      if exchange.matches(lines) { continue }
      if ProcessInfo.processInfo.environment[HelpTests.update] == "1" {
        dialogue.exchanges[place].expected = lines
      } else {
        Issue.record(
          "\(name): '\(exchange.command)' prints other lines; if that is meant, test again with \(HelpTests.update)=1:\n\(text)"
        )
      }
    }
    if dialogue.lines != block.lines { try article.rewrite(block.range, by: dialogue.lines) }
  }
}
