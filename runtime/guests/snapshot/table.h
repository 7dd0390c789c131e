// A table of 32 MiB: build fills it, work(seed) then uses it. With the top bit of the seed set the program ends after
// building, which tells how many instructions that takes.
#include "start.h"

#define RECORDS (1u << 20)
#define PAGE_RECORDS (4096 / sizeof(record))

typedef struct {
  u64 key;
  u32 next;
  u32 count;
  u64 time;
  u64 unused;
} record;

static record table[RECORDS] __attribute__((aligned(4096)));

static u64 use(u64 seed);

static u64 mixed(u64 sum, const record *r) {
  sum = (sum ^ r->key) * 0x9e3779b97f4a7c15;
  sum ^= sum >> 29;
  sum = (sum + r->time) * 0xbf58476d1ce4e5b9;
  sum ^= sum >> 32;
  return sum + r->count;
}

u64 work(u64 seed) {
  if (table[1].time == 0) {
    u64 x = 1;
    for (u64 i = 0; i < RECORDS; i++) {
      x = x * 6364136223846793005 + 1442695040888963407;
      table[i].key = x;
      table[i].next = (u32)(x >> 33) & (RECORDS - 1);
      table[i].count = i & 255;
      table[i].time = 1700000000000 + 37 * i;
    }
  }
  return seed >> 63 ? 0 : use(seed);
}
