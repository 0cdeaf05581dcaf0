#include "storage.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CHDF5Commit.h"

// Tests run one writer a process that meets a fault, so that these need no lock.
static _Atomic long changeCount = 0;
static long faultyChange = 0;
static enum CHDF5CommitFault fault = CHDF5CommitDies;

long CHDF5Commit_changeCount(void) { return changeCount; }

void CHDF5Commit_meetFault(long changes, enum CHDF5CommitFault kind) {
  faultyChange = changeCount + changes;
  fault = kind;
}

/// Whether the change that comes next is the faulty one, or any after it.
static int isFaulty(enum CHDF5CommitFault kind) {
  if (faultyChange == 0 || fault != kind) return 0;
  long next = changeCount + 1;
  return next == faultyChange || (kind == CHDF5CommitFailsFromThen && next > faultyChange);
}

static int fails(void) { return isFaulty(CHDF5CommitFails) || isFaulty(CHDF5CommitFailsFromThen); }

/// Counts a change that was made with this result, or was not because it fails.
static int endChange(int status, int isFailing) {
  if (++changeCount == faultyChange && fault <= CHDF5CommitDiesHalfway) raise(SIGKILL);
  return isFailing ? errno = EIO, -1 : status;
}

static int writeAll(int descriptor, const char *bytes, size_t count, uint64_t offset) {
  while (count > 0) {
    ssize_t written = pwrite(descriptor, bytes, count, (off_t)offset);
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return -1;
    // A regular file that takes nothing and names no error would be asked for ever.
    if (written == 0) return errno = EIO, -1;
    bytes += written;
    count -= (size_t)written;
    offset += (uint64_t)written;
  }
  return 0;
}

int Storage_write(int descriptor, const void *bytes, size_t count, uint64_t offset) {
  int isFailing = fails();
  int isTorn = isFailing || isFaulty(CHDF5CommitDiesHalfway);
  return endChange(writeAll(descriptor, bytes, isTorn ? count / 2 : count, offset), isFailing);
}

int Storage_setLength(int descriptor, uint64_t length) {
  if (fails()) return endChange(0, 1);
  int status;
  do status = ftruncate(descriptor, (off_t)length);
  while (status < 0 && errno == EINTR);
  return endChange(status, 0);
}

int Storage_create(const char *path) {
  if (fails()) return endChange(0, 1);
  int mode = O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW;
  return endChange(open(path, mode, 0666), 0);
}

int Storage_remove(const char *path) {
  if (access(path, F_OK) < 0 && errno == ENOENT) return 0;
  if (fails()) return endChange(0, 1);
  return endChange(unlink(path), 0);
}

int Storage_syncFolder(const char *path) {
  char folder[PATH_MAX];
  const char *slash = strrchr(path, '/');
  size_t length = slash == NULL || slash == path ? 1 : (size_t)(slash - path);
  if (length >= sizeof folder) return errno = ENAMETOOLONG, -1;
  memcpy(folder, slash == NULL ? "." : path, length);
  folder[length] = 0;
  int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return -1;
  int status = fsync(descriptor);
  int error = errno;
  close(descriptor);
  errno = error;
  return status;
}

int64_t Storage_read(int descriptor, void *bytes, size_t count, uint64_t offset) {
  size_t done = 0;
  while (done < count && offset + done <= (uint64_t)INT64_MAX) {
    ssize_t taken = pread(descriptor, (char *)bytes + done, count - done, (off_t)(offset + done));
    if (taken < 0 && errno == EINTR) continue;
    if (taken < 0) return -1;
    if (taken == 0) break;
    done += (size_t)taken;
  }
  return (int64_t)done;
}
