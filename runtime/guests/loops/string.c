// strlen, memchr, memcmp, strcmp and strcpy, byte by byte, on strings of some ten thousand bytes.
#include "start.h"

static char a[20001], b[20001];

static u64 length(const char *s) {
  const char *e = s;
  while (*e) e++;
  return (u64)(e - s);
}

static u64 find(const char *s, char c, u64 n) {
  u64 i = 0;
  while (i < n && s[i] != c) i++;
  return i;
}

static u64 same(const char *x, const char *y, u64 n) {
  u64 i = 0;
  while (i < n && x[i] == y[i]) i++;
  return i;
}

static int compare(const char *x, const char *y) {
  while (*x && *x == *y) x++, y++;
  return (u8)*x - (u8)*y;
}

static void copy(char *to, const char *from) {
  while ((*to++ = *from++)) ;
}

u64 work(u64 seed) {
  if (!a[0]) for (u64 i = 0; i < sizeof a - 1; i++) a[i] = (char)('a' + i % 23);
  u64 at = 12000 + seed % 8000;
  a[at] = 0;
  u64 sum = length(a);
  copy(b, a);
  sum += (u64)compare(a, b) + find(a, 'z', sizeof a - 1) + same(a, b, sizeof a);
  a[at] = 'm';
  return sum + (u64)compare(a, b);
}
