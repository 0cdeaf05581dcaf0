#include "driver.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

// What HDF5 calls. A negative result comes with an entry on HDF5's error stack.

#define FAIL(minor, action)                                                              \
  H5Epush2(                                                                              \
      H5E_DEFAULT, __FILE__, __func__, __LINE__, H5E_ERR_CLS, H5E_FILE, minor,           \
      "%s, errno = %d, error message = '%s'", action, errno, strerror(errno))

/// What an access list carries for the driver.
struct Access {
  struct CHDF5CommitSession *session;
};

// MARK: Opening and closing

static char *makeJournalPath(const char *path) {
  static const char suffix[] = ".journal";
  char *resolved = realpath(path, NULL);
  if (resolved == NULL) return NULL;
  char *journal = realloc(resolved, strlen(resolved) + sizeof suffix);
  if (journal == NULL) {
    free(resolved);
    return NULL;
  }
  return strcat(journal, suffix);
}

static struct Driver *makeDriver(int descriptor, const char *path, unsigned flags) {
  struct stat status;
  if (fstat(descriptor, &status) < 0) return NULL;
  struct Driver *driver = calloc(1, sizeof *driver);
  if (driver == NULL) return NULL;
  driver->journal = makeJournalPath(path);
  if (driver->journal == NULL) {
    free(driver);
    return NULL;
  }
  driver->descriptor = descriptor;
  driver->device = status.st_dev;
  driver->number = status.st_ino;
  driver->isWritable = (flags & H5F_ACC_RDWR) != 0;
  driver->replaces = (flags & (H5F_ACC_TRUNC | H5F_ACC_EXCL)) != 0;
  return driver;
}

/// Opens the file as it is; it loses what it held only once it is locked.
static H5FD_t *openFile(const char *path, unsigned flags, hid_t access, haddr_t limit) {
  (void)limit;
  const struct Access *own = H5Pget_driver_info(access);
  if (own == NULL) return NULL;
  int mode = (flags & H5F_ACC_RDWR ? O_RDWR : O_RDONLY) | O_CLOEXEC;
  if (flags & H5F_ACC_CREAT) mode |= O_CREAT;
  if (flags & H5F_ACC_EXCL) mode |= O_EXCL;
  int descriptor = open(path, mode, 0666);
  if (descriptor < 0) {
    FAIL(H5E_CANTOPENFILE, "unable to open file");
    return NULL;
  }
  struct Driver *driver = makeDriver(descriptor, path, flags);
  if (driver == NULL) {
    FAIL(H5E_CANTOPENFILE, "unable to open file");
    close(descriptor);
    return NULL;
  }
  driver->session = own->session;
  __atomic_add_fetch(&own->session->holders, 1, __ATOMIC_RELAXED);
  return &driver->base;
}

/// Commits what HDF5 wrote while it closed the file. A failure is left in the session: HDF5 frees
/// all that it holds only after a success.
static herr_t closeFile(H5FD_t *file) {
  struct Driver *driver = (struct Driver *)file;
  if (driver->isReady) Driver_commit(driver);
  // A child that another thread is about to start would hold the lock until it runs its program.
  flock(driver->descriptor, LOCK_UN);
  if (close(driver->descriptor) < 0 && driver->isWritable) Driver_fail(driver, "close the file");
  CHDF5Commit_releaseSession(driver->session);
  PageTable_clear(&driver->pages);
  free(driver->journal);
  free(driver);
  return 0;
}

static herr_t lockFile(H5FD_t *file, hbool_t isExclusive) {
  struct Driver *driver = (struct Driver *)file;
  int status = flock(driver->descriptor, (isExclusive ? LOCK_EX : LOCK_SH) | LOCK_NB);
  // A file system without locks is no reason to fail.
  if (status < 0 && errno != ENOSYS) {
    FAIL(H5E_CANTLOCKFILE, "unable to lock file");
    return -1;
  }
  return 0;
}

static herr_t unlockFile(H5FD_t *file) {
  struct Driver *driver = (struct Driver *)file;
  if (flock(driver->descriptor, LOCK_UN) < 0 && errno != ENOSYS) {
    FAIL(H5E_CANTUNLOCKFILE, "unable to unlock file");
    return -1;
  }
  return 0;
}

// MARK: What the driver says of itself

static int compare(const H5FD_t *first, const H5FD_t *second) {
  const struct Driver *one = (const struct Driver *)first, *other = (const struct Driver *)second;
  if (one->device != other->device) return one->device < other->device ? -1 : 1;
  if (one->number != other->number) return one->number < other->number ? -1 : 1;
  return 0;
}

/// The same as HDF5's own driver for files, so that both write the same bytes.
static herr_t query(const H5FD_t *file, unsigned long *flags) {
  (void)file;
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE
           | H5FD_FEAT_AGGREGATE_SMALLDATA | H5FD_FEAT_DEFAULT_VFD_COMPATIBLE;
  return 0;
}

static herr_t getHandle(H5FD_t *file, hid_t access, void **handle) {
  (void)access;
  *handle = file;
  return 0;
}

// MARK: Ends

static haddr_t getAllocated(const H5FD_t *file, H5FD_mem_t type) {
  (void)type;
  return ((const struct Driver *)file)->allocated;
}

static herr_t setAllocated(H5FD_t *file, H5FD_mem_t type, haddr_t address) {
  (void)type;
  ((struct Driver *)file)->allocated = address;
  return 0;
}

/// HDF5 asks for the end before anything else, and once it has the lock.
static haddr_t getEnd(const H5FD_t *file, H5FD_mem_t type) {
  (void)type;
  struct Driver *driver = (struct Driver *)file;
  if (Driver_prepare(driver) < 0) {
    FAIL(H5E_CANTOPENFILE, "unable to recover file from its journal");
    return HADDR_UNDEF;
  }
  return driver->end;
}

static herr_t truncateFile(H5FD_t *file, hid_t transfer, hbool_t isClosing) {
  (void)transfer, (void)isClosing;
  struct Driver *driver = (struct Driver *)file;
  driver->end = driver->allocated;
  return 0;
}

// MARK: Bytes

static int isAddressable(haddr_t address, size_t count) {
  return address <= (haddr_t)INT64_MAX && count <= (haddr_t)INT64_MAX - address;
}

static herr_t readFile(
    H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t count, void *bytes) {
  (void)type, (void)transfer;
  struct Driver *driver = (struct Driver *)file;
  errno = EOVERFLOW;
  if (!isAddressable(address, count) || Driver_prepare(driver) < 0
      || Driver_read(driver, address, bytes, count) < 0) {
    FAIL(H5E_READERROR, "file read failed");
    return -1;
  }
  return 0;
}

static herr_t writeFile(
    H5FD_t *file, H5FD_mem_t type, hid_t transfer, haddr_t address, size_t count,
    const void *bytes) {
  (void)type, (void)transfer;
  struct Driver *driver = (struct Driver *)file;
  errno = EOVERFLOW;
  if (!isAddressable(address, count) || Driver_prepare(driver) < 0
      || Driver_write(driver, address, bytes, count) < 0) {
    FAIL(H5E_WRITEERROR, "file write failed");
    return -1;
  }
  return 0;
}

/// Commits. While HDF5 closes the file, more writes follow.
static herr_t flushFile(H5FD_t *file, hid_t transfer, hbool_t isClosing) {
  (void)transfer;
  if (!isClosing) Driver_commit((struct Driver *)file);
  return 0;
}

// MARK: Registering

static const H5FD_class_t class = {
#if H5_VERSION_GE(1, 13, 0)
    .version = H5FD_CLASS_VERSION,
    // One of the numbers that HDF5 leaves to drivers under development.
    .value = (H5FD_class_value_t)0x1b5,
#endif
    .name = "busbar_commit",
    .maxaddr = INT64_MAX,
    .fc_degree = H5F_CLOSE_WEAK,
    .fapl_size = sizeof(struct Access),
    .open = openFile,
    .close = closeFile,
    .cmp = compare,
    .query = query,
    .get_eoa = getAllocated,
    .set_eoa = setAllocated,
    .get_eof = getEnd,
    .get_handle = getHandle,
    .read = readFile,
    .write = writeFile,
    .flush = flushFile,
    .truncate = truncateFile,
    .lock = lockFile,
    .unlock = unlockFile,
    .fl_map = H5FD_FLMAP_DICHOTOMY,
};

static pthread_once_t registered = PTHREAD_ONCE_INIT;
static hid_t driverNumber = H5I_INVALID_HID;

static void registerOnce(void) { driverNumber = H5FDregister(&class); }

int CHDF5Commit_setDriver(int64_t access, struct CHDF5CommitSession *session) {
  pthread_once(&registered, registerOnce);
  if (driverNumber < 0) return -1;
  struct Access own = {session};
  return H5Pset_driver(access, driverNumber, &own);
}
