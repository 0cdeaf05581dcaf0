#ifndef BUSBAR_CHDF5COMMIT_H
#define BUSBAR_CHDF5COMMIT_H

#include <stdint.h>

// A file driver for HDF5 whose flush is an atomic commit.
//
// HDF5 replaces metadata in place, so a process that dies between two of its writes leaves a file
// that nobody can read. This driver keeps every write to the committed part of a file in memory.
// Writes behind it go straight to the file, because nothing that is committed refers to them. A
// flush writes what it kept into a journal beside the file, then into the file, and removes the
// journal. Whoever opens the file after a crash finishes from a complete journal and drops any
// other. So at each instant the file is, or becomes by its journal, the state of one commit.
//
// HDF5 sees no failed write: after the first one everything stays in memory, which leaves HDF5
// sound enough to close the file, and the committed state as it was.

/// What the one who opens a file shares with the driver.
struct CHDF5CommitSession {
  /// Whether a commit waits until the disk has it; otherwise the operating system has it.
  int waitsForDisk;
  /// Whether nothing is stored any more, not even when the file is closed.
  int discards;
  /// The system's error number of the first failure; 0 while there was none.
  int errorNumber;
  /// What failed then, such as "write the file"; a literal.
  const char *action;
  /// Who holds it: its maker, and each driver that was opened with it.
  int holders;
};

/// Makes a session with one holder; NULL if memory is used up.
struct CHDF5CommitSession *CHDF5Commit_makeSession(int waitsForDisk);

/// Counts one holder less; the last one frees it. HDF5 may have a file open longer than its maker.
void CHDF5Commit_releaseSession(struct CHDF5CommitSession *session);

/// Makes files that are opened with this access list use the driver; negative on failure.
int CHDF5Commit_setDriver(int64_t access, struct CHDF5CommitSession *session);

/// Cuts off what a dead writer left behind the last commit of a file that was opened to update.
///
/// `driver` is what `H5Fget_vfd_handle` returned. It belongs to another session where HDF5 had the
/// file open already; then nothing happens. A failure is kept in the session.
void CHDF5Commit_dropUncommitted(void *driver, const struct CHDF5CommitSession *session);

// For tests, which let each change that a process makes to the disk be the last one, or fail.

/// The changes to the disk that this process has made or tried through the driver.
long CHDF5Commit_changeCount(void);

/// What happens at a change to the disk.
enum CHDF5CommitFault {
  /// The process is killed after it.
  CHDF5CommitDies,
  /// The process is killed when half of it is done.
  CHDF5CommitDiesHalfway,
  /// It fails with EIO when half of it is done; the next one succeeds.
  CHDF5CommitFails,
  /// It fails with EIO when half of it is done, and so do all after it.
  CHDF5CommitFailsFromThen,
};

/// Lets the last one of the next `changes` changes to the disk meet a fault.
void CHDF5Commit_meetFault(long changes, enum CHDF5CommitFault kind);

#endif
