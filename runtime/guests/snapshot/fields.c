// Takes the table as objects of three pages, of which it reads the first and a part of the last.
#include "table.h"

#define OBJECT (3 * PAGE_RECORDS)

static u64 use(u64 seed) {
  u64 sum = seed;
  for (u64 i = 0; i + OBJECT <= RECORDS; i += OBJECT) {
    for (u64 j = 0; j < PAGE_RECORDS; j++) sum = mixed(sum, table + i + j);
    for (u64 j = 0; j < PAGE_RECORDS / 2; j++) sum = mixed(sum, table + i + 2 * PAGE_RECORDS + j);
  }
  return sum;
}
