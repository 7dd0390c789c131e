// Waits for what never comes, or for what only time brings.
#define _GNU_SOURCE
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>
int main(int argc, char **argv) {
  char *how = argv[1]; char b[8]; int s[2]; struct epoll_event e = {EPOLLIN}; struct itimerspec hour = {{3600}, {3600}};
  socketpair(AF_UNIX, SOCK_STREAM, 0, s); int t = timerfd_create(CLOCK_MONOTONIC, 0), ep = epoll_create1(0), v = eventfd(0, 0);
  if (!strcmp(how, "read")) read(s[0], b, 1);
  if (!strcmp(how, "poll")) poll(&(struct pollfd){s[0], POLLIN}, 1, -1);
  if (!strcmp(how, "eventfd")) read(v, b, 8);
  if (!strcmp(how, "epoll")) { epoll_ctl(ep, EPOLL_CTL_ADD, s[0], &e); epoll_ctl(ep, EPOLL_CTL_ADD, v, &e); epoll_wait(ep, &e, 1, -1); }
  if (!strcmp(how, "accept")) { int l = socket(AF_INET, SOCK_STREAM, 0); listen(l, 1); accept(l, 0, 0); }
  if (!strcmp(how, "timer elsewhere")) { timerfd_settime(t, 0, &hour, 0); int other = epoll_create1(0); epoll_ctl(other, EPOLL_CTL_ADD, t, &e); read(s[0], b, 1); }
  if (!strcmp(how, "timer")) { timerfd_settime(t, 0, &hour, 0); for (int i = 0; i < 3; i++) read(t, b, 8); epoll_ctl(ep, EPOLL_CTL_ADD, t, &e); printf("epoll %d\n", epoll_wait(ep, &e, 1, -1)); }
  if (!strcmp(how, "nested")) { timerfd_settime(t, 0, &hour, 0); int outer = epoll_create1(0); epoll_ctl(ep, EPOLL_CTL_ADD, t, &e); epoll_ctl(outer, EPOLL_CTL_ADD, ep, &e); printf("poll %d\n", poll(&(struct pollfd){outer, POLLIN}, 1, -1)); }
  if (!strcmp(how, "signal")) { timer_t m; timer_create(CLOCK_REALTIME, &(struct sigevent){.sigev_signo = SIGUSR1}, &m); timer_settime(m, 0, &hour, 0); sigset_t u; sigemptyset(&u); sigaddset(&u, SIGUSR1); sigprocmask(SIG_BLOCK, &u, 0); struct signalfd_siginfo i; int fd = signalfd(-1, &u, 0); for (int n = 0; n < 3; n++) read(fd, &i, sizeof i); printf("signal %d\n", i.ssi_signo); }
  if (!strcmp(how, "busy")) for (volatile long i = 0; i < 100000000; i++) ;
  puts("done"); return 0;
}
