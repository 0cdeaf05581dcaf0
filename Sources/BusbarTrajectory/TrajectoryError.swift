internal import BusbarHDF5

/// A result file that cannot be written or read.
public enum TrajectoryError: Error, Sendable, CustomStringConvertible {
  /// A finished result stands where the new one would go.
  case outputExists(path: String)
  /// An unfinished result stands there.
  case unfinishedOutputExists(path: String)
  /// The file system or HDF5 refused to write.
  case cannotWrite(path: String, reason: String)
  /// The file cannot be read as a result of Busbar.
  case cannotRead(path: String, reason: String)
  /// The file cannot be gone on with.
  case cannotResume(path: String, reason: String)
  /// The file has no such variable.
  case unknownVariable(name: String, known: [String])
  /// Several groups of the file have such a variable.
  case ambiguousVariable(name: String, paths: [String])
  /// The variable has no such element.
  case unknownElement(name: String, axis: String, known: [String])

  public var description: String {
    switch self {
    case .outputExists(let path):
      "'\(path)' exists. Name another output, or overwrite it with --force."
    case .unfinishedOutputExists(let path):
      "'\(path)' is left from a run that did not finish, or that is still running. "
        + "Resume it with --resume, name another output, or overwrite it with --force."
    case .cannotWrite(let path, let reason):
      "Cannot write '\(path)': \(reason)"
    case .cannotRead(let path, let reason):
      "Cannot read '\(path)': \(reason)"
    case .cannotResume(let path, let reason):
      "Cannot go on with '\(path)': \(reason)"
    case .unknownVariable(let name, let known):
      "There is no variable '\(name)'. Known variables: "
        + known.filter { !$0.hasPrefix("overview_") }.joined(separator: ", ") + "."
    case .ambiguousVariable(let name, let paths):
      "'\(name)' stands in several groups. Write one of: \(paths.joined(separator: ", "))."
    case .unknownElement(let name, let axis, let known):
      "There is no \(axis) '\(name)' in the file. Known: "
        + known.prefix(Self.namesShown).joined(separator: ", ")
        + (known.count > Self.namesShown ? " and \(known.count - Self.namesShown) more." : ".")
    }
  }

  /// How many names of elements one sentence lists; a feeder has hundreds of buses.
  private static let namesShown = 20

  static func writing(_ path: String, _ error: HDF5Error) -> TrajectoryError {
    .cannotWrite(path: path, reason: error.description)
  }

  static func reading(_ path: String, _ error: HDF5Error) -> TrajectoryError {
    .cannotRead(path: path, reason: error.description)
  }
}
