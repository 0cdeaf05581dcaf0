#ifndef BUSBAR_ALLOCATION_COUNT_H
#define BUSBAR_ALLOCATION_COUNT_H

/// Calls of malloc, calloc, realloc and aligned allocation by the calling thread so far.
long busbar_allocation_count(void);

#endif
