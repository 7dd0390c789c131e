// Sums 64 KiB as bytes, words and double words, and a dot product.
#include "start.h"

static u8 data[65536];

u64 work(u64 seed) {
  for (int i = 0; i < 64; i++) data[(seed >> i) % sizeof data] = (u8)(seed >> (i & 31));
  u64 sum = 0;
  for (u64 i = 0; i < sizeof data; i++) sum += data[i];
  u32 words = 0;
  for (u64 i = 0; i < sizeof data / 4; i++) words += ((const u32 *)data)[i];
  u64 dot = 0;
  for (u64 i = 0; i < sizeof data / 16; i++) dot += ((const u64 *)data)[i] * ((const u64 *)data)[i + sizeof data / 16];
  return sum + words + dot;
}
