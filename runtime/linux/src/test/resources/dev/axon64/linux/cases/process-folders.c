// Signals to processes by descriptors of their folders in /proc.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); fflush(stdout); } while (0)
static long send(int fd, int s) { return syscall(SYS_pidfd_send_signal, fd, s, 0, 0); }
int main(void) {
  int c = fork(); if (c == 0) { pause(); _exit(1); }
  char b[60]; sprintf(b, "/proc/%d", c); int d = open(b, O_RDONLY), p = open(b, O_PATH); sprintf(b, "/proc/%d/fd", c); int in = open(b, O_RDONLY); sprintf(b, "/proc/%d/task/%d", c, c); int t = open(b, O_RDONLY); sprintf(b, "/proc/%d/stat", c); int s = open(b, O_RDONLY);
  E(send(d, 0)); E(send(p, 0)); E(send(in, 0)); E(send(t, 0)); E(send(s, 0)); E(send(open("/proc", O_RDONLY), 0)); E(send(open("/proc/self", O_RDONLY), 0)); E(send(d, 99));
  E(send(d, SIGTERM)); int st; E(wait(&st) == c); printf("%x\n", st); E(send(d, 0)); E(send(d, SIGTERM));
}
