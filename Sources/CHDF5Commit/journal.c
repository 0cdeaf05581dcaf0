#include "journal.h"

#include <errno.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "storage.h"

#if __BYTE_ORDER__ != __ORDER_LITTLE_ENDIAN__
#error "Numbers in a journal are little-endian."
#endif

struct Header {
  char magic[8];
  uint64_t pageCount;
  struct JournalLengths lengths;
};

static const char magic[8] = "BUSBARJ1";

enum { digestSize = 32 };

static int isSum(EVP_MD_CTX *context, unsigned char *digest) {
  return EVP_DigestFinal_ex(context, digest, NULL) == 1;
}

// MARK: Writing

static int put(int descriptor, EVP_MD_CTX *context, const void *bytes, size_t count,
               uint64_t *offset) {
  if (EVP_DigestUpdate(context, bytes, count) != 1) return errno = ENOMEM, -1;
  if (Storage_write(descriptor, bytes, count, *offset) < 0) return -1;
  *offset += count;
  return 0;
}

static int putAll(int descriptor, EVP_MD_CTX *context, const struct PageTable *pages,
                  struct JournalLengths lengths) {
  struct Header header = {.pageCount = pages->pageCount, .lengths = lengths};
  memcpy(header.magic, magic, sizeof magic);
  uint64_t offset = 0;
  if (EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1) return errno = ENOMEM, -1;
  if (put(descriptor, context, &header, sizeof header, &offset) < 0) return -1;
  for (struct Page *page = PageTable_next(pages, 0); page != NULL;
       page = PageTable_next(pages, page->address + pageSize)) {
    if (put(descriptor, context, page, sizeof *page, &offset) < 0) return -1;
  }
  unsigned char digest[digestSize];
  if (!isSum(context, digest)) return errno = ENOMEM, -1;
  return Storage_write(descriptor, digest, sizeof digest, offset);
}

int Journal_write(const char *path, const struct PageTable *pages, struct JournalLengths lengths,
                  int waitsForDisk) {
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  if (context == NULL) return errno = ENOMEM, -1;
  int descriptor = Storage_create(path);
  int status = descriptor < 0 ? -1 : putAll(descriptor, context, pages, lengths);
  if (status == 0 && waitsForDisk) status = fdatasync(descriptor);
  int error = errno;
  // Network file systems may report here what they could not store.
  if (descriptor >= 0 && close(descriptor) < 0 && status == 0) {
    status = -1;
    error = errno;
  }
  EVP_MD_CTX_free(context);
  errno = error;
  if (status == 0 && waitsForDisk) status = Storage_syncFolder(path);
  return status;
}

// MARK: Reading

/// Whether the journal ends with the digest of what comes before; 1, 0, or -1 with `errno`.
static int isComplete(int descriptor, uint64_t length, EVP_MD_CTX *context) {
  unsigned char piece[1 << 14], digest[digestSize];
  if (EVP_DigestInit_ex(context, EVP_sha256(), NULL) != 1) return errno = ENOMEM, -1;
  uint64_t end = length - digestSize;
  for (uint64_t offset = 0; offset < end;) {
    size_t wanted = end - offset < sizeof piece ? (size_t)(end - offset) : sizeof piece;
    int64_t taken = Storage_read(descriptor, piece, wanted, offset);
    if (taken <= 0) return (int)taken;
    if (EVP_DigestUpdate(context, piece, (size_t)taken) != 1) return errno = ENOMEM, -1;
    offset += (uint64_t)taken;
  }
  int64_t taken = Storage_read(descriptor, digest, sizeof digest, end);
  if (taken < digestSize) return taken < 0 ? -1 : 0;
  if (!isSum(context, piece)) return errno = ENOMEM, -1;
  return memcmp(digest, piece, sizeof digest) == 0;
}

/// Whether each byte that the file has of this page is an old or a new one; 1, 0, or -1.
static int fits(const struct Page *page, int file) {
  unsigned char present[pageSize];
  int64_t count = Storage_read(file, present, sizeof present, page->address);
  if (count < 0) return -1;
  for (int64_t place = 0; place < count; place++) {
    unsigned char byte = present[place];
    if (byte != page->before[place] && byte != page->after[place]) return 0;
  }
  return 1;
}

static int readPages(int descriptor, uint64_t count, int file, struct PageTable *pages) {
  for (uint64_t index = 0; index < count; index++) {
    struct Page read;
    uint64_t offset = sizeof(struct Header) + index * sizeof read;
    int64_t taken = Storage_read(descriptor, &read, sizeof read, offset);
    if (taken < (int64_t)sizeof read) return taken < 0 ? -1 : 0;
    int status = fits(&read, file);
    if (status <= 0) return status;
    struct Page *page = PageTable_add(pages, read.address);
    if (page == NULL) return errno = ENOMEM, -1;
    *page = read;
  }
  return 1;
}

static int readAll(int descriptor, int file, EVP_MD_CTX *context, struct PageTable *pages,
                   struct JournalLengths *lengths) {
  struct stat journal, target;
  if (fstat(descriptor, &journal) < 0 || fstat(file, &target) < 0) return -1;
  struct Header header;
  uint64_t length = (uint64_t)journal.st_size;
  if (!S_ISREG(journal.st_mode) || length < sizeof header + digestSize) return 0;
  int status = isComplete(descriptor, length, context);
  if (status <= 0) return status;
  int64_t taken = Storage_read(descriptor, &header, sizeof header, 0);
  if (taken < (int64_t)sizeof header) return taken < 0 ? -1 : 0;
  if (memcmp(header.magic, magic, sizeof magic) != 0) return 0;
  *lengths = header.lengths;
  uint64_t present = (uint64_t)target.st_size;
  if (present != lengths->during && present != lengths->after) return 0;
  return readPages(descriptor, header.pageCount, file, pages);
}

int Journal_read(const char *path, int file, struct PageTable *pages,
                 struct JournalLengths *lengths) {
  // Without O_NONBLOCK a pipe of this name would make the process wait for ever.
  int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (descriptor < 0) return errno == ENOENT ? 0 : -1;
  EVP_MD_CTX *context = EVP_MD_CTX_new();
  int status = context == NULL ? -1 : readAll(descriptor, file, context, pages, lengths);
  int error = context == NULL ? ENOMEM : errno;
  EVP_MD_CTX_free(context);
  close(descriptor);
  if (status != 1) PageTable_clear(pages);
  errno = error;
  return status;
}

// MARK: Applying

static int store(int file, const struct PageTable *pages, uint64_t length, int isNew) {
  for (struct Page *page = PageTable_next(pages, 0); page != NULL && page->address < length;
       page = PageTable_next(pages, page->address + pageSize)) {
    uint64_t rest = length - page->address;
    size_t count = rest < pageSize ? (size_t)rest : pageSize;
    const unsigned char *content = isNew ? page->after : page->before;
    if (Storage_write(file, content, count, page->address) < 0) return -1;
  }
  return 0;
}

int Journal_apply(int file, const struct PageTable *pages, uint64_t length) {
  return store(file, pages, length, 1);
}

int Journal_undo(int file, const struct PageTable *pages, uint64_t length) {
  return store(file, pages, length, 0);
}
