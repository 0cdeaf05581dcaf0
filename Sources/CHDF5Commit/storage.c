#include "storage.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "CHDF5Commit.h"

// Tests run one writer a process that dies, so that these need no lock.
static _Atomic long changeCount = 0;
static long lastChange = 0;
static int lastChangeIsTorn = 0;

long CHDF5Commit_changeCount(void) { return changeCount; }

void CHDF5Commit_dieAfter(long changes, int tears) {
  lastChange = changeCount + changes;
  lastChangeIsTorn = tears;
}

static int isTorn(void) { return lastChangeIsTorn && lastChange == changeCount + 1; }

static void countChange(void) {
  if (++changeCount == lastChange) raise(SIGKILL);
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
  int status = writeAll(descriptor, bytes, isTorn() ? count / 2 : count, offset);
  countChange();
  return status;
}

int Storage_setLength(int descriptor, uint64_t length) {
  int status;
  do status = ftruncate(descriptor, (off_t)length);
  while (status < 0 && errno == EINTR);
  countChange();
  return status;
}

int Storage_create(const char *path) {
  int descriptor = open(path, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0666);
  countChange();
  return descriptor;
}

int Storage_remove(const char *path) {
  int status = unlink(path);
  if (status < 0 && errno == ENOENT) return 0;
  countChange();
  return status;
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
