#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "driver.h"
#include "journal.h"
#include "storage.h"

void Driver_fail(struct Driver *driver, const char *action) {
  if (driver->session->errorNumber != 0) return;
  driver->session->errorNumber = errno;
  driver->session->action = action;
}

// MARK: After a crash

static int recover(struct Driver *driver) {
  struct JournalLengths lengths;
  int status = Journal_read(driver->journal, driver->descriptor, &driver->pages, &lengths);
  if (status < 0) return -1;
  if (status == 1 && !driver->isWritable) {
    driver->end = lengths.after;
    return 0;
  }
  if (!driver->isWritable) return 0;
  if (status == 1) {
    status = Journal_apply(driver->descriptor, &driver->pages, lengths.during);
    if (status == 0) status = Storage_setLength(driver->descriptor, lengths.after);
    // The journal is the only other copy.
    if (status == 0) status = fdatasync(driver->descriptor);
    if (status < 0) return -1;
    driver->end = lengths.after;
    PageTable_clear(&driver->pages);
  }
  return Storage_remove(driver->journal);
}

int Driver_prepare(struct Driver *driver) {
  if (driver->isReady) return 0;
  struct stat status;
  if (fstat(driver->descriptor, &status) < 0) return -1;
  driver->end = (uint64_t)status.st_size;
  if (driver->replaces) {
    // The journal first: with the new file it would be one of another.
    if (Storage_remove(driver->journal) < 0) return -1;
    if (driver->end > 0 && Storage_setLength(driver->descriptor, 0) < 0) return -1;
    driver->end = 0;
  } else if (recover(driver) < 0) {
    return -1;
  }
  driver->committed = driver->end;
  driver->isReady = 1;
  return 0;
}

void CHDF5Commit_dropUncommitted(void *handle, const struct CHDF5CommitSession *session) {
  struct Driver *driver = handle;
  if (driver->session != session || driver->end <= driver->allocated) return;
  if (Storage_setLength(driver->descriptor, driver->allocated) < 0) {
    Driver_fail(driver, "cut off what was not committed");
    return;
  }
  driver->end = driver->allocated;
  driver->committed = driver->allocated;
}

// MARK: Reading and writing

/// Where writes begin that need not be kept: behind the page in which the last commit ends.
///
/// The first page is always kept, so that a new file has no signature before its first commit.
static uint64_t firstFree(const struct Driver *driver) {
  uint64_t last = driver->committed == 0 ? 1 : driver->committed;
  return pageFloor(last - 1) + pageSize;
}

int Driver_read(struct Driver *driver, uint64_t address, void *bytes, size_t count) {
  unsigned char *target = bytes;
  while (count > 0) {
    struct Page *page = PageTable_find(&driver->pages, pageFloor(address));
    size_t piece = count;
    if (page != NULL) {
      size_t skipped = (size_t)(address - page->address);
      if (piece > pageSize - skipped) piece = pageSize - skipped;
      memcpy(target, page->after + skipped, piece);
    } else {
      struct Page *next = PageTable_next(&driver->pages, pageFloor(address));
      if (next != NULL && piece > next->address - address) piece = next->address - address;
      int64_t taken = Storage_read(driver->descriptor, target, piece, address);
      if (taken < 0) return -1;
      memset(target + taken, 0, piece - (size_t)taken);
    }
    target += piece;
    address += piece;
    count -= piece;
  }
  return 0;
}

/// Keeps bytes in memory.
static int keep(struct Driver *driver, uint64_t address, const unsigned char *bytes,
                size_t count) {
  while (count > 0) {
    uint64_t start = pageFloor(address);
    struct Page *page = PageTable_find(&driver->pages, start);
    if (page == NULL) {
      unsigned char before[pageSize];
      if (Driver_read(driver, start, before, sizeof before) < 0) return -1;
      page = PageTable_add(&driver->pages, start);
      if (page == NULL) return errno = ENOMEM, -1;
      memcpy(page->before, before, sizeof before);
      memcpy(page->after, before, sizeof before);
    }
    size_t skipped = (size_t)(address - start);
    size_t piece = count < pageSize - skipped ? count : pageSize - skipped;
    memcpy(page->after + skipped, bytes, piece);
    bytes += piece;
    address += piece;
    count -= piece;
  }
  return 0;
}

/// Keeps the part of a write that lies in the committed state; returns its length, or -1.
static int64_t keepCommitted(struct Driver *driver, uint64_t address, const void *bytes,
                             size_t count) {
  uint64_t limit = firstFree(driver);
  if (address >= limit) return 0;
  size_t kept = count < limit - address ? count : (size_t)(limit - address);
  return keep(driver, address, bytes, kept) < 0 ? -1 : (int64_t)kept;
}

int Driver_write(struct Driver *driver, uint64_t address, const void *bytes, size_t count) {
  struct CHDF5CommitSession *session = driver->session;
  int64_t kept = keepCommitted(driver, address, bytes, count);
  const unsigned char *rest = (const unsigned char *)bytes + kept;
  int status = kept < 0 ? -1 : 0;
  if (status == 0 && count > (size_t)kept) {
    uint64_t place = address + (uint64_t)kept;
    size_t length = count - (size_t)kept;
    if (session->errorNumber == 0 && !session->discards) {
      driver->hasAppended = 1;
      if (Storage_write(driver->descriptor, rest, length, place) < 0) {
        Driver_fail(driver, "write the file");
      }
    }
    if (session->errorNumber != 0 || session->discards) {
      status = keep(driver, place, rest, length);
    }
  }
  if (status < 0) Driver_fail(driver, "keep changes in memory");
  if (driver->end < address + count) driver->end = address + count;
  return status;
}

// MARK: Committing

/// Applies the pages, or takes them back. What can be neither applied nor taken back stays in the
/// journal, from which the next one who opens the file goes forward.
static int apply(struct Driver *driver, struct JournalLengths lengths) {
  int file = driver->descriptor;
  if (Journal_apply(file, &driver->pages, lengths.during) == 0
      && (lengths.after == lengths.during || Storage_setLength(file, lengths.after) == 0)) {
    if (!driver->session->waitsForDisk || fdatasync(file) == 0) return 0;
    Driver_fail(driver, "write the file");
    return -1;
  }
  Driver_fail(driver, "write the file");
  if (Journal_undo(file, &driver->pages, lengths.during) == 0 && fdatasync(file) == 0) {
    Storage_remove(driver->journal);
  }
  return -1;
}

static int commitPages(struct Driver *driver, struct JournalLengths lengths) {
  struct CHDF5CommitSession *session = driver->session;
  if (Journal_write(driver->journal, &driver->pages, lengths, session->waitsForDisk) < 0) {
    Driver_fail(driver, "write the journal");
    Storage_remove(driver->journal);
    return -1;
  }
  if (apply(driver, lengths) < 0) return -1;
  if (Storage_remove(driver->journal) < 0) {
    Driver_fail(driver, "remove the journal");
    return -1;
  }
  return 0;
}

/// Brings the file to the length that it needs while pages are applied, and to the disk.
static int settleAppended(struct Driver *driver, struct JournalLengths *lengths) {
  struct stat status;
  if (fstat(driver->descriptor, &status) < 0) return -1;
  uint64_t length = (uint64_t)status.st_size;
  *lengths = (struct JournalLengths){length < driver->end ? driver->end : length, driver->end};
  if (length < driver->end) {
    if (Storage_setLength(driver->descriptor, driver->end) < 0) return -1;
    driver->hasAppended = 1;
  }
  if (!driver->hasAppended || !driver->session->waitsForDisk) return 0;
  return fdatasync(driver->descriptor);
}

void Driver_commit(struct Driver *driver) {
  struct CHDF5CommitSession *session = driver->session;
  if (session->errorNumber != 0 || session->discards || !driver->isWritable) return;
  if (!driver->isReady && Driver_prepare(driver) < 0) {
    Driver_fail(driver, "recover the file");
    return;
  }
  PageTable_removeUnchanged(&driver->pages);
  if (driver->pages.pageCount == 0 && !driver->hasAppended && driver->end == driver->committed) {
    return;
  }
  struct JournalLengths lengths;
  if (settleAppended(driver, &lengths) < 0) {
    Driver_fail(driver, "write the file");
    return;
  }
  if (driver->pages.pageCount > 0) {
    if (commitPages(driver, lengths) < 0) return;
  } else if (lengths.during > lengths.after
             && Storage_setLength(driver->descriptor, lengths.after) < 0) {
    Driver_fail(driver, "shorten the file");
    return;
  }
  PageTable_clear(&driver->pages);
  driver->committed = driver->end;
  driver->hasAppended = 0;
}
