// Sorts 4,096 words by heap sort.
#include "start.h"

static u32 words[4096];

static void sift(u32 root, u32 end) {
  while (2 * root + 1 < end) {
    u32 child = 2 * root + 1;
    if (child + 1 < end && words[child] < words[child + 1]) child++;
    if (words[root] >= words[child]) return;
    u32 swap = words[root];
    words[root] = words[child];
    words[child] = swap;
    root = child;
  }
}

u64 work(u64 seed) {
  const u32 count = sizeof words / sizeof *words;
  for (u32 i = 0; i < count; i++) words[i] = (u32)((seed = seed * 6364136223846793005 + 1) >> 32);
  for (u32 i = count / 2; i-- > 0;) sift(i, count);
  for (u32 end = count; end-- > 1;) {
    u32 swap = words[0];
    words[0] = words[end];
    words[end] = swap;
    sift(0, end);
  }
  u64 sum = 0;
  for (u32 i = 0; i < count; i++) sum = sum * 3 + words[i];
  return sum;
}
