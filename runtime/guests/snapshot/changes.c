// Changes what is mapped and what is open in many ways, and prints after each what it sees: from /in, 10,000 bytes, to
// /out. argv[1] is how often; argv[2] what else: f to fork each time, i to read 100 bytes of input; or to begin with, p opens a pipe, d a folder,
// t makes a file in /tmp, s maps /out for writing, w lets a blocked signal wait.
typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long u64;

#define PAGE 4096ul
#define PAGES 40ul
#define OPENAT 56
#define PIPE2 59
#define LSEEK 62
#define READ 63
#define WRITE 64
#define EXIT 93
#define KILL 129
#define SIGPROCMASK 135
#define GETPID 172
#define MUNMAP 215
#define MREMAP 216
#define CLONE 220
#define MMAP 222
#define MPROTECT 226
#define MADVISE 233
#define WAIT 260
#define BRK 214

static long call(long number, long a, long b, long c, long d, long e, long f) {
  register long x8 __asm__("x8") = number;
  register long x0 __asm__("x0") = a;
  register long x1 __asm__("x1") = b;
  register long x2 __asm__("x2") = c;
  register long x3 __asm__("x3") = d;
  register long x4 __asm__("x4") = e;
  register long x5 __asm__("x5") = f;
  __asm__ volatile("svc #0" : "+r"(x0) : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5) : "memory");
  return x0;
}

static long out = 1;

static void print(const char *what, u64 value) {
  char line[40];
  int n = 0;
  while (*what) line[n++] = *what++;
  line[n++] = ' ';
  for (int i = 0; i < 16; i++) line[n++] = "0123456789abcdef"[value >> (60 - 4 * i) & 15];
  line[n++] = '\n';
  call(WRITE, 1, (long)line, n, 0, 0, 0);
  call(WRITE, out, (long)line, n, 0, 0, 0);
}

static u64 sum(const volatile u8 *from, u64 count) {
  u64 sum = 14695981039346656037ul;
  for (u64 i = 0; i < count; i += 8) sum = (sum ^ *(const volatile u64 *)(from + i)) * 1099511628211ul;
  return sum;
}

static void fill(volatile u8 *to, u64 count, u64 seed) {
  for (u64 i = 0; i < count; i += 8) *(volatile u64 *)(to + i) = seed = seed * 6364136223846793005ul + 1;
}

static u8 *map(u64 size, int protection) {
  return (u8 *)call(MMAP, 0, (long)size, protection, 0x22, -1, 0);
}

// Code that is written, made executable and run.
static u64 generated(u32 *code, u32 value) {
  code[0] = 0xd2800000u | (value & 0xffff) << 5;  // mov x0, #value
  code[1] = 0xd65f03c0u;                          // ret
  __asm__ volatile("dc cvau, %0\n dsb ish\n ic ivau, %0\n dsb ish\n isb" : : "r"(code) : "memory");
  call(MPROTECT, (long)code, PAGE, 5, 0, 0, 0);
  u64 (*run)(void) = (u64 (*)(void))code;
  u64 result = 0;
  for (int i = 0; i < 50; i++) result += run();
  call(MPROTECT, (long)code, PAGE, 3, 0, 0, 0);
  return result;
}

static u8 *common;

static void child(u8 *table) {
  long id = call(CLONE, 17, 0, 0, 0, 0, 0);
  if (id == 0) {
    fill(table + 3 * PAGE, 2 * PAGE, 99);
    fill(common + PAGE, PAGE, sum(common, 3 * PAGE));
    print("child", sum(table, 12 * PAGE));
    call(EXIT, 0, 0, 0, 0, 0, 0);
  }
  call(WAIT, id, 0, 0, 0, 0, 0);
  print("parent", sum(table, 12 * PAGE) ^ sum(common, 3 * PAGE));
}

static u8 *round(u8 *table, u8 *file, u32 *code, long in, u64 i, char mode) {
  u8 part[512];
  fill(table + (i % 5) * PAGE, 3 * PAGE, i);
  call(LSEEK, in, (long)(i * 700 % 9000), 0, 0, 0, 0);
  long count = call(READ, in, (long)part, sizeof part, 0, 0, 0);
  print("read", sum(part, (u64)count & ~7ul));
  if (mode == 'i') {
    count = call(READ, 0, (long)part, 100, 0, 0, 0);
    print("input", sum(part, (u64)count & ~7ul) + (u64)count);
  }
  call(MPROTECT, (long)(table + 4 * PAGE), 4 * PAGE, 1, 0, 0, 0);
  print("kept", sum(table + 4 * PAGE, 4 * PAGE));
  call(MPROTECT, (long)(table + 4 * PAGE), 4 * PAGE, 3, 0, 0, 0);
  call(MUNMAP, (long)(table + 8 * PAGE), 2 * PAGE, 0, 0, 0, 0);
  call(MMAP, (long)(table + 8 * PAGE), 2 * PAGE, 3, 0x32, -1, 0);
  call(MADVISE, (long)(table + 11 * PAGE), PAGE, 4, 0, 0, 0);
  print("anew", sum(table + 7 * PAGE, 6 * PAGE));
  file[i % 3 * PAGE] ^= 0x5a;
  print("file", sum(file, 2 * PAGE));
  call(MADVISE, (long)file, PAGE, 4, 0, 0, 0);
  print("again", sum(file, 3 * PAGE));
  print("code", generated(code, (u32)i + 7));
  if (mode == 'f') child(table);
  u8 *place = map(PAGES * PAGE, 3);
  table = (u8 *)call(MREMAP, (long)table, PAGES * PAGE, PAGES * PAGE, 3, (long)place, 0);
  print("moved", sum(table, PAGES * PAGE));
  return table;
}

// What a snapshot cannot hold.
static void obstacle(char mode) {
  static long ends[2];
  static u64 signals = 1ul << 9;
  if (mode == 'p') call(PIPE2, (long)ends, 0, 0, 0, 0, 0);
  if (mode == 'd') call(OPENAT, -100, (long)"/", 0, 0, 0, 0);
  if (mode == 't') call(OPENAT, -100, (long)"/tmp/file", 0102, 0644, 0, 0);
  if (mode == 's') call(MMAP, 0, PAGE, 3, 1, out, 0);
  if (mode == 'w') {
    call(SIGPROCMASK, 0, (long)&signals, 0, 8, 0, 0);
    call(KILL, call(GETPID, 0, 0, 0, 0, 0, 0), 10, 0, 0, 0, 0);
  }
}

void __attribute__((used)) begin(u64 *stack) {
  u64 count = 0;
  for (const char *text = (const char *)stack[2]; stack[0] > 1 && *text; text++) count = 10 * count + (u64)(*text - '0');
  char mode = stack[0] > 2 ? *(const char *)stack[3] : 0;
  long in = call(OPENAT, -100, (long)"/in", 0, 0, 0, 0);
  out = call(OPENAT, -100, (long)"/out", 0102, 0644, 0, 0);
  obstacle(mode);
  u8 *table = map(PAGES * PAGE, 3);
  common = (u8 *)call(MMAP, 0, 5 * PAGE, 3, 0x21, -1, 0);
  fill(common, PAGE, 3);
  u8 *file = (u8 *)call(MMAP, 0, 3 * PAGE, 3, 2, in, 0);
  u32 *code = (u32 *)map(PAGE, 3);
  u8 *heap = (u8 *)call(BRK, 0, 0, 0, 0, 0, 0);
  call(BRK, (long)(heap + 4 * PAGE), 0, 0, 0, 0, 0);
  fill(heap, 4 * PAGE, 5);
  fill(table, PAGES * PAGE, 1);
  for (u64 i = 0; i < count; i++) {
    table = round(table, file, code, in, i, mode);
    print("heap", sum(heap + i % 4 * PAGE, PAGE));
  }
  call(EXIT, (long)(count & 127), 0, 0, 0, 0, 0);
  __builtin_unreachable();
}

__asm__(".globl _start\n_start: mov x0, sp\n bl begin\n");
