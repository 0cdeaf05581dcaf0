import Testing

@testable import BusbarScenario

struct DiagnosticsTests {
  @Test func aDiagnosticSaysWhereWhatAndHow() {
    let fault = Diagnostic(
      .error, at: SourceLocation(file: "lines.csv", line: 12, column: 4), "unknown bus 'B9'",
      remedy: "write 'B19'")
    #expect(fault.description == "lines.csv:12:4: error: unknown bus 'B9'\n  remedy: write 'B19'")
    let whole = Diagnostic(.warning, at: SourceLocation(file: "a.csv"), "x", remedy: "y")
    #expect(whole.description == "a.csv: warning: x\n  remedy: y")
  }

  @Test func diagnosticsAreSortedByFileLineAndColumn() {
    var diagnostics = Diagnostics()
    for (file, line, column) in [("b", 1, 1), ("a", 10, 1), ("a", 9, 2), ("a", 9, 1)] {
      diagnostics.error(
        "x", at: SourceLocation(file: file, line: line, column: column), remedy: "y")
    }
    diagnostics.error("x", at: SourceLocation(file: "a"), remedy: "y")
    #expect(
      diagnostics.sorted.map(\.location.description) == ["a", "a:9:1", "a:9:2", "a:10:1", "b:1:1"])
  }

  @Test func onlyTheFirstFaultsOfAFileAreKeptAndTheOthersCounted() {
    var diagnostics = Diagnostics(limitPerFile: 3)
    for line in 1...10 {
      diagnostics.error("x", at: SourceLocation(file: "a", line: line, column: 1), remedy: "y")
    }
    diagnostics.error("x", at: SourceLocation(file: "b", line: 1, column: 1), remedy: "y")
    #expect(diagnostics.sorted.count == 5)
    #expect(diagnostics.sorted[3].problem == "7 more faults are not shown")
    #expect(diagnostics.count == 11)
  }

  @Test func warningsAreNoErrors() {
    var diagnostics = Diagnostics()
    diagnostics.warning("x", at: SourceLocation(file: "a"), remedy: "y")
    #expect(!diagnostics.hasErrors)
    diagnostics.error("x", at: SourceLocation(file: "a"), remedy: "y")
    #expect(diagnostics.hasErrors)
  }

  @Test(arguments: [
    ("transfomers", "transformers"), ("LENGTH", "length"), ("legnth", "length"), ("bsu", "bus"),
    ("length_kn", "length_km"), ("zebra", nil), ("", nil), ("x", nil), ("I", "i"),
  ])
  func theNearestNameIsFoundOrNone(_ name: String, _ nearest: String?) {
    let names = ["bus", "length", "length_km", "transformers", "i", "y"]
    #expect(NearestName.of(name, among: names) == nearest)
  }

  @Test(arguments: [
    ("", "abc", 3), ("abc", "abc", 0), ("abc", "acb", 1), ("abc", "ab", 1),
    ("kitten", "sitting", 3),
    ("ca", "abc", 3),
  ])
  func editsAreCountedAsOptimalStringAlignmentDoes(_ a: String, _ b: String, _ distance: Int) {
    #expect(NearestName.distance(Array(a), Array(b)) == distance)
    #expect(NearestName.distance(Array(b), Array(a)) == distance)
  }
}
