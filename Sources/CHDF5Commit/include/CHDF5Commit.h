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

// For tests, which let a process die at each change that it makes to the disk.

/// The changes to the disk that this process has made through the driver.
long CHDF5Commit_changeCount(void);

/// Kills this process after as many more changes, the last one whole or, if `tears`, half done.
void CHDF5Commit_dieAfter(long changes, int tears);

#endif
