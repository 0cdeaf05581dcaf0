internal import CHDF5

/// What a new dataset looks like and how it is stored.
public struct DatasetLayout: Sendable, Hashable {
  /// Whether a dataset may get longer along its first dimension.
  public enum Growth: Sendable, Hashable {
    case fixed
    case rows
  }

  /// How chunks are packed.
  public enum Compression: Sendable, Hashable {
    case none
    /// Bytes shuffled, then deflated with a level from 1 (fast) to 9 (small).
    case deflate(level: Int)
  }

  /// What elements that were never written read as.
  public enum FillValue: Sendable, Hashable {
    case integer(Int64)
    case real(Double)
  }

  /// What one element is.
  public var elementType: HDF5ElementType
  /// The elements along each dimension; the first may be 0 in a dataset that grows.
  public var shape: [Int]
  /// Whether rows can be added later.
  public var growth: Growth
  /// The elements of a chunk along each dimension; `nil` means about 64 KiB of whole rows.
  ///
  /// A chunk reaches at most as far as a dimension that cannot grow.
  public var chunk: [Int]?
  /// How chunks are packed; costs more time than most of what a run computes.
  public var compression = Compression.none
  /// What elements that were never written read as; zero or empty if `nil`.
  public var fillValue: FillValue?

  /// Describes a dataset, contiguous unless it grows, has chunks or is compressed.
  public init(
    _ elementType: HDF5ElementType, shape: [Int], growth: Growth = .fixed, chunk: [Int]? = nil
  ) {
    self.elementType = elementType
    self.shape = shape
    self.growth = growth
    self.chunk = chunk
  }

  func makeDataset(
    named name: String, in group: HDF5Group, path: String
  ) throws(HDF5Error) -> Int64 {
    validate()
    let core = group.core
    let type = try core.perform("create", path) {
      elementType == .string ? CHDF5_makeStringType(0) : elementType.fileTypes[0]
    }
    defer { if elementType == .string { H5Tclose(type) } }
    let space = try core.perform("create", path) { makeSpace() }
    defer { H5Sclose(space) }
    let creation = CHDF5_makeDatasetCreation()
    defer { H5Pclose(creation) }
    try core.perform("create", path) { configure(creation) }
    let access = CHDF5_makeDatasetAccess()
    defer { H5Pclose(access) }
    if isChunked {
      ChunkCache(shape: shape, chunk: storedChunk, bytesPerElement: bytesPerElement)
        .configure(access)
    }
    return try core.perform("create", path) {
      // SAFETY: the string outlives the call.
      unsafe H5Dcreate2(group.id, name, type, space, core.linkCreation, creation, access)
    }
  }

  private func validate() {
    precondition(shape.count <= 32, "A dataset has at most 32 dimensions")
    precondition(shape.allSatisfy { $0 >= 0 }, "A dimension is not negative: \(shape)")
    precondition(elementCountFits, "The dataset has too many elements: \(shape)")
    precondition(growth == .fixed || !shape.isEmpty, "A single value cannot grow")
    if let chunk {
      precondition(chunk.count == shape.count, "A chunk has the dimensions of its dataset")
      precondition(chunk.allSatisfy { $0 > 0 }, "A chunk holds at least one element: \(chunk)")
    }
    if case .deflate(let level) = compression {
      precondition((1...9).contains(level), "The level of deflate is from 1 to 9, not \(level)")
      precondition(!shape.isEmpty, "A single value cannot be compressed")
    }
    precondition(fillValueFits, "The fill value does not fit \(elementType)")
  }

  private var elementCountFits: Bool {
    var product = 1
    for length in shape {
      let (next, overflows) = product.multipliedReportingOverflow(by: max(length, 1))
      if overflows { return false }
      product = next
    }
    return true
  }

  private var fillValueFits: Bool {
    switch (fillValue, elementType) {
    case (nil, _): true
    case (.integer(let value), .int8): Int8(exactly: value) != nil
    case (.integer(let value), .uint8): UInt8(exactly: value) != nil
    case (.integer(let value), .int32): Int32(exactly: value) != nil
    case (.integer, .int64), (.real, .float32), (.real, .float64): true
    default: false
    }
  }

  private var isChunked: Bool { growth == .rows || chunk != nil || compression != .none }

  /// A dimension without elements keeps room for one, because no chunk may be empty.
  private func makeSpace() -> Int64 {
    let extent = shape.map(UInt64.init)
    guard isChunked else {
      // SAFETY: the array has as many elements as the space has dimensions.
      return unsafe H5Screate_simple(Int32(shape.count), extent, nil)
    }
    var limits = extent.map { max($0, 1) }
    if growth == .rows { limits[0] = CHDF5_unlimited() }
    // SAFETY: both arrays have as many elements as the space has dimensions.
    return unsafe H5Screate_simple(Int32(shape.count), extent, limits)
  }

  private func configure(_ creation: Int64) -> Int32 {
    var status = [
      H5Pset_obj_track_times(creation, false),
      H5Pset_attr_creation_order(creation, CHDF5_trackedOrder()),
    ]
    if isChunked {
      let extent = storedChunk.map(UInt64.init)
      // SAFETY: the array has as many elements as the dataset has dimensions.
      status.append(unsafe H5Pset_chunk(creation, Int32(extent.count), extent))
    }
    if case .deflate(let level) = compression {
      status.append(H5Pset_shuffle(creation))
      status.append(H5Pset_deflate(creation, UInt32(level)))
    }
    switch fillValue {
    case nil: break
    case .integer(let value):
      // SAFETY: HDF5 copies the value, whose type is named beside it.
      status.append(
        unsafe withUnsafePointer(to: value) {
          unsafe H5Pset_fill_value(creation, CHDF5_nativeInt64(), $0)
        })
    case .real(let value):
      // SAFETY: HDF5 copies the value, whose type is named beside it.
      status.append(
        unsafe withUnsafePointer(to: value) {
          unsafe H5Pset_fill_value(creation, CHDF5_nativeDouble(), $0)
        })
    }
    return status.min() ?? 0
  }

  private var bytesPerElement: Int {
    switch elementType {
    case .int8, .uint8: 1
    case .int32, .float32: 4
    case .int64, .float64: 8
    case .string: 16
    }
  }

  private var storedChunk: [Int] {
    let rest = shape.dropFirst().map { max($0, 1) }
    let rowBytes = rest.reduce(Double(bytesPerElement)) { $0 * Double($1) }
    var stored = chunk ?? [max(1, Int(Double(1 << 16) / rowBytes))] + rest
    for (dimension, length) in shape.enumerated() where growth == .fixed || dimension > 0 {
      stored[dimension] = min(stored[dimension], max(length, 1))
    }
    return stored
  }
}
