// How much pipes hold, and how that is changed.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void say(const char *what, long r) {
  printf("%s %ld", what, r);
  if (r < 0) printf(" %s", strerror(errno));
  printf("\n");
}

static long fill(int fd) {
  static char b[4096];
  long all = 0, n;
  while ((n = write(fd, b, sizeof b)) > 0) all += n;
  return all;
}

int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  int p[2];
  char b[9000];
  pipe2(p, O_NONBLOCK);
  say("usual", fcntl(p[0], F_GETPIPE_SZ));
  say("zero", fcntl(p[0], F_SETPIPE_SZ, 0));
  say("huge", fcntl(p[0], F_SETPIPE_SZ, -1));
  say("one", fcntl(p[0], F_SETPIPE_SZ, 1));
  say("read", fcntl(p[1], F_GETPIPE_SZ));
  say("filled", fill(p[1]));
  say("more", fcntl(p[1], F_SETPIPE_SZ, 5000));
  say("filled", fill(p[1]));
  say("less", fcntl(p[1], F_SETPIPE_SZ, 4096));
  say("read", read(p[0], b, 5000));
  say("larger", fcntl(p[1], F_SETPIPE_SZ, 100000));
  say("filled", fill(p[1]));
  say("file", fcntl(open("/dev/null", O_RDWR), F_SETPIPE_SZ, 4096));
  return 0;
}
