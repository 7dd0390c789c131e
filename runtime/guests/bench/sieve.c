// Primes below 20,000, by a byte a number.
#include "start.h"

static u8 composite[20000];

u64 work(u64 seed) {
  u32 limit = 19000 + (u32)(seed % 1000), count = 0;
  for (u32 i = 0; i < limit; i++) composite[i] = 0;
  for (u32 n = 2; n < limit; n++) {
    if (composite[n]) continue;
    count++;
    for (u32 m = 2 * n; m < limit; m += n) composite[m] = 1;
  }
  return count;
}
