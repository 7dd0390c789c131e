// Line editing, echo, output modes and the two sides of a pseudoterminal.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

static int master, slave;

static void show(const char *what, const char *bytes, long count) {
  printf("%s: %ld", what, count);
  if (count < 0) printf(" %s", strerror(errno));
  printf(" \"");
  for (long i = 0; i < count; i++) {
    unsigned char b = bytes[i];
    if (b < 32 || b > 126 || b == '\\' || b == '"') printf("\\x%02x", b);
    else putchar(b);
  }
  printf("\"\n");
}

static int events(int fd, int wanted) {
  struct pollfd p = {fd, wanted, 0};
  poll(&p, 1, 100);
  return p.revents;
}

static void take(int fd, const char *what) {
  char b[8192];
  if (!(events(fd, POLLIN) & (POLLIN | POLLHUP))) {
    printf("%s: nothing\n", what);
    return;
  }
  long n = read(fd, b, sizeof b);
  show(what, b, n);
}

static void open_pair(void) {
  master = posix_openpt(O_RDWR | O_NOCTTY);
  grantpt(master);
  unlockpt(master);
  slave = open(ptsname(master), O_RDWR | O_NOCTTY);
}

static void close_pair(void) {
  close(slave);
  close(master);
}

static void type(const char *bytes, long n) {
  if (write(master, bytes, n) != n) perror("type");
}

static void modes(int iset, int iclear, int oset, int oclear, int lset, int lclear) {
  struct termios t;
  tcgetattr(slave, &t);
  t.c_iflag = (t.c_iflag | iset) & ~iclear;
  t.c_oflag = (t.c_oflag | oset) & ~oclear;
  t.c_lflag = (t.c_lflag | lset) & ~lclear;
  printf("set %d\n", tcsetattr(slave, TCSANOW, &t));
}

#define LINE(text) line(text, sizeof text - 1)
static void line(const char *bytes, long n) {
  show("typed", bytes, n);
  type(bytes, n);
  take(master, " echo");
  take(slave, " read");
  take(slave, " more");
  tcflush(slave, TCIFLUSH);
}

static void editing(void) {
  LINE("hello\n");
  LINE("hello\r");
  LINE("helli\x7fo\n");
  LINE("a\tb\tc\x7f\x7f\x7f\x7f\n");
  LINE("one two  three\x17\x17x\n");
  LINE("one-two_three\x17x\n");
  LINE("kill this\x15that\n");
  LINE("ctl\x01\x02\x7f\x7f\n");
  LINE("lit\x16\x03\x16\x16\x16\nx\n");
  LINE("again\x12more\n");
  LINE("half\x04");
  LINE("\x04");
  LINE("a\nb\nc");
  LINE("ab\x04" "cd\n");
  LINE("\x7f\x15\x17\n");
  LINE("stop\x13ped\x11\n");
  LINE("null\0byte\n");
  LINE("\xc3\xa4\x7fz\n");
  LINE("int\x03rupt\n");
  LINE("quit\x1crest\n");
  LINE("susp\x1arest\n");
}

static void sizes(void) {
  char b[16];
  type("abcdef\nxyz\n", 11);
  take(master, "echo");
  show("two", b, read(slave, b, 2));
  show("four", b, read(slave, b, 4));
  show("rest", b, read(slave, b, 8));
  show("next", b, read(slave, b, 3));
  show("end", b, read(slave, b, 3));
  type("abc\x04", 4);
  take(master, "echo");
  show("exact", b, read(slave, b, 3));
  printf("then %x\n", events(slave, POLLIN));
  int n = -1;
  type("12\n345\n6", 8);
  take(master, "echo");
  ioctl(slave, FIONREAD, &n);
  printf("waiting %d\n", n);
  tcflush(slave, TCIFLUSH);
  ioctl(slave, FIONREAD, &n);
  printf("flushed %d\n", n);
  char big[6000];
  memset(big, 'x', sizeof big);
  modes(0, 0, 0, 0, 0, ECHO);
  type(big, 5000);
  type("\n", 1);
  char in[8192];
  long got = read(slave, in, sizeof in);
  printf("long %ld %c %d\n", got, in[0], in[got - 1]);
  modes(0, 0, 0, 0, ECHO, 0);
}

static void raw(void) {
  struct termios t;
  tcgetattr(slave, &t);
  cfmakeraw(&t);
  printf("raw %d\n", tcsetattr(slave, TCSANOW, &t));
  LINE("ab\r\n\x03\x04\x7f");
  t.c_cc[VMIN] = 4;
  tcsetattr(slave, TCSANOW, &t);
  type("abc", 3);
  printf("three %x\n", events(slave, POLLIN));
  type("d", 1);
  printf("four %x\n", events(slave, POLLIN));
  take(slave, "min");
  t.c_cc[VMIN] = 0;
  t.c_cc[VTIME] = 0;
  tcsetattr(slave, TCSANOW, &t);
  char b[8];
  show("none", b, read(slave, b, 8));
  t.c_cc[VTIME] = 1;
  tcsetattr(slave, TCSANOW, &t);
  show("timed", b, read(slave, b, 8));
  type("q", 1);
  show("one", b, read(slave, b, 8));
  t.c_cc[VMIN] = 5;
  tcsetattr(slave, TCSANOW, &t);
  type("rs", 2);
  show("between", b, read(slave, b, 8));
  fcntl(slave, F_SETFL, O_NONBLOCK);
  show("nonblocking", b, read(slave, b, 8));
}

static void output(void) {
  struct { int set, clear; const char *text; } cases[] = {
    {0, 0, "a\nb\tc\r\n"},
    {XTABS, 0, "a\tbc\tdefghijkl\tm\n\tx"},
    {OCRNL, ONLCR | XTABS, "a\rb\nc"},
    {ONOCR, OCRNL, "\n\ra\r\rb"},
    {OLCUC, ONOCR, "Lower \n"},
    {0, OPOST, "a\nb\r\t"},
  };
  for (unsigned i = 0; i < sizeof cases / sizeof *cases; i++) {
    modes(0, 0, cases[i].set, cases[i].clear, 0, 0);
    printf("wrote %zd\n", write(slave, cases[i].text, strlen(cases[i].text)));
    take(master, "shown");
    write(slave, "\r", 1);
    take(master, "start");
  }
}

static void flags(void) {
  modes(IGNCR, 0, 0, 0, 0, 0);
  LINE("a\rb\n");
  modes(INLCR, IGNCR | ICRNL, 0, 0, 0, 0);
  LINE("a\nb\r\x04");
  modes(ICRNL | ISTRIP, INLCR, 0, 0, 0, 0);
  LINE("\xe1\xe2\n");
  modes(IUCLC, ISTRIP, 0, 0, 0, 0);
  LINE("ABC\n");
  modes(0, IUCLC, 0, 0, 0, ECHO);
  LINE("secret\n");
  modes(0, 0, 0, 0, ECHONL, 0);
  LINE("secret\n");
  modes(0, 0, 0, 0, ECHO, ECHONL | ECHOE);
  LINE("abc\x7f\x7f" "d\n");
  modes(0, 0, 0, 0, ECHOPRT | ECHOE, 0);
  LINE("abc\x7f\x7f" "d\n");
  modes(0, 0, 0, 0, 0, ECHOPRT | ECHOKE);
  LINE("abc\x15" "d\n");
  modes(0, 0, 0, 0, 0, ECHOK);
  LINE("abc\x15" "d\n");
  modes(IUTF8, 0, 0, 0, ECHOK | ECHOKE, 0);
  LINE("a\xc3\xa4\xe2\x82\xac\x7f\x7fz\n");
  modes(0, IUTF8, 0, 0, 0, ECHOCTL);
  LINE("a\x01\x7f" "b\n");
  modes(0, 0, 0, 0, ECHOCTL, IEXTEN);
  LINE("a b\x17\x16" "c\n");
  modes(IXANY, 0, 0, 0, IEXTEN, 0);
  LINE("a\x13" "bc\n");
  modes(0, IXON | IXANY, 0, 0, 0, ISIG);
  LINE("a\x13\x03\x1a\x11\n");
  struct termios t;
  tcgetattr(slave, &t);
  t.c_cc[VEOL] = ';';
  t.c_cc[VEOL2] = '!';
  tcsetattr(slave, TCSANOW, &t);
  LINE("one;two!three\n");
  type("partial", 7);
  take(master, "echo");
  modes(0, 0, 0, 0, 0, ICANON);
  take(slave, "partial");
  type("more", 4);
  take(master, "echo");
  modes(0, 0, 0, 0, ICANON, 0);
  take(slave, "more");
}

static void requests(void) {
  int n = -2;
  struct winsize w = {1, 2, 3, 4};
  printf("size %d", ioctl(slave, TIOCGWINSZ, &w));
  printf(" %d %d %d %d\n", w.ws_row, w.ws_col, w.ws_xpixel, w.ws_ypixel);
  w = (struct winsize){30, 100, 5, 6};
  printf("set %d", ioctl(master, TIOCSWINSZ, &w));
  w = (struct winsize){0};
  printf(" %d", ioctl(slave, TIOCGWINSZ, &w));
  printf(" %d %d\n", w.ws_row, w.ws_col);
  struct termios t;
  tcgetattr(slave, &t);
  printf("modes %x %x %x %x\n", t.c_iflag, t.c_oflag, t.c_cflag, t.c_lflag);
  for (int i = 0; i < 17; i++) printf("%x ", t.c_cc[i]);
  printf("speed %d %d\n", cfgetispeed(&t) == B38400, cfgetospeed(&t) == B38400);
  t.c_cflag &= ~CSIZE;
  t.c_cflag |= CS7 | PARENB;
  cfsetspeed(&t, B115200);
  printf("set %d", tcsetattr(slave, TCSADRAIN, &t));
  tcgetattr(slave, &t);
  printf(" %x %d\n", t.c_cflag, cfgetospeed(&t) == B115200);
  tcgetattr(master, &t);
  printf("master's %x\n", t.c_lflag);
  printf("group %d", ioctl(slave, TIOCGPGRP, &n));
  printf(" %s\n", strerror(errno));
  n = -2;
  printf("group %d", ioctl(master, TIOCGPGRP, &n));
  printf(" %d\n", n);
  printf("session %d", ioctl(slave, TIOCGSID, &n));
  printf(" %s\n", strerror(errno));
  printf("discipline %d", ioctl(slave, TIOCGETD, &n));
  printf(" %d\n", n);
  printf("queue %d", ioctl(slave, TIOCOUTQ, &n));
  printf(" %d\n", n);
  printf("drain %d break %d\n", tcdrain(slave), tcsendbreak(slave, 0));
  printf("flush %d", tcflush(slave, 7));
  printf(" %s\n", strerror(errno));
  printf("flow %d", tcflow(slave, 9));
  printf(" %s\n", strerror(errno));
  printf("lock %d", ioctl(slave, TIOCGPTN, &n));
  printf(" %s\n", strerror(errno));
  printf("serial %d", ioctl(slave, TIOCMGET, &n));
  printf(" %s\n", strerror(errno));
  tcflow(slave, TCOOFF);
  fcntl(slave, F_SETFL, O_NONBLOCK);
  printf("stopped %zd", write(slave, "x", 1));
  printf(" %s\n", strerror(errno));
  tcflow(slave, TCOON);
  printf("on %zd\n", write(slave, "x", 1));
  take(master, "shown");
  struct stat s, d;
  fstat(slave, &s);
  stat(ptsname(master), &d);
  printf("same %d %d major %ld mode %o\n", s.st_ino == d.st_ino, s.st_rdev == d.st_rdev,
         (long) (s.st_rdev >> 8), s.st_mode & S_IFMT);
  printf("tty %d %d name %d\n", isatty(slave), isatty(master),
         strcmp(ttyname(slave), ptsname(master)));
  printf("seek %ld", (long) lseek(slave, 0, SEEK_CUR));
  printf(" %s\n", strerror(errno));
  int file = open("/dev/null", O_RDWR);
  printf("null %d", tcgetattr(file, &t));
  printf(" %s\n", strerror(errno));
}

static void ends(void) {
  int m = posix_openpt(O_RDWR | O_NOCTTY);
  grantpt(m);
  char name[64];
  strcpy(name, ptsname(m));
  printf("locked %d", open(name, O_RDWR | O_NOCTTY));
  printf(" %s\n", strerror(errno));
  unlockpt(m);
  fcntl(m, F_SETFL, O_NONBLOCK);
  char b[16];
  show("nobody", b, read(m, b, 16));
  printf("events %x\n", events(m, POLLIN | POLLOUT));
  int s = open(name, O_RDWR | O_NOCTTY);
  write(s, "left", 4);
  close(s);
  printf("events %x\n", events(m, POLLIN | POLLOUT));
  show("left", b, read(m, b, 16));
  show("gone", b, read(m, b, 16));
  printf("events %x\n", events(m, POLLIN | POLLOUT));
  s = open(name, O_RDWR | O_NOCTTY);
  show("back", b, read(m, b, 16));
  write(m, "typed", 5);
  close(m);
  printf("hung %x\n", events(s, POLLIN | POLLOUT));
  show("read", b, read(s, b, 16));
  show("write", b, write(s, b, 1));
  struct termios t;
  printf("modes %d", tcgetattr(s, &t));
  printf(" %s\n", strerror(errno));
  printf("again %d", open(name, O_RDWR | O_NOCTTY));
  printf(" %s\n", strerror(errno));
  close(s);
}

int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  struct { const char *name; void (*run)(void); } all[] = {
    {"editing", editing}, {"sizes", sizes}, {"raw", raw}, {"output", output},
    {"flags", flags}, {"requests", requests},
  };
  for (unsigned i = 0; i < sizeof all / sizeof *all; i++) {
    printf("== %s\n", all[i].name);
    open_pair();
    all[i].run();
    close_pair();
  }
  printf("== ends\n");
  ends();
}
