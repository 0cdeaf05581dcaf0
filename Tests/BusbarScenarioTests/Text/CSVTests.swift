import BusbarTestSupport
import Testing

@testable import BusbarScenario

struct CSVTests {
  /// A malformed table, where its faults lie, and words of the first problem and remedy.
  struct Case: CustomTestStringConvertible {
    let text: String
    let places: [String]
    let problem: String
    let remedy: String
    var testDescription: String { problem }

    init(_ text: String, _ places: [String], _ problem: String, _ remedy: String) {
      self.text = text
      self.places = places
      self.problem = problem
      self.remedy = remedy
    }
  }

  static let malformed: [Case] = [
    Case("", ["1:1"], "the file is empty", "header"),
    Case("\n\n\r\n", ["1:1"], "the file is empty", "header"),
    Case("\na,b\n1,2\n", ["1:1"], "blank", "header"),
    Case("a,b\n", ["t.csv"], "a header but no rows", "add a row"),
    Case("a,,c\n1,2,3\n", ["1:3"], "column 2 has no name", "name it"),
    Case("a,\n1,2\n", ["1:3"], "column 2 has no name", "remove the comma"),
    Case("a,é,a\n1,2,3\n", ["1:5"], "column 'a' occurs twice", "keep one"),
    Case("a;b\n1;2\n", ["1:2"], "semicolons", "commas"),
    Case("a\tb\n1\t2\n", ["1:2"], "tabs", "commas"),
    Case("a,b\n1\n2,3\n4,5,6\n", ["2:2", "4:5"], "has 1 cells where the header has 2", "missing"),
    Case("a,b\n1,2,3\n", ["2:5"], "has 3 cells", "surplus"),
    Case("a,b\n1,2,\"x\ny\"\n", ["2:5"], "has 3 cells", "surplus"),
    Case("a,b\n1,2\n\n3,4\n", ["3:1"], "blank", "remove it"),
    Case("a,b\n1,\"x\n", ["2:3"], "never closed", "second quote"),
    Case("a,b\n1,\"x\"y\n3,z\"\n", ["2:6", "3:4"], "follows the closing quote", "\"\""),
    Case("a,b\n1,2\r3,4\n", ["2:4"], "carriage return", "LF or CRLF"),
    Case("a,b\n\"é\n\u{0}\",2\n", ["3:1"], "NUL", "UTF-8"),
    Case("a,b\n1,\u{1B}\n", ["2:3"], "0x1B", "remove"),
  ]

  @Test(arguments: malformed)
  func malformedTablesAreReportedAtTheirPlace(_ one: Case) {
    let (table, faults) = Fixture.csv(one.text)
    #expect(table == nil)
    #expect(faults.places == one.places)
    #expect(faults.first?.problem.contains(one.problem) == true, "\(faults)")
    #expect(faults.first?.remedy.contains(one.remedy) == true, "\(faults)")
  }

  @Test func bytesThatAreNotUTF8AreReportedAtTheirPlace() {
    let (table, faults) = Fixture.csv(Array("a,b\né,x".utf8) + [0xE9, 0x0A])
    #expect(table == nil)
    #expect(faults.places == ["2:4"])
    #expect(faults.first?.problem.contains("0xE9") == true)
  }

  @Test func quotedCellsMayHoldCommasQuotesAndLineEnds() {
    let (table, faults) = Fixture.csv("\u{FEFF}id,note\r\nA,\"x, \"\"y\"\"\r\nz\"\r\nB,é\r\n\r\n")
    #expect(faults.isEmpty)
    #expect(table?.rowCount == 2)
    #expect(table?.cells(inRow: 0).map(\.text) == ["A", "x, \"y\"\r\nz"])
    let last = table?.cells(inRow: 1)
    #expect(last?.map(\.text) == ["B", "é"])
    #expect(last?.last?.location == SourceLocation(file: "t.csv", line: 4, column: 3))
  }

  @Test(arguments: ["a\n1", "a\n1\n", "a\n1\n\n\n"])
  func aMissingOrRepeatedLineEndAtTheEndIsNoFault(_ text: String) {
    let (table, faults) = Fixture.csv(text)
    #expect(faults.isEmpty)
    #expect(table?.rowCount == 1)
  }

  @Test func manyFaultsOfFormAreCountedAfterTheFirstTwenty() {
    let (_, faults) = Fixture.csv("a,b\n" + String(repeating: "1\n", count: 50))
    #expect(faults.count == 21)
    #expect(faults.last?.problem == "30 more faults of this sort follow")
  }

  @Test func columnsOfNumbersAreReadAsTheyAreWritten() throws {
    let (table, _) = Fixture.csv(
      "t,id,p\n0,\"a,b\",1.5\n60, x ,-2e3\n120,y,\" 0.1 \"\n180,z,123456789012345678901234567890\n")
    var diagnostics = Diagnostics()
    let columns = try #require(table).numbers(inColumns: [2, 0], &diagnostics)
    #expect(diagnostics.count == 0)
    #expect(columns == [[1.5, -2_000, 0.1, 1.2345678901234568e29], [0, 60, 120, 180]])
  }

  @Test func cellsThatAreNoFiniteNumbersAreReportedAndCounted() throws {
    let bad = ["nan", "inf", "", "x", "\"1,5\"", "1_000", "0x10", "1e999"]
    let rows = bad.map { "1,\($0)\n" }.joined() + String(repeating: "1,?\n", count: 20)
    let (table, _) = Fixture.csv("t,p\n" + rows)
    var diagnostics = Diagnostics()
    let columns = try #require(table).numbers(inColumns: [1], &diagnostics)
    let faults = diagnostics.sorted
    #expect(columns == nil)
    #expect(faults.count == 21)
    #expect(
      faults.prefix(8).map(\.location)
        == (2...9).map { SourceLocation(file: "t.csv", line: $0, column: 3) })
    #expect(faults.allSatisfy { $0.problem.contains("'p'") || $0.problem.contains("8 more") })
    #expect(faults[4].remedy == "use a decimal point")
    #expect(faults[7].problem == "'1e999' in column 'p' is too large for a number")
  }

  /// The library's own conversion is the reference; both must round to the nearest `Double`.
  @Test func numbersAreRoundedLikeTheStandardLibraryDoes() throws {
    var random = SeededNumbers(seed: 7)
    let texts = (0..<5_000).map { _ in
      let digits = String(random.next() % 10_000_000_000_000_000_000).prefix(
        Int.random(in: 1...19, using: &random))
      let cut = Int.random(in: 0...digits.count, using: &random)
      let exponent = Int.random(in: -30...30, using: &random)
      return "\(digits.prefix(cut)).\(digits.dropFirst(cut))e\(exponent)"
    }
    let (table, _) = Fixture.csv("p\n" + texts.joined(separator: "\n"))
    var diagnostics = Diagnostics()
    let columns = try #require(table).numbers(inColumns: [0], &diagnostics)
    #expect(columns?.first == texts.map { Double($0) ?? .nan })
  }
}
