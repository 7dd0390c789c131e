// Mutexes that inherit priorities, and the futex operations behind them.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/futex.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static pthread_mutex_t mutex, robust;
static int word, counter;

static long futex(int op, void *time) { return syscall(SYS_futex, &word, op, 0, time, 0, 0); }

static void say(const char *what, long r) {
  printf("%s %ld", what, r);
  if (r < 0) printf(" %s", strerror(errno));
  printf("\n");
}

static void *counts(void *none) {
  for (int i = 0; i < 2000; i++) {
    pthread_mutex_lock(&mutex);
    int now = counter;
    if (i % 100 == 0) usleep(10);
    counter = now + 1;
    pthread_mutex_unlock(&mutex);
  }
  return 0;
}

static void *dies(void *none) {
  pthread_mutex_lock(&robust);
  return 0;
}

static void *holds(void *none) {
  futex(FUTEX_LOCK_PI, 0);
  usleep(30000);
  long *r = malloc(sizeof *r);
  *r = futex(FUTEX_UNLOCK_PI, 0);
  return r;
}

static void *leaves(void *none) {
  futex(FUTEX_LOCK_PI, 0);
  usleep(30000);
  return 0;
}

int main(void) {
  pthread_mutexattr_t a;
  pthread_mutexattr_init(&a);
  say("inherit", pthread_mutexattr_setprotocol(&a, PTHREAD_PRIO_INHERIT));
  say("init", pthread_mutex_init(&mutex, &a));
  pthread_t t[4];
  for (int i = 0; i < 4; i++) pthread_create(&t[i], 0, counts, 0);
  for (int i = 0; i < 4; i++) pthread_join(t[i], 0);
  say("counted", counter);
  pthread_mutex_lock(&mutex);
  struct timespec soon;
  clock_gettime(CLOCK_REALTIME, &soon);
  say("try", pthread_mutex_trylock(&mutex));
  pthread_mutex_unlock(&mutex);
  pthread_mutexattr_setrobust(&a, PTHREAD_MUTEX_ROBUST);
  pthread_mutex_init(&robust, &a);
  pthread_create(t, 0, dies, 0);
  pthread_join(*t, 0);
  int r = pthread_mutex_lock(&robust);
  say("owner dead", r == EOWNERDEAD);
  say("consistent", pthread_mutex_consistent(&robust));
  say("unlock", pthread_mutex_unlock(&robust));
  say("lock", pthread_mutex_lock(&robust));
  pthread_mutex_unlock(&robust);

  say("try", futex(FUTEX_TRYLOCK_PI, 0));
  say("mine", word == gettid());
  say("again", futex(FUTEX_LOCK_PI, 0));
  say("try again", futex(FUTEX_TRYLOCK_PI, 0));
  say("unlock", futex(FUTEX_UNLOCK_PI, 0));
  say("word", word);
  say("unlock again", futex(FUTEX_UNLOCK_PI, 0));
  word = 999999;
  say("nobody's", futex(FUTEX_LOCK_PI, 0));
  word = 0;
  pthread_create(t, 0, holds, 0);
  while (!*(volatile int *) &word) usleep(100);
  say("held", futex(FUTEX_TRYLOCK_PI, 0));
  clock_gettime(CLOCK_REALTIME, &soon);
  soon.tv_nsec += 1000000;
  if (soon.tv_nsec >= 1000000000) soon.tv_nsec -= 1000000000, soon.tv_sec++;
  say("timed", futex(FUTEX_LOCK_PI, &soon));
  say("waited", futex(FUTEX_LOCK_PI, 0));
  say("mine", (word & FUTEX_TID_MASK) == gettid());
  say("unlock", futex(FUTEX_UNLOCK_PI, 0));
  void *p;
  pthread_join(*t, &p);
  say("other's unlock", *(long *) p);
  word = 0;
  pthread_create(t, 0, leaves, 0);
  while (!*(volatile int *) &word) usleep(100);
  say("owner died", futex(FUTEX_LOCK_PI, 0));
  printf("%d %d\n", (word & FUTEX_TID_MASK) == gettid(), (word & FUTEX_OWNER_DIED) != 0);
  pthread_join(*t, 0);
  return 0;
}
