internal import CHDF5

/// An open HDF5 file; its data hang on the `root` group.
///
/// A file stays open until `close()`, or until it and all its groups and datasets are gone. Only
/// `close()` can report what failed then. A file that is still open when the process exits keeps
/// what was last flushed. Using a closed file is a programmer's error and traps.
///
/// A writer locks its file: another process that opens it meanwhile gets an error, unless
/// `HDF5_USE_FILE_LOCKING=FALSE` is set in that process. File systems without locks are accepted.
public final class HDF5File {
  /// What to do with a file that is there already.
  public enum ExistingFile: Sendable, Hashable {
    /// Throws an error and leaves the file as it is.
    case keep
    /// Loses what the file held.
    case replace
  }

  private let core: FileCore
  /// The group that holds all others.
  public let root: HDF5Group

  /// Creates a file without times, so that equal content gives equal bytes.
  public init(creating path: String, existing: ExistingFile = .keep) throws(HDF5Error) {
    HDF5Library.prepare()
    let flags =
      switch existing {
      case .keep: CHDF5_createExclusively()
      case .replace: CHDF5_createOrReplace()
      }
    let creation = CHDF5_makeFileCreation()
    defer { H5Pclose(creation) }
    HDF5Group.keepOrder(creation)
    core = try FileCore(path: path, isWritable: true, operation: "create") { path, access in
      // SAFETY: the string outlives the call.
      return unsafe H5Fcreate(path, flags, creation, access)
    }
    root = try HDF5Group(rootOf: core)
  }

  /// Opens a file to read; a file of another kind, or an incomplete one, throws.
  public init(reading path: String) throws(HDF5Error) {
    core = try FileCore(path: path, isWritable: false, operation: "open") { path, access in
      // SAFETY: the string outlives the call.
      unsafe H5Fopen(path, CHDF5_openForReading(), access)
    }
    root = try HDF5Group(rootOf: core)
  }

  /// Opens a file to read and to write on, for example to resume a run.
  public init(updating path: String) throws(HDF5Error) {
    core = try FileCore(path: path, isWritable: true, operation: "open") { path, access in
      // SAFETY: the string outlives the call.
      unsafe H5Fopen(path, CHDF5_openForWriting(), access)
    }
    root = try HDF5Group(rootOf: core)
  }

  /// The path that the file was opened with.
  public var path: String { core.path }

  /// The failure after which the file was abandoned; every later operation throws it again.
  public var failure: HDF5Error? { core.failure }

  /// Hands all that was written to the operating system, so that a killed process loses nothing.
  ///
  /// It does not wait for the disk itself.
  public func flush() throws(HDF5Error) { try core.flush() }

  /// Flushes and closes the file, its groups and its datasets; closing twice does nothing.
  ///
  /// After a failed write it throws that failure again, and the file counts as abandoned.
  public func close() throws(HDF5Error) { try core.close() }

  /// Drops the file without writing: the disk keeps what has reached it.
  ///
  /// Rows that were flushed can be read then; that is not certain of a file whose disk was full
  /// while very many groups or attributes were made, because those are written in between.
  /// HDF5 cannot discard an open file, so its memory and its descriptor (and so the disk space of
  /// a file that is removed) stay taken until the process ends. Done by itself on a failed write.
  public func abandon() { core.abandon() }
}
