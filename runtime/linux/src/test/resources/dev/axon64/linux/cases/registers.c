// A tracer reads and writes registers, steps, sets breakpoints and changes calls; arm64 only.
#define _GNU_SOURCE
#include <elf.h>
#include <errno.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

static pid_t child;
static uint64_t regs[34];
static int status;

static long set(int request, long type, void *data, size_t size) {
  struct iovec v = {data, size};
  long r = ptrace(request, child, (void *) type, &v);
  return r ? -errno : (long) v.iov_len;
}

static void wait_for(const char *what) {
  waitpid(child, &status, 0);
  siginfo_t i;
  memset(&i, 0, sizeof i);
  if (WIFSTOPPED(status)) {
    ptrace(PTRACE_GETSIGINFO, child, 0, &i);
    printf("%s: stopped %d code %d\n", what, WSTOPSIG(status), i.si_code);
    set(PTRACE_GETREGSET, NT_PRSTATUS, regs, sizeof regs);
  } else printf("%s: ended %#x\n", what, status);
}

long body(void);
__asm__(
    ".text\n"
    ".global body, target\n"
    "body:\n"
    "  mov x3, 33\n"
    "  cmp x3, 33\n"
    "  brk 7\n"              // the tracer goes on behind it
    "  add x3, x3, 1\n"
    "  add x3, x3, 2\n"
    "target:\n"
    "  add x3, x3, 4\n"
    "  mov x8, 173\n"        // getppid
    "  svc 0\n"
    "  mov x4, x0\n"
    "  mov x0, 5\n"
    "  mov x8, 172\n"        // getpid, not made
    "  svc 0\n"
    "  add x0, x0, x3\n"
    "  ret\n");
extern char target[];

int main(void) {
  setvbuf(stdout, 0, _IOFBF, 1 << 16);
  child = fork();
  if (child == 0) {
    ptrace(PTRACE_TRACEME, 0, 0, 0);
    raise(SIGSTOP);
    _exit(body() & 0xff);
  }
  wait_for("begins");
  printf("sizes %ld %ld %ld %ld %ld\n", set(PTRACE_GETREGSET, NT_PRSTATUS, regs, 4096), set(PTRACE_GETREGSET, NT_PRSTATUS, regs, 16),
      set(PTRACE_GETREGSET, NT_ARM_SYSTEM_CALL, regs, 8), set(PTRACE_GETREGSET, NT_ARM_TLS, regs, 8), set(PTRACE_GETREGSET, 0x7777, regs, 8));
  printf("half a word %ld\n", set(PTRACE_GETREGSET, NT_PRSTATUS, regs, 12));
  uint8_t fp[528];
  printf("fp %ld\n", set(PTRACE_GETREGSET, NT_PRFPREG, fp, sizeof fp));
  ptrace(PTRACE_CONT, child, 0, 0);
  wait_for("brk");
  printf("x3 %ld flags %#lx at brk %d\n", (long) regs[3], (long) regs[33], regs[32] == (uintptr_t) body + 8);
  regs[32] += 4;
  regs[3] = 100;
  regs[33] = 0x90000000;
  printf("set %ld\n", set(PTRACE_SETREGSET, NT_PRSTATUS, regs, sizeof regs));
  ptrace(PTRACE_SINGLESTEP, child, 0, 0);
  wait_for("step");
  printf("x3 %ld flags %#lx moved %ld\n", (long) regs[3], (long) regs[33], (long) (regs[32] - (uintptr_t) body));
  long old = ptrace(PTRACE_PEEKTEXT, child, target, 0);
  ptrace(PTRACE_POKETEXT, child, target, (void *) ((old & ~0xffffffffL) | 0xd4200000));
  ptrace(PTRACE_CONT, child, 0, 0);
  wait_for("breakpoint");
  printf("x3 %ld there %d\n", (long) regs[3], regs[32] == (uintptr_t) target);
  ptrace(PTRACE_POKETEXT, child, target, (void *) old);
  for (int i = 0; i < 3; i++) {
    ptrace(PTRACE_SINGLESTEP, child, 0, 0);
    wait_for("step");
    printf("x3 %ld moved %ld\n", (long) regs[3], (long) (regs[32] - (uintptr_t) body));
  }
  printf("parent %d\n", regs[0] == getpid());
  ptrace(PTRACE_SYSCALL, child, 0, 0);
  wait_for("before");
  int number = 0;
  set(PTRACE_GETREGSET, NT_ARM_SYSTEM_CALL, &number, 4);
  printf("number %d x7 %ld x4 %d\n", number, (long) regs[7], regs[4] == getpid());
  number = -1;
  printf("set %ld\n", set(PTRACE_SETREGSET, NT_ARM_SYSTEM_CALL, &number, 4));
  regs[0] = 20;
  set(PTRACE_SETREGSET, NT_PRSTATUS, regs, sizeof regs);
  ptrace(PTRACE_SYSCALL, child, 0, 0);
  wait_for("after");
  printf("x0 %ld x7 %ld\n", (long) regs[0], (long) regs[7]);
  ptrace(PTRACE_CONT, child, 0, 0);
  wait_for("ends");
  fflush(stdout);
  return 0;
}
