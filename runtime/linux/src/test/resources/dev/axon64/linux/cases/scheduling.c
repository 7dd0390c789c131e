// Classes of scheduling, priorities and affinity: what can be asked and set, and what is refused.
#define _GNU_SOURCE
#include <errno.h>
#include <linux/membarrier.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); fflush(stdout); } while (0)
struct attr { uint32_t size, policy; uint64_t flags; int32_t nice; uint32_t priority; uint64_t runtime, deadline, period; uint32_t low, high; uint64_t more; };
static void show(const char *what) { struct sched_param p = {-1}; sched_getparam(0, &p); printf("%s: class %d priority %d nice %d\n", what, sched_getscheduler(0), p.sched_priority, getpriority(PRIO_PROCESS, 0)); }
int main(void) {
  for (int i = -1; i < 7; i++) { errno = 0; int l = sched_get_priority_min(i), h = sched_get_priority_max(i); printf("%d: %d %d %s\n", i, l, h, strerror(errno)); }
  struct sched_param p = {0}, five = {5}, high = {100}, low = {-1};
  show("begin"); E(sched_getscheduler(-1)); E(sched_getscheduler(999999)); E(sched_getparam(0, 0)); E(sched_getparam(-1, &p)); E(sched_getparam(999999, &p)); E(sched_getparam(0, (void *)8));
  E(sched_setscheduler(0, SCHED_OTHER, &five)); E(sched_setscheduler(0, 99, &p)); E(sched_setscheduler(0, -1, &p)); E(sched_setscheduler(0, SCHED_OTHER, 0)); E(sched_setscheduler(-1, SCHED_OTHER, &p)); E(sched_setscheduler(999999, SCHED_OTHER, &p)); E(sched_setscheduler(0, SCHED_FIFO, &high)); E(sched_setscheduler(0, SCHED_FIFO, &p)); E(sched_setscheduler(0, SCHED_DEADLINE, &p)); E(sched_setscheduler(0, SCHED_OTHER, (void *)8));
  E(sched_setscheduler(0, SCHED_BATCH, &p)); show("batch"); E(sched_setscheduler(0, SCHED_IDLE, &p)); show("idle"); E(sched_setscheduler(0, SCHED_FIFO, &five)); show("fifo"); E(sched_setparam(0, &high)); E(sched_setparam(0, &low)); five.sched_priority = 7; E(sched_setparam(0, &five)); show("fifo"); E(sched_setparam(0, 0)); E(sched_setparam(-3, &p));
  struct timespec t = {9, 9}; E(sched_rr_get_interval(0, &t)); printf("fifo interval %ld\n", t.tv_nsec); E(sched_setscheduler(0, SCHED_RR | SCHED_RESET_ON_FORK, &five)); show("rr"); E(sched_rr_get_interval(0, &t)); printf("rr interval %ld\n", t.tv_nsec); E(sched_rr_get_interval(-1, &t)); E(sched_rr_get_interval(999999, &t)); E(sched_rr_get_interval(0, (void *)8));
  if (!fork()) { show("child"); fflush(stdout); _exit(0); } wait(0);
  E(sched_setscheduler(0, SCHED_OTHER, &p)); show("other");
  struct attr a; memset(&a, 0, sizeof a); E(syscall(SYS_sched_getattr, 0, &a, 48, 0)); printf("size %u class %u nice %d priority %u\n", a.size, a.policy, a.nice, a.priority); E(syscall(SYS_sched_getattr, 0, &a, 47, 0)); E(syscall(SYS_sched_getattr, 0, &a, 56, 1)); E(syscall(SYS_sched_getattr, -1, &a, 56, 0)); E(syscall(SYS_sched_getattr, 0, 0, 56, 0)); E(syscall(SYS_sched_getattr, 999999, &a, 56, 0)); E(syscall(SYS_sched_getattr, 0, &a, 5000, 0)); E(syscall(SYS_sched_getattr, 0, &a, sizeof a, 0)); printf("size %u\n", a.size);
  memset(&a, 0, sizeof a); a.size = 48; a.nice = 3; E(syscall(SYS_sched_setattr, 0, &a, 0)); show("by attributes"); a.policy = SCHED_FIFO; E(syscall(SYS_sched_setattr, 0, &a, 0)); a.priority = 4; E(syscall(SYS_sched_setattr, 0, &a, 0)); show("fifo"); a.policy = SCHED_OTHER; E(syscall(SYS_sched_setattr, 0, &a, 0)); a.priority = 0; E(syscall(SYS_sched_setattr, 0, &a, 0)); E(syscall(SYS_sched_setattr, 0, &a, 1)); E(syscall(SYS_sched_setattr, 0, 0, 0)); E(syscall(SYS_sched_setattr, -1, &a, 0)); a.size = 12; E(syscall(SYS_sched_setattr, 0, &a, 0)); a.size = sizeof a; a.more = 1; E(syscall(SYS_sched_setattr, 0, &a, 0)); a.more = 0; E(syscall(SYS_sched_setattr, 0, &a, 0)); a.size = 48; a.flags = 1ull << 40; E(syscall(SYS_sched_setattr, 0, &a, 0)); a.flags = 0; a.policy = SCHED_DEADLINE; E(syscall(SYS_sched_setattr, 0, &a, 0)); a.policy = 77; E(syscall(SYS_sched_setattr, 0, &a, 0)); a.policy = -1; E(syscall(SYS_sched_setattr, 0, &a, 0)); a.size = 0; a.policy = SCHED_BATCH; a.nice = 0; E(syscall(SYS_sched_setattr, 0, &a, 0)); show("batch"); E(sched_setscheduler(0, SCHED_OTHER, &p));
  unsigned char m[256]; memset(m, 0, sizeof m); E(syscall(SYS_sched_getaffinity, 0, 4, m)); E(syscall(SYS_sched_getaffinity, 0, 12, m)); E(syscall(SYS_sched_getaffinity, 0, 0, m)); E(syscall(SYS_sched_getaffinity, 999999, 128, m)); E(syscall(SYS_sched_getaffinity, 0, 128, 8)); E(syscall(SYS_sched_getaffinity, 0, 128, m) >= 8); printf("first %d\n", m[0] & 1); memset(m, 0, sizeof m); E(syscall(SYS_sched_setaffinity, 0, 128, m)); m[100] = 1; E(syscall(SYS_sched_setaffinity, 0, 128, m)); m[0] = 1; E(syscall(SYS_sched_setaffinity, 0, 128, m)); E(syscall(SYS_sched_setaffinity, 0, 1, m)); E(syscall(SYS_sched_setaffinity, 0, 0, m)); E(syscall(SYS_sched_setaffinity, 999999, 8, m)); E(syscall(SYS_sched_setaffinity, 0, 8, 8));
  E(getpriority(-1, 0)); E(getpriority(3, 0)); E(getpriority(PRIO_PROCESS, 999999)); E(getpriority(PRIO_PROCESS, -1)); E(getpriority(PRIO_PGRP, 999999)); E(setpriority(7, 0, 0)); E(setpriority(-1, 0, 0)); E(setpriority(PRIO_PROCESS, 0, 100)); E(getpriority(PRIO_PROCESS, 0)); E(setpriority(PRIO_PROCESS, 0, -100)); E(getpriority(PRIO_PROCESS, 0)); E(setpriority(PRIO_PROCESS, 0, 0)); E(nice(3)); E(nice(-3)); E(setpriority(PRIO_PGRP, 0, 1)); E(getpriority(PRIO_PGRP, 0)); E(getpriority(PRIO_USER, 54321));
  E(syscall(SYS_ioprio_get, 1, 0)); E(syscall(SYS_ioprio_set, 1, 0, 2 << 13 | 3)); E(syscall(SYS_ioprio_get, 1, 0)); E(syscall(SYS_ioprio_set, 1, 0, 5 << 13)); E(syscall(SYS_ioprio_set, 1, 0, 3)); E(syscall(SYS_ioprio_set, 1, 0, 3 << 13)); E(syscall(SYS_ioprio_get, 1, 0)); E(syscall(SYS_ioprio_get, 0, 0)); E(syscall(SYS_ioprio_get, 9, 0)); E(syscall(SYS_ioprio_get, 1, 999999)); E(syscall(SYS_ioprio_set, 1, 0, 1 << 13 | 2));
  E(syscall(SYS_membarrier, 999, 0)); E(syscall(SYS_membarrier, 0, 8)); E(syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0)); E(syscall(SYS_membarrier, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED, 0)); E(syscall(SYS_membarrier, MEMBARRIER_CMD_PRIVATE_EXPEDITED, 0)); E(syscall(SYS_membarrier, MEMBARRIER_CMD_GLOBAL, 0)); E(syscall(SYS_membarrier, 3, 0)); E(syscall(SYS_membarrier, -1, 0));
  unsigned cpu, node; E(syscall(SYS_getcpu, &cpu, &node, 0)); E(syscall(SYS_getcpu, 8, &node, 0)); E(syscall(SYS_getcpu, 0, 0, 0));
  if (!fork()) { setuid(1000); E(sched_setscheduler(0, SCHED_FIFO, &five)); E(sched_setscheduler(getppid(), SCHED_OTHER, &p)); E(sched_setscheduler(0, SCHED_BATCH, &p)); E(sched_setscheduler(0, SCHED_IDLE, &p)); m[0] = 1; E(syscall(SYS_sched_setaffinity, getppid(), 8, m)); E(syscall(SYS_ioprio_set, 1, 0, 1 << 13 | 2)); _exit(0); } wait(0);
  E(sched_yield());
}
