// Descriptors behind a limit that was lowered: they stay open, and take no room of others.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); fflush(stdout); } while (0)
int main(void) {
  closefrom(3);
  for (int i = 0; i < 40; i++) open("/dev/null", O_RDONLY);
  for (int i = 3; i < 10; i++) close(i);
  struct rlimit r = {20, 20}; int p[2];
  E(setrlimit(RLIMIT_NOFILE, &r)); E(fcntl(42, F_GETFD)); E(open("/dev/null", O_RDONLY)); E(pipe(p)); E(epoll_create1(0)); E(socketpair(AF_UNIX, SOCK_STREAM, 0, p)); E(open("/dev/null", O_RDONLY)); E(pipe(p)); E(dup(42)); E(dup2(42, 19)); E(dup2(42, 20));
  close(5); E(pipe(p)); E(dup(42)); close(42); E(open("/dev/null", O_RDONLY));
}
