/* What the master of a pseudoterminal is told in packet mode. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static int master, slave;

static void tell(const char *what) {
  nanosleep(&(struct timespec){0, 80000000}, 0);
  struct pollfd p = {master, POLLIN | POLLPRI | POLLOUT, 0};
  poll(&p, 1, 0);
  printf("%s: ready %x", what, p.revents);
  for (int i = 0; i < 5; i++) {
    unsigned char buffer[64] = "";
    int n = read(master, buffer, sizeof buffer);
    if (n < 0) {
      printf(" %s", errno == EAGAIN ? "." : strerror(errno));
      break;
    }
    printf(" [%02x %.*s]", buffer[0], n - 1, buffer + 1);
  }
  puts("");
}

static void set(int input, int local, int key) {
  struct termios t;
  tcgetattr(slave, &t);
  t.c_iflag = input, t.c_lflag = local, t.c_cc[VSTOP] = key;
  tcsetattr(slave, TCSANOW, &t);
}

int main(void) {
  setsid();
  signal(SIGINT, SIG_IGN), signal(SIGHUP, SIG_IGN);
  master = posix_openpt(O_RDWR | O_NONBLOCK);
  grantpt(master), unlockpt(master);
  slave = open(ptsname(master), O_RDWR);
  int on = 1, off = 0, is = 7;
  struct termios usual;
  tcgetattr(slave, &usual);
  tcflush(slave, TCIOFLUSH);
  printf("set %d\n", ioctl(master, TIOCPKT, &on));
  ioctl(master, TIOCGPKT, &is);
  printf("is %d\n", is);
  tell("nothing of before");
  write(slave, "hello", 5);
  tell("data");
  tcflush(slave, TCIFLUSH);
  tell("flushed input");
  tcflush(slave, TCOFLUSH);
  tell("flushed output");
  tcflush(slave, TCIOFLUSH);
  write(slave, "kept", 4);
  tell("flushed both");
  tcflow(slave, TCOOFF);
  tell("stopped");
  tcflow(slave, TCOOFF);
  tell("stopped again");
  tcflow(slave, TCOON);
  tell("started");
  tcflow(slave, TCOON);
  tell("started again");
  tcflow(slave, TCOOFF), tcflow(slave, TCOON);
  tell("stopped and started");
  write(master, "\023", 1);
  tell("key stops");
  write(master, "\021", 1);
  tell("key starts");
  write(master, "a\003", 2);
  tell("interrupted");
  set(usual.c_iflag, usual.c_lflag | NOFLSH, 19);
  write(master, "a\003", 2);
  tell("interrupted without a flush");
  set(usual.c_iflag & ~IXON, usual.c_lflag, 19);
  tell("no keys for flow");
  set(usual.c_iflag & ~IXON, usual.c_lflag & ~ECHO, 19);
  tell("other modes");
  set(usual.c_iflag, usual.c_lflag, 19);
  tell("keys for flow");
  set(usual.c_iflag, usual.c_lflag, 20);
  tell("another key");
  set(usual.c_iflag, usual.c_lflag, 19), set(usual.c_iflag & ~IXON, usual.c_lflag, 19);
  tell("there and away");
  set(usual.c_iflag, usual.c_lflag | EXTPROC, 19);
  tell("lines elsewhere");
  set(usual.c_iflag, usual.c_lflag | EXTPROC | ISIG, 19);
  tell("and again");
  set(usual.c_iflag, usual.c_lflag, 19);
  tell("lines here");
  tcsetattr(slave, TCSAFLUSH, &usual);
  tell("modes with a flush");
  write(slave, "data", 4);
  tcflow(slave, TCOOFF);
  char one;
  printf("one byte %zd", read(master, &one, 1));
  printf(" %02x", one);
  printf(", then %zd", read(master, &one, 1));
  printf(" %02x\n", one);
  tell("rest");
  tcflow(slave, TCOON);
  tcflush(slave, TCIFLUSH);
  ioctl(master, TIOCPKT, &off);
  write(slave, "plain", 5);
  tell("without packets");
  ioctl(master, TIOCPKT, &on);
  tell("with packets again");
  close(slave);
  tell("closed");
  return 0;
}
