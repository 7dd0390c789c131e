// Goes through the table from front to end.
#include "table.h"

static u64 use(u64 seed) {
  u64 sum = seed;
  for (u64 i = 0; i < RECORDS; i++) sum = mixed(sum, table + i);
  return sum;
}
