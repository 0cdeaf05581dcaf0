internal import CHDF5

/// Dimension scales name the axes of datasets and give their coordinates (HDF5's `H5DS`).
extension HDF5Dataset {
  /// Turns a dataset of one dimension into a scale, which tools show under this name.
  public func makeScale(named name: String) throws(HDF5Error) {
    try core.perform("make a scale of", path) {
      // SAFETY: the string outlives the call.
      unsafe H5DSset_scale(id, name)
    }
  }

  /// Gives a dimension its coordinates; the scale must have been made one.
  public func attachScale(_ scale: HDF5Dataset, dimension: Int) throws(HDF5Error) {
    precondition(shape.indices.contains(dimension), "'\(path)' has no dimension \(dimension)")
    precondition(scale.core === core, "A scale is in the same file as its dataset")
    try core.perform("attach a scale to", path) {
      H5DSattach_scale(id, scale.id, UInt32(dimension))
    }
  }

  /// Returns the names of the scales of a dimension, in the order in which they were attached.
  public func scaleNames(dimension: Int) throws(HDF5Error) -> [String] {
    precondition(shape.indices.contains(dimension), "'\(path)' has no dimension \(dimension)")
    var names: [String] = []
    try core.perform("list the scales of", path) {
      // SAFETY: the iteration ends before the pointer does, which HDF5 hands on unchanged.
      unsafe withUnsafeMutablePointer(to: &names) { pointer in
        unsafe H5DSiterate_scales(
          id, UInt32(dimension), nil,
          { _, _, scale, context in
            let name = HDF5Dataset.nameOfScale(scale)
            unsafe context?.assumingMemoryBound(to: [String].self).pointee.append(name)
            return 0
          }, pointer)
      }
    }
    return names
  }

  private static func nameOfScale(_ scale: Int64) -> String {
    let length = H5DSget_scale_name(scale, nil, 0)
    guard length > 0 else { return "" }
    var bytes = [CChar](repeating: 0, count: length + 1)
    // SAFETY: the buffer has room for the name and its terminating zero.
    unsafe H5DSget_scale_name(scale, &bytes, length + 1)
    return String(
      decoding: bytes.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
