// Copies 64 KiB by bytes and double words, upwards, downwards and onto itself further up.
#include "start.h"

static u8 from[65536], to[65536];

static void forward(u8 *d, const u8 *s, u64 n) {
  while (n--) *d++ = *s++;
}

static void backward(u8 *d, const u8 *s, u64 n) {
  while (n--) d[n] = s[n];
}

static void wide(u64 *d, const u64 *s, u64 n) {
  for (u64 i = 0; i < n; i++) d[i] = s[i];
}

u64 work(u64 seed) {
  for (int i = 0; i < 64; i++) from[(seed >> i) % sizeof from] = (u8)(seed >> (i & 31));
  forward(to, from, sizeof to);
  backward(from + 1000, from, sizeof from - 1000);
  wide((u64 *)to, (const u64 *)from, sizeof to / 8);
  return to[seed % sizeof to] + 3 * to[seed * 7 % sizeof to] + from[seed * 11 % sizeof from];
}
