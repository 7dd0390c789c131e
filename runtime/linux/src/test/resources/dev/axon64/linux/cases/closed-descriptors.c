/* Calls that wait while other threads close their descriptors: they go on with the open files. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "shared.h"

static int fd;
static long result;
static int error;
static char got[200000];

static volatile int sleeper;

static void *reads(void *x) {
  sleeper = syscall(SYS_gettid);
  memset(got, 0, sizeof got);
  result = read(fd, got, 100);
  error = errno;
  return 0;
}

static void *writes(void *x) {
  sleeper = syscall(SYS_gettid);
  result = write(fd, got, sizeof got);
  error = errno;
  return 0;
}

static void *receives(void *x) {
  sleeper = syscall(SYS_gettid);
  memset(got, 0, sizeof got);
  result = recv(fd, got, 5, MSG_WAITALL);
  error = errno;
  return 0;
}

static void *accepts(void *x) {
  sleeper = syscall(SYS_gettid);
  result = accept(fd, 0, 0);
  error = errno;
  return 0;
}

static void *polls(void *x) {
  sleeper = syscall(SYS_gettid);
  struct pollfd p = {fd, POLLIN, 0};
  result = poll(&p, 1, 5000) * 1000 + p.revents;
  error = errno;
  return 0;
}

static void *selects(void *x) {
  sleeper = syscall(SYS_gettid);
  fd_set set;
  FD_ZERO(&set);
  FD_SET(fd, &set);
  result = select(fd + 1, &set, 0, 0, &(struct timeval){5, 0}) * 10 + !!FD_ISSET(fd, &set);
  error = errno;
  return 0;
}

static void *awaits(void *x) {
  sleeper = syscall(SYS_gettid);
  struct epoll_event e = {0};
  result = epoll_wait(fd, &e, 1, 5000) * 1000 + e.data.u32;
  error = errno;
  return 0;
}

static void *locks(void *x) {
  sleeper = syscall(SYS_gettid);
  result = flock(fd, LOCK_EX);
  error = errno;
  return 0;
}

static pthread_t start(void *(*what)(void *)) {
  pthread_t thread;
  result = -77;
  sleeper = 0;
  pthread_create(&thread, 0, what, 0);
  while (sleeper == 0) rest();
  until_asleep(sleeper);
  return thread;
}

static void finish(const char *what, pthread_t thread) {
  pthread_join(thread, 0);
  printf("%s: %ld %s\n", what, result, result < 0 ? strerror(error) : "");
}

/* The result of a call, and its error. */
#define told(format, ...) \
  do { \
    errno = 0; \
    long r = (__VA_ARGS__); \
    printf(format, r, strerror(errno)); \
  } while (0)

static void on(int signal) {}

int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  int pipes[2], other[2];
  pthread_t t;

  pipe(pipes);
  fd = pipes[0];
  t = start(reads);
  printf("close %d\n", close(fd));
  pipe(other);
  printf("number is free at once %d\n", other[0] == fd);
  write(other[1], "wrong", 5);
  printf("write %zd\n", write(pipes[1], "right", 5));
  finish("read", t);
  puts(got);
  signal(SIGPIPE, SIG_IGN);
  told("then nobody reads: %ld %s\n", write(pipes[1], "x", 1));
  close(pipes[1]), close(other[0]), close(other[1]);

  pipe(pipes);
  fd = pipes[1];
  t = start(writes);
  printf("close %d\n", close(fd));
  long all = 0, n;
  while ((n = read(pipes[0], got, sizeof got)) > 0) all += n;
  printf("all %ld then %ld\n", all, n);
  finish("write", t);
  close(pipes[0]);

  /* The reader goes on with another file under its number. */
  pipe(pipes);
  pipe(other);
  fd = pipes[0];
  t = start(reads);
  printf("dup2 %d\n", dup2(other[0], fd) == fd);
  write(other[1], "wrong", 5);
  until_asleep(sleeper);
  printf("still waits %d\n", result == -77);
  write(pipes[1], "right", 5);
  finish("read", t);
  puts(got);
  printf("now %zd ", read(fd, got, 9));
  puts(got);
  close(pipes[0]), close(pipes[1]), close(other[0]), close(other[1]);

  socketpair(AF_UNIX, SOCK_STREAM, 0, pipes);
  fd = pipes[0];
  t = start(receives);
  write(pipes[1], "ab", 2);
  until_asleep(sleeper);
  close(fd);
  told("peer reads %ld %s\n", recv(pipes[1], got + 50, 1, MSG_DONTWAIT));
  write(pipes[1], "cde", 3);
  finish("recv", t);
  puts(got);
  printf("peer reads %zd\n", recv(pipes[1], got, 1, MSG_DONTWAIT));
  close(pipes[1]);

  struct sockaddr_un name = {AF_UNIX, "closed-listener"};
  fd = socket(AF_UNIX, SOCK_STREAM, 0);
  bind(fd, (struct sockaddr *)&name, sizeof name);
  listen(fd, 5);
  t = start(accepts);
  close(fd);
  int client = socket(AF_UNIX, SOCK_STREAM, 0);
  printf("connect %d\n", connect(client, (struct sockaddr *)&name, sizeof name));
  pthread_join(t, 0);
  printf("accept %d\n", result >= 0);
  int second = socket(AF_UNIX, SOCK_STREAM, 0);
  told("connect %ld %s\n", connect(second, (struct sockaddr *)&name, sizeof name));
  close(result), close(client), close(second);
  unlink("closed-listener");

  pipe(pipes);
  fd = pipes[0];
  t = start(polls);
  close(fd);
  until_asleep(sleeper);
  printf("still waits %d\n", result == -77);
  write(pipes[1], "x", 1);
  finish("poll", t);
  close(pipes[1]);

  pipe(pipes);
  fd = pipes[0];
  t = start(selects);
  close(fd);
  until_asleep(sleeper);
  printf("still waits %d\n", result == -77);
  write(pipes[1], "x", 1);
  finish("select", t);
  close(pipes[1]);

  pipe(pipes);
  fd = epoll_create1(0);
  struct epoll_event event = {EPOLLIN, {.u32 = 42}};
  epoll_ctl(fd, EPOLL_CTL_ADD, pipes[0], &event);
  t = start(awaits);
  close(fd);
  until_asleep(sleeper);
  printf("still waits %d\n", result == -77);
  write(pipes[1], "x", 1);
  finish("epoll_wait", t);
  close(pipes[0]), close(pipes[1]);

  /* A file that epoll watches stays watched while a thread reads from it. */
  fd = eventfd(0, 0);
  int epoll = epoll_create1(0);
  epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event);
  int copy = dup(fd);
  t = start(reads);
  close(fd);
  told("del %ld %s\n", epoll_ctl(epoll, EPOLL_CTL_DEL, fd, 0));
  printf("none %d\n", epoll_wait(epoll, &event, 1, 0));
  uint64_t two = 2;
  write(copy, &two, 8);
  finish("eventfd", t);
  close(copy);
  printf("none %d\n", epoll_wait(epoll, &event, 1, 0));
  close(epoll);

  int mine = open("locked", O_RDWR | O_CREAT, 0600);
  fd = open("locked", O_RDWR);
  flock(mine, LOCK_EX);
  t = start(locks);
  close(fd);
  until_asleep(sleeper);
  printf("still waits %d\n", result == -77);
  flock(mine, LOCK_UN);
  finish("flock", t);
  printf("free again %d\n", flock(mine, LOCK_EX | LOCK_NB));
  close(mine);
  unlink("locked");

  /* A handler that restarts the call: it looks its descriptor up again. */
  struct sigaction action = {.sa_handler = on, .sa_flags = SA_RESTART};
  sigaction(SIGUSR1, &action, 0);
  pipe(pipes);
  fd = pipes[0];
  t = start(reads);
  close(fd);
  pthread_kill(t, SIGUSR1);
  finish("restarted", t);
  told("nobody reads: %ld %s\n", write(pipes[1], "x", 1));
  close(pipes[1]);

  /* A thread that ends while it waits lets go. */
  pipe(pipes);
  pid_t child = fork();
  if (child == 0) {
    close(pipes[1]);
    fd = pipes[0];
    start(reads);
    close(fd);
    rest();
    _exit(3);
  }
  close(pipes[0]);
  int status;
  waitpid(child, &status, 0);
  printf("child %d\n", WEXITSTATUS(status));
  told("nobody reads: %ld %s\n", write(pipes[1], "x", 1));
  close(pipes[1]);

  /* Descriptors that were never there. */
  fd_set set;
  FD_ZERO(&set);
  FD_SET(40, &set);
  told("select %ld %s\n", select(41, &set, 0, 0, 0));
  struct pollfd p = {40, POLLIN, 0};
  int ready = poll(&p, 1, -1);
  printf("poll %d %x\n", ready, p.revents);
  return 0;
}
