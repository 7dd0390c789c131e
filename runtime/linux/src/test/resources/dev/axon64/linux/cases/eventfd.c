// eventfd: counting, semaphores, limits, and what poll and select say of it, of pipes and of files.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/select.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
static const char *err(long r) { return r < 0 ? strerrorname_np(errno) : "ok"; }
static void state(const char *what, int fd) {
  struct pollfd p = {fd, -1, 0};
  int r = poll(&p, 1, 0);
  printf("%s: %d %x\n", what, r, p.revents);
}
static void put(int fd, uint64_t v, int size) {
  uint64_t two[2] = {v, v};
  long r = write(fd, two, size);
  printf("write %llx %d: %ld %s\n", (unsigned long long)v, size, r, err(r));
}
static void get(int fd, int size) {
  uint64_t v[2] = {0, 0};
  long r = read(fd, v, size);
  printf("read %d: %ld %s %llx %llx\n", size, r, err(r), (unsigned long long)v[0], (unsigned long long)v[1]);
}
static int shared;
static void *later(void *x) { usleep(20000); put(shared, 5, 8); return 0; }
static uint64_t taken;
static void *taker(void *x) { usleep(20000); read(shared, &taken, 8); return 0; }
int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  int fd = eventfd(3, EFD_NONBLOCK | EFD_CLOEXEC);
  printf("flags %x %x\n", fcntl(fd, F_GETFL) & ~0x20000, fcntl(fd, F_GETFD));
  state("three", fd); get(fd, 4); get(fd, 16); get(fd, 8); state("none", fd);
  put(fd, 1, 4); put(fd, 1, 8); put(fd, 2, 16); get(fd, 8);
  put(fd, -1, 8); put(fd, -2, 8); state("full", fd); put(fd, 1, 8); get(fd, 8); put(fd, -3, 8); state("nearly", fd);
  get(fd, 8); printf("seek %s\n", err(lseek(fd, 0, SEEK_SET))); printf("pread %s\n", err(pread(fd, &shared, 4, 0)));
  struct stat s; int st = fstat(fd, &s); printf("stat %d %o\n", st, s.st_mode);
  char link[64] = {0}, name[64]; sprintf(name, "/proc/self/fd/%d", fd); readlink(name, link, 63); puts(link);
  int sem = eventfd(2, EFD_SEMAPHORE | EFD_NONBLOCK); get(sem, 8); get(sem, 8); get(sem, 8);
  printf("bad flags %s\n", err(eventfd(0, 8)));
  uint64_t part[2]; struct iovec v[2] = {{part, 4}, {part, 8}}; put(fd, 7, 8);
  // blocking
  shared = eventfd(0, 0); pthread_t t; pthread_create(&t, 0, later, 0); get(shared, 8); pthread_join(t, 0);
  put(shared, -2, 8); pthread_create(&t, 0, taker, 0); put(shared, 9, 8); pthread_join(t, 0); printf("taken %llx\n", (unsigned long long)taken); get(shared, 8);
  pthread_create(&t, 0, later, 0); struct pollfd p = {shared, POLLIN, 0}; int r = poll(&p, 1, 5000); pthread_join(t, 0); printf("poll %d %x\n", r, p.revents);
  fd_set in, out, ex; FD_ZERO(&in); FD_ZERO(&out); FD_ZERO(&ex); FD_SET(shared, &in); FD_SET(shared, &out); FD_SET(shared, &ex);
  struct timeval tv = {1, 0}; r = select(shared + 1, &in, &out, &ex, &tv); printf("select %d %d %d %d\n", r, !!FD_ISSET(shared, &in), !!FD_ISSET(shared, &out), !!FD_ISSET(shared, &ex));
  // pipes and files
  int q[2]; pipe2(q, O_NONBLOCK); state("empty read", q[0]); state("empty write", q[1]); char page[4096] = {0}; write(q[1], page, 1);
  state("byte read", q[0]); state("byte write", q[1]); while (write(q[1], page, 4096) == 4096); state("full read", q[0]); state("full write", q[1]);
  read(q[0], page, 100); close(q[1]); state("no writer, bytes", q[0]); while (read(q[0], page, 4096) > 0); state("no writer", q[0]); close(q[0]);
  pipe2(q, 0); close(q[0]); state("no reader", q[1]);
  int file = open("f", O_RDWR | O_CREAT, 0600); state("file", file); int only = open("f", O_WRONLY); state("write only", only);
  int null = open("/dev/null", O_RDWR); state("null", null); int dir = open(".", O_RDONLY); state("folder", dir); state("closed", 77);
  // fifo
  mkfifo("q", 0600); printf("nobody reads %s\n", err(open("q", O_WRONLY | O_NONBLOCK)));
  int reader = open("q", O_RDONLY | O_NONBLOCK); state("never written", reader); int writer = open("q", O_WRONLY); state("open", reader);
  close(writer); state("left", reader); int both = open("q", O_RDWR | O_NONBLOCK); state("both", both); state("again", reader); close(both); close(reader); unlink("q");
  if (fork() == 0) { uint64_t one = 1; usleep(10000); write(shared, &one, 8); _exit(0); }
  get(shared, 8); wait(0);
  return 0;
}
