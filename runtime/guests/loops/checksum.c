// Checksums of 64 KiB: the Internet's, Fletcher's, Adler's without its modulo, FNV-1a, xor.
#include "start.h"

static u8 data[65536];

u64 work(u64 seed) {
  for (int i = 0; i < 64; i++) data[(seed >> i) % sizeof data] = (u8)(seed >> (i & 31));
  u64 internet = 0;
  for (u64 i = 0; i < sizeof data / 2; i++) internet += ((const unsigned short *)data)[i];
  u64 first = 1, second = 0;
  for (u64 i = 0; i < sizeof data; i++) {
    first += data[i];
    second += first;
  }
  u64 fnv = 0xcbf29ce484222325;
  for (u64 i = 0; i < sizeof data; i++) fnv = (fnv ^ data[i]) * 0x100000001b3;
  u64 xor = 0;
  for (u64 i = 0; i < sizeof data / 8; i++) xor ^= ((const u64 *)data)[i];
  return internet + first + 3 * second + fnv + xor;
}
