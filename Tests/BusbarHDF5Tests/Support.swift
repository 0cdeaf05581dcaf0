import BusbarHDF5
import Foundation

/// A folder of its own for one test, removed afterwards.
final class Folder {
  let path: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("busbar-hdf5-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    path = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func file(_ name: String = "run.h5") -> String { "\(path)/\(name)" }

  /// The files and what is in them.
  func content() throws -> [String: Data] {
    var content: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: path) {
      content[name] = FileManager.default.contents(atPath: file(name))
    }
    return content
  }
}

extension HDF5Dataset {
  func write<T: HDF5Scalar>(_ values: [T]) throws { try write(values.span) }

  func append<T: HDF5Scalar>(_ values: [T], rows: Int) throws {
    try append(values.span, rows: rows)
  }
}

/// Runs a command and returns its exit status.
@discardableResult
func run(_ command: String, _ arguments: [String]) throws -> Int32 {
  let process = Process()
  process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
  process.arguments = [command] + arguments
  process.standardOutput = FileHandle.nullDevice
  process.standardError = FileHandle.nullDevice
  try process.run()
  process.waitUntilExit()
  return process.terminationStatus
}
