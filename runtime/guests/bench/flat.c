// Flat code: 600 functions that are all called once in a round, so that none of them is hot.
#include "start.h"

static u64 table[256];

// Of functions that are alike in form and nowhere the same: N is a constant in each.
#define FUNCTION(N)                                                   \
  static u64 __attribute__((noinline)) f##N(u64 a, u64 b) {           \
    const u64 n = 1##N##UL;                                           \
    u64 c = a * (n * 2654435761UL | 1) + b;                           \
    if (c >> (n % 23 + 7) & 1)                                        \
      c += table[(c >> n % 11) & 255] ^ n;                            \
    else                                                              \
      c ^= b << n % 13;                                               \
    if (n % 2) {                                                      \
      for (u64 i = 0; i < n % 3 + 1; i++) c = c * 31 + (a >> (8 * i)); \
    } else {                                                          \
      c = c % (n + 77) + (c << 5) - (b >> n % 17);                    \
    }                                                                 \
    if (n % 5 == 0) c += (u64)__builtin_clzl(c | 1);                  \
    if (n % 7 < 3 && a > c) c = a - c + table[n & 255];               \
    table[(b + n) & 255] += c;                                        \
    switch (c & 3) {                                                  \
      case 0: return c + a;                                           \
      case 1: return c - b + n;                                       \
      case 2: return c ^ table[c >> 8 & 255];                         \
      default: return c >> 1;                                         \
    }                                                                 \
  }

#define TEN(M, N)                                                                              \
  M(N##0) M(N##1) M(N##2) M(N##3) M(N##4) M(N##5) M(N##6) M(N##7) M(N##8) M(N##9)
#define HUNDRED(M, N)                                                                          \
  TEN(M, N##0) TEN(M, N##1) TEN(M, N##2) TEN(M, N##3) TEN(M, N##4) TEN(M, N##5) TEN(M, N##6)   \
  TEN(M, N##7) TEN(M, N##8) TEN(M, N##9)
#define ALL(M) HUNDRED(M, 0) HUNDRED(M, 1) HUNDRED(M, 2) HUNDRED(M, 3) HUNDRED(M, 4) HUNDRED(M, 5)

#define CALL(N) b = f##N(seed, b);

ALL(FUNCTION)

u64 work(u64 seed) {
  u64 b = seed;
  ALL(CALL)
  return b;
}
