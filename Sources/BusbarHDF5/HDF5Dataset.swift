internal import CHDF5

/// An array of numbers or strings in a file; a row is what one index of the first dimension holds.
public final class HDF5Dataset: HDF5Object {
  /// What one element is; values of any other type are neither written nor read.
  public let elementType: HDF5ElementType
  private var lastShape: [Int] = []

  init(_ core: FileCore, id: Int64, path: String, elementType: HDF5ElementType) {
    self.elementType = elementType
    super.init(core, id: id, path: path)
    lastShape = (try? currentShape()) ?? []
  }

  convenience init(opened id: Int64, in core: FileCore, path: String) throws(HDF5Error) {
    let type = H5Dget_type(id)
    defer { H5Tclose(type) }
    guard let elementType = HDF5ElementType(type: type) else {
      core.release(id)
      throw core.error("open", path, "its elements are of a type that is not supported")
    }
    self.init(core, id: id, path: path, elementType: elementType)
    lastShape = try currentShape()
  }

  /// The elements along each dimension; empty for a single value.
  public var shape: [Int] {
    if core.isUsable, let shape = try? currentShape() { lastShape = shape }
    return lastShape
  }

  private func currentShape() throws(HDF5Error) -> [Int] {
    let space = try core.perform("open", path) { H5Dget_space(id) }
    defer { H5Sclose(space) }
    guard H5Sget_simple_extent_type(space) != H5S_NULL else { return [0] }
    var extent = [UInt64](repeating: 0, count: Int(H5S_MAX_RANK))
    let rank = try core.perform("open", path) {
      // SAFETY: the array has room for the most dimensions that there can be.
      unsafe H5Sget_simple_extent_dims(space, &extent, nil)
    }
    var shape: [Int] = []
    var product = 1
    for length in extent.prefix(Int(rank)) {
      let known = Int(exactly: length)
      let (next, overflows) = product.multipliedReportingOverflow(by: known ?? 0)
      guard let known, !overflows else {
        throw core.error("open", path, "it claims more elements than memory can address")
      }
      product = next
      shape.append(known)
    }
    return shape
  }

  // MARK: Writing

  /// Writes all elements, in row-major order.
  public func write<T: HDF5Scalar>(_ values: Span<T>) throws(HDF5Error) {
    try requireType(T.elementType, "write")
    precondition(values.count == shape.reduce(1, *), "The values do not fill '\(path)'")
    guard !values.isEmpty else { return }
    try core.perform("write", path) {
      // SAFETY: the span holds as many elements of this type as the dataset, and outlives the call.
      unsafe values.withUnsafeBufferPointer {
        unsafe H5Dwrite(id, T.elementType.memoryType, 0, 0, 0, $0.baseAddress)
      }
    }
  }

  /// Writes some rows that are there already.
  public func write<T: HDF5Scalar>(rows: Range<Int>, _ values: Span<T>) throws(HDF5Error) {
    try requireType(T.elementType, "write")
    try write(rows, of: shape, values, "write")
  }

  /// Adds rows at the end of a dataset that grows.
  public func append<T: HDF5Scalar>(_ values: Span<T>, rows: Int) throws(HDF5Error) {
    try requireType(T.elementType, "append")
    var extent = shape
    let new = try extend(&extent, by: rows)
    try write(new, of: extent, values, "append")
  }

  /// Drops the rows from `rows` on, for example those after the last checkpoint.
  public func truncate(toRows rows: Int) throws(HDF5Error) {
    let extent = shape
    precondition(!extent.isEmpty && (0...extent[0]).contains(rows), "'\(path)' has fewer rows")
    let target = [UInt64(rows)] + extent.dropFirst().map(UInt64.init)
    try core.perform("truncate", path) {
      // SAFETY: the array has as many elements as the dataset has dimensions.
      unsafe H5Dset_extent(id, target)
    }
  }

  /// Extends the dataset and returns the new rows.
  func extend(_ extent: inout [Int], by rows: Int) throws(HDF5Error) -> Range<Int> {
    precondition(!extent.isEmpty && rows >= 0, "Rows can be added only to a dataset that has them")
    let first = extent[0]
    extent[0] += rows
    guard rows > 0 else { return first..<first }
    let target = extent.map(UInt64.init)
    try core.perform("append", path) {
      // SAFETY: the array has as many elements as the dataset has dimensions.
      unsafe H5Dset_extent(id, target)
    }
    return first..<extent[0]
  }

  private func write<T: HDF5Scalar>(
    _ rows: Range<Int>, of extent: [Int], _ values: Span<T>, _ operation: String
  ) throws(HDF5Error) {
    precondition(
      values.count == elements(in: rows, of: extent), "The values do not fill the rows of '\(path)'"
    )
    guard !values.isEmpty else { return }
    let (file, memory) = try select(rows, of: extent, operation)
    defer {
      H5Sclose(file)
      H5Sclose(memory)
    }
    try core.perform(operation, path) {
      // SAFETY: the span holds as many elements as both selections, and outlives the call.
      unsafe values.withUnsafeBufferPointer {
        unsafe H5Dwrite(id, T.elementType.memoryType, memory, file, 0, $0.baseAddress)
      }
    }
  }

  // MARK: Reading

  /// Reads all elements, in row-major order; throws if they are of another type.
  public func read<T: HDF5Scalar>(as type: T.Type) throws(HDF5Error) -> [T] {
    try requireType(T.elementType, "read")
    return try read(shape.reduce(1, *), memory: 0, file: 0)
  }

  /// Reads some rows; throws if the elements are of another type.
  public func read<T: HDF5Scalar>(rows: Range<Int>, as type: T.Type) throws(HDF5Error) -> [T] {
    try requireType(T.elementType, "read")
    let extent = shape
    let count = elements(in: rows, of: extent)
    guard count > 0 else { return [] }
    let (file, memory) = try select(rows, of: extent, "read")
    defer {
      H5Sclose(file)
      H5Sclose(memory)
    }
    return try read(count, memory: memory, file: file)
  }

  func read<T: HDF5Scalar>(
    _ count: Int, memory: Int64, file: Int64
  ) throws(HDF5Error) -> [T] {
    guard count > 0 else { return [] }
    try requireMemory(count, stride: MemoryLayout<T>.stride, "read")
    var values: [T] = []
    try core.perform("read", path) {
      var status: Int32 = -1
      // SAFETY: HDF5 fills all `count` elements, and none counts unless it says that it did.
      unsafe values = [T](unsafeUninitializedCapacity: count) { buffer, initialized in
        unsafe status = H5Dread(
          id, T.elementType.memoryType, memory, file, 0, buffer.baseAddress)
        initialized = status < 0 ? 0 : count
      }
      return status
    }
    return values
  }

  // MARK: Selecting

  func requireType(_ type: HDF5ElementType, _ operation: String) throws(HDF5Error) {
    guard type == elementType else {
      throw core.error(
        operation, path, "it holds \(elementType.rawValue), not \(type.rawValue)")
    }
  }

  func elements(in rows: Range<Int>, of extent: [Int]) -> Int {
    precondition(
      !extent.isEmpty && rows.lowerBound >= 0 && rows.upperBound <= extent[0],
      "Rows \(rows) are not all in '\(path)'")
    return extent.dropFirst().reduce(rows.count, *)
  }

  /// Returns the selection of rows in the file and a space in memory of the same shape.
  func select(
    _ rows: Range<Int>, of extent: [Int], _ operation: String
  ) throws(HDF5Error) -> (file: Int64, memory: Int64) {
    try select([rows] + extent.dropFirst().map { 0..<$0 }, operation)
  }

  /// Returns the selection of a window in the file and a space in memory of the same shape.
  func select(
    _ window: [Range<Int>], _ operation: String
  ) throws(HDF5Error) -> (file: Int64, memory: Int64) {
    let start = window.map { UInt64($0.lowerBound) }
    let count = window.map { UInt64($0.count) }
    let file = try core.perform(operation, path) { H5Dget_space(id) }
    // SAFETY: both arrays have as many elements as the dataset has dimensions.
    let selected = unsafe H5Sselect_hyperslab(file, H5S_SELECT_SET, start, nil, count, nil)
    // SAFETY: as above.
    let memory = unsafe H5Screate_simple(Int32(count.count), count, nil)
    do throws(HDF5Error) {
      try core.perform(operation, path) { min(Int64(selected), memory) }
    } catch {
      H5Sclose(file)
      throw error
    }
    return (file, memory)
  }
}
