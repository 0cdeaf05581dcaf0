import BusbarScenario
import BusbarTestSupport
import Foundation

@testable import busbar

/// The files that `busbar init` makes, to be changed and then read.
struct SmallScenario {
  /// The files by name.
  var files: [String: [UInt8]]
  /// Names of empty folders beside the files.
  var folders: [String] = []

  /// The sound scenario.
  init() {
    files = Dictionary(
      uniqueKeysWithValues: ScenarioTemplate.files.map { ($0.name, Array($0.text.utf8)) })
  }

  /// The content of a file as text.
  subscript(name: String) -> String {
    get { String(decoding: files[name] ?? [], as: UTF8.self) }
    set { files[name] = Array(newValue.utf8) }
  }

  /// Replaces a text that occurs once in a file.
  mutating func replace(_ old: String, by new: String, in name: String) {
    let parts = self[name].components(separatedBy: old)
    precondition(parts.count == 2, "'\(old)' occurs \(parts.count - 1) times in \(name).")
    self[name] = parts.joined(separator: new)
  }

  /// Lets the loads be constant, so that a run of any length needs no profiles.
  mutating func dropProfiles() {
    replace("profiles:\n  - file: profiles.csv\n    step: 1 h\n", by: "", in: "scenario.yaml")
    for profile in [",profile\n", ",baking\n"] { replace(profile, by: "\n", in: "loads.csv") }
    self["loads.csv"] = self["loads.csv"].replacing(",evening\n", with: "\n")
  }

  /// Writes the files into a folder that lasts as long as the body.
  func whileWritten<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let place = try PackageFolder.makeTemporaryFolder()
    defer { try? FileManager.default.removeItem(at: place) }
    let folder = place.appendingPathComponent("small")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try write(into: folder)
    return try body(folder)
  }

  /// Writes the files into a folder that exists.
  func write(into folder: URL) throws {
    for (name, bytes) in files {
      try Self.write(bytes, to: folder.appendingPathComponent(name))
    }
    for name in folders {
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent(name), withIntermediateDirectories: true)
    }
  }

  /// Writes or replaces a file without waiting for the disk, as `Data` would.
  static func write(_ bytes: [UInt8], to file: URL) throws {
    guard FileManager.default.createFile(atPath: file.path, contents: nil) else {
      throw CocoaError(.fileWriteUnknown)
    }
    let handle = try FileHandle(forWritingTo: file)
    try handle.write(contentsOf: Data(bytes))
    try handle.close()
  }

  /// Reads the scenario in this process.
  func read(overrides: [String] = []) throws -> Scenario.Reading {
    try whileWritten { Scenario.read($0.path, overrides: overrides) }
  }
}
