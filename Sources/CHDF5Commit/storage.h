#ifndef BUSBAR_CHDF5COMMIT_STORAGE_H
#define BUSBAR_CHDF5COMMIT_STORAGE_H

#include <stddef.h>
#include <stdint.h>

// All changes that the driver makes to a disk. Functions return 0, or -1 with `errno`.

/// Writes all bytes; a file system that takes only a part is asked again for the rest.
int Storage_write(int descriptor, const void *bytes, size_t count, uint64_t offset);

/// Makes the file so long; what is new reads as zeros.
int Storage_setLength(int descriptor, uint64_t length);

/// Creates or empties a file and opens it to write; returns the descriptor.
int Storage_create(const char *path);

/// Removes a file, which need not be there.
int Storage_remove(const char *path);

/// Waits until the disk has the entries of the folder that holds this file.
int Storage_syncFolder(const char *path);

/// Reads up to `count` bytes, fewer only at the end of the file; returns their number or -1.
int64_t Storage_read(int descriptor, void *bytes, size_t count, uint64_t offset);

#endif
