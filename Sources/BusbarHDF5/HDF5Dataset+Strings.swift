internal import CHDF5

extension HDF5Dataset {
  /// Writes all strings; none may hold a zero byte, at which HDF5 would end it.
  public func writeStrings(_ strings: [String]) throws(HDF5Error) {
    try requireType(.string, "write")
    precondition(strings.count == shape.reduce(1, *), "The strings do not fill '\(path)'")
    try write(strings, memory: 0, file: 0, "write")
  }

  /// Adds one row a string to a dataset of one dimension that grows.
  public func appendStrings(_ strings: [String]) throws(HDF5Error) {
    try requireType(.string, "append")
    var extent = shape
    precondition(extent.count == 1, "Strings are appended to one dimension")
    try requireNoZero(strings, "append")
    let new = try extend(&extent, by: strings.count)
    guard !new.isEmpty else { return }
    let (file, memory) = try select(new, of: extent, "append")
    defer {
      H5Sclose(file)
      H5Sclose(memory)
    }
    try write(strings, memory: memory, file: file, "append")
  }

  /// Reads all strings, in row-major order; throws if one is not UTF-8.
  public func readStrings() throws(HDF5Error) -> [String] {
    try requireType(.string, "read")
    return try readStrings(shape.reduce(1, *), memory: 0, file: 0)
  }

  /// Reads the strings of some rows; throws if one is not UTF-8.
  public func readStrings(rows: Range<Int>) throws(HDF5Error) -> [String] {
    try requireType(.string, "read")
    let extent = shape
    let count = elements(in: rows, of: extent)
    guard count > 0 else { return [] }
    let (file, memory) = try select(rows, of: extent, "read")
    defer {
      H5Sclose(file)
      H5Sclose(memory)
    }
    return try readStrings(count, memory: memory, file: file)
  }

  private func requireNoZero(_ strings: [String], _ operation: String) throws(HDF5Error) {
    guard !strings.contains(where: { $0.utf8.contains(0) }) else {
      throw core.error(operation, path, "a string holds a zero byte, which HDF5 cannot store")
    }
  }

  /// Lays the strings one after the other, each ended by a zero, and hands over their addresses.
  private func write(
    _ strings: [String], memory: Int64, file: Int64, _ operation: String
  ) throws(HDF5Error) {
    try requireNoZero(strings, operation)
    guard !strings.isEmpty else { return }
    var text: [UInt8] = []
    var starts: [Int] = []
    for string in strings {
      starts.append(text.count)
      text.append(contentsOf: string.utf8)
      text.append(0)
    }
    let type = try core.perform(operation, path) { CHDF5_makeStringType(0) }
    defer { H5Tclose(type) }
    try core.perform(operation, path) {
      // SAFETY: the addresses lie inside `text`, which is not changed while they are in use.
      unsafe text.withUnsafeBufferPointer { (text) -> Int32 in
        guard let base = text.baseAddress else { return 0 }
        let addresses: [UnsafePointer<UInt8>] = unsafe starts.map { unsafe base + $0 }
        return unsafe H5Dwrite(id, type, memory, file, 0, addresses)
      }
    }
  }

  private func readStrings(
    _ count: Int, memory: Int64, file: Int64
  ) throws(HDF5Error) -> [String] {
    guard count > 0 else { return [] }
    try requireMemory(count, stride: MemoryLayout<String>.stride, "read")
    let type = try core.perform("read", path) { CHDF5_makeStringType(0) }
    defer { H5Tclose(type) }
    // SAFETY: the array starts without addresses; HDF5 fills it with strings that it allocated.
    var addresses: [UnsafeMutablePointer<CChar>?] = unsafe Array(
      repeating: nil, count: count)
    // SAFETY: each address is HDF5's own or nil, also after a failure.
    defer { unsafe CHDF5_freeStrings(&addresses, count) }
    try core.perform("read", path) {
      // SAFETY: the array has as many elements as the selection.
      unsafe H5Dread(id, type, memory, file, 0, &addresses)
    }
    var strings: [String] = []
    strings.reserveCapacity(count)
    for index in 0..<count {
      // SAFETY: HDF5 ended each string with a zero; an empty one may have no address.
      let string = unsafe addresses[index].map { unsafe String(validatingCString: $0) } ?? ""
      guard let string else {
        throw core.error("read", path, "string \(index) is not valid UTF-8")
      }
      strings.append(string)
    }
    return strings
  }
}
