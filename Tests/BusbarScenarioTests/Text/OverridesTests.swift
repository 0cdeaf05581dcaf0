import Testing

@testable import BusbarScenario

struct OverridesTests {
  static let scenario = """
    power_flow: {tolerance: 1e-8}
    network:
      transformers:
        - {id: TR1, rated_power_kva: 400}
        - {id: "0", rated_power: 1 MVA}
      lines: lines.csv
    empty:
    """

  /// Applies overrides to the scenario above.
  static func apply(
    _ arguments: String...
  ) throws -> (root: TextNode, overrides: Overrides, diagnostics: Diagnostics) {
    var diagnostics = Diagnostics()
    var root = try #require(TextNode.yaml(Array(scenario.utf8), file: "s.yaml", &diagnostics))
    var overrides = Overrides(arguments: arguments, &diagnostics)
    overrides.apply(to: &root, &diagnostics)
    return (root, overrides, diagnostics)
  }

  @Test func valuesAreReplacedAndKnowTheirArgument() throws {
    let (root, _, diagnostics) = try Self.apply("power_flow.tolerance=1e-6")
    #expect(diagnostics.count == 0)
    let value = root["power_flow"]?["tolerance"]
    #expect(value?.text == "1e-6")
    #expect(value?.location.description == "--set power_flow.tolerance=1e-6")
  }

  @Test func elementsAreFoundByIDBeforeNumber() throws {
    let (root, _, diagnostics) = try Self.apply(
      "network.transformers[TR1].rated_power_kva=1", "network.transformers[0].rated_power=2",
      "network.transformers[1].name=a=b.c[d]")
    #expect(diagnostics.count == 0)
    let elements = root["network"]?["transformers"]?.elements
    #expect(elements?[0]["rated_power_kva"]?.text == "1")
    #expect(elements?[1]["rated_power"]?.text == "2")
    #expect(elements?[1]["name"]?.text == "a=b.c[d]")
  }

  @Test func missingKeysAndEmptySectionsAreFilled() throws {
    let (root, _, diagnostics) = try Self.apply("empty.a=1", "new.section.b=2", "new.section.c=3")
    #expect(diagnostics.count == 0)
    #expect(root["empty"]?["a"]?.text == "1")
    #expect(root["new"]?["section"]?["b"]?.text == "2")
    #expect(root["new"]?["section"]?["c"]?.text == "3")
  }

  @Test(arguments: [
    ("a", "there is no '=' after the path", "path=value"),
    ("=1", "an empty step", "path=value"),
    ("a..b=1", "an empty step", "path=value"),
    ("a.[b]=1", "an empty step", "path=value"),
    ("[a]=1", "starts with '['", "path=value"),
    ("a[b=1", "bracket in the path is not closed", "path=value"),
    ("a[]=1", "brackets are empty", "path=value"),
    ("a[b]c=1", "'c=1' follows a bracket", "path=value"),
    ("a= ", "no value after '='", "path=value"),
    ("network=1", "'network' is a mapping", "add one of its keys: transformers, lines"),
    ("network.transformers=1", "is a list", "add the element in brackets"),
    ("network.transformers.TR1=1", "is a list and has no keys", "name an element in brackets"),
    ("network.transformers[TR2].x=1", "has no element 'TR2'", "write 'TR1'"),
    ("network.transformers[9].x=1", "has no element '9'", "below 2"),
    ("network.transfomers[TR1].x=1", "there is no 'network.transfomers'", "write 'transformers'"),
    ("network[0].x=1", "'network' is a mapping, not a list", "transformers, lines"),
    ("power_flow.tolerance.x=1", "is a single value and has no keys", "end the path there"),
    ("network.lines[L1]=1", "must end with one column", "network.lines[L1].column=value"),
  ])
  func badPathsAreReportedWithTheirArgument(
    _ argument: String, _ problem: String, _ remedy: String
  ) throws {
    let faults = try Self.apply(argument).diagnostics.sorted
    #expect(faults.map(\.location) == [SourceLocation(argument: "--set \(argument)")])
    #expect(faults.first?.problem.contains(problem) == true, "\(faults)")
    #expect(faults.first?.remedy.contains(remedy) == true, "\(faults)")
  }

  @Test func anOverrideBeatsTheSameFieldInAnotherUnit() {
    var diagnostics = Diagnostics()
    var node = TextNode.yaml(Array("id: A\nlength_km: 1\n".utf8), file: "s.yaml", &diagnostics)
    var overrides = Overrides(
      arguments: ["length=5 m", "length_m=7", "share=2"], &diagnostics)
    if var root = node {
      overrides.apply(to: &root, &diagnostics)
      node = root
    }
    let record = node?.record(&diagnostics)
    #expect(record.flatMap { RecordDecoder(Fixture.line).decode($0, &diagnostics) } == nil)
    #expect(diagnostics.sorted.map(\.location.description) == ["--set share=2"])
  }

  @Test func cellsOfATableAreReplacedByRow() throws {
    var (_, overrides, diagnostics) = try Self.apply(
      "network.lines[L2].length=7 m", "network.lines[0].share=1", "network.lines[L3].share=1",
      "network.lines[L1].shar=1")
    let table = try #require(
      CSVTable(Array("id,length_m\nL1,1\nL2,2\n".utf8), file: "lines.csv", &diagnostics))
    let cells = overrides.cells(ofTable: "network.lines", table, &diagnostics)
    let lines = RecordDecoder(Fixture.line).decode(table, overrides: cells, &diagnostics)
    overrides.reportUnused(&diagnostics)
    #expect(lines == nil)
    let faults = diagnostics.sorted
    #expect(
      faults.map(\.location.file) == [
        "--set network.lines[L1].shar=1", "--set network.lines[L3].share=1",
      ])
    #expect(faults[0].remedy.hasPrefix("write 'share'"))
    #expect(faults[1].problem == "table 'lines.csv' has no row 'L3'")
    #expect(faults[1].remedy == "write 'L1'")

    var clean = Diagnostics()
    let sound = cells.mapValues { $0.filter { $0.key != "shar" } }
    let decoded = RecordDecoder(Fixture.line).decode(table, overrides: sound, &clean)
    #expect(decoded?.map { $0[Fixture.length] } == [1, 7])
    #expect(decoded?.map { $0[Fixture.share] } == [1, 0.5])
  }

  @Test func anOverrideOfATableThatIsNeverReadIsReported() throws {
    let (_, overrides, diagnostics) = try Self.apply("power_flow.tolerance[1].x=1")
    var all = diagnostics
    overrides.reportUnused(&all)
    #expect(
      all.sorted.map(\.problem) == [
        "'power_flow.tolerance' is not a list or table, so it has no element '1'"
      ])
  }
}
