import ArgumentParser
import BusbarImport
import BusbarScenario
import Foundation

struct ImportSimBenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "simbench",
    abstract: "Make a scenario folder from a SimBench grid in the CSV format.",
    discussion: """
      The grid is a folder with Node.csv and the other tables, each of which may be packed by gzip; \
      profile tables may lie beside the folder. Nothing is downloaded: get the grids from \
      https://simbench.net, and unpack them.
      """)

  @Argument(
    help: ArgumentHelp(
      "The folder of the grid, or its SimBench code within the current directory.",
      valueName: "folder|name"))
  var grid: String

  @Option(
    name: [.short, .long], help: "The folder to make; by default the name of the grid, here.")
  var output: String?

  @Flag(help: "Write into a folder that is not empty, and replace its files of the same names.")
  var force = false

  func run() throws {
    let folder = try foundFolder()
    let target = ImportedFolder(path: output ?? folder.name, force: force)
    guard !isGrid(target.path) else {
      Terminal.complain("'\(target.path)' is the grid itself. Name another folder with --output.")
      throw ExitCode.cannotWrite
    }
    try target.check()
    var diagnostics = Diagnostics()
    let scenario = SimBenchImport.convert(folder, &diagnostics)
    for diagnostic in diagnostics.sorted { Terminal.complain("\(diagnostic)") }
    guard let scenario else {
      let count = Figures.count(diagnostics.count, "fault")
      Terminal.complain("\(count) in '\(grid)'; nothing was written.")
      throw ExitCode.badInput
    }
    try target.write(scenario)
    let counts = ImportNote.Kind.allCases.map { "\(scenario.count($0)) \($0.rawValue)" }
    Terminal.print(
      """
      Made '\(target.path)' with \(scenario.files.count) files.
      Notes: \(counts.joined(separator: ", ")); read them in \(target.path)/README.md.
      Next: busbar validate \(target.path)
            busbar solve \(target.path)

      """)
  }

  private func isGrid(_ path: String) -> Bool {
    let paths = [path, grid].map { URL(fileURLWithPath: $0).resolvingSymlinksInPath().path }
    return paths[0] == paths[1]
  }

  /// The folder that the argument names; ends with exit code 65 when it holds no grid.
  private func foundFolder() throws -> SimBenchFolder {
    let folder = SimBenchFolder(grid)
    if folder.isGrid { return folder }
    let download = "nothing is downloaded: get the grid from https://simbench.net and unpack it"
    if !FileManager.default.fileExists(atPath: grid) {
      let path = URL(fileURLWithPath: grid).standardizedFileURL
      let others = SimBenchFolder(path.deletingLastPathComponent().path).grids
      let nearest = NearestName.of(path.lastPathComponent, among: others)
      Terminal.complain(
        "there is no folder '\(grid)'. "
          + (nearest.map { "Write '\($0)'" } ?? "Check the name") + "; \(download).")
    } else {
      let grids = folder.grids.prefix(10).map { "'\($0)'" }.joined(separator: ", ")
      Terminal.complain(
        "'\(grid)' has no table Node.csv. "
          + (grids.isEmpty ? "Name the folder of a grid; \(download)." : "It holds \(grids)."))
    }
    throw ExitCode.badInput
  }
}
