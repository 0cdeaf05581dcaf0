internal import CHDF5

/// A named collection of groups and datasets, kept in the order in which they were made.
public final class HDF5Group: HDF5Object {
  /// A member of a group.
  public struct Child: Sendable, Hashable {
    /// What a member of a group is.
    public enum Kind: Sendable, Hashable {
      case group
      case dataset
      /// A link to elsewhere or a named type, which Busbar does not write.
      case other
    }

    /// The name inside the group, without a path.
    public let name: String
    /// What it is.
    public let kind: Kind
  }

  convenience init(rootOf core: FileCore) throws(HDF5Error) {
    let id = try core.open("open", "/") { file in
      // SAFETY: the literal outlives the call.
      unsafe H5Gopen2(file, "/", 0)
    }
    self.init(core, id: id, path: "/")
  }

  /// Makes a group; the name must be new here, not empty and without `/`.
  public func makeGroup(_ name: String) throws(HDF5Error) -> HDF5Group {
    Self.requireSimple(name)
    let path = path(of: name)
    let creation = CHDF5_makeGroupCreation()
    defer { H5Pclose(creation) }
    Self.keepOrder(creation)
    let child = try core.perform("create", path) {
      // SAFETY: the string outlives the call.
      unsafe H5Gcreate2(id, name, core.linkCreation, creation, 0)
    }
    return HDF5Group(core, id: child, path: path)
  }

  /// Opens a group by its name or by a path of names from here.
  public func group(_ name: String) throws(HDF5Error) -> HDF5Group {
    let path = path(of: name)
    let child = try core.perform("open", path) {
      // SAFETY: the string outlives the call.
      unsafe H5Gopen2(id, name, 0)
    }
    return HDF5Group(core, id: child, path: path)
  }

  /// Makes a dataset; the name must be new here, not empty and without `/`.
  public func makeDataset(
    _ name: String, _ layout: DatasetLayout
  ) throws(HDF5Error) -> HDF5Dataset {
    Self.requireSimple(name)
    let path = path(of: name)
    let child = try layout.makeDataset(named: name, in: self, path: path)
    return HDF5Dataset(core, id: child, path: path, elementType: layout.elementType)
  }

  /// Opens a dataset by its name or by a path of names from here.
  ///
  /// Throws if its elements are of none of the known types, or if its size is absurd.
  public func dataset(_ name: String) throws(HDF5Error) -> HDF5Dataset {
    let path = path(of: name)
    var child = try openDataset(name, path, access: 0)
    if core.isWritable, let cache = ChunkCache(of: child) {
      // Only the first one who opens a dataset can size its cache, which needs its layout.
      core.release(child)
      let access = CHDF5_makeDatasetAccess()
      defer { H5Pclose(access) }
      cache.configure(access)
      child = try openDataset(name, path, access: access)
    }
    return try HDF5Dataset(opened: child, in: core, path: path)
  }

  private func openDataset(
    _ name: String, _ path: String, access: Int64
  ) throws(HDF5Error) -> Int64 {
    try core.perform("open", path) {
      // SAFETY: the string outlives the call.
      unsafe H5Dopen2(id, name, access)
    }
  }

  /// Tells whether a group or dataset of this name, or at this path from here, is there.
  public func contains(_ name: String) throws(HDF5Error) -> Bool {
    var prefix = ""
    for component in name.split(separator: "/") {
      prefix += prefix.isEmpty ? component : "/" + component
      let step = prefix
      let exists = try core.perform("open", path(of: step)) {
        // SAFETY: the string outlives the call.
        unsafe H5Lexists(id, step, 0)
      }
      if exists == 0 { return false }
    }
    return !prefix.isEmpty
  }

  /// Removes a member, with all that is in it; throws if there is none of this name.
  ///
  /// The file reuses the space, and gets shorter only where it ended with it. What is open stays
  /// usable until it is let go.
  public func remove(_ name: String) throws(HDF5Error) {
    Self.requireSimple(name)
    try core.perform("remove", path(of: name)) {
      // SAFETY: the string outlives the call.
      unsafe H5Ldelete(id, name, 0)
    }
  }

  /// Lists the members in the order in which they were made; by name in files that keep no order.
  public func children() throws(HDF5Error) -> [Child] {
    var info = H5G_info_t()
    try core.perform("list", path) {
      // SAFETY: HDF5 fills the structure and keeps no pointer.
      unsafe H5Gget_info(id, &info)
    }
    let order = keepsOrder() ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME
    var children: [Child] = []
    for position in 0..<info.nlinks {
      children.append(try child(at: position, order))
    }
    return children
  }

  /// Lists the members' names in the order of `children()`.
  public func childNames() throws(HDF5Error) -> [String] { try children().map(\.name) }

  private func child(at position: UInt64, _ order: H5_index_t) throws(HDF5Error) -> Child {
    let length = try core.perform("list", path) {
      // SAFETY: no buffer is given, so that HDF5 only counts.
      unsafe H5Lget_name_by_idx(id, ".", order, H5_ITER_INC, position, nil, 0, 0)
    }
    var bytes = [CChar](repeating: 0, count: length + 1)
    try core.perform("list", path) {
      // SAFETY: the buffer has room for the name and its terminating zero.
      unsafe H5Lget_name_by_idx(
        id, ".", order, H5_ITER_INC, position, &bytes, length + 1, 0)
    }
    let kind = try core.perform("list", path) {
      CHDF5_kindOfChild(id, order, position)
    }
    let name = String(decoding: bytes.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
    return Child(name: name, kind: kind == 0 ? .group : kind == 1 ? .dataset : .other)
  }

  private func keepsOrder() -> Bool {
    let creation = H5Gget_create_plist(id)
    guard creation >= 0 else { return false }
    defer { H5Pclose(creation) }
    var flags: UInt32 = 0
    // SAFETY: HDF5 writes the flags and keeps no pointer.
    unsafe H5Pget_link_creation_order(creation, &flags)
    return flags & CHDF5_trackedOrder() == CHDF5_trackedOrder()
  }

  private func path(of name: String) -> String {
    if name.hasPrefix("/") { return name }
    return path == "/" ? "/\(name)" : "\(path)/\(name)"
  }

  private static func requireSimple(_ name: String) {
    precondition(
      !name.isEmpty && name != "." && !name.utf8.contains(0) && !name.utf8.contains(0x2f),
      "The name of a group or dataset is empty or holds a slash: '\(name)'")
  }

  /// Asks for tracked order of members and attributes, and for no times.
  static func keepOrder(_ creation: Int64) {
    H5Pset_link_creation_order(creation, CHDF5_trackedOrder())
    H5Pset_attr_creation_order(creation, CHDF5_trackedOrder())
    H5Pset_obj_track_times(creation, false)
  }
}
