/* Load-exclusive and store-exclusive with turns of other threads and system calls between them. */
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

/* As many instructions between as make turns end everywhere. */
#define NOPS "nop\n nop\n nop\n nop\n nop\n"

static uint64_t *counter, pair[2] __attribute__((aligned(16))), swapped;
static uint32_t lock, plain;
static long rounds;

static void add(uint64_t *at) {
  uint64_t value;
  uint32_t fails;
  do {
    __asm__ volatile("ldxr %0, [%2]\n" NOPS "add %0, %0, #1\n stxr %w1, %0, [%2]"
                     : "=&r"(value), "=&r"(fails) : "r"(at) : "memory");
  } while (fails);
}

static void add_pair(void) {
  uint64_t one, two;
  uint32_t fails;
  do {
    __asm__ volatile("ldaxp %0, %1, [%3]\n" NOPS "add %0, %0, #1\n add %1, %1, #3\n stlxp %w2, %0, %1, [%3]"
                     : "=&r"(one), "=&r"(two), "=&r"(fails) : "r"(pair) : "memory");
  } while (fails);
}

/* A lock that is taken by load-exclusive and protects a number that is not atomic. */
static void locked(void) {
  uint32_t old, fails;
  do {
    __asm__ volatile("1: ldaxr %w0, [%2]\n cbnz %w0, 2f\n" NOPS "stxr %w1, %w3, [%2]\n b 3f\n"
                     "2: mov %w1, #1\n 3:"
                     : "=&r"(old), "=&r"(fails) : "r"(&lock), "r"(1) : "memory");
  } while (fails);
  plain = plain + 1;
  __asm__ volatile(NOPS NOPS "stlr wzr, [%0]" ::"r"(&lock) : "memory");
}

static void *works(void *x) {
  for (long i = 0; i < rounds; i++) {
    add(counter);
    add_pair();
    locked();
    __atomic_fetch_add(&swapped, 2, __ATOMIC_RELAXED);
  }
  return 0;
}

int main(int count, char **arguments) {
  rounds = atol(arguments[1]);
  counter = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  pthread_t threads[3];
  for (int i = 0; i < 3; i++) pthread_create(&threads[i], 0, works, 0);
  for (int i = 0; i < 3; i++) pthread_join(threads[i], 0);
  long all = 3 * rounds;
  printf("threads %d %d %d %d %d\n", *counter == all, pair[0] == all, pair[1] == 3 * all, plain == all, swapped == 2 * all);
  *counter = 0;
  for (int i = 0; i < 3; i++) {
    if (fork() == 0) {
      for (long k = 0; k < rounds; k++) add(counter);
      _exit(0);
    }
  }
  while (wait(0) > 0) continue;
  printf("processes %d\n", *counter == all);

  uint64_t value;
  uint32_t fails;
  __asm__ volatile("ldxr %0, [%2]\n stxr %w1, %0, [%2]" : "=&r"(value), "=&r"(fails) : "r"(counter) : "memory");
  printf("at once %u\n", fails);
  register long number __asm__("x8") = SYS_getpid, result __asm__("x0") = 0;
  __asm__ volatile("ldxr x9, [%2]\n svc #0\n stxr %w1, x9, [%2]"
                   : "+r"(result), "=&r"(fails) : "r"(counter), "r"(number) : "x9", "memory");
  printf("after a call %u\n", fails);
  __asm__ volatile("ldxr x9, [%1]\n clrex\n stxr %w0, x9, [%1]" : "=&r"(fails) : "r"(counter) : "x9", "memory");
  printf("cleared %u\n", fails);
  return 0;
}
