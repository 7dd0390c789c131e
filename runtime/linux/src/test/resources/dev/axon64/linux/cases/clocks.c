// Clocks of CPU time, the timers that count it, and what clocks refuse.
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); fflush(stdout); } while (0)
static volatile int got; static void h(int s) { got = s; }
static void spin(long n) { for (volatile long i = 0; i < n; i++); }
static long ns(clockid_t c) { struct timespec t; return clock_gettime(c, &t) ? -1 : t.tv_sec * 1000000000L + t.tv_nsec; }
static void *thread(void *a) { spin(2000000); clockid_t c; pthread_getcpuclockid(pthread_self(), &c); printf("thread's clock like its own %d\n", ns(c) > 0 && ns(c) <= ns(CLOCK_THREAD_CPUTIME_ID)); printf("less than all %d\n", ns(CLOCK_THREAD_CPUTIME_ID) < ns(CLOCK_PROCESS_CPUTIME_ID)); *(clockid_t *)a = c; return 0; }
int main(void) {
  struct timespec t, past = {1, 0}, odd = {0, 1000000000}, neg = {-1, 0}; clockid_t c;
  for (int i = 0; i < 16; i++) { if (i == 8 || i == 9) continue; errno = 0; int r = clock_getres(i, &t); long n = r ? 0 : t.tv_nsec; int e = errno; printf("%d: %d %ld %d %s\n", i, r, n, clock_gettime(i, &t), strerror(e)); }
  E(clock_getcpuclockid(0, &c)); E(ns(c) > 0); E(clock_getcpuclockid(getpid(), &c)); E(ns(c) > 0); E(clock_getcpuclockid(999999, &c));
  E(clock_gettime(-1, &t)); E(clock_gettime(~0u << 3 | 2, &t)); E(clock_gettime(~0u << 3 | 6, &t)); E(clock_gettime(~999999u << 3 | 2, &t)); E(clock_gettime(~999999u << 3 | 6, &t)); E(clock_gettime(~0u << 3 | 3, &t)); E(clock_gettime(~0u << 3, &t)); E(clock_gettime(~0u << 3 | 1, &t)); E(clock_getres(~0u << 3, &t)); E(clock_getres(~0u << 3 | 2, &t)); printf("%ld\n", t.tv_nsec);
  pthread_t p; pthread_create(&p, 0, thread, &c); pthread_join(p, 0); E(clock_gettime(c, &t));
  E(syscall(SYS_clock_settime, CLOCK_MONOTONIC, &past)); E(syscall(SYS_clock_settime, 99, &past)); E(syscall(SYS_clock_settime, CLOCK_REALTIME, &odd)); E(syscall(SYS_clock_settime, CLOCK_REALTIME, 8)); E(syscall(SYS_clock_settime, CLOCK_MONOTONIC_COARSE, &past)); E(syscall(SYS_clock_settime, CLOCK_PROCESS_CPUTIME_ID, &past)); E(syscall(SYS_clock_settime, CLOCK_BOOTTIME, &past));
  if (!fork()) { setuid(1000); E(syscall(SYS_clock_settime, CLOCK_REALTIME, &past)); struct timeval v = {5, 5}; E(settimeofday(&v, 0)); v.tv_usec = 1000000; E(syscall(SYS_settimeofday, &v, 0)); E(syscall(SYS_settimeofday, 8, 0)); _exit(0); } wait(0);
  E(syscall(SYS_clock_nanosleep, CLOCK_THREAD_CPUTIME_ID, 0, &past, 0)); E(syscall(SYS_clock_nanosleep, CLOCK_MONOTONIC_RAW, 0, &past, 0)); E(syscall(SYS_clock_nanosleep, CLOCK_REALTIME_COARSE, 0, &past, 0)); E(syscall(SYS_clock_nanosleep, 77, 0, &past, 0)); E(syscall(SYS_clock_nanosleep, CLOCK_REALTIME, 0, &odd, 0)); E(syscall(SYS_clock_nanosleep, CLOCK_REALTIME, 0, &neg, 0)); E(syscall(SYS_clock_nanosleep, CLOCK_REALTIME, TIMER_ABSTIME, &past, 0)); E(nanosleep(&odd, 0)); E(nanosleep((void *)8, 0)); E(syscall(SYS_clock_gettime, CLOCK_REALTIME, 8)); E(syscall(SYS_clock_getres, CLOCK_REALTIME, 0)); E(syscall(SYS_clock_getres, CLOCK_REALTIME, 8));
  int which[] = {ITIMER_VIRTUAL, ITIMER_PROF}, sig[] = {SIGVTALRM, SIGPROF};
  for (int i = 0; i < 2; i++) { signal(sig[i], h); struct itimerval v = {{0, 3000}, {0, 20000}}, o; got = 0; E(setitimer(which[i], &v, 0)); getitimer(which[i], &o); printf("left %d every %ld\n", o.it_value.tv_usec > 0 && o.it_value.tv_usec <= 24000, o.it_interval.tv_usec / 4000); usleep(60000); printf("asleep %d\n", got); while (!got); printf("first %d\n", got == sig[i]); got = 0; while (!got); printf("second %d\n", got == sig[i]); memset(&v, 0, sizeof v); E(setitimer(which[i], &v, &o)); printf("every %ld\n", o.it_interval.tv_usec / 4000); getitimer(which[i], &o); printf("off %ld %ld\n", o.it_value.tv_usec, o.it_interval.tv_usec); }
  struct itimerval bad = {{0, 0}, {0, 1000000}}, n = {{0, 0}, {-1, 0}}; E(setitimer(ITIMER_REAL, &bad, 0)); E(setitimer(ITIMER_REAL, &n, 0)); E(setitimer(3, &bad, 0)); E(setitimer(-1, &bad, 0)); E(getitimer(3, &bad)); E(getitimer(0, (void *)8)); E(setitimer(ITIMER_REAL, (void *)8, 0));
  struct tms m; struct rusage u; E(times(&m) > 0); E(times(0) > 0); E(syscall(SYS_times, 8)); for (long i = 0; i < 40000000; i++) { getppid(); if (i % 1000 == 0 && (times(&m), m.tms_stime > 1)) break; } printf("system time %d\n", m.tms_stime > 1); E(getrusage(RUSAGE_SELF, &u)); printf("system %d size %d\n", u.ru_stime.tv_sec * 1000000 + u.ru_stime.tv_usec > 9000, u.ru_maxrss > 0); E(getrusage(2, &u)); E(getrusage(-2, &u)); E(getrusage(RUSAGE_SELF, (void *)8)); E(getrusage(RUSAGE_THREAD, &u)); E(getrusage(RUSAGE_CHILDREN, &u));
  if (!fork()) { struct timespec used; do spin(1000000); while (!clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used) && used.tv_sec == 0 && used.tv_nsec < 120000000); _exit(0); } wait(0); times(&m); printf("children %d\n", m.tms_cutime > 0); getrusage(RUSAGE_CHILDREN, &u); printf("children %d\n", u.ru_utime.tv_sec * 1000000 + u.ru_utime.tv_usec > 0);
}
