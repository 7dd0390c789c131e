// Fills 64 KiB by bytes, words and double words, upwards and downwards.
#include "start.h"

static u8 data[65536];

static void bytes(u8 *to, u8 value, u64 count) {
  for (u64 i = 0; i < count; i++) to[i] = value;
}

static void words(u32 *to, u32 value, u64 count) {
  while (count--) *to++ = value;
}

static void down(u64 *to, u64 value, u64 count) {
  while (count) to[--count] = value;
}

u64 work(u64 seed) {
  bytes(data, (u8)seed, sizeof data);
  u64 sum = data[seed % sizeof data];
  words((u32 *)data + 256, (u32)seed * 3, sizeof data / 4 - 512);
  sum += data[seed * 7 % sizeof data];
  down((u64 *)data, seed * 5, sizeof data / 8);
  return sum + data[seed * 11 % sizeof data];
}
