// Uses sad8, an instruction that no processor has; see sad8.isa. Compares two pictures of 4,096 bytes with it and
// without it, and prints both sums. No C library: system calls are made directly.
//
// Rebuild with: make -C runtime/guests
typedef unsigned char u8;
typedef unsigned long u64;

#define BYTES 4096

static u8 first[BYTES] __attribute__((aligned(8)));
static u8 second[BYTES] __attribute__((aligned(8)));

static long system_call(long number, long a, long b, long c) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
}

// sad8 x0, x1, x2
static u64 sad8(u64 sum, u64 a, u64 b) {
  register u64 x0 __asm__("x0") = sum;
  register u64 x1 __asm__("x1") = a;
  register u64 x2 __asm__("x2") = b;
  __asm__ volatile(".inst 0x02020020" : "+r"(x0) : "r"(x1), "r"(x2));
  return x0;
}

static u64 with_sad8(void) {
  u64 sum = 0;
  for (int i = 0; i < BYTES; i += 8) sum = sad8(sum, *(u64 *)(first + i), *(u64 *)(second + i));
  return sum;
}

static u64 without(void) {
  u64 sum = 0;
  for (int i = 0; i < BYTES; i++) sum += first[i] < second[i] ? second[i] - first[i] : first[i] - second[i];
  return sum;
}

static void print(const char *text, u64 number) {
  char line[64];
  int length = 0;
  while (text[length]) line[length] = text[length], length++;
  char digits[20];
  int count = 0;
  do digits[count++] = '0' + number % 10; while (number /= 10);
  while (count) line[length++] = digits[--count];
  line[length++] = '\n';
  system_call(64, 1, (long)line, length);
}

void _start(void) {
  u64 random = 1;
  for (int i = 0; i < BYTES; i++) {
    random = random * 6364136223846793005u + 1442695040888963407u;
    first[i] = random >> 56;
    second[i] = random >> 48;
  }
  u64 fast = with_sad8();
  u64 slow = without();
  print("with sad8:    ", fast);
  print("without sad8: ", slow);
  system_call(94, fast != slow, 0, 0);
}
