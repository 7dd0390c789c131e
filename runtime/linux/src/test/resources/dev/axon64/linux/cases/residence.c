/* Which pages are in memory (mincore(2)). */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#define PAGE 4096
static unsigned char there[64];

static void tell(const char *what, void *address, int pages) {
  memset(there, 9, sizeof there);
  errno = 0;
  int result = mincore(address, (size_t)pages * PAGE, there);
  printf("%s: %d %s ", what, result, result < 0 ? strerror(errno) : "");
  for (int i = 0; i < pages; i++) printf("%d", there[i] & 15);
  puts("");
}

int main(void) {
  char *p = mmap(0, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  madvise(p, 8 * PAGE, MADV_NOHUGEPAGE);
  tell("fresh", p, 8);
  p[PAGE] = 1, p[4 * PAGE] = 1;
  tell("written", p, 8);
  volatile char c = p[6 * PAGE];
  tell("read", p, 8);
  madvise(p + 4 * PAGE, PAGE, MADV_DONTNEED);
  tell("given up", p, 8);
  mprotect(p + PAGE, PAGE, PROT_NONE);
  tell("no access", p, 8);
  if (fork() == 0) {
    tell("child", p, 8);
    p[2 * PAGE] = 1;
    tell("child wrote", p, 8);
    fflush(stdout);
    _exit(0);
  }
  wait(0);
  tell("parent", p, 8);
  munmap(p + 3 * PAGE, PAGE);
  tell("with a gap", p, 8);
  tell("behind the gap", p + 4 * PAGE, 4);
  tell("in the page", p + 1, 1);
  printf("no place %d ", mincore(p, PAGE, (void *)8));
  puts(strerror(errno));

  char *shared = mmap(0, 4 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  tell("shared", shared, 4);
  if (fork() == 0) {
    shared[PAGE] = 1;
    _exit(0);
  }
  wait(0);
  tell("child wrote", shared, 4);

  int fd = open("pages", O_RDWR | O_CREAT, 0600);
  char block[PAGE] = "x";
  ftruncate(fd, 40 * PAGE);
  pwrite(fd, block, PAGE, 0);
  pwrite(fd, block, PAGE, 39 * PAGE);
  char *file = mmap(0, 48 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  char *own = mmap(0, 48 * PAGE, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  tell("file", file, 48);
  tell("private", own, 48);
  tell("from an offset", own + 39 * PAGE, 2);
  unlink("pages");

  int memory = memfd_create("m", 0);
  ftruncate(memory, 8 * PAGE);
  pwrite(memory, block, 10, 3 * PAGE);
  char *m = mmap(0, 8 * PAGE, PROT_READ | PROT_WRITE, MAP_SHARED, memory, 0);
  tell("memfd", m, 8);
  m[5 * PAGE] = 1;
  tell("memfd written", m, 8);
  return 0;
}
