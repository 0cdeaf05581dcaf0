internal import CHDF5

extension HDF5Dataset {
  /// Reads the elements within a range of each dimension, in row-major order.
  ///
  /// Throws if the elements are of another type. Costs the chunks that the window touches.
  public func read<T: HDF5Scalar>(
    window: [Range<Int>], as type: T.Type
  ) throws(HDF5Error) -> [T] {
    try requireType(T.elementType, "read")
    let extent = shape
    precondition(
      window.count == extent.count && !extent.isEmpty
        && zip(window, extent).allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= $1 },
      "The window \(window) does not lie in '\(path)'")
    let count = window.map(\.count).reduce(1, *)
    guard count > 0 else { return [] }
    let (file, memory) = try select(window, "read")
    defer {
      H5Sclose(file)
      H5Sclose(memory)
    }
    return try read(count, memory: memory, file: file)
  }
}
