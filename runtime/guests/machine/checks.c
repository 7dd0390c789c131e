// Goes through the privileged side of a processor and prints what it finds: exceptions and their syndromes, memory
// management, interrupts and timers. QEMU prints the same (prebuilt/machine/checks.txt).
#include "machine.h"

enum { SKIP = 4 };

static volatile u64 resume;

static u64 level1[512] __attribute__((aligned(4096)));
static u64 level2[512] __attribute__((aligned(4096)));
static u64 level3[512] __attribute__((aligned(4096)));
static u64 other2[512] __attribute__((aligned(4096)));
static u64 other3[512] __attribute__((aligned(4096)));
static u8 pages[8][4096] __attribute__((aligned(4096)));

#define VALID 3UL
#define BLOCK 1UL
#define USER (1UL << 6)
#define READ_ONLY (1UL << 7)
#define SHAREABLE (3UL << 8)
#define ACCESSED (1UL << 10)
#define NOT_GLOBAL (1UL << 11)
#define PXN (1UL << 53)
#define UXN (1UL << 54)
#define DEVICE (1UL << 2)

// Where the pages are seen: 16 GiB, in a table of its own.
#define WINDOW 0x400000000UL

static void acknowledge(void) {
  u32 number = REGISTER(0x0801000c);
  value("  interrupt", number);
  WRITE(cntv_ctl_el0, 0);
  BARRIER();
  REGISTER(0x08010010) = number;
}

// Prints what happened, and goes on behind the instruction, or where resume says.
void handle(u64 vector, u64 *x) {
  (void)x;
  if ((vector & 3) == 1) {
    value(" interrupt at vector", vector);
    acknowledge();
    return;
  }
  u64 esr = READ(esr_el1);
  u64 class = esr >> 26;
  value(" exception at vector", vector);
  value("  esr", esr);
  if (class == 0x20 || class == 0x21 || class == 0x24 || class == 0x25 || class == 0x22) {
    value("  far", READ(far_el1) - (READ(far_el1) < WINDOW ? (u64)pages : 0));
  }
  value("  spsr", READ(spsr_el1));
  if (resume != 0) {
    WRITE(elr_el1, resume);
    WRITE(spsr_el1, 0x3c5);
    resume = 0;
  } else if (class != 0x15) {
    WRITE(elr_el1, READ(elr_el1) + SKIP);
  }
}

static void exceptions(void) {
  text("svc\n");
  asm volatile("svc #0x123");
  text("brk\n");
  asm volatile("brk #0x456");
  text("undefined\n");
  asm volatile(".inst 0x00000000");
  text("smc\n");
  asm volatile("smc #0");
  text("register that is not there\n");
  asm volatile(".inst 0xd53ef2a0"); // mrs x0, s3_6_c15_c2_5
  text("condition flags survive\n");
  u64 flags;
  asm volatile("msr nzcv, %1\n svc #1\n mrs %0, nzcv" : "=r"(flags) : "r"(0xa0000000UL));
  value(" nzcv", flags);
  text("other stack\n");
  u64 used;
  asm volatile(
      "mov x9, sp\n msr sp_el0, x9\n msr spsel, #0\n mrs x10, spsel\n svc #2\n msr spsel, #1\n mov %0, x10"
      : "=r"(used)::"x9", "x10");
  value(" spsel", used);
  text("masks\n");
  asm volatile("msr daifclr, #8");
  value(" daif", READ(daif));
  asm volatile("msr daifset, #8");
  value(" daif", READ(daif));
}

static void flush(void) {
  BARRIER();
  asm volatile("tlbi vmalle1");
  BARRIER();
}

static void map(int i, u64 flags) {
  level3[i] = (u64)pages[i] | VALID | SHAREABLE | flags;
  BARRIER();
  asm volatile("tlbi vaae1, %0" ::"r"((WINDOW + 4096UL * (u64)i) >> 12));
  BARRIER();
}

static void tables(void) {
  level1[0] = 0x00000000UL | BLOCK | ACCESSED | DEVICE | UXN | PXN;
  level1[1] = 0x40000000UL | BLOCK | ACCESSED | SHAREABLE | UXN;
  level1[WINDOW >> 30] = (u64)level2 | VALID;
  level2[0] = (u64)level3 | VALID;
  level2[1] = 0x40000000UL | BLOCK | ACCESSED | SHAREABLE;
  WRITE(mair_el1, 0x00ff);
  WRITE(tcr_el1, 25UL | 25UL << 16 | 2UL << 30 | 2UL << 32 | 1UL << 36 | 1UL << 23);
  WRITE(ttbr0_el1, level1);
  BARRIER();
  flush();
  WRITE(sctlr_el1, READ(sctlr_el1) | 1);
  BARRIER();
}

static u64 load(int i) { return *(volatile u64 *)(WINDOW + 4096UL * (u64)i + 8); }

static void store(int i, u64 v) { *(volatile u64 *)(WINDOW + 4096UL * (u64)i + 8) = v; }

static void memory(void) {
  tables();
  text("page\n");
  map(0, ACCESSED | UXN | PXN);
  *(u64 *)(pages[0] + 8) = 0x1234;
  value(" load", load(0));
  store(0, 0x5678);
  value(" stored", *(u64 *)(pages[0] + 8));
  text("no page\n");
  load(1);
  store(1, 1);
  text("no table\n");
  *(volatile u64 *)(WINDOW + (4UL << 21));
  *(volatile u64 *)(WINDOW + (2UL << 30));
  *(volatile u64 *)0x7fffffffff0UL;
  *(volatile u64 *)0xffffff8000000000UL;
  text("read only\n");
  map(2, ACCESSED | READ_ONLY | UXN | PXN);
  load(2);
  store(2, 1);
  text("access flag\n");
  map(3, UXN | PXN);
  load(3);
  text("not executable\n");
  resume = (u64) && after;
  asm volatile goto("br %0" ::"r"(WINDOW) : "memory" : after);
after:
  text("block\n");
  *(u64 *)(pages[4] + 16) = 0xabcd;
  value(" load", *(volatile u64 *)(WINDOW + (1UL << 21) + (u64)pages[4] - 0x40000000UL + 16));
  text("across pages\n");
  map(4, ACCESSED);
  map(5, ACCESSED);
  *(volatile u64 *)(WINDOW + 0x4ffd) = 0x1122334455667788UL;
  value(" load", *(volatile u64 *)(WINDOW + 0x4ffd));
  value(" upper", *(u32 *)(pages[5]));
  level3[5] = 0;
  flush();
  *(volatile u64 *)(WINDOW + 0x4ffd);
  text("exclusive, misaligned\n");
  asm volatile("ldxr x9, [%0]" ::"r"(WINDOW + 0x4001) : "x9");
  text("remembered until told\n");
  map(6, ACCESSED);
  *(u64 *)(pages[6] + 8) = 6;
  *(u64 *)(pages[7] + 8) = 7;
  load(6);
  map(6, ACCESSED);
  level3[6] = (u64)pages[7] | VALID | SHAREABLE | ACCESSED;
  flush();
  value(" load", load(6));
}

static void spaces(void) {
  text("address spaces\n");
  for (int i = 0; i < 512; i++) other2[i] = level2[i];
  level3[6] = (u64)pages[6] | VALID | SHAREABLE | ACCESSED | NOT_GLOBAL;
  for (int i = 0; i < 512; i++) other3[i] = level3[i];
  other3[6] = (u64)pages[7] | VALID | SHAREABLE | ACCESSED | NOT_GLOBAL;
  other2[0] = (u64)other3 | VALID;
  static u64 first[512] __attribute__((aligned(4096)));
  for (int i = 0; i < 512; i++) first[i] = level1[i];
  first[WINDOW >> 30] = (u64)other2 | VALID;
  flush();
  WRITE(ttbr0_el1, (u64)level1 | 1UL << 48);
  BARRIER();
  value(" first", load(6));
  WRITE(ttbr0_el1, (u64)first | 2UL << 48);
  BARRIER();
  value(" second", load(6));
  WRITE(ttbr0_el1, (u64)level1 | 1UL << 48);
  BARRIER();
  value(" first", load(6));
}

static u64 translated(u64 address, int write) {
  if (write) {
    asm volatile("at s1e1w, %0\n isb" ::"r"(address));
  } else {
    asm volatile("at s1e1r, %0\n isb" ::"r"(address));
  }
  u64 par = READ(par_el1);
  return (par & 1) != 0 ? par & 0x7f : (par & 0xfffff000UL) - (u64)pages;
}

static void translation(void) {
  text("translation asked for\n");
  value(" page", translated(WINDOW + 8, 0));
  value(" read only", translated(WINDOW + 0x2008, 1));
  value(" none", translated(WINDOW + 0x1008, 0));
}

// Code that adds its argument and a constant, at two addresses, and then with another constant.
static void code(void) {
  text("code\n");
  volatile u32 *words = (volatile u32 *)pages[1];
  words[0] = 0x91001400; // add x0, x0, #5
  words[1] = 0xd65f03c0; // ret
  map(1, ACCESSED | UXN);
  level3[7] = (u64)pages[1] | VALID | SHAREABLE | ACCESSED | UXN;
  flush();
  asm volatile("dc cvau, %0\n dsb ish\n ic ivau, %0\n dsb ish\n isb" ::"r"(WINDOW + 0x1000) : "memory");
  u64 (*one)(u64) = (u64(*)(u64))(WINDOW + 0x1000);
  u64 (*two)(u64) = (u64(*)(u64))(WINDOW + 0x7000);
  value(" one", one(10));
  value(" two", two(20));
  words[0] = 0x91001c00; // add x0, x0, #7
  asm volatile("dc cvau, %0\n dsb ish\n ic ivau, %0\n dsb ish\n isb" ::"r"(WINDOW + 0x7000) : "memory");
  value(" one", one(10));
  value(" two", two(20));
}

// Programs for EL0, position independent.
asm(".balign 64\n user_code:\n svc #7\n mrs x0, midr_el1\n svc #8\n user_end:\n"
    ".balign 64\n user_load:\n ldr x0, [x1]\n svc #9\n user_load_end:\n");
extern u32 user_code[], user_end[], user_load[], user_load_end[];

static void user(const u32 *from, const u32 *to, u64 argument) {
  volatile u32 *words = (volatile u32 *)pages[1];
  for (int i = 0; from + i < to; i++) words[i] = from[i];
  map(1, ACCESSED | USER | PXN);
  asm volatile("ic iallu\n dsb ish\n isb");
  // The first exception comes back here.
  u64 entry = WINDOW + 0x1000;
  asm volatile(
      "adr x9, 1f\n str x9, [%3]\n msr elr_el1, %0\n msr spsr_el1, xzr\n mov x1, %1\n msr sp_el0, %2\n isb\n eret\n 1:"
      ::"r"(entry), "r"(argument), "r"(WINDOW + 0x1800), "r"(&resume)
      : "x0", "x1", "x9", "memory");
}

static void el0(void) {
  text("EL0\n");
  user(user_code, user_end, 0);
  text("EL0, register of EL1\n");
  user(user_code + 1, user_end, 0);
  text("EL0, page of EL1\n");
  user(user_load, user_load_end, WINDOW + 8);
  text("EL0, own page\n");
  user(user_load, user_load_end, WINDOW + 0x1000);
  text("EL1 on its behalf\n");
  u64 got = 0;
  asm volatile("ldtr %0, [%1]" : "=r"(got) : "r"(WINDOW + 0x1000));
  value(" load", got == *(u64 *)pages[1]);
  asm volatile("ldtr %0, [%1]" : "=r"(got) : "r"(WINDOW));
  asm volatile("sttr %0, [%1]" ::"r"(got), "r"(WINDOW));
  text("EL1, code of EL0\n");
  resume = (u64) && after;
  asm volatile goto("br %0" ::"r"(WINDOW + 0x1000) : "memory" : after);
after:;
}

// What EL1 may let EL0 do: one instruction and a call each.
#define ASKED(name, code) ".balign 64\n asked_" #name ":\n " code "\n svc #10\n"
asm(ASKED(virtual, "mrs x0, cntvct_el0") ASKED(physical, "mrs x0, cntpct_el0") ASKED(control, "mrs x0, cntv_ctl_el0")
    ASKED(other, "msr cntp_ctl_el0, xzr") ASKED(masks, "mrs x0, daif") ASKED(mask, "msr daifset, #2")
    ASKED(unmask, "msr daif, x2") ASKED(wait, "wfi") ".balign 64\n");
extern u32 asked_virtual[], asked_physical[], asked_control[], asked_other[], asked_masks[], asked_mask[], asked_unmask[],
    asked_wait[];

static void grants(u64 control, u64 timers) {
  const u32 *asked[] = {asked_virtual, asked_physical, asked_control, asked_other,
                        asked_masks,   asked_mask,     asked_unmask,  asked_wait};
  u64 before = READ(sctlr_el1);
  WRITE(sctlr_el1, (before & ~(1UL << 9 | 1UL << 16)) | control);
  WRITE(cntkctl_el1, timers);
  BARRIER();
  // Nobody would wake a program that may wait.
  int count = control >> 16 & 1 ? 7 : 8;
  for (int i = 0; i < count; i++) {
    // QEMU 7.2 swaps op1 and op2 in the syndrome of a refused immediate.
    if (asked[i] == asked_mask && control == 0) continue;
    value(" asked", i);
    user(asked[i], asked[i] + 2, 0);
  }
  WRITE(sctlr_el1, before);
  BARRIER();
}

static void interrupts(void) {
  text("timer\n");
  REGISTER(0x08000000) = 1;
  REGISTER(0x08000100) = 1 << 27;
  REGISTER(0x08010004) = 0xf0;
  REGISTER(0x08010000) = 1;
  u64 before = READ(cntvct_el0);
  WRITE(cntv_cval_el0, before + READ(cntfrq_el0) / 1000);
  WRITE(cntv_ctl_el0, 1);
  BARRIER();
  asm volatile("wfi");
  value(" reached", READ(cntv_ctl_el0));
  value(" late enough", READ(cntvct_el0) - before >= READ(cntfrq_el0) / 1000);
  value(" pending", READ(isr_el1));
  asm volatile("msr daifclr, #2\n nop\n msr daifset, #2");
  value(" pending", READ(isr_el1));
  text("software\n");
  REGISTER(0x08000f00) = 2 << 24 | 5;
  asm volatile("msr daifclr, #2\n nop\n msr daifset, #2");
  value("none", REGISTER(0x0801000c));
  text("time goes on\n");
  u64 start = READ(cntvct_el0);
  int turns = 0;
  while (READ(cntvct_el0) - start < READ(cntfrq_el0) / 10000) turns++;
  value(" turns", turns > 0);
}

int main(void) {
  value("EL", READ(CurrentEL) >> 2);
  exceptions();
  memory();
  spaces();
  translation();
  code();
  el0();
  text("EL0, nothing granted\n");
  grants(0, 0);
  text("EL0, all granted\n");
  grants(1UL << 9 | 1UL << 16, 0x303);
  interrupts();
  text("done\n");
  return 0;
}
