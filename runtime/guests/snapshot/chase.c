// Follows each record to the next, which is anywhere.
#include "table.h"

#define HOPS 20000

static u64 use(u64 seed) {
  u64 sum = seed;
  u64 at = seed & (RECORDS - 1);
  for (u64 i = 0; i < HOPS; i++) {
    record *r = table + at;
    for (u64 j = 0; j < 20; j++) sum = mixed(sum, r);
    at = (r->next + sum % 97) & (RECORDS - 1);
  }
  return sum;
}
