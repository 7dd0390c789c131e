// epoll: level, edge and oneshot, nesting, errors, closed descriptors, signal masks.
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
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static const char *err(long r) { return r < 0 ? strerrorname_np(errno) : "ok"; }
static int ep;
static void ctl(const char *what, int e, int op, int fd, unsigned events, uint64_t data) {
  struct epoll_event v = {.events = events, .data.u64 = data};
  printf("%s: %s\n", what, err(epoll_ctl(e, op, fd, &v)));
}
static void await(const char *what, int e, int most, int ms) {
  struct epoll_event v[16];
  memset(v, 0, sizeof v);
  int r = epoll_wait(e, v, most, ms);
  printf("%s: %d %s", what, r, err(r));
  for (int i = 0; i < r; i++) printf(" [%x %llx]", v[i].events, (unsigned long long)v[i].data.u64);
  puts("");
}
static void state(const char *what, int fd) {
  struct pollfd p = {fd, -1, 0};
  int r = poll(&p, 1, 0);
  printf("%s: %d %x\n", what, r, p.revents);
}
static int hits;
static void hit(int s) { hits++; }
static int late[2];
static void *later(void *x) { usleep(30000); write(late[1], "x", 1); return 0; }
static void *sleeper(void *x) { struct epoll_event v; long r = epoll_wait((int)(long)x, &v, 1, 3000); return (void *)r; }
int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  printf("create %s %s\n", err(epoll_create1(1)), err(epoll_create(0)));
  ep = epoll_create1(EPOLL_CLOEXEC);
  printf("flags %x %x\n", fcntl(ep, F_GETFL) & ~0x20000, fcntl(ep, F_GETFD));
  int p[2], q[2]; pipe2(p, O_NONBLOCK); pipe2(q, O_NONBLOCK);
  ctl("add", ep, EPOLL_CTL_ADD, p[0], EPOLLIN, 0x1234567890abcdefULL); ctl("add twice", ep, EPOLL_CTL_ADD, p[0], EPOLLIN, 1);
  ctl("mod none", ep, EPOLL_CTL_MOD, q[0], EPOLLIN, 1); ctl("del none", ep, EPOLL_CTL_DEL, q[0], EPOLLIN, 1);
  ctl("itself", ep, EPOLL_CTL_ADD, ep, EPOLLIN, 1); ctl("not epoll", p[0], EPOLL_CTL_ADD, q[0], EPOLLIN, 1);
  ctl("bad fd", ep, EPOLL_CTL_ADD, 99, EPOLLIN, 1); ctl("bad epoll", 99, EPOLL_CTL_ADD, q[0], EPOLLIN, 1); ctl("bad op", ep, 9, q[0], EPOLLIN, 1);
  int file = open("f", O_RDWR | O_CREAT, 0600), dir = open(".", O_RDONLY), null = open("/dev/null", O_RDWR);
  ctl("file", ep, EPOLL_CTL_ADD, file, EPOLLIN, 1); ctl("folder", ep, EPOLL_CTL_ADD, dir, EPOLLIN, 1); ctl("null", ep, EPOLL_CTL_ADD, null, EPOLLIN, 1);
  printf("no event %s\n", err(epoll_ctl(ep, EPOLL_CTL_ADD, q[0], 0)));
  printf("del without %s\n", err(epoll_ctl(ep, EPOLL_CTL_DEL, p[0], 0))); ctl("add again", ep, EPOLL_CTL_ADD, p[0], EPOLLIN, 0x1234567890abcdefULL);
  await("nothing", ep, 4, 0); await("no room", ep, 0, 0); await("not epoll", p[0], 1, 0); await("closed", 99, 1, 0);
  write(p[1], "abc", 3); await("level", ep, 4, -1); await("level again", ep, 4, 0); state("itself ready", ep);
  char b[100]; read(p[0], b, 100); await("emptied", ep, 4, 0); state("not ready", ep);
  ctl("edge", ep, EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLET, 2); write(p[1], "a", 1); await("edge", ep, 4, 0); await("edge over", ep, 4, 0);
  write(p[1], "a", 1); await("edge more", ep, 4, 0); await("edge over", ep, 4, 0); ctl("edge anew", ep, EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLET, 3); await("edge anew", ep, 4, 0);
  ctl("once", ep, EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLONESHOT, 4); await("once", ep, 4, 0); await("once over", ep, 4, 0); write(p[1], "a", 1); await("once still over", ep, 4, 0);
  ctl("once anew", ep, EPOLL_CTL_MOD, p[0], EPOLLIN | EPOLLONESHOT, 5); await("once anew", ep, 4, 0);
  ctl("writable", ep, EPOLL_CTL_ADD, p[1], EPOLLOUT | EPOLLET, 6); await("writable", ep, 4, 0); await("writable over", ep, 4, 0);
  char page[4096] = {0}; while (write(p[1], page, 4096) > 0); await("full", ep, 4, 0); read(p[0], page, 4096); read(p[0], page, 4096); await("room", ep, 4, 0);
  ctl("silent", ep, EPOLL_CTL_MOD, p[0], 0, 7); close(p[1]); await("hung up", ep, 4, 0); close(p[0]); await("closed", ep, 4, 0);
  // several at once, and their order
  int e[6]; for (int i = 0; i < 6; i++) { e[i] = eventfd(i % 2, EFD_NONBLOCK); ctl("many", ep, EPOLL_CTL_ADD, e[i], EPOLLIN, i); }
  await("two of three", ep, 2, 0); await("two of three", ep, 2, 0); await("all", ep, 16, 0); uint64_t one = 1; write(e[4], &one, 8); await("all", ep, 16, 0);
  // a copy of a descriptor keeps the open file
  int copy = dup(e[1]); close(e[1]); await("copy keeps it", ep, 16, 0); close(copy); await("gone", ep, 16, 0);
  copy = dup(e[3]); ctl("two names", ep, EPOLL_CTL_ADD, copy, EPOLLIN, 33); await("two names", ep, 16, 0);
  for (int i = 0; i < 6; i++) close(e[i]); close(copy); await("none left", ep, 16, 0);
  // nesting
  int in = epoll_create1(0), deep = epoll_create1(0); ctl("nest", ep, EPOLL_CTL_ADD, in, EPOLLIN, 50); ctl("loop", in, EPOLL_CTL_ADD, ep, EPOLLIN, 1);
  ctl("deeper", in, EPOLL_CTL_ADD, deep, EPOLLIN, 51); ctl("long loop", deep, EPOLL_CTL_ADD, ep, EPOLLIN, 1);
  int x = eventfd(0, EFD_NONBLOCK); ctl("leaf", deep, EPOLL_CTL_ADD, x, EPOLLIN, 52); await("nest nothing", ep, 4, 0); write(x, &one, 8); await("nest", ep, 4, 0); await("inner", in, 4, 0); await("deep", deep, 4, 0); read(x, &one, 8); await("nest over", ep, 4, 0);
  int chain[8]; chain[0] = epoll_create1(0); for (int i = 1; i < 8; i++) { chain[i] = epoll_create1(0); ctl("chain", chain[i], EPOLL_CTL_ADD, chain[i - 1], EPOLLIN, i); }
  // exclusive
  int a = eventfd(0, EFD_NONBLOCK); ctl("exclusive", ep, EPOLL_CTL_ADD, a, EPOLLIN | EPOLLEXCLUSIVE, 60); ctl("exclusive mod", ep, EPOLL_CTL_MOD, a, EPOLLIN, 60);
  ctl("exclusive odd", ep, EPOLL_CTL_ADD, q[0], EPOLLIN | EPOLLEXCLUSIVE | EPOLLONESHOT, 60); ctl("exclusive nest", ep, EPOLL_CTL_ADD, chain[1], EPOLLIN | EPOLLEXCLUSIVE, 1);
  write(a, &one, 8); await("exclusive", ep, 4, 0); read(a, &one, 8);
  int e1 = epoll_create1(0), e2 = epoll_create1(0); ctl("one", e1, EPOLL_CTL_ADD, a, EPOLLIN | EPOLLEXCLUSIVE, 1); ctl("two", e2, EPOLL_CTL_ADD, a, EPOLLIN | EPOLLEXCLUSIVE, 2);
  ctl("wakeup", e1, EPOLL_CTL_ADD, q[0], EPOLLIN | EPOLLWAKEUP, 1);
  // waiting
  ep = epoll_create1(0); pipe(late); ctl("late", ep, EPOLL_CTL_ADD, late[0], EPOLLIN, 70); pthread_t t; pthread_create(&t, 0, later, 0); await("late", ep, 4, 5000); pthread_join(t, 0); read(late[0], b, 1);
  struct timespec t0, t1; clock_gettime(CLOCK_MONOTONIC, &t0); await("timeout", ep, 4, 30); clock_gettime(CLOCK_MONOTONIC, &t1); long ms = (t1.tv_sec - t0.tv_sec) * 1000 + (t1.tv_nsec - t0.tv_nsec) / 1000000; printf("after 30: %d\n", ms >= 29 && ms < 2000);
  struct timespec w = {0, 1000}; struct epoll_event v; sigset_t set; sigemptyset(&set);
  long r = syscall(SYS_epoll_pwait2, ep, &v, 1, &w, 0, 8); printf("pwait2 %ld %s\n", r, err(r)); w.tv_nsec = 1000000000; r = syscall(SYS_epoll_pwait2, ep, &v, 1, &w, 0, 8); printf("pwait2 %ld %s\n", r, err(r));
  signal(SIGUSR1, hit); sigset_t usr; sigemptyset(&usr); sigaddset(&usr, SIGUSR1); sigprocmask(SIG_BLOCK, &usr, 0); raise(SIGUSR1); printf("hits %d\n", hits);
  r = epoll_pwait(ep, &v, 1, 1000, &set); printf("pwait %ld %s hits %d\n", r, err(r), hits); r = syscall(SYS_epoll_pwait, ep, &v, 1, 0, &set, 4); printf("mask size %ld %s\n", r, err(r));
  struct sigaction sa = {.sa_handler = hit, .sa_flags = SA_RESTART}; sigaction(SIGUSR1, &sa, 0); sigprocmask(SIG_UNBLOCK, &usr, 0);
  pid_t me = getpid(); if (fork() == 0) { usleep(30000); kill(me, SIGUSR1); _exit(0); } r = epoll_wait(ep, &v, 1, 3000); printf("interrupted %ld %s hits %d\n", r, err(r), hits); wait(0);
  if (fork() == 0) { usleep(30000); write(late[1], "y", 1); _exit(0); } await("from a child", ep, 4, 3000); wait(0);
  // one event wakes the waiting threads one after another
  int z = eventfd(0, EFD_NONBLOCK), ez = epoll_create1(0); ctl("z", ez, EPOLL_CTL_ADD, z, EPOLLIN | EPOLLET, 1); pthread_t s1, s2; pthread_create(&s1, 0, sleeper, (void *)(long)ez); pthread_create(&s2, 0, sleeper, (void *)(long)ez);
  usleep(50000); write(z, &one, 8); usleep(50000); write(z, &one, 8); void *r1, *r2; pthread_join(s1, &r1); pthread_join(s2, &r2); printf("woken %ld\n", (long)r1 + (long)r2);
  return 0;
}
