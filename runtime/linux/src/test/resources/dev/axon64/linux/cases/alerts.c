// Signals of sockets and pipes that become ready (O_ASYNC).
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>
static const char *err(long r) { return r < 0 ? strerrorname_np(errno) : "ok"; }
static volatile int hits, code, fd;
static void hit(int s, siginfo_t *i, void *c) { hits++; code = i->si_code; fd = s == SIGIO ? -1 : i->si_fd; }
int main(void) {
  setvbuf(stdout, 0, _IONBF, 0); struct sigaction sa = {.sa_sigaction = hit, .sa_flags = SA_SIGINFO}; sigaction(SIGIO, &sa, 0); sigaction(SIGRTMIN, &sa, 0); int s[2], p[2], on = 1; socketpair(AF_UNIX, SOCK_STREAM, 0, s); pipe(p);
  printf("owner %d", fcntl(s[0], F_GETOWN)); printf(" set %s", err(fcntl(s[0], F_SETOWN, getpid()))); printf(" %d", fcntl(s[0], F_GETOWN) == getpid()); printf(" nobody %s", err(fcntl(s[0], F_SETOWN, 999999))); printf(" group %s\n", err(fcntl(p[0], F_SETOWN, -getpgrp())));
  write(s[1], "x", 1); printf("not asked %d\n", hits); printf("ask %s flags %x\n", err(ioctl(s[0], FIOASYNC, &on)), 0); printf("flags %x\n", fcntl(s[0], F_GETFL) & ~0x20000); write(s[1], "x", 1); printf("hit %d code %x\n", hits, code); on = 0; ioctl(s[0], FIOASYNC, &on); write(s[1], "x", 1); printf("no more %d\n", hits);
  fcntl(p[0], F_SETOWN, getpid()); printf("pipe %s", err(fcntl(p[0], F_SETFL, O_ASYNC | O_NONBLOCK))); write(p[1], "x", 1); printf(" %d\n", hits); printf("signal %s", err(fcntl(s[0], F_SETSIG, SIGRTMIN))); printf(" %d bad %s\n", fcntl(s[0], F_GETSIG) == SIGRTMIN, err(fcntl(s[0], F_SETSIG, 99))); fcntl(s[0], F_SETFL, O_ASYNC); write(s[1], "x", 1); printf("hit %d code %d fd %d\n", hits, code, fd == s[0]);
  struct f_owner_ex o = {F_OWNER_TID, gettid()}, g = {9, 9}; printf("thread %s", err(fcntl(s[0], F_SETOWN_EX, &o))); printf(" get %s", err(fcntl(s[0], F_GETOWN_EX, &g))); printf(" %d %d\n", g.type, g.pid == gettid()); write(s[1], "x", 1); printf("hit %d\n", hits); close(s[1]); printf("close %d\n", hits > 4); on = 1; int e = eventfd(0, 0); printf("eventfd %s", err(ioctl(e, FIOASYNC, &on))); fcntl(e, F_SETFL, O_ASYNC); printf(" %x\n", fcntl(e, F_GETFL) & 0x2000); return 0;
}
