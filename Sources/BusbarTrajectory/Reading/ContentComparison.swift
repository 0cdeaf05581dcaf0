internal import BusbarHDF5

/// What two result files have in common, and where they differ.
///
/// Compared are the names, types, shapes, units and values of the variables that both files have,
/// the event-log hash, and the summary. Provenance, inputs, chunks and compression are not content.
public struct ContentComparison: Sendable {
  /// One difference, in words.
  public let differences: [String]
  /// Variables that only one of the files has; another selection is not a difference.
  public let onlyInFirst: [String]
  public let onlyInSecond: [String]
  /// The number of variables that both files have.
  public let commonCount: Int
  /// The SHA-256 digest of the common content of the first file.
  public let firstDigest: String
  /// The SHA-256 digest of the common content of the second file.
  public let secondDigest: String

  /// Whether the files have the same content.
  public var isSame: Bool { differences.isEmpty && firstDigest == secondDigest }

  /// Values that are held in memory at a time.
  private static let valuesPerPiece = 1 << 20

  /// Compares two result files with bounded memory.
  public init(_ first: TrajectoryReader, _ second: TrajectoryReader) throws(TrajectoryError) {
    let secondByPath = Dictionary(uniqueKeysWithValues: second.variables.map { ($0.path, $0) })
    let firstPaths = Set(first.variables.map(\.path))
    onlyInFirst = first.variables.map(\.path).filter { secondByPath[$0] == nil }
    onlyInSecond = second.variables.map(\.path).filter { !firstPaths.contains($0) }
    let digests = (SHA256Digest(), SHA256Digest())
    var differences: [String] = []
    var common = 0
    for one in first.variables {
      guard let other = secondByPath[one.path] else { continue }
      common += 1
      for (variable, digest) in [(one, digests.0), (other, digests.1)] {
        digest.update(variable.path)
        digest.update(variable.type)
        digest.update(variable.shape.map(Int64.init))
        digest.update(variable.unit ?? "")
      }
      if let difference = Self.formDifference(one, other) { differences.append(difference) }
      if let difference = try Self.compareValues(one, other, first, second, digests) {
        differences.append(difference)
      }
    }
    let attributes = (try first.contentAttributes(), try second.contentAttributes())
    for (list, digest) in [(attributes.0, digests.0), (attributes.1, digests.1)] {
      for (name, value) in list {
        digest.update(name)
        digest.update(value)
      }
    }
    let others = Dictionary(attributes.1, uniquingKeysWith: { first, _ in first })
    for (name, value) in attributes.0 where others[name] != value {
      differences.append("\(name): \(value) against \(others[name] ?? "nothing")")
    }
    self.differences = differences
    commonCount = common
    firstDigest = digests.0.finish()
    secondDigest = digests.1.finish()
  }

  private static func formDifference(
    _ one: TrajectoryReader.StoredVariable, _ other: TrajectoryReader.StoredVariable
  ) -> String? {
    if one.type != other.type { return "\(one.path): type \(one.type) against \(other.type)" }
    if one.shape != other.shape { return "\(one.path): shape \(one.shape) against \(other.shape)" }
    if one.unit != other.unit {
      return "\(one.path): unit '\(one.unit ?? "")' against '\(other.unit ?? "")'"
    }
    return nil
  }

  private static func compareValues(
    _ one: TrajectoryReader.StoredVariable, _ other: TrajectoryReader.StoredVariable,
    _ first: TrajectoryReader, _ second: TrajectoryReader, _ digests: (SHA256Digest, SHA256Digest)
  ) throws(TrajectoryError) -> String? {
    var tally = Tally()
    let isComparable = one.type == other.type && one.shape == other.shape
    let rows = max(one.shape.first ?? 0, other.shape.first ?? 0)
    let step = max(1, valuesPerPiece / max(1, max(one.rowWidth, other.rowWidth)))
    for start in stride(from: 0, to: rows, by: step) {
      let left = try first.piece(
        of: one, rows: clamp(start..<(start + step), to: one), digests.0)
      let right = try second.piece(
        of: other, rows: clamp(start..<(start + step), to: other), digests.1)
      if isComparable { tally.add(left, right, from: start * one.rowWidth) }
    }
    guard tally.count > 0 else { return nil }
    let size = tally.largest > 0 ? ", by at most \(tally.largest)" : ""
    return "\(one.path): \(tally.count) values differ\(size), first at "
      + "\(one.indices(ofFlatPlace: tally.first))"
  }

  private static func clamp(
    _ rows: Range<Int>, to variable: TrajectoryReader.StoredVariable
  ) -> Range<Int> {
    rows.clamped(to: 0..<(variable.shape.first ?? 0))
  }
}

/// Some stored values of one type, as they lie in the file.
enum StoredPiece {
  case float32([Float])
  case float64([Double])
  case int8([Int8])
  case uint8([UInt8])
  case int32([Int32])
  case int64([Int64])
  case string([String])
}

/// How many values differ, where the first of them is, and by how much they differ at most.
private struct Tally {
  private(set) var count = 0
  private(set) var first = 0
  private(set) var largest = 0.0

  mutating func add(_ left: StoredPiece, _ right: StoredPiece, from start: Int) {
    switch (left, right) {
    case (.float32(let a), .float32(let b)):
      add(a, b, start, same: { $0.bitPattern == $1.bitPattern }) { Double($0) - Double($1) }
    case (.float64(let a), .float64(let b)):
      add(a, b, start, same: { $0.bitPattern == $1.bitPattern }) { $0 - $1 }
    case (.int8(let a), .int8(let b)): add(a, b, start, same: ==) { Double($0) - Double($1) }
    case (.uint8(let a), .uint8(let b)): add(a, b, start, same: ==) { Double($0) - Double($1) }
    case (.int32(let a), .int32(let b)): add(a, b, start, same: ==) { Double($0) - Double($1) }
    case (.int64(let a), .int64(let b)): add(a, b, start, same: ==) { Double($0) - Double($1) }
    case (.string(let a), .string(let b)): add(a, b, start, same: ==) { _, _ in 0 }
    default: preconditionFailure("Only values of one type are compared.")
    }
  }

  private mutating func add<Value>(
    _ left: [Value], _ right: [Value], _ start: Int, same: (Value, Value) -> Bool,
    difference: (Value, Value) -> Double
  ) {
    for index in left.indices where !same(left[index], right[index]) {
      if count == 0 { first = start + index }
      count += 1
      largest = max(largest, abs(difference(left[index], right[index])))
    }
  }
}

extension TrajectoryReader.StoredVariable {
  /// The index along each dimension of a value's place in row-major order.
  fileprivate func indices(ofFlatPlace place: Int) -> [Int] {
    var rest = place
    var result: [Int] = []
    for length in shape.reversed() {
      result.append(rest % max(1, length))
      rest /= max(1, length)
    }
    return result.reversed()
  }
}

extension TrajectoryReader {
  /// Reads some rows for comparison and adds their bytes to a digest.
  func piece(
    of variable: StoredVariable, rows: Range<Int>, _ digest: SHA256Digest
  ) throws(TrajectoryError) -> StoredPiece {
    func read<Value: HDF5Scalar>(
      _ type: Value.Type, _ dataset: HDF5Dataset
    ) throws(HDF5Error) -> [Value] {
      let values = try dataset.read(rows: rows, as: type)
      digest.update(values)
      return values
    }
    do {
      let dataset = try file.root.dataset(variable.path)
      switch dataset.elementType {
      case .string:
        let texts = try dataset.readStrings(rows: rows)
        for text in texts { digest.update(text) }
        return .string(texts)
      case .float32: return .float32(try read(Float.self, dataset))
      case .float64: return .float64(try read(Double.self, dataset))
      case .int8: return .int8(try read(Int8.self, dataset))
      case .uint8: return .uint8(try read(UInt8.self, dataset))
      case .int32: return .int32(try read(Int32.self, dataset))
      case .int64: return .int64(try read(Int64.self, dataset))
      }
    } catch {
      throw .reading(path, error)
    }
  }

  /// Attributes that belong to the content: how the run ended, its events and its summary.
  func contentAttributes() throws(TrajectoryError) -> [(name: String, value: String)] {
    do {
      var result: [(name: String, value: String)] = []
      for name in ["event_log_hash", "run_ending", "seed", "time_zone"] {
        if try file.root.hasAttribute(name) {
          result.append((name, try file.root.textAttribute(name)))
        }
      }
      guard try file.root.contains("summary") else { return result }
      let summary = try file.root.group("summary")
      for name in try summary.attributeNames().sorted() {
        let value: String
        if let text = try? summary.textAttribute(name) {
          value = text
        } else if let whole = try? summary.attribute(name, as: Int64.self) {
          value = "\(whole)"
        } else {
          value = "\(try summary.attribute(name, as: Double.self))"
        }
        result.append(("summary/\(name)", value))
      }
      return result
    } catch {
      throw .reading(path, error)
    }
  }
}
