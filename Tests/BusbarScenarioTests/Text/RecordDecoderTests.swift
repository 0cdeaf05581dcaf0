import BusbarUnits
import Testing

@testable import BusbarScenario

struct RecordDecoderTests {
  @Test(arguments: [
    "length: 100 m", "length: 0.1 km", "length: 0.1km", "length_m: 100", "length_km: 1e-1",
    "length_m: '100'",
  ])
  func aLengthIsTheSameInAnySpelling(_ text: String) {
    let (line, faults) = Fixture.line("id: A\n\(text)\n")
    #expect(faults.isEmpty)
    #expect(line?[Fixture.length] == 100)
  }

  @Test(arguments: ["share: 0.05", "share: 5 %", "share: 5%", "share_percent: 5"])
  func aRatioMayBeBareOrInPercent(_ text: String) {
    #expect(Fixture.line("id: A\nlength_m: 1\n\(text)").line?[Fixture.share] == 0.05)
  }

  @Test(
    arguments: [
      ("delay: 15 min", 900_000), ("delay_h: 0.25", 900_000), ("delay: 2.3 h", 8_280_000),
      ("delay_s: 1.001", 1_001), ("delay: 1 d", 86_400_000), ("delay: 0 s", 0),
      ("delay_s: -1.50", -1_500),
    ] as [(String, Int64)])
  func anIntervalIsExactToTheMillisecond(_ text: String, _ milliseconds: Int64) {
    let (line, faults) = Fixture.line("id: A\nlength_m: 1\n\(text)")
    #expect(faults.isEmpty)
    #expect(line?[Fixture.delay] == milliseconds)
  }

  @Test func eachKindOfFieldIsDecoded() {
    let (line, faults) = Fixture.line(
      """
      id: 007
      length_m: 1
      phases: nba
      steps: 1e1
      kind: overhead
      bus: 1e3
      open: true
      note: ""
      factor: -.5
      """)
    #expect(faults.isEmpty)
    #expect(line?[Fixture.id] == "007")
    #expect(line?[Fixture.phases] == "nba")
    #expect(line?[optional: Fixture.steps] == 10)
    #expect(line?[Fixture.kind] == "overhead")
    #expect(line?[optional: Fixture.bus] == "1e3")
    #expect(line?[Fixture.isOpen] == true)
    #expect(line?[optional: Fixture.note] == "")
    #expect(line?[optional: Fixture.factor] == -0.5)
    #expect(line?.location(of: Fixture.bus) == SourceLocation(file: "s.yaml", line: 6, column: 6))
    #expect(line?.location(of: Fixture.delay) == SourceLocation(file: "s.yaml", line: 1, column: 1))
  }

  /// A faulty key on line 3, the column of the fault, and words of the problem and the remedy.
  @Test(arguments: [
    ("lenght_km: 1", 1, "unknown key 'lenght_km' of line", "write 'length_km'; allowed keys: id, "),
    ("zzzzzz: 1", 1, "unknown key 'zzzzzz'", "allowed keys: id, length, length_m"),
    ("length_km: 1", 1, "'length_km' says the same as 'length_m'", "keep one"),
    ("share: 5 percent", 8, "'percent' in '5 percent' is not a unit of ratio", "allowed units: %"),
    ("share: 1.5", 8, "1.5 is outside", "from 0 to 1"),
    ("share_percent: 150", 16, "150 % is outside", "from 0 % to 100 %"),
    (
      "delay: 5", 8, "'5' has no unit",
      "add one of ms, s, min, h, d, or use one of the keys delay_ms"
    ),
    ("delay: 5 MIN", 8, "'MIN' in '5 MIN' is not a unit of interval", "write 'min'"),
    ("delay: 1:30", 8, "'1:30' is not a decimal number", "instead of hours and minutes"),
    ("delay_s: 1.0001", 10, "not a whole number of milliseconds", "whole milliseconds"),
    ("delay_d: 1e18", 10, "too long", "whole milliseconds"),
    ("delay_s: 5 s", 10, "carries a unit, but the key already states s", "use the key 'delay'"),
    ("factor: 1,5", 9, "'1,5' has a decimal comma", "use a decimal point"),
    ("factor: 1_000", 9, "separators", "without separators"),
    ("factor: 0x10", 9, "not a decimal number", "decimal digits"),
    ("factor: .nan", 9, "not a finite number", "finite"),
    ("factor: -inf", 9, "not a finite number", "finite"),
    ("factor: 1e999", 9, "too large", "below 1.8e308"),
    ("factor: 1.2.3", 9, "is not a number", "12.5"),
    ("factor: 11", 9, "11 is outside", "at most 10"),
    ("steps: 2.5", 8, "not a whole number", "whole number"),
    ("steps: 33", 8, "outside", "from 1 to 32"),
    ("steps: 99999999999999999999", 8, "too large", "whole number"),
    (
      "kind: Cable", 7, "'Cable' is not an allowed value",
      "write 'cable'; allowed values: cable, over"
    ),
    ("phases: abd", 9, "does not name conductors", "'abc'"),
    ("phases: aa", 9, "names a conductor twice", "each conductor once"),
    ("open: yes", 7, "neither true nor false", "true or false"),
    ("bus: ' B1'", 6, "starts or ends with a blank", "remove the blank"),
    ("bus: ''", 6, "the name is empty", "write a name"),
    ("bus:", 5, "no value", "remove the key"),
    ("bus: [a]", 6, "a list where a single value is expected", "one value"),
  ])
  func aFaultIsReportedAtItsValue(
    _ text: String, _ column: Int, _ problem: String, _ remedy: String
  ) {
    let (line, faults) = Fixture.line("id: A\nlength_m: 1\n\(text)\n")
    #expect(line == nil)
    #expect(faults.map(\.location) == [SourceLocation(file: "s.yaml", line: 3, column: column)])
    #expect(faults.first?.problem.contains(problem) == true, "\(faults)")
    #expect(faults.first?.remedy.contains(remedy) == true, "\(faults)")
  }

  @Test func aRangeIsStatedInTheUnitThatWasWritten() {
    let (_, faults) = Fixture.line("id: A\nlength: -0.5 km\n")
    #expect(
      faults.map(\.description) == [
        """
        s.yaml:2:9: error: length: -0.5 km is outside the allowed range
          remedy: write a value of more than 0 km
        """
      ])
  }

  @Test func allFaultsOfARecordAreReportedInOnePass() {
    let (_, faults) = Fixture.line("shar: 1\nphases: x\nsteps: 0\nnote: {a: 1}\nbus: ''\n")
    #expect(faults.places == ["1:1", "1:1", "1:1", "2:9", "3:8", "4:7", "5:6"])
    #expect(faults.contains { $0.problem == "line lacks 'id'" })
    #expect(faults.contains { $0.remedy.hasPrefix("add one of 'length', 'length_m', 'length_km'") })
  }

  @Test func rowsOfATableAreDecodedLikeMappings() {
    let (lines, faults) = Fixture.lines("id,length_km,share,phases\nA,0.1,,a\nNO,2,5 %,\n")
    #expect(faults.isEmpty)
    #expect(lines?.map { $0[Fixture.length] } == [100, 2_000])
    #expect(lines?.map { $0[Fixture.share] } == [0.5, 0.05])
    #expect(lines?.map { $0[Fixture.phases] } == ["a", "abc"])
    #expect(lines?[1][Fixture.id] == "NO")
    #expect(lines?[1].location == SourceLocation(file: "t.csv", line: 3, column: 1))
    #expect(
      lines?[1].location(of: Fixture.share) == SourceLocation(file: "t.csv", line: 3, column: 6))
  }

  @Test func faultsOfTheHeaderAreReportedOnce() {
    let (lines, faults) = Fixture.lines("id,lenght,share,share_percent\nA,1,1,1\nB,1,1,1\n")
    #expect(lines == nil)
    #expect(faults.places == ["1:1", "1:4", "1:17"])
    #expect(faults[0].problem == "the table of line records lacks the column 'length'")
    #expect(faults[1].remedy.hasPrefix("write 'length'; allowed columns: id, length"))
    #expect(faults[2].problem == "'share_percent' says the same as 'share'")
  }

  @Test func faultsOfAllRowsAreReportedInOnePass() {
    let (lines, faults) = Fixture.lines("id,length_m,phases\nA,,x\n,5 m,a\nC,1,a\n")
    #expect(lines == nil)
    #expect(faults.places == ["2:3", "2:4", "3:1", "3:2"])
    #expect(faults[0].problem == "the cell of column 'length_m' is empty")
    #expect(faults[2].remedy.contains("Name of the line."))
  }
}
