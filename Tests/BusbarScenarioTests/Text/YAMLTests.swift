import Testing

@testable import BusbarScenario

struct YAMLTests {
  /// A malformed file, where its first fault lies, and words of the problem and the remedy.
  struct Case: CustomTestStringConvertible {
    let text: String
    let place: String
    let problem: String
    let remedy: String
    var testDescription: String { problem }

    init(_ text: String, _ place: String, _ problem: String, _ remedy: String) {
      self.text = text
      self.place = place
      self.problem = problem
      self.remedy = remedy
    }
  }

  static let malformed: [Case] = [
    Case("", "s.yaml", "the file is empty", "write it"),
    Case("# nothing\n", "s.yaml", "the file is empty", "write it"),
    Case("a: 1\nb: [1, 2\n", "3:1", "malformed", "close the quotation mark or bracket"),
    Case("a: 1\n\tb: 2\n", "2:1", "a tab character", "indent with blanks"),
    Case("a:\n\tb: 2\n", "2:1", "cannot start any token", "indent with blanks"),
    Case("a: b: c\n", "1:5", "mapping values are not allowed", "into quotes"),
    Case("a: 1\n---\nb: 2\n", "2:1", "a second document", "one document a file"),
    Case("a: \"x\n", "2:1", "quoted scalar", "close the quotation mark"),
    Case("a: \"\\q\"\n", "1:5", "unknown escape", "single quotes"),
    Case("a: 1\nb\u{0}: 2\n", "2:2", "NUL", "UTF-8 text"),
    Case("a: 1\r\nb: \u{7}\r\n", "2:4", "control character 0x07", "remove it"),
    Case("a: x\u{2028}y\n", "1:5", "U+2028", "remove it"),
    Case("a: !!binary aGk=\n", "1:4", "the tag '!!binary'", "remove the tag"),
    Case("a: !thing [1]\n", "1:4", "the tag '!thing'", "remove the tag"),
    Case("? [a, b]\n: 1\n", "1:3", "a key is not a plain name", "write a name"),
    Case("a: &x 1\n*x : 2\n", "2:1", "a key is not a plain name", "write a name"),
    Case("?\n?", "1:2", "a key occurs twice", "keep one"),
    Case("- 1: a\n  1: b\n", "2:3", "key '1' occurs twice", "keep one"),
    Case("{[a]: 1, [a]: 2}", "1:2", "a key occurs twice", "keep one"),
    Case("a: &load 1\nb: *laod\n", "2:4", "'*laod' refers to no anchor", "write 'load'"),
    Case("a: &x [*x]\n", "1:8", "refers to no anchor", "'&x'"),
    Case(
      "é: 1\na: 1\nb: 2\na: 3\n", "4:1", "key 'a' occurs twice in one mapping, first at line 2",
      "keep one"),
  ]

  @Test(arguments: malformed)
  func malformedFilesAreReportedAtTheirPlace(_ one: Case) {
    let (node, faults) = Fixture.yaml(one.text)
    #expect(node == nil)
    #expect(faults.places == [one.place])
    #expect(faults.first?.problem.contains(one.problem) == true, "\(faults)")
    #expect(faults.first?.remedy.contains(one.remedy) == true, "\(faults)")
  }

  @Test func bytesThatAreNotUTF8AreReportedAtTheirPlace() {
    let (node, faults) = Fixture.yaml(Array("a: 1\nb: x".utf8) + [0xE9, 0x0A])
    #expect(node == nil)
    #expect(faults.places == ["2:5"])
    #expect(faults.first?.problem == "byte 0xE9 is not part of UTF-8 text")
    #expect(faults.first?.remedy.contains("UTF-8") == true)
  }

  @Test func allDuplicateKeysAreReportedInOnePass() {
    let (_, faults) = Fixture.yaml(
      """
      a: 1
      b: {x: 1, x: 2}
      a: 2
      "a": 3
      list:
        - {id: 1, "id": 2, xd: 4, xd: 5}
      """)
    #expect(faults.places == ["2:11", "3:1", "4:1", "6:13", "6:29"])
    #expect(faults.map(\.problem).contains { $0.contains("'xd'") })
  }

  @Test func scalarsStayTheTextsThatWereWritten() {
    let written = ["1e3", "NO", "007", "1_000", "0x10", "1:30", "yes", "2020-01-01", "a * b", "*"]
    let (node, faults) = Fixture.yaml(
      written.map { "- \($0 == "*" ? "'*'" : $0)" }.joined(separator: "\n"))
    #expect(faults.isEmpty)
    #expect(node?.elements?.map(\.text) == written)
  }

  @Test(arguments: ["", "~", "null", "NULL"])
  func plainNullsAreNoTextButQuotedOnesAre(_ null: String) {
    let (node, _) = Fixture.yaml("a: \(null)\nb: '\(null)'\n")
    #expect(node?["a"]?.content == .null)
    #expect(node?["b"]?.content == .scalar(null, .quoted))
  }

  @Test func placesAreRightAfterAByteOrderMarkAndWithCRLF() {
    let (node, faults) = Fixture.yaml(
      [0xEF, 0xBB, 0xBF] + Array("é: 1\r\nlist:\r\n  - ä: 'x'\r\n".utf8))
    #expect(faults.isEmpty)
    #expect(node?.entries?.first?.keyLocation == SourceLocation(file: "s.yaml", line: 1, column: 1))
    #expect(node?["é"]?.location == SourceLocation(file: "s.yaml", line: 1, column: 4))
    let element = node?["list"]?.elements?.first
    #expect(element?["ä"]?.location == SourceLocation(file: "s.yaml", line: 3, column: 8))
    #expect(element?["ä"]?.isQuoted == true)
  }

  @Test func aliasesStandForWhatTheirAnchorMarks() {
    let (node, faults) = Fixture.yaml("a: &p {x: 1}\nb: *p\nc: [*p, 'a *p']\n")
    #expect(faults.isEmpty)
    #expect(node?["b"]?["x"]?.text == "1")
    #expect(node?["c"]?.elements?.last?.text == "a *p")
  }

  @Test func aliasBombsAreRefusedBeforeTheyGrow() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for i in 1...20 {
      text +=
        "a\(i): &a\(i) [\(Array(repeating: "*a\(i - 1)", count: 10).joined(separator: ", "))]\n"
    }
    let (node, faults) = Fixture.yaml(text + "? *a20\n: 1\n? [*a20]\n: 1\n")
    #expect(node == nil)
    #expect(faults.first?.problem.contains("after its aliases are replaced") == true)
    #expect(faults.first?.location.line == 7)
  }

  @Test(arguments: [
    String(repeating: "[", count: 70) + String(repeating: "]", count: 70),
    String(repeating: "[", count: 5_000),
    (0..<80).map { String(repeating: " ", count: $0) + "a:" }.joined(separator: "\n"),
    "a0: &a0 x\n" + (1..<90).map { "a\($0): &a\($0) [*a\($0 - 1)]\n" }.joined(),
  ])
  func deepNestingIsRefused(_ text: String) {
    let (node, faults) = Fixture.yaml(text)
    #expect(node == nil)
    #expect(faults.first?.remedy.contains("less deeply") == true)
    #expect(faults.first?.problem.contains("nested") == true)
    #expect(faults.first?.location.line != nil)
  }
}
