internal import CHDF5

/// A group or a dataset: what can hold attributes.
public class HDF5Object {
  let core: FileCore
  let id: Int64
  /// The path inside the file, such as `"/devices/battery"`.
  public let path: String

  init(_ core: FileCore, id: Int64, path: String) {
    self.core = core
    self.id = id
    self.path = path
  }

  deinit { core.release(id) }

  /// Throws unless memory for `count` elements of `stride` bytes can be had.
  ///
  /// A damaged file may claim any size, and Swift's arrays trap where memory ends.
  func requireMemory(
    _ count: Int, stride: Int, _ operation: String
  ) throws(HDF5Error) {
    let (bytes, overflows) = count.multipliedReportingOverflow(by: stride)
    let alwaysThere = 1 << 24
    if !overflows && bytes <= alwaysThere { return }
    guard !overflows, CHDF5_hasMemory(bytes) != 0 else {
      throw core.error(operation, path, "\(count) elements do not fit into memory")
    }
  }
}
