// timerfd and timers that send signals.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static const char *err(long r) { return r < 0 ? strerrorname_np(errno) : "ok"; }
static long set(int fd, int flags, long every, long first) {
  struct itimerspec s = {{every / 1000, every % 1000 * 1000000}, {first / 1000, first % 1000 * 1000000}}, old;
  return timerfd_settime(fd, flags, &s, &old);
}
static void get(const char *what, int fd, int size) {
  uint64_t v[2] = {0, 0};
  long r = read(fd, v, size);
  printf("%s: %ld %s %llu\n", what, r, err(r), (unsigned long long)v[0]);
}
static void state(const char *what, int fd) {
  struct pollfd p = {fd, -1, 0};
  int r = poll(&p, 1, 0);
  printf("%s: %d %x\n", what, r, p.revents);
}
static volatile int hits, code, value, overruns;
static timer_t made;
static void hit(int s, siginfo_t *i, void *c) { hits++; code = i->si_code; value = i->si_value.sival_int; overruns += i->si_overrun; }
int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  printf("bad %s", err(timerfd_create(CLOCK_MONOTONIC, 1))); printf(" %s", err(timerfd_create(CLOCK_PROCESS_CPUTIME_ID, 0))); printf(" %s\n", err(timerfd_create(99, 0)));
  int fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC); printf("flags %x %x\n", fcntl(fd, F_GETFL) & ~0x20000, fcntl(fd, F_GETFD));
  state("not set", fd); get("not set", fd, 8); get("small", fd, 4); printf("write %s\n", err(write(fd, "12345678", 8)));
  printf("bad flags %s", err(set(fd, 8, 0, 1))); struct itimerspec odd = {{0, 0}, {0, 1000000000}}; printf(" bad time %s", err(timerfd_settime(fd, 0, &odd, 0)));
  odd.it_value.tv_nsec = 1; odd.it_value.tv_sec = -1; printf(" %s", err(timerfd_settime(fd, 0, &odd, 0))); printf(" not a timer %s", err(set(0, 0, 0, 1))); printf(" closed %s", err(set(99, 0, 0, 1))); printf(" null %s\n", err(timerfd_settime(fd, 0, 0, 0)));
  set(fd, 0, 0, 20); state("set", fd); usleep(40000); state("over", fd); get("over", fd, 16); get("read", fd, 8); struct itimerspec now; timerfd_gettime(fd, &now); printf("left %d %d\n", (int)now.it_value.tv_sec, (int)now.it_value.tv_nsec);
  set(fd, 0, 10, 10); usleep(55000); uint64_t n = 0; read(fd, &n, 8); printf("several %d\n", n >= 4 && n < 400); timerfd_gettime(fd, &now); printf("every %ld left %d\n", now.it_interval.tv_nsec, now.it_value.tv_nsec > 0 && now.it_value.tv_nsec <= 10000000);
  set(fd, 0, 0, 0); get("stopped", fd, 8); set(fd, 0, 0, 60000); struct itimerspec old, new = {{0}, {1, 0}}; timerfd_settime(fd, 0, &new, &old); printf("old %d\n", old.it_value.tv_sec == 59);
  struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); struct itimerspec abs = {{0}, t}; timerfd_settime(fd, TFD_TIMER_ABSTIME, &abs, 0); get("past", fd, 8);
  int day = timerfd_create(CLOCK_REALTIME, 0); clock_gettime(CLOCK_REALTIME, &t); t.tv_nsec += 30000000; if (t.tv_nsec >= 1000000000) { t.tv_nsec -= 1000000000; t.tv_sec++; } abs.it_value = t; timerfd_settime(day, TFD_TIMER_ABSTIME, &abs, 0); get("time of day", day, 8);
  clock_gettime(CLOCK_REALTIME, &t); printf("not early %d\n", t.tv_sec > abs.it_value.tv_sec || t.tv_nsec >= abs.it_value.tv_nsec);
  int boot = timerfd_create(CLOCK_BOOTTIME, 0); set(boot, 0, 0, 20); struct pollfd p = {boot, POLLIN, 0}; int r = poll(&p, 1, 2000); printf("poll %d %x\n", r, p.revents); get("boot", boot, 8);
  int ep = epoll_create1(0); struct epoll_event v = {EPOLLIN | EPOLLET, {.u32 = 7}}; epoll_ctl(ep, EPOLL_CTL_ADD, boot, &v); set(boot, 0, 20, 20);
  for (int i = 0; i < 3; i++) { r = epoll_wait(ep, &v, 1, i ? 100 : 2000); printf("edge %d %x\n", r, v.events); } set(boot, 0, 0, 0); r = epoll_wait(ep, &v, 1, 50); printf("stopped %d\n", r);
  if (fork() == 0) { set(boot, 0, 0, 20); _exit(0); } get("set by a child", boot, 8); wait(0);
  // timers that send signals
  struct sigaction sa = {.sa_sigaction = hit, .sa_flags = SA_SIGINFO}; sigaction(SIGUSR1, &sa, 0); sigaction(SIGRTMIN, &sa, 0);
  struct sigevent e = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_int = 42}; printf("create %s\n", err(timer_create(CLOCK_MONOTONIC, &e, &made)));
  struct itimerspec s = {{0, 0}, {0, 20000000}}, o; timer_settime(made, 0, &s, 0); timer_gettime(made, &o); printf("left %d\n", o.it_value.tv_nsec > 0 && o.it_value.tv_nsec <= 20000000); pause(); printf("hit %d %d %d\n", hits, code, value); timer_gettime(made, &o); printf("left %ld\n", o.it_value.tv_nsec);
  sigset_t set1; sigemptyset(&set1); sigaddset(&set1, SIGUSR1); sigprocmask(SIG_BLOCK, &set1, 0); s.it_interval.tv_nsec = 10000000; s.it_value.tv_nsec = 10000000; timer_settime(made, 0, &s, 0); usleep(75000); overruns = 0; sigprocmask(SIG_UNBLOCK, &set1, 0);
  int over = overruns; printf("hit %d overruns %d same %d\n", hits, over >= 4 && over < 400, over == timer_getoverrun(made)); s.it_value.tv_nsec = s.it_interval.tv_nsec = 0; timer_settime(made, 0, &s, &o); printf("every %ld\n", o.it_interval.tv_nsec);
  printf("delete %s", err(timer_delete(made))); printf(" none %s\n", err(syscall(SYS_timer_settime, 12345, 0, &s, 0)));
  e.sigev_notify = SIGEV_NONE; timer_create(CLOCK_REALTIME, &e, &made); s.it_value.tv_sec = 100; timer_settime(made, 0, &s, 0); timer_gettime(made, &o); printf("none %d\n", o.it_value.tv_sec == 99); timer_delete(made);
  e.sigev_notify = SIGEV_THREAD_ID; e._sigev_un._tid = gettid(); e.sigev_signo = SIGRTMIN; hits = 0; printf("thread %s\n", err(timer_create(CLOCK_BOOTTIME, &e, &made))); s.it_value.tv_sec = 0; s.it_value.tv_nsec = 10000000; timer_settime(made, 0, &s, 0); pause(); printf("hit %d %d %d\n", hits, code, value); timer_delete(made);
  e._sigev_un._tid = 1; int id; printf("other thread %s", err(syscall(SYS_timer_create, CLOCK_MONOTONIC, &e, &id))); e.sigev_notify = SIGEV_SIGNAL; e.sigev_signo = 99; printf(" bad signal %s", err(syscall(SYS_timer_create, CLOCK_MONOTONIC, &e, &id))); e.sigev_notify = 9; printf(" bad way %s", err(syscall(SYS_timer_create, CLOCK_MONOTONIC, &e, &id)));
  printf(" bad clock %s", err(syscall(SYS_timer_create, 99, 0, &id))); printf(" raw %s\n", err(syscall(SYS_timer_create, CLOCK_MONOTONIC_RAW, 0, &id)));
  signal(SIGALRM, SIG_DFL); if (fork() == 0) { syscall(SYS_timer_create, CLOCK_MONOTONIC, 0, &id); s.it_value.tv_nsec = 1; syscall(SYS_timer_settime, id, 0, &s, 0); for (;;) pause(); } int status; wait(&status); printf("default ends by %d\n", WTERMSIG(status));
  e.sigev_notify = SIGEV_SIGNAL; e.sigev_signo = SIGUSR1; signal(SIGUSR1, SIG_IGN); timer_create(CLOCK_MONOTONIC, &e, &made); s.it_value.tv_nsec = s.it_interval.tv_nsec = 10000000; timer_settime(made, 0, &s, 0); usleep(35000); sigaction(SIGUSR1, &sa, 0); hits = 0; pause(); printf("no longer ignored %d\n", hits > 0);
  return 0;
}
