#include "pages.h"

#include <stdlib.h>
#include <string.h>

enum { pagesPerLeaf = 512 };

static size_t leafOf(uint64_t address) { return (size_t)(address / pageSize / pagesPerLeaf); }
static size_t slotOf(uint64_t address) { return (size_t)(address / pageSize % pagesPerLeaf); }

struct Page *PageTable_find(const struct PageTable *table, uint64_t address) {
  size_t leaf = leafOf(address);
  if (leaf >= table->leafCount || table->leaves[leaf] == NULL) return NULL;
  return table->leaves[leaf][slotOf(address)];
}

static int makeLeaf(struct PageTable *table, size_t leaf) {
  if (leaf >= table->leafCount) {
    size_t count = leaf + leaf / 2 + 1;
    struct Page ***leaves = realloc(table->leaves, count * sizeof *leaves);
    if (leaves == NULL) return -1;
    memset(leaves + table->leafCount, 0, (count - table->leafCount) * sizeof *leaves);
    table->leaves = leaves;
    table->leafCount = count;
  }
  if (table->leaves[leaf] != NULL) return 0;
  table->leaves[leaf] = calloc(pagesPerLeaf, sizeof(struct Page *));
  return table->leaves[leaf] == NULL ? -1 : 0;
}

struct Page *PageTable_add(struct PageTable *table, uint64_t address) {
  if (makeLeaf(table, leafOf(address)) < 0) return NULL;
  struct Page *page = malloc(sizeof *page);
  if (page == NULL) return NULL;
  page->address = address;
  table->leaves[leafOf(address)][slotOf(address)] = page;
  table->pageCount++;
  return page;
}

struct Page *PageTable_next(const struct PageTable *table, uint64_t address) {
  size_t slot = slotOf(address);
  for (size_t leaf = leafOf(address); leaf < table->leafCount; leaf++, slot = 0) {
    if (table->leaves[leaf] == NULL) continue;
    for (; slot < pagesPerLeaf; slot++) {
      if (table->leaves[leaf][slot] != NULL) return table->leaves[leaf][slot];
    }
  }
  return NULL;
}

void PageTable_removeUnchanged(struct PageTable *table) {
  for (struct Page *page = PageTable_next(table, 0); page != NULL;) {
    uint64_t address = page->address;
    if (memcmp(page->before, page->after, pageSize) == 0) {
      table->leaves[leafOf(address)][slotOf(address)] = NULL;
      table->pageCount--;
      free(page);
    }
    page = PageTable_next(table, address + pageSize);
  }
}

void PageTable_clear(struct PageTable *table) {
  for (size_t leaf = 0; leaf < table->leafCount; leaf++) {
    if (table->leaves[leaf] == NULL) continue;
    for (size_t slot = 0; slot < pagesPerLeaf; slot++) free(table->leaves[leaf][slot]);
    free(table->leaves[leaf]);
  }
  free(table->leaves);
  *table = (struct PageTable){NULL, 0, 0};
}
