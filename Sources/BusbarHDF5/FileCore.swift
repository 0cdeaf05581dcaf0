internal import CHDF5

/// The open file that an `HDF5File`, its groups and its datasets share.
///
/// The first failure to store anything is kept and thrown again by every later operation, and
/// nothing more reaches the disk, which keeps the last commit. Failures of the disk stay in the
/// driver, so HDF5 can be told to close the file. After a failure of HDF5's own it must not be
/// called again for that file (closing a dataset loses data while the file then closes without an
/// error, and a second close is a use after free): its ids are never closed.
final class FileCore {
  private enum State {
    case open
    case closed
    case abandoned(HDF5Error)
  }

  let path: String
  let isWritable: Bool
  let linkCreation: Int64
  let attributeCreation: Int64
  private let handle: Int64
  private let session: CommitSession
  private var state = State.open
  /// Whether HDF5 has the file open and may be told to close it.
  private var canClose = true

  init(
    path: String, isWritable: Bool, operation: String, durability: HDF5File.Durability = .process,
    open: (String, Int64) -> Int64
  ) throws(HDF5Error) {
    HDF5Library.prepare()
    // SAFETY: the string outlives both calls.
    let (isIrregular, isEmpty) = unsafe (CHDF5_isIrregular(path) != 0, CHDF5_isEmpty(path) != 0)
    if isIrregular || (isEmpty && operation == "open") {
      throw HDF5Error(
        operation: operation, object: "/", file: path,
        detail: isIrregular ? "it is not a regular file" : "the file is empty",
        isOutOfSpace: false)
    }
    let access = CHDF5_makeFileAccess()
    defer { H5Pclose(access) }
    H5Pset_fclose_degree(access, H5F_CLOSE_STRONG)
    // Locks guard writers from readers; a file system that has none is no reason to fail.
    H5Pset_file_locking(access, true, true)
    session = CommitSession(durability)
    let status = session.configure(access)
    let handle = status < 0 ? Int64(status) : open(path, access)
    guard handle >= 0 else { throw Self.failure(operation, "/", path) }
    self.path = path
    self.isWritable = isWritable
    self.handle = handle
    linkCreation = CHDF5_makeLinkCreation()
    H5Pset_char_encoding(linkCreation, H5T_CSET_UTF8)
    attributeCreation = CHDF5_makeAttributeCreation()
    H5Pset_char_encoding(attributeCreation, H5T_CSET_UTF8)
    if isWritable { session.dropUncommitted(handle) }
  }

  deinit {
    try? close()
    abandon()
    H5Pclose(linkCreation)
    H5Pclose(attributeCreation)
  }

  var isUsable: Bool { if case .open = state { true } else { false } }

  var failure: HDF5Error? { if case .abandoned(let error) = state { error } else { nil } }

  /// Runs one call of HDF5 and turns a negative result into an error.
  @discardableResult
  func perform<Status: FixedWidthInteger & SignedInteger>(
    _ operation: String, _ object: String, _ call: () -> Status
  ) throws(HDF5Error) -> Status {
    switch state {
    case .open: break
    case .closed: preconditionFailure("An HDF5 file was used after it was closed: \(path)")
    case .abandoned(let error): throw error
    }
    HDF5Library.prepare()
    let status = call()
    if isWritable, let failure = session.failure {
      throw abandon(after: failure, operation, object, isHDF5Sound: status >= 0)
    }
    guard status < 0 else { return status }
    let error = Self.failure(operation, object, path)
    if isWritable && Self.storing.contains(operation) {
      canClose = false
      session.discard()
      state = .abandoned(error)
    }
    throw error
  }

  /// The operations whose failure leaves an open file in doubt.
  private static let storing: Set = ["write", "append", "truncate", "flush", "close"]

  private func abandon(
    after failure: (detail: String, isOutOfSpace: Bool), _ operation: String, _ object: String,
    isHDF5Sound: Bool
  ) -> HDF5Error {
    _ = ErrorTrace.take()
    let error = HDF5Error(
      operation: operation, object: object, file: path, detail: failure.detail,
      isOutOfSpace: failure.isOutOfSpace)
    canClose = canClose && isHDF5Sound
    session.discard()
    state = .abandoned(error)
    return error
  }

  /// Opens an object through the file's handle.
  func open(
    _ operation: String, _ object: String, _ call: (Int64) -> Int64
  ) throws(HDF5Error) -> Int64 {
    try perform(operation, object) { call(handle) }
  }

  func flush() throws(HDF5Error) {
    guard isWritable else { return }
    try perform("flush", "/") { H5Fflush(handle, H5F_SCOPE_GLOBAL) }
  }

  /// Flushes, then closes; a flushed file has nothing left to lose while it is closed.
  func close() throws(HDF5Error) {
    if case .closed = state { return }
    try flush()
    try perform("close", "/") {
      let status = H5Fclose(handle)
      // A second close would be a use after free, whatever came of the first.
      canClose = false
      return status
    }
    state = .closed
  }

  /// Closes the file in HDF5 without storing anything.
  func abandon() {
    if isUsable {
      state = .abandoned(
        HDF5Error(
          operation: "use", object: "/", file: path, detail: "the file was abandoned",
          isOutOfSpace: false))
    }
    session.discard()
    guard canClose else { return }
    canClose = false
    H5Fclose(handle)
    H5Eclear2(0)
  }

  /// Closes an object's handle; a failure is kept and thrown by the next operation.
  func release(_ id: Int64) {
    guard isUsable else { return }
    _ = try? perform("close", "/") { H5Oclose(id) }
  }

  private static func failure(
    _ operation: String, _ object: String, _ path: String
  ) -> HDF5Error {
    let trace = ErrorTrace.take()
    return HDF5Error(
      operation: operation, object: object, file: path, detail: trace.detail,
      isOutOfSpace: trace.isOutOfSpace)
  }

  /// Makes an error that HDF5 knows nothing of.
  func error(_ operation: String, _ object: String, _ detail: String) -> HDF5Error {
    HDF5Error(
      operation: operation, object: object, file: path, detail: detail, isOutOfSpace: false)
  }
}
