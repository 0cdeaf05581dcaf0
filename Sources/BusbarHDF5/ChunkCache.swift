internal import CHDF5

/// The memory in which HDF5 holds chunks of one open dataset: one row of chunks.
///
/// With less, appending a few rows would read chunks back and write them again.
struct ChunkCache {
  private let slots: Int
  private let bytes: Int

  /// Sizes the memory for a shape and chunks, which have the same number of dimensions.
  init(shape: [Int], chunk: [Int], bytesPerElement: Int) {
    let chunks = zip(shape, chunk).dropFirst().reduce(1.0) {
      $0 * (Double($1.0) / Double($1.1)).rounded(.up)
    }
    let row = chunk.reduce(Double(bytesPerElement) * max(chunks, 1)) { $0 * Double($1) }
    let (smallest, largest) = (1_048_576.0, 33_554_432.0)
    bytes = Int(min(max(row, smallest), largest))
    // Primes, as HDF5 advises for its hash table.
    slots = chunks > 50 ? 12_421 : 521
  }

  /// Sizes the memory for an open dataset; nil if it has no chunks.
  init?(of dataset: Int64) {
    let creation = H5Dget_create_plist(dataset)
    defer { H5Pclose(creation) }
    let (space, type) = (H5Dget_space(dataset), H5Dget_type(dataset))
    defer {
      H5Sclose(space)
      H5Tclose(type)
    }
    guard min(creation, space, type) >= 0, H5Pget_layout(creation) == H5D_CHUNKED else {
      return nil
    }
    let most = Int(H5S_MAX_RANK)
    var (chunk, extent) = (
      [UInt64](repeating: 0, count: most), [UInt64](repeating: 0, count: most)
    )
    // SAFETY: the array has room for the most dimensions that there can be.
    let rank = unsafe H5Pget_chunk(creation, Int32(most), &chunk)
    // SAFETY: as above.
    guard rank > 0, unsafe H5Sget_simple_extent_dims(space, &extent, nil) == rank else {
      return nil
    }
    self.init(
      shape: extent.prefix(Int(rank)).map { Int(clamping: $0) },
      chunk: chunk.prefix(Int(rank)).map { Int(clamping: $0) }, bytesPerElement: H5Tget_size(type))
  }

  /// Asks for the memory when a dataset is opened with this access list.
  func configure(_ access: Int64) { H5Pset_chunk_cache(access, slots, bytes, 1) }
}
