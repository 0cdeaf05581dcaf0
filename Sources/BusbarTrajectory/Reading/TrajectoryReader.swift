internal import BusbarHDF5

/// Reads a result file: its variables, their coordinates and their values.
public final class TrajectoryReader {
  /// The path of the file.
  public let path: String
  let file: HDF5File
  /// The recorded variables and coordinates, in the order of their paths.
  public let variables: [StoredVariable]

  /// A dataset of a result file.
  public struct StoredVariable: Sendable, Hashable {
    /// The path inside the file without a leading slash, such as `events/event_time`.
    public let path: String
    /// The number of values along each dimension.
    public let shape: [Int]
    /// The names of the coordinates of the dimensions; empty where there is none.
    public let dimensions: [String]
    /// The unit, or nil for texts and codes.
    public let unit: String?
    /// The type of the stored values, such as `float32`.
    public let type: String

    /// The path of the group that holds the dataset, empty for the root.
    var group: String { path.split(separator: "/").dropLast().joined(separator: "/") }
    /// The number of values behind one index of the first dimension.
    var rowWidth: Int { shape.dropFirst().reduce(1, *) }
  }

  /// Opens a result file, finished or not.
  ///
  /// Throws `TrajectoryError.cannotRead` when it is none, has a layout of another version, is cut
  /// off, or is still being written.
  public init(_ path: String) throws(TrajectoryError) {
    self.path = path
    do {
      file = try ResultOpening.open(path)
      guard try file.root.hasAttribute("busbar_schema_version") else {
        throw TrajectoryError.cannotRead(
          path: path, reason: "it is an HDF5 file, but not a result of Busbar.")
      }
      try ResultOpening.require(
        Provenance.schemaVersion, in: "busbar_schema_version", of: file)
      var found: [StoredVariable] = []
      try Self.collect(file.root, prefix: "", into: &found)
      variables = found.sorted { $0.path < $1.path }
    } catch let error as TrajectoryError {
      throw error
    } catch let error as HDF5Error {
      throw .reading(path, error)
    } catch {
      throw .cannotRead(path: path, reason: "\(error)")
    }
  }

  private static func collect(
    _ group: HDF5Group, prefix: String, into found: inout [StoredVariable]
  ) throws(HDF5Error) {
    for child in try group.children() {
      let path = prefix + child.name
      switch child.kind {
      case .group:
        // Inputs are provenance and a checkpoint is for the next process: neither is content.
        if path != "inputs", path != StoredCheckpoint.group {
          try collect(group.group(child.name), prefix: path + "/", into: &found)
        }
      case .dataset:
        let dataset = try group.dataset(child.name)
        let isScale = try dataset.hasAttribute("CLASS")
        var dimensions: [String] = []
        for dimension in dataset.shape.indices {
          let names = isScale ? [child.name] : try dataset.scaleNames(dimension: dimension)
          dimensions.append(names.first ?? "")
        }
        found.append(
          StoredVariable(
            path: path, shape: dataset.shape, dimensions: dimensions,
            unit: try dataset.hasAttribute("units") ? try dataset.textAttribute("units") : nil,
            type: dataset.elementType.rawValue))
      default: continue
      }
    }
  }

  /// The variable of a path, or of a name that only one group has.
  public func variable(named name: String) throws(TrajectoryError) -> StoredVariable {
    if let exact = variables.first(where: { $0.path == name }) { return exact }
    let matches = variables.filter { $0.path.hasSuffix("/" + name) }
    guard matches.count <= 1 else {
      throw .ambiguousVariable(name: name, paths: matches.map(\.path))
    }
    guard matches.count == 1 else {
      throw .unknownVariable(name: name, known: variables.map(\.path))
    }
    return matches[0]
  }

  /// A text attribute of the root; nil when the file lacks it.
  public func rootText(_ name: String) -> String? {
    try? file.root.textAttribute(name)
  }

  /// The labels of a dimension: ids, or instants as text in UTC.
  public func labels(
    ofDimension dimension: Int, of variable: StoredVariable
  ) throws(TrajectoryError) -> [String] {
    let name = variable.dimensions[dimension]
    let scalePath = variable.group.isEmpty ? name : variable.group + "/" + name
    do {
      let scale = try file.root.dataset(scalePath)
      switch scale.elementType {
      case .string: return try scale.readStrings()
      case .int64:
        let unit = try scale.textAttribute("units")
        let origin = unit.replacing("milliseconds since ", with: "")
        guard let start = CalendarText.unixMilliseconds(origin) else {
          throw TrajectoryError.cannotRead(path: path, reason: "'\(unit)' is not a unit of time.")
        }
        return try scale.read(as: Int64.self).map {
          CalendarText.utc(start + $0).replacing(" ", with: "T") + "Z"
        }
      default: return (0..<variable.shape[dimension]).map(String.init)
      }
    } catch let error as TrajectoryError {
      throw error
    } catch let error as HDF5Error {
      throw .reading(path, error)
    } catch {
      throw .cannotRead(path: path, reason: "\(error)")
    }
  }

  /// The values of some rows as texts in row-major order; a missing one is empty.
  ///
  /// A number has as many digits as its stored type needs to be read back exactly.
  public func texts(
    of variable: StoredVariable, rows: Range<Int>
  ) throws(TrajectoryError) -> [String] {
    do {
      let dataset = try file.root.dataset(variable.path)
      switch dataset.elementType {
      case .string: return try dataset.readStrings(rows: rows)
      case .float32:
        let missing = Float(MissingValue.number)
        return try dataset.read(rows: rows, as: Float.self).map { $0 == missing ? "" : "\($0)" }
      case .float64:
        return try dataset.read(rows: rows, as: Double.self).map {
          $0 == MissingValue.number ? "" : "\($0)"
        }
      case .int8: return try dataset.read(rows: rows, as: Int8.self).map(String.init)
      case .uint8: return try dataset.read(rows: rows, as: UInt8.self).map(String.init)
      case .int32: return try dataset.read(rows: rows, as: Int32.self).map(String.init)
      case .int64: return try dataset.read(rows: rows, as: Int64.self).map(String.init)
      }
    } catch {
      throw .reading(path, error)
    }
  }

  /// The values of some rows as numbers in row-major order; nil where there is none.
  public func numbers(
    of variable: StoredVariable, rows: Range<Int>
  ) throws(TrajectoryError) -> [Double?] {
    do {
      let dataset = try file.root.dataset(variable.path)
      switch dataset.elementType {
      case .float32:
        let missing = Float(MissingValue.number)
        return try dataset.read(rows: rows, as: Float.self).map {
          $0 == missing ? nil : Double($0)
        }
      case .float64:
        return try dataset.read(rows: rows, as: Double.self).map {
          $0 == MissingValue.number ? nil : $0
        }
      case .int8: return try dataset.read(rows: rows, as: Int8.self).map(Double.init)
      case .uint8: return try dataset.read(rows: rows, as: UInt8.self).map(Double.init)
      case .int32: return try dataset.read(rows: rows, as: Int32.self).map(Double.init)
      case .int64: return try dataset.read(rows: rows, as: Int64.self).map(Double.init)
      case .string:
        throw TrajectoryError.cannotRead(
          path: path, reason: "'\(variable.path)' holds texts, not numbers.")
      }
    } catch let error as TrajectoryError {
      throw error
    } catch let error as HDF5Error {
      throw .reading(path, error)
    } catch {
      throw .cannotRead(path: path, reason: "\(error)")
    }
  }
}
