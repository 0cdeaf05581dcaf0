internal import CHDF5
internal import CHDF5Commit

/// What an open file shares with its driver, which keeps failures of the disk here.
///
/// HDF5 itself sees no failed write, so that it can still be called, and closes what it opened.
@safe final class CommitSession {
  // SAFETY: made in `init`, released in `deinit`; the driver holds it as long as it needs it.
  private let session: UnsafeMutablePointer<CHDF5CommitSession>

  init(_ durability: HDF5File.Durability) {
    guard let made = unsafe CHDF5Commit_makeSession(durability == .disk ? 1 : 0) else {
      preconditionFailure("Memory for a few bytes is used up")
    }
    unsafe session = made
  }

  // SAFETY: see `session`.
  deinit { unsafe CHDF5Commit_releaseSession(session) }

  /// Makes files that are opened with this access list commit; negative on failure.
  func configure(_ access: Int64) -> Int32 {
    // SAFETY: see `session`.
    unsafe CHDF5Commit_setDriver(access, session)
  }

  /// Cuts off what a dead writer left behind the last commit.
  func dropUncommitted(_ file: Int64) {
    // SAFETY: the handle is that of the driver, which every file of this library has.
    unsafe CHDF5Commit_dropUncommitted(CHDF5_driverHandle(file), session)
  }

  /// From now on nothing is stored, not even when the file is closed.
  func discard() {
    // SAFETY: see `session`.
    unsafe session.pointee.discards = 1
  }

  /// What the disk refused first, if it did.
  var failure: (detail: String, isOutOfSpace: Bool)? {
    // SAFETY: see `session`; the action is a literal of C.
    let (number, action) = unsafe (session.pointee.errorNumber, session.pointee.action)
    guard number != 0, let action = unsafe action else { return nil }
    // SAFETY: both texts end with a zero and are copied at once.
    let detail = unsafe "unable to \(String(cString: action)): \(String(cString: strerror(number)))"
    let full = [CHDF5_errorOfFullDisk(), CHDF5_errorOfFullQuota()]
    return (detail, full.contains(number))
  }
}
