// Where the kernel says that no instruction could be fetched.
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
static sigjmp_buf back;
static unsigned long address;
static int code, number;
static void handler(int s, siginfo_t *i, void *u) {
  number = s, address = (unsigned long)i->si_addr, code = i->si_code;
  siglongjmp(back, 1);
}
static void go(const char *what, char *page, long offset) {
  if (!sigsetjmp(back, 1)) ((void (*)(void))(page + offset))();
  printf("%s: signal %d code %d at %ld\n", what, number, code, (long)(address - (unsigned long)page));
}
int main(void) {
  struct sigaction a = {0};
  a.sa_sigaction = handler, a.sa_flags = SA_SIGINFO | SA_NODEFER;
  sigaction(SIGSEGV, &a, 0), sigaction(SIGBUS, &a, 0);
  char *p = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  go("not executable", p, 0x124);
  mprotect(p, 4096, PROT_NONE);
  go("no access", p, 0x7f0);
  munmap(p, 4096);
  go("unmapped", p, 0x564);
  char *q = mmap(0, 8192, 7, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
#ifdef __aarch64__
  memcpy(q + 4092, "\x1f\x20\x03\xd5", 4);
#else
  memset(q + 4092, 0x90, 4);
#endif
  mprotect(q + 4096, 4096, PROT_READ | PROT_WRITE);
  __builtin___clear_cache(q, q + 4096);
  go("ran off", q, 4092);
  mprotect(q, 4096, PROT_READ);
  go("no more", q, 4092);
}
