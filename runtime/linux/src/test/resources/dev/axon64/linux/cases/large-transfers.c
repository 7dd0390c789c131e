// Reads and writes of many pages: odd addresses, ends of files, memory that ends within, copies, mappings of the same file, limits.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); fflush(stdout); } while (0)
#define M (1 << 20)
#define PG 4096L
static unsigned sum(const unsigned char *p, long n) { unsigned s = 1; for (long i = 0; i < n; i++) s = s * 31 + p[i]; return s; }
static char *room(long n) { return mmap(0, n, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }

int main(void) {
  unsigned char *from = (void *)room(M + PG), *to = (void *)room(M + 2 * PG);
  for (long i = 0; i < M + PG; i++) from[i] = i * 7 + (i >> 8);
  int f = open("f", O_CREAT | O_RDWR | O_TRUNC, 0600);
  E(write(f, from + 5, M - 300)); E(lseek(f, 0, SEEK_CUR)); E(pwrite(f, from, 70000, M - 300)); E(lseek(f, 0, SEEK_CUR));
  E(lseek(f, 3, SEEK_SET)); E(read(f, to + 77, M)); printf("%u %u\n", sum(to, M + 77), sum(from + 8, 1000)); E(lseek(f, 0, SEEK_CUR));
  E(read(f, to, 2 * M)); E(read(f, to, M)); E(pread(f, to, M, M)); E(pread(f, to, M, 4 * M)); E(pread(f, to, 5000, M + 69000));
  // what lies behind the end is left as it was
  char *fresh = room(M); int small = open("small", O_CREAT | O_RDWR, 0600); write(small, "short", 5);
  E(pread(small, fresh, M, 0)); printf("%s\n", fresh);
  E(write(small, room(M), M)); E(pread(small, to, M, 1)); printf("%u\n", sum(to, M));
  // memory that ends within
  char *hole = room(16 * PG); munmap(hole + 10 * PG, PG); mprotect(hole + 12 * PG, PG, PROT_READ);
  E(pread(f, hole + 100, 16 * PG - 100, 0)); printf("%u\n", sum((void *)hole, 10 * PG)); E(pread(f, hole + 11 * PG, 4 * PG, 0)); E(pread(f, hole + 12 * PG, PG, 0)); E(pread(f, hole + 10 * PG, PG, 0));
  E(pwrite(f, hole + PG, 12 * PG, 0)); E(pwrite(f, hole + 10 * PG, PG, 0)); E(lseek(f, 7, SEEK_SET)); E(read(f, hole + 9 * PG + 1000, 2 * PG)); E(lseek(f, 0, SEEK_CUR)); E(write(f, hole + 9 * PG + 1000, 2 * PG)); E(lseek(f, 0, SEEK_CUR));
  // pages that a child has too, and pages of a file
  char *both = room(64 * PG); memset(both, 'b', 64 * PG); int back[2]; pipe(back); fflush(stdout);
  if (fork() == 0) { pread(f, both + 10, 40 * PG, 3); unsigned s = sum((void *)both, 64 * PG); write(back[1], &s, 4); _exit(0); }
  unsigned s; read(back[0], &s, 4); wait(0); printf("child %u parent %u\n", s, sum((void *)both, 64 * PG));
  E(pread(f, both + 20, 40 * PG, 3)); printf("%u\n", sum((void *)both, 64 * PG));
  char *seen = mmap(0, M, PROT_READ | PROT_WRITE, MAP_SHARED, f, 0), *mine = mmap(0, M, PROT_READ | PROT_WRITE, MAP_PRIVATE, f, 0);
  seen[0] = 'S'; mine[PG] = 'P'; E(pread(f, to, 200000, 0)); printf("%c %u\n", to[0], sum(to, 200000));
  E(pwrite(f, from + 3, 200000, 0)); printf("%u %u %d\n", sum((void *)seen, 200000), sum((void *)mine, PG), mine[PG]);
  E(pread(f, seen + PG / 2, 20 * PG, 50 * PG)); printf("%u\n", sum((void *)seen, 30 * PG)); E(pread(f, mine + PG / 2, 20 * PG, 50 * PG)); printf("%u %u\n", sum((void *)mine, 30 * PG), sum((void *)seen, 30 * PG));
  E(pwrite(f, seen + 64 * PG, 20 * PG, 100 * PG + 9)); E(pwrite(f, mine, 20 * PG, 200 * PG)); printf("%u\n", sum((void *)seen, M));
  ftruncate(f, 30 * PG + 5); E(pread(f, to, M, 29 * PG)); E(pread(small, mine + 29 * PG, 4 * PG, 0)); printf("%u\n", sum((void *)mine + 29 * PG, 2 * PG)); E(pwrite(small, mine + 29 * PG, 4 * PG, 0)); E(pwrite(small, mine + 31 * PG, PG, 0));
  // appending, vectors, limits
  int a = open("a", O_CREAT | O_RDWR | O_APPEND, 0600); E(write(a, from, 100000)); E(lseek(a, 10, SEEK_SET)); E(write(a, from, 0)); E(lseek(a, 0, SEEK_CUR)); E(write(a, from, 100001)); E(lseek(a, 0, SEEK_CUR)); E(pwrite(a, from, 70000, 5)); E(lseek(a, 0, SEEK_CUR)); E(lseek(a, 0, SEEK_END));
  struct iovec v[3] = {{to, 90000}, {to + 500000, 1}, {to + 100001, 100000}}; E(preadv(a, v, 3, 60)); printf("%u\n", sum(to, M)); lseek(a, 1, SEEK_SET); E(readv(a, v, 3)); E(lseek(a, 0, SEEK_CUR)); E(writev(a, v, 3)); E(lseek(a, 0, SEEK_CUR));
  signal(SIGXFSZ, SIG_IGN); struct rlimit r = {300000, 300000}; setrlimit(RLIMIT_FSIZE, &r); int l = open("l", O_CREAT | O_RDWR, 0600); E(write(l, from, M)); E(write(l, from, M)); E(pwrite(l, from, M, 299999)); E(pwrite(l, from, M, 300000)); E(write(a, from, 1)); E(lseek(l, 0, SEEK_CUR));
  int d = open("/dev/zero", O_RDWR); memset(to, 1, M); E(read(d, to + 1, M - 2)); printf("%u\n", sum(to, M)); E(pread(d, to, 100, 5)); E(pwrite(d, to, 100, 5)); E(pread(back[0], to, 1, 0)); E(pwrite(back[1], to, 1, 0)); E(pwrite(back[1], to, 0, 0)); E(pread(back[0], to, 0, 0));
}
