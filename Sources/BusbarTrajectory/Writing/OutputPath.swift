internal import Foundation

/// Where a result goes: written beside its place as `….part`, and moved there when complete.
public struct OutputPath: Sendable, Hashable {
  /// What to do with a result that is there already.
  public enum ExistingOutput: Sendable, Hashable {
    /// Leave it and fail.
    case keep
    /// Lose it.
    case replace
  }

  /// The path of the finished result.
  public let path: String
  /// What to do with a result that is there already.
  public let existing: ExistingOutput

  /// Makes an output path; nothing is touched yet.
  public init(_ path: String, existing: ExistingOutput = .keep) {
    self.path = path
    self.existing = existing
  }

  /// The path of the unfinished result.
  public var partialPath: String { path + ".part" }

  /// Throws when the place is taken, is a folder, or lies in a folder that cannot be written to.
  public func check() throws(TrajectoryError) {
    if path.isEmpty || path.hasSuffix("/") {
      throw .cannotWrite(path: path, reason: "it does not name a file. Add a file name.")
    }
    let files = FileManager.default
    var isFolder: ObjCBool = false
    if unsafe files.fileExists(atPath: path, isDirectory: &isFolder) {
      if isFolder.boolValue {
        throw .cannotWrite(path: path, reason: "it is a folder. Name a file in it.")
      }
    }
    // Not following links, so that a link to nowhere counts, and a device is never replaced.
    if let attributes = try? files.attributesOfItem(atPath: path) {
      let type = attributes[.type] as? FileAttributeType
      guard type == .typeRegular || type == .typeSymbolicLink else {
        throw .cannotWrite(path: path, reason: "it is not a regular file. Name another one.")
      }
      if existing == .keep { throw .outputExists(path: path) }
    }
    if existing == .keep, files.fileExists(atPath: partialPath) {
      throw .unfinishedOutputExists(path: partialPath)
    }
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    guard unsafe files.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw .cannotWrite(path: path, reason: "there is no folder '\(folder)'. Make it first.")
    }
    guard files.isWritableFile(atPath: folder) else {
      throw .cannotWrite(
        path: path, reason: "the folder '\(folder)' is not writable. Name another one.")
    }
  }

  /// The path of a result that is being made and holds nothing yet.
  var birthPath: String { partialPath + ".new" }

  /// Gives a new result the name of an unfinished one; never over one that has appeared meanwhile.
  func nameUnfinished() throws(TrajectoryError) {
    do {
      try move(birthPath, to: partialPath, ifTaken: .unfinishedOutputExists(path: partialPath))
    } catch {
      unsafe unlink(birthPath)
      throw error
    }
  }

  /// Moves the finished result to its place; never over a file that has appeared meanwhile.
  func moveIntoPlace() throws(TrajectoryError) {
    try move(partialPath, to: path, ifTaken: .outputExists(path: path))
  }

  private func move(
    _ source: String, to target: String, ifTaken taken: TrajectoryError
  ) throws(TrajectoryError) {
    switch existing {
    case .replace:
      guard unsafe rename(source, target) == 0 else { throw systemFailure() }
    case .keep:
      if unsafe link(source, target) == 0 {
        unsafe unlink(source)
        return
      }
      if errno == EEXIST { throw taken }
      // Some file systems have no hard links.
      if FileManager.default.fileExists(atPath: target) { throw taken }
      guard unsafe rename(source, target) == 0 else { throw systemFailure() }
    }
  }

  private func systemFailure() -> TrajectoryError {
    .cannotWrite(path: path, reason: unsafe String(cString: strerror(errno)) + ".")
  }
}
