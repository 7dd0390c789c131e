// The demo program: counts the primes below a million with a sieve, hashes them with CRC-32 and
// FNV-1a, estimates the prime density in floating point, and prints the result. No C library: system
// calls are made directly, so that every instruction in the file is this program's.
//
// Rebuild with: make -C runtime/guests
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long u64;

#define LIMIT 1000000u

static u8 composite[LIMIT];

static long system_call(long number, long a, long b, long c) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
}

static u32 sieve(void) {
  u32 count = 0;
  for (u32 n = 2; n < LIMIT; n++) {
    if (composite[n]) continue;
    count++;
    for (u64 m = (u64)n * n; m < LIMIT; m += n) composite[m] = 1;
  }
  return count;
}

static u32 crc32(u32 crc, u32 value) {
  crc ^= value;
  for (int bit = 0; bit < 32; bit++) crc = (crc >> 1) ^ (0xedb88320u & -(crc & 1u));
  return crc;
}

static u64 fnv1a(u64 hash, u32 value) {
  for (int byte = 0; byte < 4; byte++) {
    hash ^= (value >> (8 * byte)) & 0xff;
    hash *= 0x100000001b3ul;
  }
  return hash;
}

static char *put_text(char *out, const char *text) {
  while (*text) *out++ = *text++;
  return out;
}

static char *put_number(char *out, u64 value, u32 base) {
  char digits[24];
  int n = 0;
  do {
    digits[n++] = "0123456789abcdef"[value % base];
    value /= base;
  } while (value);
  while (n) *out++ = digits[--n];
  return out;
}

void _start(void) {
  u32 count = sieve();
  u32 crc = ~0u;
  u64 hash = 0xcbf29ce484222325ul;
  double density = 0;
  for (u32 n = 2; n < LIMIT; n++) {
    if (composite[n]) continue;
    crc = crc32(crc, n);
    hash = fnv1a(hash, n);
    density += 1.0 / n;
  }
  char line[160];
  char *out = put_text(line, "primes below 1000000: ");
  out = put_number(out, count, 10);
  out = put_text(out, "\ncrc32 ");
  out = put_number(out, (u32)~crc, 16);
  out = put_text(out, ", fnv-1a ");
  out = put_number(out, hash, 16);
  out = put_text(out, "\nsum of reciprocals, in millionths: ");
  out = put_number(out, (u64)(density * 1000000.0), 10);
  out = put_text(out, "\n");
  system_call(64, 1, (long)line, out - line);
  system_call(94, 0, 0, 0);
  for (;;) {}
}
