// What programs on a bare machine share: the serial port, system registers.
typedef unsigned long u64;
typedef unsigned int u32;
typedef unsigned char u8;

#define READ(name) ({ u64 v_; asm volatile("mrs %0, " #name : "=r"(v_)); v_; })
#define WRITE(name, value) asm volatile("msr " #name ", %0" ::"r"((u64)(value)) : "memory")
#define BARRIER() asm volatile("dsb sy\n isb" ::: "memory")
#define REGISTER(address) (*(volatile u32 *)(u64)(address))

static void put(char c) { REGISTER(0x09000000) = (u32)c; }

static void text(const char *s) {
  while (*s) put(*s++);
}

static void hex(u64 v) {
  text("0x");
  int digit = 60;
  while (digit > 0 && (v >> digit) == 0) digit -= 4;
  for (; digit >= 0; digit -= 4) put("0123456789abcdef"[v >> digit & 15]);
}

static void value(const char *name, u64 v) {
  text(name);
  put(' ');
  hex(v);
  put('\n');
}
