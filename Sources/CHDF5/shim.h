#ifndef BUSBAR_CHDF5_SHIM_H
#define BUSBAR_CHDF5_SHIM_H

#include <errno.h>
#include <hdf5.h>
#include <hdf5_hl.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

// Swift cannot import macros that call a function, and HDF5 opens itself inside each type id.

static inline hid_t CHDF5_int8LE(void) { return H5T_STD_I8LE; }
static inline hid_t CHDF5_int8BE(void) { return H5T_STD_I8BE; }
static inline hid_t CHDF5_uint8LE(void) { return H5T_STD_U8LE; }
static inline hid_t CHDF5_uint8BE(void) { return H5T_STD_U8BE; }
static inline hid_t CHDF5_int32LE(void) { return H5T_STD_I32LE; }
static inline hid_t CHDF5_int32BE(void) { return H5T_STD_I32BE; }
static inline hid_t CHDF5_int64LE(void) { return H5T_STD_I64LE; }
static inline hid_t CHDF5_int64BE(void) { return H5T_STD_I64BE; }
static inline hid_t CHDF5_float32LE(void) { return H5T_IEEE_F32LE; }
static inline hid_t CHDF5_float32BE(void) { return H5T_IEEE_F32BE; }
static inline hid_t CHDF5_float64LE(void) { return H5T_IEEE_F64LE; }
static inline hid_t CHDF5_float64BE(void) { return H5T_IEEE_F64BE; }

static inline hid_t CHDF5_nativeInt8(void) { return H5T_NATIVE_INT8; }
static inline hid_t CHDF5_nativeUInt8(void) { return H5T_NATIVE_UINT8; }
static inline hid_t CHDF5_nativeInt32(void) { return H5T_NATIVE_INT32; }
static inline hid_t CHDF5_nativeInt64(void) { return H5T_NATIVE_INT64; }
static inline hid_t CHDF5_nativeFloat(void) { return H5T_NATIVE_FLOAT; }
static inline hid_t CHDF5_nativeDouble(void) { return H5T_NATIVE_DOUBLE; }

// Returns a new string type of `size` bytes, or of variable length where `size` is 0; a negative
// value on failure. The caller closes it.
static inline hid_t CHDF5_makeStringType(size_t size) {
  hid_t type = H5Tcopy(H5T_C_S1);
  if (type < 0) return type;
  herr_t status = H5Tset_size(type, size == 0 ? H5T_VARIABLE : size);
  if (status >= 0) status = H5Tset_cset(type, H5T_CSET_UTF8);
  if (status >= 0 && size > 0) status = H5Tset_strpad(type, H5T_STR_NULLPAD);
  return status < 0 ? (hid_t)status : type;
}

static inline hid_t CHDF5_makeFileAccess(void) { return H5Pcreate(H5P_FILE_ACCESS); }
static inline hid_t CHDF5_makeFileCreation(void) { return H5Pcreate(H5P_FILE_CREATE); }
static inline hid_t CHDF5_makeGroupCreation(void) { return H5Pcreate(H5P_GROUP_CREATE); }
static inline hid_t CHDF5_makeDatasetCreation(void) { return H5Pcreate(H5P_DATASET_CREATE); }
static inline hid_t CHDF5_makeDatasetAccess(void) { return H5Pcreate(H5P_DATASET_ACCESS); }
static inline hid_t CHDF5_makeLinkCreation(void) { return H5Pcreate(H5P_LINK_CREATE); }
static inline hid_t CHDF5_makeAttributeCreation(void) { return H5Pcreate(H5P_ATTRIBUTE_CREATE); }

static inline unsigned CHDF5_createExclusively(void) { return H5F_ACC_EXCL; }
static inline unsigned CHDF5_createOrReplace(void) { return H5F_ACC_TRUNC; }
static inline unsigned CHDF5_openForReading(void) { return H5F_ACC_RDONLY; }
static inline unsigned CHDF5_openForWriting(void) { return H5F_ACC_RDWR; }
static inline hsize_t CHDF5_unlimited(void) { return H5S_UNLIMITED; }
static inline unsigned CHDF5_trackedOrder(void) {
  return H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
}

// Turns off the printing of errors for this thread; a thread-safe HDF5 has one stack a thread.
static inline void CHDF5_silence(void) {
  static _Thread_local int silent = 0;
  if (silent) return;
  H5Eset_auto2(H5E_DEFAULT, NULL, NULL);
  silent = 1;
}

// Frees the strings that HDF5 allocated while it read `count` of them.
static inline void CHDF5_freeStrings(char **strings, size_t count) {
  for (size_t index = 0; index < count; index++) {
    if (strings[index]) H5free_memory(strings[index]);
  }
}

// Returns what lies behind a link: 0 a group, 1 a dataset, 2 anything else, or a negative value.
static inline int CHDF5_kindOfChild(hid_t group, H5_index_t order, hsize_t position) {
  H5L_info_t link;
  herr_t status =
      H5Lget_info_by_idx(group, ".", order, H5_ITER_INC, position, &link, H5P_DEFAULT);
  if (status < 0) return -1;
  if (link.type != H5L_TYPE_HARD) return 2;
  hid_t child = H5Oopen_by_idx(group, ".", order, H5_ITER_INC, position, H5P_DEFAULT);
  if (child < 0) return -1;
  H5I_type_t type = H5Iget_type(child);
  H5Oclose(child);
  return type == H5I_GROUP ? 0 : type == H5I_DATASET ? 1 : 2;
}

// Returns 1 if a block of `bytes` can be had; `volatile` keeps compilers from leaving out the try.
static inline int CHDF5_hasMemory(size_t bytes) {
  void *volatile block = malloc(bytes);
  int isThere = block != NULL;
  free(block);
  return isThere;
}

// Returns 1 if `path` exists and is no regular file; opening a pipe would wait for its writer.
static inline int CHDF5_isIrregular(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

// Returns 1 if `path` is an empty file, which HDF5 would take for a new one of its own.
static inline int CHDF5_isEmpty(const char *path) {
  struct stat status;
  return stat(path, &status) == 0 && status.st_size == 0;
}

// Returns the driver's own handle of an open file, or NULL.
static inline void *CHDF5_driverHandle(hid_t file) {
  void *handle = NULL;
  if (H5Fget_vfd_handle(file, H5P_DEFAULT, &handle) >= 0) return handle;
  H5Eclear2(H5E_DEFAULT);
  return NULL;
}

static inline int CHDF5_errorOfFullDisk(void) { return ENOSPC; }
static inline int CHDF5_errorOfFullQuota(void) { return EDQUOT; }
static inline int CHDF5_errorOfLock(void) { return EAGAIN; }

#endif
