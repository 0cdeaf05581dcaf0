import ArgumentParser
import BusbarImport
import Foundation

/// The folder that an import makes.
struct ImportedFolder {
  let path: String
  /// Whether files of an existing folder may be replaced.
  let force: Bool

  /// Ends with exit code 73 when the folder holds something that would be mixed with the scenario.
  func check() throws {
    let content = try? FileManager.default.contentsOfDirectory(atPath: path)
    guard content?.isEmpty ?? true || force else {
      Terminal.complain(
        "'\(path)' is not empty. Name a new folder, or add --force to replace its files.")
      throw ExitCode.cannotWrite
    }
  }

  /// Writes all files; ends with exit code 73 when that fails.
  func write(_ scenario: ImportedScenario) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      for file in scenario.files {
        let url = URL(fileURLWithPath: path).appendingPathComponent(file.name)
        try Data(file.text.utf8).write(to: url, options: force ? .atomic : .withoutOverwriting)
      }
    } catch {
      Terminal.complain("cannot write to '\(path)': \(error.localizedDescription)")
      throw ExitCode.cannotWrite
    }
  }
}
