import ArgumentParser
import Foundation

struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init", abstract: "Make the folder of a small scenario that runs as it is.",
    discussion: "Nothing that exists is changed: the folder must be new or empty.")

  @Argument(help: "The folder to make.")
  var folder: String

  func run() throws {
    let files = FileManager.default
    let content = try? files.contentsOfDirectory(atPath: folder)
    guard content?.isEmpty ?? true else {
      Terminal.complain("'\(folder)' is not empty. Name a new folder.")
      throw ExitCode.cannotWrite
    }
    do {
      try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for (name, text) in ScenarioTemplate.files {
        let url = URL(fileURLWithPath: folder).appendingPathComponent(name)
        try Data(text.utf8).write(to: url, options: .withoutOverwriting)
      }
    } catch {
      Terminal.complain("cannot write to '\(folder)': \(error.localizedDescription)")
      throw ExitCode.cannotWrite
    }
    Terminal.print(
      """
      Made '\(folder)' with \(ScenarioTemplate.files.map(\.name).joined(separator: ", ")).
      Next: busbar validate \(folder)
            busbar run \(folder)

      """)
  }
}
