// What the frame of a signal tells of a fault; for AArch64 alone.
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <ucontext.h>
#include <unistd.h>
static sigjmp_buf back;
static char *data;
static const char *name(uint64_t a) {
  static char text[4][64];
  static int next;
  char *t = text[next++ % 4];
  int64_t off = (int64_t)((a << 8) >> 8) - (int64_t)data;
  if (off > -65536 && off < 65536)
    sprintf(t, "%02x:data%+ld", (unsigned)(a >> 56), (long)off);
  else
    sprintf(t, "%lx", a);
  return t;
}
static void handler(int s, siginfo_t *i, void *u) {
  ucontext_t *c = u;
  uint64_t esr = 0;
  for (unsigned char *p = c->uc_mcontext.__reserved;;) {
    uint32_t magic = *(uint32_t *)p, size = *(uint32_t *)(p + 4);
    if (!magic || !size) break;
    if (magic == 0x45535201) esr = *(uint64_t *)(p + 8);
    p += size;
  }
  printf("signal %d code %d address %s fault %s esr %lx\n", s, i->si_code, name((uint64_t)i->si_addr),
         name(c->uc_mcontext.fault_address), esr);
  fflush(stdout);
  siglongjmp(back, 1);
}
#define TRY(what, ...)                        \
  do {                                        \
    printf("%s: ", what);                     \
    fflush(stdout);                           \
    if (!sigsetjmp(back, 1)) {                \
      __VA_ARGS__;                            \
      printf("no fault\n");                   \
    }                                         \
  } while (0)
#define TAG(p, t) ((volatile char *)((uint64_t)(p) | (uint64_t)(t) << 56))
static void set(int flags) {
  struct sigaction a = {0};
  a.sa_sigaction = handler, a.sa_flags = SA_SIGINFO | SA_NODEFER | flags;
  int all[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP};
  for (int i = 0; i < 4; i++) sigaction(all[i], &a, 0);
}
static void calls(void) {
  int p[2];
  pipe(p);
  char *tagged = (char *)TAG(data, 0x3c);
  errno = 0;
  printf("write of tagged %zd %d\n", write(p[1], tagged, 4), errno);
  printf("allowed %d\n", prctl(56, 0, 0, 0, 0));
  printf("unknown bits %d %d\n", prctl(55, 8, 0, 0, 0), errno);
  printf("allow %d allowed %d\n", prctl(55, 1, 0, 0, 0), prctl(56, 0, 0, 0, 0));
  errno = 0;
  printf("write of tagged %zd %d\n", write(p[1], tagged, 4), errno);
  prctl(55, 0, 0, 0, 0);
  printf("range %d %d\n", mprotect(tagged, 4096, PROT_READ | PROT_WRITE), madvise(tagged, 4096, MADV_NORMAL));
}
int main(void) {
  set(0);
  data = mmap(0, 4 * 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  memset(data, 1, 4 * 4096);
  mprotect(data + 4096, 4096, PROT_READ);
  munmap(data + 8192, 4096);
  for (int i = 0; i < 2; i++) {
    TRY("read", (void)*(volatile char *)(data + 8192 + 5));
    TRY("write", *(volatile char *)(data + 8192 + 6) = 1);
    TRY("write to what is only read", *(volatile char *)(data + 4096 + 7) = 1);
    TRY("tagged read of what is there", (void)*TAG(data, 0x5a));
    TRY("tagged read", (void)*TAG(data + 8192, 0x5a));
    TRY("tagged write", *TAG(data + 4096, 0xff) = 1);
    set(0x800); // SA_EXPOSE_TAGBITS
  }
  set(0);
  TRY("no user's address", (void)*(volatile char *)0x1000000000000ul);
  TRY("load of two halves", __asm__ volatile("ldxr x9, [%0]" ::"r"(data + 1) : "x9"));
  TRY("store of two halves", __asm__ volatile("stlr x9, [%0]" ::"r"(data + 12) : "x9", "memory"));
  TRY("the kernel's address", (void)*(volatile char *)0xffff800000001000ul);
  TRY("the kernel's address written", *(volatile char *)0xffff800000001000ul = 1);
  TRY("call of the kernel's address", ((void (*)(void))0xffff800000001000ul)());
  TRY("call of data", ((void (*)(void))data)());
  TRY("call of nothing", ((void (*)(void))(data + 8192 + 0x124))());
  TRY("call of an odd address", ((void (*)(void))(data + 2))());
  TRY("undefined", __asm__ volatile(".inst 0"));
  TRY("break", __asm__ volatile("brk #7"));
  calls();
}
