import Foundation
import Testing

@testable import BusbarScenario

/// Makes a folder with some files for the time of one test.
private func withFolder(
  _ files: [String: String], _ body: (ScenarioFolder) throws -> Void
) throws {
  let root = FileManager.default.temporaryDirectory
    .appendingPathComponent("scenario-\(UUID().uuidString)")
  defer { try? FileManager.default.removeItem(at: root) }
  try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
  for (name, text) in files {
    let url = root.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }
  try body(ScenarioFolder(root.path, largestFile: 100))
}

struct ScenarioFolderTests {
  static let here = SourceLocation(file: "scenario.yaml", line: 3, column: 9)

  @Test(arguments: [
    ("line.csv", "there is no file 'line.csv'", "write 'lines.csv'"),
    ("profiles/loda.csv", "there is no file 'profiles/loda.csv'", "write 'profiles/load.csv'"),
    ("zebra.txt", "there is no file", "the folder holds large.csv, lines.csv, profiles"),
    ("nowhere/x.csv", "there is no file", "add the folder 'nowhere'"),
    ("profiles", "'profiles' is a folder", "inside it"),
    (".", "is a folder", "inside it"),
    ("/etc/hostname", "does not lie in the scenario folder", "copy the file"),
    ("../x.csv", "leads out of the scenario folder", "copy the file"),
    ("profiles/../../x.csv", "leads out of the scenario folder", "copy the file"),
    (" ", "the file name is empty", "write a file name"),
    ("a\u{0}b", "control character", "plain file name"),
    ("large.csv", "'large.csv' has 101 bytes; at most 100 are read", "split"),
  ])
  func aFileThatCannotBeReadIsReportedWhereItWasNamed(
    _ name: String, _ problem: String, _ remedy: String
  ) throws {
    let files = [
      "lines.csv": "a\n1\n", "profiles/load.csv": "p\n1\n",
      "large.csv": String(repeating: "x", count: 101),
    ]
    try withFolder(files) { folder in
      var folder = folder
      var diagnostics = Diagnostics()
      #expect(folder.read(name, writtenAt: Self.here, &diagnostics) == nil)
      let faults = diagnostics.sorted
      #expect(faults.map(\.location) == [Self.here])
      #expect(faults.first?.problem.contains(problem) == true, "\(faults)")
      #expect(faults.first?.remedy.contains(remedy) == true, "\(faults)")
      #expect(folder.loadedFiles.isEmpty)
    }
  }

  @Test func filesAreRememberedOnceUnderTheirPlainName() throws {
    try withFolder(["profiles/load.csv": "p\n1\n"]) { folder in
      var folder = folder
      var diagnostics = Diagnostics()
      let first = folder.read("profiles/load.csv", writtenAt: Self.here, &diagnostics)
      let second = folder.read(
        "./profiles/../profiles//load.csv", writtenAt: Self.here, &diagnostics)
      #expect(first == Array("p\n1\n".utf8))
      #expect(second == first)
      #expect(folder.loadedFiles.map(\.name) == ["profiles/load.csv"])
    }
  }
}

struct ScenarioInputTests {
  static let scenario = """
    network:
      lines: lines.csv
      spare:
        - {id: S1, length: 5 m}
    """

  @Test func recordsComeFromListsAndTablesWithTheirOverrides() throws {
    let files = ["scenario.yaml": Self.scenario, "lines.csv": "id,length_m\nA,1\nB,2\n"]
    try withFolder(files) { folder in
      var input = ScenarioInput(
        folder, overrides: ["network.lines[B].length=9 m", "network.spare[S1].length=6 m"])
      let network = try #require(input.document()?["network"])
      let lines = input.records(
        of: Fixture.line, in: try #require(network["lines"]), path: "network.lines")
      let spare = input.records(
        of: Fixture.line, in: try #require(network["spare"]), path: "network.spare")
      input.finish()
      #expect(input.diagnostics.count == 0)
      #expect(lines?.map { $0[Fixture.length] } == [1, 9])
      #expect(spare?.map { $0[Fixture.length] } == [6])
      #expect(input.folder.loadedFiles.map(\.name) == ["scenario.yaml", "lines.csv"])
    }
  }

  @Test func aMissingTableIsOneFaultEvenIfItsRowsAreOverridden() throws {
    try withFolder(["scenario.yaml": Self.scenario, "line.csv": "id\nA\n"]) { folder in
      var input = ScenarioInput(folder, overrides: ["network.lines[B].length=9 m"])
      let network = try #require(input.document()?["network"])
      let lines = input.records(
        of: Fixture.line, in: try #require(network["lines"]), path: "network.lines")
      input.finish()
      #expect(lines == nil)
      #expect(
        input.diagnostics.sorted.map(\.description) == [
          """
          scenario.yaml:2:10: error: there is no file 'lines.csv'
            remedy: write 'line.csv'
          """
        ])
    }
  }

  @Test func unknownKeysOfASectionAreReportedWithTheNearest() throws {
    var diagnostics = Diagnostics()
    let root = TextNode.yaml(Array("netwrk: 1\nzzz: 2\n".utf8), file: "s.yaml", &diagnostics)
    let section = root?.section(allowing: ["network", "devices"], &diagnostics)
    #expect(section?.required("devices", &diagnostics) == nil)
    let faults = diagnostics.sorted
    #expect(faults.places == ["1:1", "1:1", "2:1"])
    #expect(faults[0].remedy == "write 'network'; allowed keys: network, devices")
    #expect(faults[1].problem == "key 'devices' is missing")
    #expect(faults[2].remedy == "allowed keys: network, devices")
  }
}
