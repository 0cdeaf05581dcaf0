import ArgumentParser
import BusbarTrajectory
import Foundation

/// Text that goes to stdout, or to a file that is never overwritten unasked.
struct TextOutput {
  private let path: String?
  private let handle: FileHandle?

  /// Opens the output; ends with exit code 73 when the file exists or cannot be made.
  init(_ path: String?, replacing: Bool) throws {
    self.path = path
    guard let path else {
      handle = nil
      return
    }
    try reportingFailures { () throws(TrajectoryError) in
      try OutputPath(path, existing: replacing ? .replace : .keep).check()
    }
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let handle = FileHandle(forWritingAtPath: path)
    else {
      Terminal.complain("cannot write '\(path)'. Name another file.")
      throw ExitCode.cannotWrite
    }
    self.handle = handle
  }

  /// Writes a text.
  func write(_ text: String) throws {
    guard let handle else {
      Terminal.print(text)
      return
    }
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      Terminal.complain("cannot write '\(path ?? "")': \(error.localizedDescription)")
      throw ExitCode.cannotWrite
    }
  }
}
