// POSIX message queues: order, limits, waits, notifications, names (mq_overview(7)).
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void say(const char *what, long result) {
  if (result < 0) printf("%s: %s\n", what, strerror(errno));
  else printf("%s: %ld\n", what, result);
}

static void opened(const char *what, mqd_t q) {
  if (q < 0) printf("%s: %s\n", what, strerror(errno));
  else printf("%s: open\n", what);
}

static char name[64];
static volatile sig_atomic_t got;
static siginfo_t last;

static void handler(int s, siginfo_t *i, void *c) {
  (void) s;
  (void) c;
  got++;
  last = *i;
}

static void attributes(const char *what, mqd_t q) {
  struct mq_attr a;
  if (mq_getattr(q, &a)) printf("%s: %s\n", what, strerror(errno));
  else printf("%s: flags %lo most %ld size %ld now %ld\n", what, a.mq_flags, a.mq_maxmsg, a.mq_msgsize, a.mq_curmsgs);
}

static void take(mqd_t q) {
  char b[8193] = {0};
  unsigned p = 77;
  long n = mq_receive(q, b, sizeof b - 1, &p);
  if (n < 0) printf("take: %s\n", strerror(errno));
  else printf("take: %ld bytes \"%s\" priority %u\n", n, b, p);
}

static void ready(const char *what, mqd_t q) {
  struct pollfd p = {q, POLLIN | POLLOUT, 0};
  poll(&p, 1, 0);
  printf("%s: %s %s\n", what, p.revents & POLLIN ? "in" : "-", p.revents & POLLOUT ? "out" : "-");
}

static void names(void) {
  printf("-- names\n");
  char longest[300];
  memset(longest, 'a', sizeof longest);
  longest[0] = '/';
  longest[256] = 0;
  opened("longest", mq_open(longest, O_CREAT | O_RDWR, 0600, NULL));
  say("unlink longest", mq_unlink(longest));
  longest[256] = 'a';
  longest[257] = 0;
  opened("too long", mq_open(longest, O_CREAT | O_RDWR, 0600, NULL));
  opened("two slashes", mq_open("/a/b", O_CREAT | O_RDWR, 0600, NULL));
  opened("no slash", mq_open("a", O_CREAT | O_RDWR, 0600, NULL));
  opened("slash alone", mq_open("/", O_CREAT | O_RDWR, 0600, NULL));
  opened("a dot", mq_open("/.", O_CREAT | O_RDWR, 0600, NULL));
  opened("missing", mq_open(name, O_RDWR));
  say("unlink missing", mq_unlink(name));
  say("null name", syscall(SYS_mq_unlink, 8));
}

static void limits(void) {
  printf("-- limits\n");
  struct mq_attr a = {0};
  a.mq_msgsize = 8;
  opened("no messages", mq_open(name, O_CREAT | O_RDWR, 0600, &a));
  a.mq_maxmsg = 2;
  a.mq_msgsize = 0;
  opened("no bytes", mq_open(name, O_CREAT | O_RDWR, 0600, &a));
  a.mq_maxmsg = -1;
  a.mq_msgsize = 8;
  opened("less than none", mq_open(name, O_CREAT | O_RDWR, 0600, &a));
  a.mq_maxmsg = 65537;
  opened("too many", mq_open(name, O_CREAT | O_RDWR, 0600, &a));
  a.mq_maxmsg = 2;
  a.mq_msgsize = 16777217;
  opened("too long", mq_open(name, O_CREAT | O_RDWR, 0600, &a));
  mqd_t q = mq_open(name, O_CREAT | O_RDWR, 0600, NULL);
  attributes("usual", q);
  mq_close(q);
  opened("there", mq_open(name, O_CREAT | O_EXCL | O_RDWR, 0600, NULL));
  a.mq_msgsize = 8;
  q = mq_open(name, O_CREAT | O_RDWR, 0600, &a);
  attributes("attributes of what is there", q);
  mq_close(q);
  say("unlink", mq_unlink(name));
}

static void order(void) {
  printf("-- order\n");
  struct mq_attr a = {.mq_maxmsg = 4, .mq_msgsize = 16};
  mqd_t q = mq_open(name, O_CREAT | O_RDWR | O_NONBLOCK, 0640, &a);
  attributes("new", q);
  struct stat s;
  fstat(q, &s);
  printf("mode %o size %d cloexec %d\n", s.st_mode, (int) s.st_size, fcntl(q, F_GETFD));
  take(q);
  ready("empty", q);
  say("send", mq_send(q, "one", 3, 1));
  say("send", mq_send(q, "two", 3, 5));
  ready("some", q);
  say("send", mq_send(q, "three", 5, 1));
  say("send", mq_send(q, "", 0, 32767));
  ready("full", q);
  say("one more", mq_send(q, "five", 4, 1));
  say("priority", mq_send(q, "five", 4, 32768));
  say("long", mq_send(q, "12345678901234567", 17, 1));
  char b[20];
  say("short buffer", mq_receive(q, b, 15, NULL));
  attributes("full", q);
  take(q);
  take(q);
  take(q);
  take(q);
  take(q);
  char text[100] = {0};
  say("read", read(q, text, sizeof text - 1) > 0);
  printf("%s", text);
  say("write", write(q, "x", 1));
  a.mq_flags = 0;
  struct mq_attr old;
  say("wait from now on", mq_setattr(q, &a, &old));
  printf("flags before %lo\n", old.mq_flags);
  a.mq_flags = O_APPEND;
  say("other flags", mq_setattr(q, &a, &old));
  struct timespec t = {0, 1000000000};
  say("bad time", mq_timedreceive(q, b, 16, NULL, &t));
  clock_gettime(CLOCK_REALTIME, &t);
  say("too late", mq_timedreceive(q, b, 16, NULL, &t));
  t.tv_nsec += 20000000;
  if (t.tv_nsec >= 1000000000) t.tv_nsec -= 1000000000, t.tv_sec++;
  say("in time", mq_timedreceive(q, b, 16, NULL, &t));
  mqd_t r = mq_open(name, O_RDONLY);
  mqd_t w = mq_open(name, O_WRONLY);
  say("send by reader", mq_send(r, "x", 1, 0));
  say("receive by writer", mq_receive(w, b, 16, NULL));
  say("send by writer", mq_send(w, "x", 1, 0));
  take(r);
  say("not a queue", mq_send(1, "x", 1, 0));
  say("attributes of another file", mq_getattr(1, &a));
  say("unlink", mq_unlink(name));
  say("send still", mq_send(w, "y", 1, 0));
  opened("gone", mq_open(name, O_RDONLY));
  take(r);
  mq_close(r);
  mq_close(w);
  mq_close(q);
}

static void waits(void) {
  printf("-- waits\n");
  struct mq_attr a = {.mq_maxmsg = 1, .mq_msgsize = 16};
  mqd_t q = mq_open(name, O_CREAT | O_RDWR, 0600, &a);
  fflush(stdout);
  pid_t p = fork();
  if (p == 0) {
    char b[16];
    long n = mq_receive(q, b, 16, NULL);
    _exit(n == 5 && !memcmp(b, "hello", 5) ? 3 : 4);
  }
  struct timespec nap = {0, 20000000};
  nanosleep(&nap, NULL);
  say("send to who waits", mq_send(q, "hello", 5, 0));
  int s;
  waitpid(p, &s, 0);
  printf("status %#x\n", s);
  mq_send(q, "full", 4, 0);
  p = fork();
  if (p == 0) _exit(mq_send(q, "later", 5, 0) ? 1 : 0);
  nanosleep(&nap, NULL);
  take(q);
  waitpid(p, &s, 0);
  printf("status %#x\n", s);
  take(q);
  signal(SIGALRM, (void (*)(int)) handler);
  struct sigaction act = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
  sigaction(SIGALRM, &act, NULL);
  ualarm(20000, 0);
  take(q);
  act.sa_flags |= SA_RESTART;
  sigaction(SIGALRM, &act, NULL);
  struct timespec t;
  clock_gettime(CLOCK_REALTIME, &t);
  t.tv_sec += 1;
  p = fork();
  if (p == 0) {
    nap.tv_nsec = 100000000;
    nanosleep(&nap, NULL);
    _exit(mq_send(q, "restarted", 9, 0) ? 1 : 0);
  }
  ualarm(20000, 0);
  take(q);
  waitpid(p, &s, 0);
  mq_close(q);
  mq_unlink(name);
}

static void notifications(void) {
  printf("-- notifications\n");
  struct mq_attr a = {.mq_maxmsg = 4, .mq_msgsize = 16};
  mqd_t q = mq_open(name, O_CREAT | O_RDWR | O_NONBLOCK, 0600, &a);
  struct sigaction act = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
  sigaction(SIGUSR1, &act, NULL);
  struct sigevent e = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGUSR1, .sigev_value.sival_int = 42};
  say("notify", mq_notify(q, &e));
  say("again", mq_notify(q, &e));
  got = 0;
  mq_send(q, "a", 1, 0);
  printf("got %d code %d value %d own %d\n", got, last.si_code, last.si_value.sival_int, last.si_pid == getpid());
  mq_send(q, "b", 1, 0);
  printf("got %d\n", got);
  say("notify when there are some", mq_notify(q, &e));
  mq_send(q, "c", 1, 0);
  printf("got %d\n", got);
  take(q);
  take(q);
  take(q);
  mq_send(q, "d", 1, 0);
  printf("got %d\n", got);
  take(q);
  say("notify", mq_notify(q, &e));
  say("no more", mq_notify(q, NULL));
  say("no more", mq_notify(q, NULL));
  mq_send(q, "e", 1, 0);
  printf("got %d\n", got);
  take(q);
  e.sigev_notify = SIGEV_NONE;
  say("none", mq_notify(q, &e));
  fflush(stdout);
  pid_t p = fork();
  if (p == 0) {
    e.sigev_notify = SIGEV_SIGNAL;
    say("busy", mq_notify(q, &e));
    say("another's", mq_notify(q, NULL));
    fflush(stdout);
    _exit(0);
  }
  waitpid(p, NULL, 0);
  mq_send(q, "f", 1, 0);
  take(q);
  e.sigev_notify = SIGEV_SIGNAL;
  e.sigev_signo = 65;
  say("bad signal", mq_notify(q, &e));
  e.sigev_signo = SIGUSR1;
  e.sigev_notify = 9;
  say("bad way", mq_notify(q, &e));
  e.sigev_notify = SIGEV_SIGNAL;
  say("notify", mq_notify(q, &e));
  mqd_t other = dup(q);
  close(other);
  mq_send(q, "g", 1, 0);
  printf("after closing a copy %d\n", got);
  mq_close(q);
  mq_unlink(name);
}

static volatile int told;

static void *thread_of(union sigval v) {
  told = v.sival_int;
  return 0;
}

static void by_thread(void) {
  printf("-- notification by a thread\n");
  struct mq_attr a = {.mq_maxmsg = 4, .mq_msgsize = 16};
  mqd_t q = mq_open(name, O_CREAT | O_RDWR | O_NONBLOCK, 0600, &a);
  struct sigevent e = {.sigev_notify = SIGEV_THREAD, .sigev_value.sival_int = 17};
  e.sigev_notify_function = (void (*)(union sigval)) thread_of;
  say("notify", mq_notify(q, &e));
  say("again", mq_notify(q, &e));
  mq_send(q, "a", 1, 0);
  for (int i = 0; i < 2000 && !told; i++) usleep(1000);
  printf("told %d\n", told);
  take(q);
  told = 0;
  say("notify", mq_notify(q, &e));
  say("no more", mq_notify(q, NULL));
  mq_send(q, "b", 1, 0);
  usleep(20000);
  printf("told %d\n", told);
  mq_close(q);
  mq_unlink(name);
}

static void users(void) {
  printf("-- users\n");
  struct mq_attr a = {.mq_maxmsg = 10, .mq_msgsize = 8192};
  umask(022);
  mqd_t q = mq_open(name, O_CREAT | O_RDWR, 0666, &a);
  struct stat s;
  fstat(q, &s);
  printf("mode %o\n", s.st_mode);
  fflush(stdout);
  pid_t p = fork();
  if (p == 0) {
    setgid(1000);
    setuid(1000);
    opened("read", mq_open(name, O_RDONLY));
    opened("write", mq_open(name, O_WRONLY));
    say("unlink", mq_unlink(name));
    strcat(name, "u");
    a.mq_maxmsg = 11;
    opened("many", mq_open(name, O_CREAT | O_RDWR, 0600, &a));
    a.mq_maxmsg = 10;
    a.mq_msgsize = 8193;
    opened("long", mq_open(name, O_CREAT | O_RDWR, 0600, &a));
    a.mq_msgsize = 8192;
    struct rlimit r = {50000, 50000};
    setrlimit(RLIMIT_MSGQUEUE, &r);
    opened("beyond the limit", mq_open(name, O_CREAT | O_RDWR, 0600, &a));
    a.mq_msgsize = 128;
    opened("within the limit", mq_open(name, O_CREAT | O_RDWR, 0600, &a));
    say("unlink", mq_unlink(name));
    fflush(stdout);
    _exit(0);
  }
  waitpid(p, NULL, 0);
  mq_close(q);
  mq_unlink(name);
}

int main(void) {
  sprintf(name, "/axon64-%d", getpid());
  names();
  limits();
  order();
  waits();
  notifications();
  by_thread();
  users();
  return 0;
}
