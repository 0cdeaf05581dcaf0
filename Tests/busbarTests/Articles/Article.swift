import BusbarTestSupport
import Foundation

/// An article of a documentation catalogue, and the examples in it that tests run.
///
/// An HTML comment directly above a fenced block, which no reader sees, says what the block is:
///
/// - `file: PATH` is the whole content of a file, written into the folder of the article's run;
/// - `append: PATH` is the end of a file that stands in that folder by then;
/// - `timeline: FILE INSTANT` are the events of an instant, in UTC, in a result file;
/// - `excerpt: PATH` is a part of a file that stands in that folder by then, line for line;
/// - `run` or `run: CODE` is a dialogue: lines that begin with `$ ` are commands for the shell, in
///   which `busbar` is the program under test, the others what it prints; the last command ends
///   with that exit code, and all others with 0;
/// - `python` is run by `.ci/test`, in the folder of the day of the European feeder;
/// - `source: PATH` is a part of a file of this package, as the test in question says.
///
/// In what is printed, `...` stands for any text of a line, and alone on a line for any lines.
struct Article {
  /// One fenced block.
  struct Block {
    /// What the comment above says; nil without one.
    var directive: String?
    /// What stands behind the opening fence.
    var language: String
    /// The lines between the fences.
    var lines: [String]
    /// The lines of the file between the fences, counted from 0.
    var range: Range<Int>

    /// The lines as a file would hold them.
    var text: String { lines.map { $0 + "\n" }.joined() }

    /// What the directive says after a word; nil when it is another directive.
    func argument(of word: String) -> String? {
      guard let directive else { return nil }
      if directive == word { return "" }
      return directive.hasPrefix(word + ": ") ? String(directive.dropFirst(word.count + 2)) : nil
    }
  }

  let url: URL
  var lines: [String]

  /// Reads an article of a catalogue under `Sources`, such as `busbar/busbar.docc/FirstPicture`.
  init(_ path: String) throws {
    url = PackageFolder.url.appendingPathComponent("Sources/\(path).md")
    lines = try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
  }

  /// The paths of all articles, as `init` takes them, in the order of their names.
  static func allPaths() throws -> [String] {
    let sources = PackageFolder.url.appendingPathComponent("Sources").path
    return try FileManager.default.subpathsOfDirectory(atPath: sources)
      .filter { $0.contains(".docc/") && $0.hasSuffix(".md") }
      .map { String($0.dropLast(3)) }.sorted()
  }

  /// The fenced blocks in their order.
  var blocks: [Block] {
    var blocks: [Block] = []
    var opening: Int?
    for (number, line) in lines.enumerated() where line.hasPrefix("```") {
      guard let first = opening else {
        opening = number
        continue
      }
      blocks.append(
        Block(
          directive: directive(above: first), language: String(lines[first].dropFirst(3)),
          lines: Array(lines[(first + 1)..<number]), range: (first + 1)..<number))
      opening = nil
    }
    return blocks
  }

  private func directive(above fence: Int) -> String? {
    guard fence > 0, let comment = lines[fence - 1].wholeMatch(of: /<!-- (.+) -->/) else {
      return nil
    }
    return String(comment.1)
  }

  /// Replaces the lines of a block, and writes the article.
  mutating func rewrite(_ range: Range<Int>, by new: [String]) throws {
    lines.replaceSubrange(range, with: new)
    try Data(lines.joined(separator: "\n").utf8).write(to: url)
  }
}
