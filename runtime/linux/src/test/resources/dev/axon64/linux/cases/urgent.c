/* Urgent bytes of streams (MSG_OOB). */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int one, other;
static volatile int signals, code;

static void on(int signal, siginfo_t *info, void *x) { signals++, code = info->si_code; }

static void rest(void) {
  struct timespec t = {0, 50000000};
  while (nanosleep(&t, &t) < 0) continue;
}

static void state(const char *what) {
  rest();
  struct pollfd p = {other, POLLIN | POLLPRI | POLLRDBAND, 0};
  int mark = -1, count = -1;
  poll(&p, 1, 0);
  ioctl(other, SIOCATMARK, &mark);
  ioctl(other, FIONREAD, &count);
  printf("%s: ready %x, at mark %d, to read %d, signals %d\n", what, p.revents, mark, count, signals);
  signals = 0;
}

static void receive(int count, int flags) {
  char buffer[100] = "";
  errno = 0;
  int n = recv(other, buffer, count, flags | MSG_DONTWAIT);
  printf("  %s%s %d: %d %s%s\n", flags & MSG_OOB ? "urgent" : "in turn", flags & MSG_PEEK ? " peek" : "",
         count, n, n >= 0 ? buffer : "", n < 0 ? strerror(errno) : "");
}

static void connects(void) {
  struct sockaddr_in a = {AF_INET, 0, {htonl(INADDR_LOOPBACK)}};
  socklen_t n = sizeof a;
  int server = socket(AF_INET, SOCK_STREAM, 0);
  bind(server, (void *)&a, n), listen(server, 1);
  getsockname(server, (void *)&a, &n);
  one = socket(AF_INET, SOCK_STREAM, 0);
  connect(one, (void *)&a, n);
  other = accept(server, 0, 0);
  close(server);
}

static void leave(void) { close(one), close(other); }

int main(void) {
  struct sigaction action = {.sa_sigaction = on, .sa_flags = SA_SIGINFO};
  sigaction(SIGURG, &action, 0);
  connects();
  receive(1, MSG_OOB);
  fcntl(other, F_SETOWN, getpid());
  send(one, "abc", 3, 0);
  state("plain");
  printf("send %zd\n", send(one, "defg", 4, MSG_OOB));
  state("urgent");
  printf("code %d\n", code);
  receive(1, MSG_OOB | MSG_PEEK);
  receive(50, MSG_PEEK);
  receive(2, 0);
  state("two read");
  receive(50, 0);
  state("at the mark");
  receive(50, MSG_PEEK);
  receive(9, MSG_OOB);
  state("urgent read");
  receive(1, MSG_OOB);
  send(one, "hij", 3, 0);
  state("more");
  receive(50, MSG_PEEK);
  receive(50, 0);
  state("passed");
  receive(1, MSG_OOB);

  puts("-- passed without being read");
  send(one, "X", 1, MSG_OOB);
  state("alone");
  receive(50, 0);
  state("still");
  send(one, "abc", 3, 0);
  receive(50, 0);
  state("after");
  receive(1, MSG_OOB);

  puts("-- two");
  send(one, "abX", 3, MSG_OOB), rest();
  send(one, "cdY", 3, MSG_OOB);
  state("two urgent");
  receive(1, MSG_OOB);
  receive(50, 0);
  receive(50, 0);
  state("read");
  send(one, "X", 1, MSG_OOB), rest();
  send(one, "Y", 1, MSG_OOB);
  state("next to each other");
  receive(50, 0);
  receive(1, MSG_OOB);
  leave();

  puts("-- in line");
  connects();
  int yes = 1;
  setsockopt(other, SOL_SOCKET, SO_OOBINLINE, &yes, sizeof yes);
  send(one, "abX", 3, MSG_OOB), send(one, "cd", 2, 0);
  state("in line");
  receive(1, MSG_OOB);
  receive(50, 0);
  state("at the mark");
  receive(50, 0);
  state("passed");

  puts("-- the end");
  send(one, "Z", 1, MSG_OOB);
  shutdown(one, SHUT_WR);
  state("ended");
  receive(5, 0);
  receive(5, 0);
  leave();

  puts("-- others");
  int pair[2];
  socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
  errno = 0;
  int n = send(pair[0], "x", 1, MSG_OOB);
  printf("datagrams %d %s\n", n, strerror(errno));
  int udp = socket(AF_INET, SOCK_DGRAM, 0);
  struct sockaddr_in a = {AF_INET, htons(9), {htonl(INADDR_LOOPBACK)}};
  errno = 0;
  n = sendto(udp, "x", 1, MSG_OOB, (void *)&a, sizeof a);
  printf("messages %d %s\n", n, strerror(errno));
  return 0;
}
