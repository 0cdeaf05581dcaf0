internal import CHDF5

/// An open HDF5 file; its data hang on the `root` group.
///
/// A file stays open until `close()`, or until it and all its groups and datasets are gone. Only
/// `close()` can report what failed then. Using a closed file is a programmer's error and traps.
///
/// `flush()` commits: whatever ends the process at whatever instant, and wherever the disk gets
/// full, the file keeps exactly what was last committed. Before the first commit it is no HDF5
/// file. A process that dies during a commit may leave a journal beside its file, named like it
/// with `.journal` behind. Opening the file finishes from it or drops it, but a file that is opened
/// to read is not touched: then the journal is laid over it in memory. A program other than Busbar
/// does not know the journal and may fail to read the file until Busbar has opened it to update.
///
/// Rows that are appended go to the disk at once. What changes in the committed part of the file
/// (lengths, indices, rewritten chunks) waits in memory for the next commit, at twice its size.
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

  /// What a commit outlives.
  public enum Durability: Sendable, Hashable {
    /// The end of the process, such as by `kill -9`: the operating system has all of it.
    ///
    /// If the machine itself stops, the file may be lost.
    case process
    /// Also the end of the machine, such as by a power failure: a commit waits for the disk.
    ///
    /// It waits four times, and for all that was appended: some 20 ms for 2.7 MB on a virtual disk,
    /// which doubles the time of a run that computes such a block as fast.
    case disk
  }

  private let core: FileCore
  /// The group that holds all others.
  public let root: HDF5Group

  /// Creates a file without times, so that equal content gives equal bytes.
  ///
  /// A file that is to be replaced is left alone while another process has it open.
  public init(
    creating path: String, existing: ExistingFile = .keep, durability: Durability = .process
  ) throws(HDF5Error) {
    HDF5Library.prepare()
    let flags =
      switch existing {
      case .keep: CHDF5_createExclusively()
      case .replace: CHDF5_createOrReplace()
      }
    let creation = CHDF5_makeFileCreation()
    defer { H5Pclose(creation) }
    HDF5Group.keepOrder(creation)
    core = try FileCore(
      path: path, isWritable: true, operation: "create", durability: durability
    ) { path, access in
      // SAFETY: the string outlives the call.
      unsafe H5Fcreate(path, flags, creation, access)
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

  /// Opens a file at its last commit, to read and to write on, for example to resume a run.
  public init(updating path: String, durability: Durability = .process) throws(HDF5Error) {
    core = try FileCore(
      path: path, isWritable: true, operation: "open", durability: durability
    ) { path, access in
      // SAFETY: the string outlives the call.
      unsafe H5Fopen(path, CHDF5_openForWriting(), access)
    }
    root = try HDF5Group(rootOf: core)
  }

  /// The path that the file was opened with.
  public var path: String { core.path }

  /// The failure after which the file was abandoned; every later operation throws it again.
  public var failure: HDF5Error? { core.failure }

  /// Commits all that was written since the last commit, as a whole or not at all.
  ///
  /// A failure leaves the file at the last commit; in the rare case that only its journal could be
  /// written, at this one.
  public func flush() throws(HDF5Error) { try core.flush() }

  /// Commits and closes the file, its groups and its datasets; closing twice does nothing.
  ///
  /// After a failed write it throws that failure again, and the file counts as abandoned.
  public func close() throws(HDF5Error) { try core.close() }

  /// Closes the file at its last commit and drops what was written since.
  ///
  /// Later operations throw. Done by itself, at the end of the file's life, after a failed write.
  public func abandon() { core.abandon() }
}
