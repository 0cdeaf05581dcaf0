import BusbarTestSupport
import Foundation
import Testing

/// What `busbar import simbench` says and writes; the import itself has tests of its own.
struct ImportSimBenchTests {
  /// The files of the smallest grid: two nodes, a line and a load.
  private static let tables = [
    "Node.csv": "id;type;vmR\nn1;busbar;0.4\nn2;busbar;0.4\n",
    "ExternalNet.csv": "id;node;calc_type\ngrid;n1;vavm\n",
    "Line.csv": "id;nodeA;nodeB;type;length\nl;n1;n2;cable;0.1\n",
    "LineType.csv": "id;r;x;b\ncable;0.2;0.08;260\n",
    "Load.csv": "id;node;profile;pLoad;qLoad\nd;n2;;0.01;0.004\n",
  ]

  private func workplace(_ tables: [String: String] = Self.tables) throws -> Workplace {
    let place = try Workplace()
    try FileManager.default.createDirectory(
      at: place.url("grids/1-LV-x"), withIntermediateDirectories: true)
    for (name, text) in tables {
      try Data(text.utf8).write(to: place.url("grids/1-LV-x/\(name)"))
    }
    return place
  }

  @Test("A grid becomes a folder that is sound and can be solved, and is never overwritten")
  func aGridBecomesAFolder() throws {
    let place = try workplace()
    let made = try place.busbar("import", "simbench", "grids/1-LV-x")
    #expect(made.exitCode == 0 && made.errors.isEmpty, "\(made.errors)")
    #expect(made.output.contains("Next: busbar validate 1-LV-x"))
    let sound = try place.busbar("validate", "1-LV-x")
    #expect(sound.exitCode == 0 && sound.errors.isEmpty, "\(sound.errors)")
    #expect(try place.busbar("solve", "1-LV-x").exitCode == 0)
    let before = try place.content()
    #expect(try place.busbar("import", "simbench", "grids/1-LV-x").exitCode == 73)
    #expect(try place.content() == before)
    #expect(try place.busbar("import", "simbench", "grids/1-LV-x", "--force").exitCode == 0)
    #expect(try place.content() == before)
    let itself = try place.busbar(
      "import", "simbench", "grids/1-LV-x", "--output", "grids/1-LV-x", "--force")
    #expect(itself.exitCode == 73)
  }

  @Test("A name that is not there is met with the nearest one, and nothing is downloaded")
  func aWrongNameIsMetWithTheNearestOne() throws {
    let place = try workplace()
    let wrong = try place.busbar("import", "simbench", "grids/1-LV-y")
    #expect(wrong.exitCode == 65)
    #expect(wrong.errors.contains("Write '1-LV-x'; nothing is downloaded"), "\(wrong.errors)")
    let folder = try place.busbar("import", "simbench", "grids")
    #expect(folder.exitCode == 65)
    #expect(folder.errors.contains("It holds '1-LV-x'"), "\(folder.errors)")
  }

  @Test("A fault ends with its place and leaves nothing behind")
  func aFaultLeavesNothingBehind() throws {
    var tables = Self.tables
    tables["Line.csv"] = "id;nodeA;nodeB;type;length\nl;n1;n3;cable;0.1\n"
    let place = try workplace(tables)
    let command = try place.busbar("import", "simbench", "grids/1-LV-x")
    #expect(command.exitCode == 65)
    #expect(command.errors.contains("Line.csv:2:6: error: there is no node 'n3'"))
    #expect(!FileManager.default.fileExists(atPath: place.url("1-LV-x").path))
  }
}
