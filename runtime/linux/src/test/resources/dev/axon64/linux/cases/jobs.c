// Sessions, the controlling terminal, and jobs in the foreground and the background.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

static int master;
static char name[64];

static void say(const char *what, long result) {
  printf("%s %ld", what, result);
  if (result < 0) printf(" %s", strerror(errno));
  printf("\n");
}

static void status(const char *what, int s) {
  if (WIFSTOPPED(s)) printf("%s stopped by %d\n", what, WSTOPSIG(s));
  else if (WIFCONTINUED(s)) printf("%s continued\n", what);
  else if (WIFSIGNALED(s)) printf("%s ended by %d\n", what, WTERMSIG(s));
  else printf("%s exited with %d\n", what, WEXITSTATUS(s));
}

static volatile int got;
static void handler(int s) { got = s; }

static pid_t job(void (*run)(int), int fd, int own) {
  pid_t p = fork();
  if (p == 0) {
    if (own) setpgid(0, 0);
    run(fd);
    _exit(0);
  }
  if (own) setpgid(p, p);
  return p;
}

static void reads(int fd) {
  char b[16];
  long n = read(fd, b, sizeof b);
  printf("job read %ld %s\n", n, n < 0 ? strerror(errno) : "");
}

static void reads_ignoring(int fd) {
  signal(SIGTTIN, SIG_IGN);
  reads(fd);
}

static void reads_handling(int fd) {
  struct sigaction a = {.sa_handler = handler};
  sigaction(SIGTTIN, &a, 0);
  reads(fd);
  printf("job got %d\n", got);
}

static void writes(int fd) { say("job wrote", write(fd, "out\n", 4)); }

static void sets(int fd) {
  struct termios t;
  tcgetattr(fd, &t);
  say("job set", tcsetattr(fd, TCSANOW, &t));
}

static void takes(int fd) { say("job takes", tcsetpgrp(fd, getpgrp())); }

static void sleeps(int fd) {
  pause();
}

static void follow(const char *what, pid_t p) {
  int s;
  do {
    waitpid(p, &s, WUNTRACED);
    status(what, s);
    if (WIFSTOPPED(s)) {
      return;
    }
  } while (!WIFEXITED(s) && !WIFSIGNALED(s));
}

static void leader(void) {
  int n, s;
  say("setsid again", setsid());
  int none = open("/dev/tty", O_RDWR);
  say("own terminal", none < 0 ? -1 : 0);
  int quiet = open(name, O_RDWR | O_NOCTTY);
  say("group without", tcgetpgrp(quiet));
  close(quiet);
  int fd = open(name, O_RDWR);
  say("group", tcgetpgrp(fd) == getpgrp());
  say("session", tcgetsid(fd) == getsid(0));
  int tty = open("/dev/tty", O_RDWR);
  say("own terminal", tty >= 0);
  say("same group", tcgetpgrp(tty) == getpgrp());
  n = 0;
  ioctl(master, TIOCGPGRP, &n);
  say("master's group", n == getpgrp());
  say("foreign group", tcsetpgrp(fd, getpgid(getppid())));
  say("no group", tcsetpgrp(fd, 99999));
  signal(SIGTTOU, SIG_IGN);

  pid_t p = job(reads, fd, 1);
  follow("reader", p);
  tcsetpgrp(fd, p);
  write(master, "hello\n", 6);
  kill(-p, SIGCONT);
  follow("reader", p);
  tcsetpgrp(fd, getpgrp());

  follow("ignoring", job(reads_ignoring, fd, 1));
  p = job(reads_handling, fd, 1);
  follow("handling", p);
  follow("writer", job(writes, fd, 1));
  struct termios t;
  tcgetattr(fd, &t);
  t.c_lflag |= TOSTOP;
  tcsetattr(fd, TCSANOW, &t);
  signal(SIGTTOU, SIG_DFL);
  p = job(writes, fd, 1);
  follow("writer", p);
  tcsetpgrp(fd, p);
  kill(p, SIGCONT);
  follow("writer", p);
  signal(SIGTTOU, SIG_IGN);
  tcsetpgrp(fd, getpgrp());
  signal(SIGTTOU, SIG_DFL);
  p = job(sets, fd, 1);
  follow("setter", p);
  kill(p, SIGKILL);
  follow("setter", p);
  p = job(takes, fd, 1);
  follow("taker", p);
  kill(p, SIGKILL);
  follow("taker", p);
  signal(SIGTTOU, SIG_IGN);
  follow("ignorant taker", job(takes, fd, 1));
  tcsetpgrp(fd, getpgrp());

  struct { const char *name, *keys; } keys[] = {{"interrupt", "\x03"}, {"quit", "\x1c"}, {"stop", "\x1a"}};
  for (int i = 0; i < 3; i++) {
    p = job(sleeps, fd, 1);
    tcsetpgrp(fd, p);
    write(master, keys[i].keys, 1);
    follow(keys[i].name, p);
    if (i == 2) {
      kill(p, SIGCONT);
      waitpid(p, &s, WCONTINUED);
      status("job", s);
      kill(p, SIGKILL);
      follow("job", p);
    }
    tcsetpgrp(fd, getpgrp());
  }
  got = 0;
  signal(SIGWINCH, handler);
  struct winsize w = {10, 20, 0, 0};
  ioctl(master, TIOCSWINSZ, &w);
  for (int i = 0; i < 100 && !got; i++) usleep(1000);
  say("resized", got);
  got = 0;
  ioctl(master, TIOCSWINSZ, &w);
  usleep(20000);
  say("same size", got);
  say("take again", ioctl(fd, TIOCSCTTY, 0));
  signal(SIGHUP, SIG_IGN);
  signal(SIGCONT, handler);
  say("give up", ioctl(tty, TIOCNOTTY));
  say("continued", got == SIGCONT);
  n = open("/dev/tty", O_RDWR);
  say("own terminal", n < 0 ? -1 : 0);
  say("group", tcgetpgrp(fd) < 0 ? -1 : 0);
  say("take back", ioctl(fd, TIOCSCTTY, 0));
  signal(SIGHUP, handler);
  signal(SIGCONT, SIG_DFL);
  p = job(sleeps, fd, 0);
  got = 0;
  int go[2];
  pipe(go);
  pid_t closer = fork();
  if (!closer) {
    usleep(50000);
    _exit(0);
  }
  close(master);
  for (int i = 0; i < 200 && !got; i++) usleep(1000);
  say("hung up", got);
  waitpid(closer, &s, 0);
  kill(p, SIGKILL);
  waitpid(p, &s, 0);
  status("job", s);
}

int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  master = posix_openpt(O_RDWR | O_NOCTTY);
  grantpt(master);
  unlockpt(master);
  strcpy(name, ptsname(master));
  pid_t p = fork();
  if (p == 0) {
    setsid();
    leader();
    exit(7);
  }
  close(master);
  int s;
  waitpid(p, &s, 0);
  status("leader", s);

  // What a leader leaves behind.
  master = posix_openpt(O_RDWR | O_NOCTTY);
  grantpt(master);
  unlockpt(master);
  strcpy(name, ptsname(master));
  int told[2];
  pipe(told);
  p = fork();
  if (p == 0) {
    setsid();
    int fd = open(name, O_RDWR);
    pid_t q = job(sleeps, fd, 1);
    signal(SIGTTOU, SIG_IGN);
    tcsetpgrp(fd, q);
    if (fork() == 0) {
      setpgid(0, 0);
      signal(SIGHUP, handler);
      signal(SIGCONT, SIG_DFL);
      write(told[1], "r", 1);
      raise(SIGSTOP);
      char c = got == SIGHUP ? 'h' : '?';
      write(told[1], &c, 1);
      _exit(0);
    }
    usleep(100000);
    _exit(0);
  }
  waitpid(p, &s, 0);
  status("leader", s);
  close(told[1]);
  char b[8];
  long n = 0, m;
  while ((m = read(told[0], b + n, sizeof b - n)) > 0) n += m;
  printf("orphan told %.*s\n", (int) n, b);
  return 0;
}
