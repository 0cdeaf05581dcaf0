import BusbarHDF5

/// A file that grows by blocks, each of which changes committed parts of it in many ways.
struct Blocks {
  private let file: HDF5File
  private let rows: HDF5Dataset
  private let packed: HDF5Dataset
  private let texts: HDF5Dataset
  private let status: HDF5Dataset
  /// The blocks that the file holds.
  private(set) var count: Int

  /// Opens the file at its last commit, or creates it.
  init(_ path: String, isDurable: Bool) throws(HDF5Error) {
    let durability = isDurable ? HDF5File.Durability.disk : .process
    if (try? HDF5File(reading: path)) != nil {
      file = try HDF5File(updating: path, durability: durability)
      count = Int(try file.root.attribute("blocks", as: Int64.self))
    } else {
      file = try HDF5File(creating: path, existing: .replace, durability: durability)
      count = 0
      try file.root.setAttribute("blocks", to: Int64(0))
      var layout = DatasetLayout(.int64, shape: [0, 3], growth: .rows, chunk: [100, 3])
      _ = try file.root.makeDataset("rows", layout)
      layout.compression = .deflate(level: 1)
      _ = try file.root.makeDataset("packed", layout)
      _ = try file.root.makeDataset("texts", DatasetLayout(.string, shape: [0], growth: .rows))
      try file.root.makeDataset("status", DatasetLayout(.int64, shape: [2000]))
        .write([Int64](repeating: 0, count: 2000).span)
      try file.flush()
    }
    rows = try file.root.dataset("rows")
    packed = try file.root.dataset("packed")
    texts = try file.root.dataset("texts")
    status = try file.root.dataset("status")
  }

  /// Adds rows that do not fill chunks, replaces a group and what was written before, and commits.
  mutating func append() throws(HDF5Error) {
    let next = Int64(count)
    let block = (0..<(70 * 3)).map { next * 1000 + Int64($0) }
    try rows.append(block.span, rows: 70)
    try packed.append(block.span, rows: 70)
    try texts.appendStrings(["block \(next)"])
    try status.write([Int64](repeating: next + 1, count: 2000).span)
    if try file.root.contains("checkpoint") { try file.root.remove("checkpoint") }
    let group = try file.root.makeGroup("checkpoint")
    let size = 3000 + 500 * (count % 3)
    let state = [UInt8](repeating: UInt8(truncatingIfNeeded: next), count: size)
    try group.makeDataset("state", DatasetLayout(.uint8, shape: [size])).write(state.span)
    try replaceBulk(isOdd: count.isMultiple(of: 2) == false)
    try file.root.setAttribute("blocks", to: next + 1)
    try file.flush()
    count += 1
  }

  /// Gives every other block a large dataset, whose space the next one can take.
  private func replaceBulk(isOdd: Bool) throws(HDF5Error) {
    if try file.root.contains("bulk") { try file.root.remove("bulk") }
    guard isOdd else { return }
    let bulk = [UInt8](repeating: 0xb5, count: 40_000)
    try file.root.makeDataset("bulk", DatasetLayout(.uint8, shape: [40_000])).write(bulk.span)
  }

  func close() throws(HDF5Error) { try file.close() }
}
