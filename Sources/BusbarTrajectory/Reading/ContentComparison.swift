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
    let isComparable = one.type == other.type && one.shape == other.shape
    var count = 0
    var largest = 0.0
    var place: Int?
    let rows = max(one.shape.first ?? 0, other.shape.first ?? 0)
    let step = max(1, valuesPerPiece / max(1, max(one.rowWidth, other.rowWidth)))
    for start in stride(from: 0, to: rows, by: step) {
      let left = try first.bits(
        of: one, rows: clamp(start..<(start + step), to: one), digests.0)
      let right = try second.bits(
        of: other, rows: clamp(start..<(start + step), to: other), digests.1)
      guard isComparable else { continue }
      for index in left.indices where left[index] != right[index] {
        count += 1
        if place == nil { place = start * one.rowWidth + index }
        largest = max(largest, left[index].distance(to: right[index]))
      }
    }
    guard count > 0, let place else { return nil }
    let indices = one.indices(ofFlatPlace: place)
    let size = largest > 0 ? ", by at most \(largest)" : ""
    return "\(one.path): \(count) values differ\(size), first at \(indices)"
  }

  private static func clamp(
    _ rows: Range<Int>, to variable: TrajectoryReader.StoredVariable
  ) -> Range<Int> {
    rows.clamped(to: 0..<(variable.shape.first ?? 0))
  }
}

/// A stored value that can be compared bit by bit.
enum StoredBits: Hashable {
  case single(UInt32)
  case double(UInt64)
  case whole(Int64)
  case text(String)

  /// The absolute difference to another number; 0 for texts.
  func distance(to other: StoredBits) -> Double {
    switch (self, other) {
    case (.single(let a), .single(let b)):
      abs(Double(Float(bitPattern: a)) - Double(Float(bitPattern: b)))
    case (.double(let a), .double(let b)): abs(Double(bitPattern: a) - Double(bitPattern: b))
    case (.whole(let a), .whole(let b)): abs(Double(a) - Double(b))
    default: 0
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
  func bits(
    of variable: StoredVariable, rows: Range<Int>, _ digest: SHA256Digest
  ) throws(TrajectoryError) -> [StoredBits] {
    func absorb<Value: HDF5Scalar>(
      _ type: Value.Type, _ dataset: HDF5Dataset, _ wrap: (Value) -> StoredBits
    ) throws(HDF5Error) -> [StoredBits] {
      let values = try dataset.read(rows: rows, as: type)
      digest.update(values)
      return values.map(wrap)
    }
    do {
      let dataset = try file.root.dataset(variable.path)
      switch dataset.elementType {
      case .string:
        let texts = try dataset.readStrings(rows: rows)
        for text in texts { digest.update(text) }
        return texts.map { .text($0) }
      case .float32: return try absorb(Float.self, dataset) { .single($0.bitPattern) }
      case .float64: return try absorb(Double.self, dataset) { .double($0.bitPattern) }
      case .int8: return try absorb(Int8.self, dataset) { .whole(Int64($0)) }
      case .uint8: return try absorb(UInt8.self, dataset) { .whole(Int64($0)) }
      case .int32: return try absorb(Int32.self, dataset) { .whole(Int64($0)) }
      case .int64: return try absorb(Int64.self, dataset) { .whole($0) }
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
