import BusbarHDF5
import BusbarTestSupport
import BusbarTrajectory
import Foundation
import Testing

/// A result file as a user reads it.
struct ResultFile {
  let reader: TrajectoryReader

  init(_ path: URL) throws { reader = try TrajectoryReader(path.path) }

  /// Opens a copy of a file that this process has written.
  ///
  /// Programs that other tests start meanwhile inherit the open file, and with it HDF5's lock.
  init(copyOf path: URL) throws {
    let copy = path.appendingPathExtension("copy")
    try? FileManager.default.removeItem(at: copy)
    try FileManager.default.copyItem(at: path, to: copy)
    try self.init(copy)
  }

  /// The values of a variable, nil where there is none.
  func values(_ name: String) throws -> [Double?] {
    let variable = try reader.variable(named: name)
    return try reader.numbers(of: variable, rows: 0..<variable.shape[0])
  }

  /// The values of a variable for each index of its first dimension.
  func rows(_ name: String) throws -> [[Double?]] {
    let variable = try reader.variable(named: name)
    let width = variable.shape.dropFirst().reduce(1, *)
    let values = try values(name)
    return (0..<variable.shape[0]).map { Array(values[($0 * width)..<(($0 + 1) * width)]) }
  }

  /// Checks that every stored number is finite, whatever its variable.
  func expectFiniteNumbers(_ location: SourceLocation = #_sourceLocation) throws {
    #expect(try valuesThatAreNotFinite() == [], sourceLocation: location)
  }

  /// The variables that hold NaN or infinity.
  func valuesThatAreNotFinite() throws -> [String] {
    try reader.variables.filter { variable in
      guard variable.type != "string", let count = variable.shape.first else { return false }
      return try reader.numbers(of: variable, rows: 0..<count).contains { $0?.isFinite == false }
    }.map(\.path)
  }
}

/// A folder that lasts as long as a test, with the small scenario in it.
final class Workplace {
  let folder: URL
  /// The path of the small scenario, relative to the folder.
  let scenario = "small"

  init(_ change: (inout SmallScenario) -> Void = { _ in }) throws {
    folder = try PackageFolder.makeTemporaryFolder()
    try add(scenario, change)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// Writes another small scenario into a folder of its own.
  func add(_ name: String, _ change: (inout SmallScenario) -> Void) throws {
    var small = SmallScenario()
    change(&small)
    try FileManager.default.createDirectory(at: url(name), withIntermediateDirectories: true)
    try small.write(into: url(name))
  }

  /// A file or a folder inside.
  func url(_ name: String) -> URL { folder.appendingPathComponent(name) }

  /// Runs the program inside the folder.
  func busbar(_ arguments: String...) throws -> Command {
    try Command.busbar(arguments, in: folder, environment: ["COLUMNS": "80"])
  }

  func busbar(_ arguments: [String]) throws -> Command {
    try Command.busbar(arguments, in: folder, environment: ["COLUMNS": "80"])
  }

  /// Runs the small scenario, which has to succeed, and returns its result.
  func run(_ arguments: String..., to name: String = "small.h5") throws -> ResultFile {
    let command = try busbar(["run", scenario, "--output", name] + arguments)
    try #require(command.exitCode == 0, "\(command.errors)")
    return try ResultFile(url(name))
  }

  /// Changes an attribute of the root of a file of Busbar.
  func setAttribute(_ name: String, to text: String, of file: String) throws {
    let file = try HDF5File(updating: url(file).path)
    try file.root.setAttribute(name, to: text)
    try file.close()
  }

  /// The names of all files and folders inside, and their contents.
  func content() throws -> [String: Data] {
    var content: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      content[name] = (try? Data(contentsOf: url(name))) ?? Data()
    }
    return content
  }
}
