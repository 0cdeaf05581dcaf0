import ArgumentParser
import BusbarTrajectory
import Foundation

/// Where a picture and its script go; nothing is ever overwritten unasked.
struct FilePlaces {
  let picture: String
  let script: String
  private let existing: OutputPath.ExistingOutput

  /// Checks the places before anything is read or drawn.
  init(picture: String, script: String, keepsScript: Bool, replacing: Bool) throws {
    self.picture = picture
    self.script = script
    let existing: OutputPath.ExistingOutput = replacing ? .replace : .keep
    self.existing = existing
    try reportingFailures { () throws(TrajectoryError) in
      try OutputPath(picture, existing: existing).check()
      if keepsScript { try OutputPath(script, existing: existing).check() }
    }
  }

  /// Writes a file whole or not at all.
  func write(_ bytes: [UInt8], to path: String) throws {
    let existing = existing
    try reportingFailures { () throws(TrajectoryError) in
      try OutputPath(path, existing: existing).check()
      do {
        try Data(bytes).write(
          to: URL(fileURLWithPath: path),
          options: existing == .replace ? .atomic : .withoutOverwriting)
      } catch {
        throw TrajectoryError.cannotWrite(path: path, reason: error.localizedDescription)
      }
    }
  }

  /// The name of a file without its folder and its ending.
  static func name(of path: String) -> String {
    let name = URL(fileURLWithPath: path).lastPathComponent
    return withoutEnding(name.hasSuffix(".part") ? String(name.dropLast(5)) : name)
  }

  /// A path without its ending.
  static func withoutEnding(_ path: String) -> String {
    let url = URL(fileURLWithPath: path)
    return url.pathExtension.isEmpty ? path : String(path.dropLast(url.pathExtension.count + 1))
  }
}
