import BusbarScenario
import BusbarTestSupport
import Foundation
import Testing

/// The documentation says what the program does.
struct ArticleTests {
  /// Articles whose examples take less than a second each.
  static let quick = [
    "BusbarSimulation/BusbarSimulation.docc/EventOrder",
    "busbar/busbar.docc/ImportYourFeeder", "busbar/busbar.docc/WriteYourOwnScenario",
  ]

  @Test(arguments: quick)
  func theExamplesOfAnArticleAreTrue(_ path: String) throws { try ArticleRun.run(path) }

  /// A block that could be checked and is not would be an example that can become wrong unnoticed.
  @Test func everyBlockThatCouldBeCheckedIs() throws {
    let words = ["file", "append", "excerpt", "run", "python", "source"]
    for path in try Article.allPaths() {
      for block in try Article(path).blocks
      where ["console", "yaml", "csv", "python", "swift"].contains(block.language) {
        let isKnown = words.contains { block.argument(of: $0) != nil }
        #expect(isKnown, "\(path).md:\(block.range.lowerBound) says not how it is checked")
      }
    }
  }

  @Test func theScenarioReferenceIsWhatTheProgramPrints() throws {
    let article = try Article("busbar/busbar.docc/ScenarioReference")
    let printed = ScenarioReference.text(for: .standard)
    if ProcessInfo.processInfo.environment[HelpTests.update] == "1" {
      try Data(printed.utf8).write(to: article.url)
    }
    let command = try Command.busbar(["schema", "--markdown"])
    #expect(command.output == printed && command.exitCode == 0)
    #expect(
      article.lines.joined(separator: "\n") == printed,
      "write it anew: busbar schema --markdown > Sources/busbar/busbar.docc/ScenarioReference.md")
  }

  /// The code of an article is that of files which are compiled and tested, piece by piece in order.
  @Test func theDeviceOfTheArticleIsTheOneThatIsTested() throws {
    var left: [String: String] = [:]
    for block in try Article("busbar/busbar.docc/AddADevice").blocks {
      let path = try #require(block.argument(of: "source"))
      let whole =
        try left[path]
        ?? String(contentsOf: PackageFolder.url.appendingPathComponent(path), encoding: .utf8)
      let place = try #require(whole.range(of: block.text), "\(path) lacks:\n\(block.text)")
      let before = whole[..<place.lowerBound]
      if path.hasSuffix("/Refrigerator.swift") {
        let skipped = before.split(separator: "\n").filter { !$0.contains(/^(\/\/ |.*import )/) }
        #expect(skipped == [], "the article leaves these lines out")
      }
      left[path] = String(whole[place.upperBound...])
    }
    #expect(left.keys.contains { $0.hasSuffix("/Refrigerator.swift") })
    #expect(left.filter { $0.key.hasSuffix("/Refrigerator.swift") }.allSatisfy { $0.value.isEmpty })
  }

  /// The figure's boxes are the events of the example, in the same order.
  @Test func theFigureOfTheEventOrderIsTheExample() throws {
    let article = try Article("BusbarSimulation/BusbarSimulation.docc/EventOrder")
    let timeline = try #require(article.blocks.first { $0.argument(of: "timeline") != nil })
    let events = timeline.lines.map { line in
      line.split(separator: " ").prefix(3).joined(separator: "-")
    }
    let figure = try String(
      contentsOf: article.url.deletingLastPathComponent()
        .appendingPathComponent("event-order.svg"), encoding: .utf8)
    let boxes = figure.matches(of: /<g id="(round-\d+-\w+)">/).map { String($0.1) }
    #expect(boxes == events)
  }

  /// Each article with examples is run by a test of this suite or of the one for releases.
  @Test func everyArticleWithExamplesIsRun() throws {
    let articles = try Article.allPaths().filter { path in
      try Article(path).blocks.contains { $0.argument(of: "run") != nil }
    }
    #expect(Set(articles) == Set(Self.quick + FirstPictureValidation.articles))
  }

  /// Articles name the tests that show what they say, as `Suite/test`.
  @Test func everyTestThatAnArticleNamesExists() throws {
    let known = try Self.testNames()
    var count = 0
    for path in try Article.allPaths() {
      let text = try Article(path).lines.joined(separator: "\n")
      for name in text.matches(of: /`(\w+(?:Tests|Validation)\/\w+)`/) {
        count += 1
        let isKnown = known.contains(String(name.1))
        #expect(isKnown, "\(path).md names \(name.1)")
      }
    }
    #expect(count > 30)
  }

  /// The names of all test functions, each after its suite.
  private static func testNames() throws -> Set<String> {
    let tests = PackageFolder.url.appendingPathComponent("Tests")
    let types: Set<String> = ["struct", "extension", "class"]
    var names: Set<String> = []
    for file in try FileManager.default.subpathsOfDirectory(atPath: tests.path)
    where file.hasSuffix(".swift") {
      let text = try String(contentsOf: tests.appendingPathComponent(file), encoding: .utf8)
      var suite = ""
      var isTest = false
      for line in text.split(separator: "\n") {
        let words = line.split(whereSeparator: { " (<:".contains($0) }).map(String.init)
        if !line.hasPrefix(" "), let place = words.firstIndex(where: types.contains),
          place + 1 < words.count
        {
          suite = words[place + 1]
        }
        if line.contains("@Test") { isTest = true }
        if let place = words.firstIndex(of: "func"), place + 1 < words.count {
          if isTest { names.insert("\(suite)/\(words[place + 1])") }
          isTest = false
        }
      }
    }
    return names
  }

  /// A match that were too generous would let every example pass.
  @Test(arguments: [
    (["a ... c"], ["a b c"], true), (["a ... c"], ["a b d"], false), (["a"], ["a", "b"], false),
    (["a", "..."], ["a", "b", "c"], true), (["...", "c"], ["a", "b", "c"], true),
    (["...", "c"], ["a", "b"], false), (["a", "...", "c"], ["a", "c"], true), ([], ["a"], false),
    (["... x ... y"], ["1 x 2 y"], true), (["... x ... y"], ["1 x 2"], false),
    (["a...a"], ["a"], false),
  ])
  func anOmissionStandsForAnyText(_ expected: [String], _ lines: [String], _ isMatch: Bool) {
    let exchange = Dialogue.Exchange(command: "", expected: expected)
    #expect(exchange.matches(lines) == isMatch)
  }
}
