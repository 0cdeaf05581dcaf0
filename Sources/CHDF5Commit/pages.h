#ifndef BUSBAR_CHDF5COMMIT_PAGES_H
#define BUSBAR_CHDF5COMMIT_PAGES_H

#include <stddef.h>
#include <stdint.h>

// Pieces of a file that are kept in memory. A page table of two levels: finding a page costs two
// look-ups, going through them yields them in file order, and a file of 1 TiB needs a root of 4 MiB.

enum { pageSize = 4096 };

/// A piece of the file; its layout is that of a record in a journal.
struct Page {
  /// Where it begins in the file; a multiple of `pageSize`.
  uint64_t address;
  /// What the file holds there; zeros behind its end.
  unsigned char before[pageSize];
  /// What it is to hold.
  unsigned char after[pageSize];
};

struct PageTable {
  struct Page ***leaves;
  size_t leafCount;
  size_t pageCount;
};

/// The page that begins at the address, or NULL.
struct Page *PageTable_find(const struct PageTable *table, uint64_t address);

/// Adds a page of undefined content where there is none; NULL if memory is used up.
struct Page *PageTable_add(struct PageTable *table, uint64_t address);

/// The first page at or behind the address, or NULL.
struct Page *PageTable_next(const struct PageTable *table, uint64_t address);

/// Removes the pages that are to hold what the file holds already.
void PageTable_removeUnchanged(struct PageTable *table);

/// Frees all pages.
void PageTable_clear(struct PageTable *table);

static inline uint64_t pageFloor(uint64_t address) { return address - address % pageSize; }

#endif
