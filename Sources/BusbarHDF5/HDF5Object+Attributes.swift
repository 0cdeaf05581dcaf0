internal import CHDF5

extension HDF5Object {
  /// Lists the attributes' names in the order in which they were made, if the file keeps it.
  public func attributeNames() throws(HDF5Error) -> [String] {
    let names = try core.perform("list the attributes of", path) { H5Aget_num_attrs(id) }
    var result: [String] = []
    for position in 0..<UInt64(names) {
      let attribute = try openAttribute(at: position)
      defer { H5Aclose(attribute) }
      let length = try core.perform("list the attributes of", path) {
        H5Aget_name(attribute, 0, nil)
      }
      var bytes = [CChar](repeating: 0, count: length + 1)
      try core.perform("list the attributes of", path) {
        // SAFETY: the buffer has room for the name and its terminating zero.
        unsafe H5Aget_name(attribute, length + 1, &bytes)
      }
      result.append(
        String(decoding: bytes.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self))
    }
    return result
  }

  /// Tells whether there is an attribute of this name.
  public func hasAttribute(_ name: String) throws(HDF5Error) -> Bool {
    try core.perform("read an attribute of", path) {
      // SAFETY: the string outlives the call.
      unsafe H5Aexists(id, name)
    } > 0
  }

  /// Sets an attribute to text, of fixed length in the file.
  public func setAttribute(_ name: String, to text: String) throws(HDF5Error) {
    let bytes = text.isEmpty ? [0] : Array(text.utf8)
    let type = try core.perform("set an attribute of", path) { CHDF5_makeStringType(bytes.count) }
    defer { H5Tclose(type) }
    let space = H5Screate(H5S_SCALAR)
    defer { H5Sclose(space) }
    try setAttribute(name, type: type, memoryType: type, space, bytes.span)
  }

  /// Sets an attribute to one number; `_FillValue` must be of the dataset's own type.
  public func setAttribute<T: HDF5Scalar>(_ name: String, to value: T) throws(HDF5Error) {
    let space = H5Screate(H5S_SCALAR)
    defer { H5Sclose(space) }
    try setAttribute(name, space, [value].span)
  }

  /// Sets an attribute to a list of numbers, such as CF's `flag_values`.
  public func setAttribute<T: HDF5Scalar>(_ name: String, to values: [T]) throws(HDF5Error) {
    let extent = [UInt64(values.count)]
    // SAFETY: the array has one element for the one dimension.
    let space = unsafe H5Screate_simple(1, extent, nil)
    defer { H5Sclose(space) }
    try setAttribute(name, space, values.span)
  }

  private func setAttribute<T: HDF5Scalar>(
    _ name: String, _ space: Int64, _ values: Span<T>
  ) throws(HDF5Error) {
    if name == "_FillValue", let dataset = self as? HDF5Dataset {
      precondition(
        dataset.elementType == T.elementType,
        "_FillValue of '\(path)' must be \(dataset.elementType), not \(T.elementType)")
    }
    try setAttribute(
      name, type: T.elementType.fileTypes[0], memoryType: T.elementType.memoryType, space, values)
  }

  private func setAttribute<T: BitwiseCopyable>(
    _ name: String, type: Int64, memoryType: Int64, _ space: Int64, _ values: Span<T>
  ) throws(HDF5Error) {
    precondition(!name.isEmpty && !name.utf8.contains(0), "An attribute needs a name")
    if try hasAttribute(name) {
      try core.perform("replace an attribute of", path) {
        // SAFETY: the string outlives the call.
        unsafe H5Adelete(id, name)
      }
    }
    let place = "\(path)@\(name)"
    let attribute = try core.perform("create", place) {
      // SAFETY: the string outlives the call.
      unsafe H5Acreate2(id, name, type, space, core.attributeCreation, 0)
    }
    defer { H5Aclose(attribute) }
    guard !values.isEmpty else { return }
    try core.perform("write", place) {
      // SAFETY: the span holds what `memoryType` and `space` describe, and outlives the call.
      unsafe values.withUnsafeBufferPointer {
        unsafe H5Awrite(attribute, memoryType, $0.baseAddress)
      }
    }
  }

  private func openAttribute(at position: UInt64) throws(HDF5Error) -> Int64 {
    try core.perform("list the attributes of", path) {
      // SAFETY: the literal outlives the call.
      let inOrder = unsafe H5Aopen_by_idx(
        id, ".", H5_INDEX_CRT_ORDER, H5_ITER_INC, position, 0, 0)
      if inOrder >= 0 { return inOrder }
      // SAFETY: as above; files of other writers may keep no order.
      return unsafe H5Aopen_by_idx(id, ".", H5_INDEX_NAME, H5_ITER_INC, position, 0, 0)
    }
  }
}

// MARK: Reading

extension HDF5Object {
  /// Reads an attribute that holds one text; throws if it holds something else.
  public func textAttribute(_ name: String) throws(HDF5Error) -> String {
    try readAttribute(name) { (attribute, type, count) throws(HDF5Error) in
      guard H5Tget_class(type) == H5T_STRING, count <= 1 else { throw wrongType(name, "text") }
      guard count == 1 else { return "" }
      let bytes =
        H5Tis_variable_str(type) > 0
        ? try readVariableText(name, attribute) : try readFixedText(name, attribute, type)
      guard let text = String(validating: bytes, as: UTF8.self) else {
        throw core.error("read", "\(path)@\(name)", "it is not valid UTF-8")
      }
      return text
    }
  }

  /// Reads an attribute that holds one number; throws if it is of another type.
  public func attribute<T: HDF5Scalar>(
    _ name: String, as type: T.Type
  ) throws(HDF5Error) -> T {
    let values = try attributes(name, as: type)
    guard let value = values.first, values.count == 1 else {
      throw core.error("read", "\(path)@\(name)", "it holds \(values.count) values, not one")
    }
    return value
  }

  /// Reads an attribute that holds numbers; throws if they are of another type.
  public func attributes<T: HDF5Scalar>(
    _ name: String, as type: T.Type
  ) throws(HDF5Error) -> [T] {
    try readAttribute(name) { (attribute, type, count) throws(HDF5Error) in
      guard HDF5ElementType(type: type) == T.elementType else {
        throw wrongType(name, T.elementType.rawValue)
      }
      guard count > 0 else { return [] }
      try requireMemory(count, stride: MemoryLayout<T>.stride, "read")
      var values: [T] = []
      try core.perform("read", "\(path)@\(name)") {
        var status: Int32 = -1
        // SAFETY: HDF5 fills all `count` elements, and none counts unless it says that it did.
        unsafe values = [T](unsafeUninitializedCapacity: count) { buffer, initialized in
          unsafe status = H5Aread(attribute, T.elementType.memoryType, buffer.baseAddress)
          initialized = status < 0 ? 0 : count
        }
        return status
      }
      return values
    }
  }

  private func wrongType(_ name: String, _ expected: String) -> HDF5Error {
    core.error("read", "\(path)@\(name)", "it does not hold \(expected)")
  }

  private func readAttribute<Value>(
    _ name: String,
    _ body: (_ attribute: Int64, _ type: Int64, _ count: Int) throws(HDF5Error) -> Value
  ) throws(HDF5Error) -> Value {
    let place = "\(path)@\(name)"
    let attribute = try core.perform("read", place) {
      // SAFETY: the string outlives the call.
      unsafe H5Aopen(id, name, 0)
    }
    defer { H5Aclose(attribute) }
    let type = try core.perform("read", place) { H5Aget_type(attribute) }
    defer { H5Tclose(type) }
    let space = try core.perform("read", place) { H5Aget_space(attribute) }
    defer { H5Sclose(space) }
    let count = try core.perform("read", place) { H5Sget_simple_extent_npoints(space) }
    return try body(attribute, type, Int(clamping: count))
  }

  private func readFixedText(
    _ name: String, _ attribute: Int64, _ type: Int64
  ) throws(HDF5Error) -> [UInt8] {
    let size = H5Tget_size(type)
    try requireMemory(size, stride: 1, "read")
    var bytes = [UInt8](repeating: 0, count: size)
    try core.perform("read", "\(path)@\(name)") {
      // SAFETY: the buffer has the size that the type states.
      unsafe H5Aread(attribute, type, &bytes)
    }
    if H5Tget_strpad(type) == H5T_STR_NULLTERM { return Array(bytes.prefix { $0 != 0 }) }
    let padding: UInt8 = H5Tget_strpad(type) == H5T_STR_SPACEPAD ? 0x20 : 0
    let end = bytes.lastIndex { $0 != padding }.map { $0 + 1 } ?? 0
    return Array(bytes[..<end])
  }

  private func readVariableText(
    _ name: String, _ attribute: Int64
  ) throws(HDF5Error) -> [UInt8] {
    let type = try core.perform("read", "\(path)@\(name)") { CHDF5_makeStringType(0) }
    defer { H5Tclose(type) }
    // SAFETY: HDF5 replaces the address by that of a string that it allocated.
    var address: UnsafeMutablePointer<CChar>?
    // SAFETY: the address is HDF5's own or nil, also after a failure.
    defer { unsafe CHDF5_freeStrings(&address, 1) }
    try core.perform("read", "\(path)@\(name)") {
      // SAFETY: there is room for the one address.
      unsafe H5Aread(attribute, type, &address)
    }
    // SAFETY: HDF5 ended the string with a zero; an empty one may have no address.
    return unsafe address.map { unsafe Array(String(cString: $0).utf8) } ?? []
  }
}
