#ifndef BUSBAR_CHDF5COMMIT_JOURNAL_H
#define BUSBAR_CHDF5COMMIT_JOURNAL_H

#include "pages.h"

// The journal of one commit: a header, a record a page, and the SHA-256 digest of both.
//
// What binds it to its file is content, not a name or a number that would have to be stored in the
// file too: the file has one of the two lengths that it has while the journal is applied, and each
// byte of each page is the old or the new one. A copy of both files can still be recovered. A
// journal of another file or of an earlier commit does not fit, or has nothing left to change.

/// The lengths of the file while pages are being applied and afterwards; `during` is no smaller.
struct JournalLengths {
  uint64_t during;
  uint64_t after;
};

/// Writes a journal, and waits for the disk if asked to; 0, or -1 with `errno`.
int Journal_write(
    const char *path, const struct PageTable *pages, struct JournalLengths lengths,
    int waitsForDisk);

/// Fills `pages` from a journal that is complete and belongs to the file.
///
/// Returns 1 if it does, 0 if there is none that does, -1 with `errno` if it cannot be read.
int Journal_read(
    const char *path, int file, struct PageTable *pages, struct JournalLengths *lengths);

/// Writes the pages' new content into the file, or the old one, as far as `length`; 0 or -1.
int Journal_apply(int file, const struct PageTable *pages, uint64_t length);
int Journal_undo(int file, const struct PageTable *pages, uint64_t length);

#endif
