/* Threads that wait on a word and are moved to a lock (FUTEX_CMP_REQUEUE_PI). */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "shared.h"

static int word, lock, other;
static int order[8];
static volatile int ended;
static long results[8];
static int errors[8];

static volatile int sleeper;

static long futex(int *at, int op, long value, void *time, int *to, long last) {
  errno = 0;
  return syscall(SYS_futex, at, op, value, time, to, last);
}

static int self(void) { return syscall(SYS_gettid); }

static void say(const char *what, long r) {
  printf("%s %ld %s\n", what, r, r < 0 ? strerror(errno) : "");
}

static void *moves(void *number) {
  sleeper = syscall(SYS_gettid);
  long n = (long)number;
  results[n] = futex(&word, FUTEX_WAIT_REQUEUE_PI, 5, 0, &lock, 0);
  errors[n] = errno;
  order[ended++] = n;
  if (results[n] == 0 && (lock & FUTEX_TID_MASK) == self()) {
    order[ended - 1] += 10; /* it has the lock */
    futex(&lock, FUTEX_UNLOCK_PI, 0, 0, 0, 0);
  }
  return 0;
}

static void *moves_timed(void *number) {
  sleeper = syscall(SYS_gettid);
  long n = (long)number;
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  t.tv_nsec += 900000000;
  if (t.tv_nsec >= 1000000000) t.tv_sec++, t.tv_nsec -= 1000000000;
  results[n] = futex(&word, FUTEX_WAIT_REQUEUE_PI, 5, &t, &lock, 0);
  errors[n] = errno;
  return 0;
}

static void *waits(void *number) {
  sleeper = syscall(SYS_gettid);
  results[(long)number] = futex(&word, FUTEX_WAIT, 5, 0, 0, 0);
  return 0;
}

static void value(const char *what) {
  printf("%s: %s%s%s\n", what, (lock & FUTEX_TID_MASK) == self() ? "mine" : lock ? "other's" : "free",
         lock & FUTEX_WAITERS ? " with waiters" : "", lock & FUTEX_OWNER_DIED ? " died" : "");
}

static void begin(pthread_t *threads, int count, void *(*what)(void *)) {
  word = 5;
  ended = 0;
  memset(order, 0, sizeof order);
  for (long i = 0; i < count; i++) {
    sleeper = 0;
    pthread_create(&threads[i], 0, what, (void *)i);
    while (sleeper == 0) rest();
    until_asleep(sleeper);
  }
}

static void finish(pthread_t *threads, int count) {
  for (int i = 0; i < count; i++) {
    pthread_join(threads[i], 0);
    printf("thread %d: %ld %s\n", i, results[i], results[i] < 0 ? strerror(errors[i]) : "");
  }
  printf("order");
  for (int i = 0; i < ended; i++) printf(" %d", order[i]);
  puts("");
}

int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  pthread_t t[4];
  say("nobody", futex(&word, FUTEX_CMP_REQUEUE_PI, 1, (void *)9, &lock, 0));
  say("changed", futex(&word, FUTEX_CMP_REQUEUE_PI, 1, (void *)9, &lock, 1));
  say("wakes two", futex(&word, FUTEX_CMP_REQUEUE_PI, 2, (void *)9, &lock, 0));
  say("same word", futex(&word, FUTEX_CMP_REQUEUE_PI, 1, (void *)9, &word, 0));
  say("waits there", futex(&word, FUTEX_WAIT_REQUEUE_PI, 0, 0, &word, 0));
  say("other value", futex(&word, FUTEX_WAIT_REQUEUE_PI, 1, 0, &lock, 0));

  puts("-- free lock");
  begin(t, 3, moves);
  say("wake", futex(&word, FUTEX_WAKE, 1, 0, 0, 0));
  say("requeue", futex(&word, FUTEX_CMP_REQUEUE, 0, (void *)9, &other, 5));
  say("other lock", futex(&word, FUTEX_CMP_REQUEUE_PI, 1, (void *)9, &other, 5));
  say("moved", futex(&word, FUTEX_CMP_REQUEUE_PI, 1, (void *)9, &lock, 5));
  finish(t, 3);
  value("lock");

  puts("-- lock that is taken");
  begin(t, 3, moves);
  say("lock", futex(&lock, FUTEX_LOCK_PI, 0, 0, 0, 0));
  say("moved", futex(&word, FUTEX_CMP_REQUEUE_PI, 1, (void *)1, &lock, 5));
  value("lock");
  rest();
  printf("ended %d\n", ended);
  say("unlock", futex(&lock, FUTEX_UNLOCK_PI, 0, 0, 0, 0));
  while (ended < 2) rest();
  rest();
  printf("ended %d\n", ended);
  say("the last", futex(&word, FUTEX_CMP_REQUEUE_PI, 1, (void *)0, &lock, 5));
  finish(t, 3);
  value("lock");

  puts("-- too late");
  begin(t, 1, moves_timed);
  finish(t, 1);
  begin(t, 1, moves_timed);
  say("lock", futex(&lock, FUTEX_LOCK_PI, 0, 0, 0, 0));
  say("moved", futex(&word, FUTEX_CMP_REQUEUE_PI, 1, (void *)1, &lock, 5));
  finish(t, 1);
  say("unlock", futex(&lock, FUTEX_UNLOCK_PI, 0, 0, 0, 0));
  value("lock");

  puts("-- who does not wait for it");
  begin(t, 1, waits);
  say("moved", futex(&word, FUTEX_CMP_REQUEUE_PI, 1, (void *)1, &lock, 5));
  say("wake", futex(&word, FUTEX_WAKE, 1, 0, 0, 0));
  finish(t, 1);
  return 0;
}
