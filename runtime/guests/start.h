// Freestanding start: argv[1] is how often to work, argv[2] a seed; prints a checksum and exits.
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long u64;

u64 work(u64 seed);

static long system_call(long number, long a, long b, long c) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2) : "memory");
  return x0;
}

static u64 decimal(const char *text) {
  u64 value = 0;
  while (text && *text >= '0' && *text <= '9') value = 10 * value + (u64)(*text++ - '0');
  return value;
}

// One name in C and in C++.
void begin(u64 *stack) __asm__("begin");

void __attribute__((used)) begin(u64 *stack) {
  u64 count = stack[0];
  u64 rounds = count > 1 ? decimal((const char *)stack[2]) : 1;
  u64 sum = count > 2 ? decimal((const char *)stack[3]) : 1;
  for (u64 i = 0; i < rounds; i++) sum = sum * 31 + work(sum + i);
  char line[17];
  for (int i = 0; i < 16; i++) line[i] = "0123456789abcdef"[sum >> (60 - 4 * i) & 15];
  line[16] = '\n';
  system_call(64, 1, (long)line, 17);
  system_call(93, 0, 0, 0);
  __builtin_unreachable();
}

__asm__(".globl _start\n_start: mov x0, sp\n bl begin\n");
