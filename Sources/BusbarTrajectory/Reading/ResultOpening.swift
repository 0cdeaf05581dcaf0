internal import BusbarHDF5
internal import Foundation

/// Opens files of Busbar to read, and says in the user's words what hinders it.
///
/// Reading leaves a run that goes on undisturbed: its file is locked for it alone, so that opening
/// the file fails at once.
enum ResultOpening {
  /// Opens a file; throws `TrajectoryError.cannotRead` with a remedy.
  static func open(_ path: String) throws(TrajectoryError) -> HDF5File {
    do {
      return try HDF5File(reading: path)
    } catch {
      throw .cannotRead(path: path, reason: reason(of: error, path))
    }
  }

  /// Throws unless the layout is the one that this program knows.
  ///
  /// - Parameters:
  ///   - version: the layout of this program.
  ///   - attribute: the attribute of the root that holds the layout of the file.
  static func require(
    _ version: Int64, in attribute: String, of file: HDF5File
  ) throws(TrajectoryError) {
    let found: Int64
    let writer: String
    do {
      found = try file.root.attribute(attribute, as: Int64.self)
      guard found != version else { return }
      let isSigned = try file.root.hasAttribute("busbar_version")
      writer = isSigned ? try " " + file.root.textAttribute("busbar_version") : ""
    } catch {
      throw .reading(file.path, error)
    }
    throw .cannotRead(
      path: file.path,
      reason: "its layout has version \(found), and this program reads version \(version). Read it "
        + "with the Busbar\(writer) that wrote it, or run its scenario again with this one.")
  }

  private static func reason(of error: HDF5Error, _ path: String) -> String {
    if error.isOfLock { return reasonOfLock(path) }
    if error.isOfTruncation {
      return "its end is missing, as after a copy that was cut short. Copy it again, or run its "
        + "scenario again."
    }
    if error.isOfForeignFormat { return "it is not an HDF5 file. Name a result of busbar run." }
    return FileManager.default.fileExists(atPath: path)
      ? error.detail + "." : reasonOfAbsence(path)
  }

  private static func reasonOfLock(_ path: String) -> String {
    guard let finished = finishedPath(ofPart: path) else {
      return "another process is writing it. Wait until that has ended."
    }
    return "a run is still writing it. Wait for its end and read '\(finished)'. To look at it now, "
      + "stop the run with Ctrl-C, and go on later with busbar run --resume."
  }

  /// A file has another name while its run goes on, so the wrong one of the two is easily given.
  private static func reasonOfAbsence(_ path: String) -> String {
    let files = FileManager.default
    let part = OutputPath(path).partialPath
    if !path.isEmpty, files.fileExists(atPath: part) {
      return "its run is still going on, or was stopped before its end. What there is so far is in "
        + "'\(part)', which can be read when the run has stopped; busbar run --resume finishes it."
    }
    if let finished = finishedPath(ofPart: path), files.fileExists(atPath: finished) {
      return "its run has finished. Read '\(finished)'."
    }
    return "there is no such file. Name a result of busbar run."
  }

  /// The name that an unfinished file gets in the end; nil for the name of another file.
  private static func finishedPath(ofPart path: String) -> String? {
    let ending = OutputPath("").partialPath
    return path.hasSuffix(ending) ? String(path.dropLast(ending.count)) : nil
  }
}
