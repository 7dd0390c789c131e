// Registers only: xorshift, multiply, rotate, compare and select.
#include "start.h"

u64 work(u64 seed) {
  u64 a = seed | 1, b = seed * 3, c = seed + 77, d = ~seed;
  for (int i = 0; i < 10000; i++) {
    a ^= a << 13;
    a ^= a >> 7;
    a ^= a << 17;
    b = (b >> 11 | b << 53) + a;
    c = (b & a) | (c & ~a);
    d += (u32)c;
    d = d > b ? d - b : d + c;
  }
  return a + b + c + d;
}
