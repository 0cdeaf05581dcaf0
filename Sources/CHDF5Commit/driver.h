#ifndef BUSBAR_CHDF5COMMIT_DRIVER_H
#define BUSBAR_CHDF5COMMIT_DRIVER_H

#include <hdf5.h>
#if H5_VERSION_GE(1, 13, 0)
#include <H5FDdevelop.h>
#endif
#include <sys/types.h>

#include "CHDF5Commit.h"
#include "pages.h"

/// An open file.
struct Driver {
  /// HDF5's own part, which comes first.
  H5FD_t base;
  struct CHDF5CommitSession *session;
  int descriptor;
  dev_t device;
  ino_t number;
  int isWritable;
  /// Whether the file is to lose what it held.
  int replaces;
  /// Whether a dead writer's journal was dealt with.
  int isReady;
  /// The path of the journal; absolute, so that the process may change its folder.
  char *journal;
  /// The end of what HDF5 has allocated.
  uint64_t allocated;
  /// The end of the file as HDF5 sees it.
  uint64_t end;
  /// The end of the last commit.
  uint64_t committed;
  /// Whether something was written behind it since.
  int hasAppended;
  /// What is kept in memory until the next commit, or laid over a file that is only read.
  struct PageTable pages;
};

/// Deals with a dead writer's journal once the file is locked; 0, or -1 with `errno`.
int Driver_prepare(struct Driver *driver);

/// Reads what HDF5 sees; zeros behind the end; 0, or -1 with `errno`.
int Driver_read(struct Driver *driver, uint64_t address, void *bytes, size_t count);

/// Keeps or stores bytes; 0, or -1 with `errno` if they can be neither stored nor kept.
int Driver_write(struct Driver *driver, uint64_t address, const void *bytes, size_t count);

/// Makes what HDF5 sees the state of the file; a failure is kept in the session.
void Driver_commit(struct Driver *driver);

/// Keeps the first failure in the session, with `errno`.
void Driver_fail(struct Driver *driver, const char *action);

#endif
