import ArgumentParser
import BusbarImport
import BusbarScenario
import Foundation

struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Make a scenario folder from files of another program.",
    subcommands: [ImportOpenDSSCommand.self, ImportSimBenchCommand.self])
}

struct ImportOpenDSSCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "opendss", abstract: "Make a scenario folder from an OpenDSS circuit.",
    discussion: """
      All names are kept. README.md of the folder says what was translated, what approximated and \
      what ignored; what cannot be translated is an error with its file and line, and nothing is \
      written.
      """)

  @Argument(help: "The file that describes the circuit or names the files that do.")
  var master: String

  @Option(name: [.short, .long], help: "The folder to make.")
  var output: String

  @Flag(help: "Write into a folder that is not empty, and replace its files of the same names.")
  var force = false

  func run() throws {
    let folder = ImportedFolder(path: output, force: force)
    try folder.check()
    var diagnostics = Diagnostics()
    let path = URL(fileURLWithPath: master).standardizedFileURL.path
    let scenario = OpenDSSImport.scenario(at: path, from: DSSDiskFiles(), &diagnostics)
    for diagnostic in diagnostics.sorted { Terminal.complain("\(diagnostic)") }
    guard let scenario else {
      let count = diagnostics.sorted.filter { $0.severity == .error }.count
      Terminal.complain(
        "\(count) fault\(count == 1 ? "" : "s") in '\(master)'; nothing was written.")
      throw ExitCode.badInput
    }
    try folder.write(scenario)
    let counts = ImportNote.Kind.allCases.map { "\(scenario.count($0)) \($0.rawValue)" }
    Terminal.print(
      """
      Made '\(output)' with \(scenario.files.count) files.
      Notes: \(counts.joined(separator: ", ")); read them in \(output)/README.md.
      Next: busbar validate \(output)
            busbar solve \(output)

      """)
  }
}
