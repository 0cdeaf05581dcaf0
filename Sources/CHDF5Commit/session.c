#include <stdlib.h>

#include "CHDF5Commit.h"

struct CHDF5CommitSession *CHDF5Commit_makeSession(int waitsForDisk) {
  struct CHDF5CommitSession *session = calloc(1, sizeof *session);
  if (session == NULL) return NULL;
  session->waitsForDisk = waitsForDisk;
  session->holders = 1;
  return session;
}

void CHDF5Commit_releaseSession(struct CHDF5CommitSession *session) {
  if (__atomic_sub_fetch(&session->holders, 1, __ATOMIC_ACQ_REL) == 0) free(session);
}
