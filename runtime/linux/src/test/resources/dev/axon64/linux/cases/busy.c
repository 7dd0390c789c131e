// A program that runs cannot be written, and one that is written cannot be run.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); fflush(stdout); } while (0)
static void copy(const char *to) { char b[65536]; int f = open("/proc/self/exe", O_RDONLY), t = open(to, O_CREAT | O_WRONLY | O_TRUNC, 0700); for (long n; (n = read(f, b, sizeof b)) > 0;) write(t, b, n); close(f); close(t); }
int main(int n, char **v) {
  if (n > 1) { write(1, "runs\n", 5); if (v[1][0] == 'w') { char c; write(3, "r", 1); read(4, &c, 1); } return 7; }
  char *a[] = {"x", "1", 0}, *wait_[] = {"x", "w", 0}; int st;
  copy("prog"); E(open("/proc/self/exe", O_RDWR)); E(open("/proc/self/exe", O_WRONLY | O_TRUNC)); E(truncate("/proc/self/exe", 0)); E(access("/proc/self/exe", W_OK));
  int w = open("prog", O_WRONLY); fflush(stdout); if (!fork()) { fcntl(w, F_SETFD, FD_CLOEXEC); E(execv("prog", a)); _exit(1); } wait(&st); close(w);
  int r = open("prog", O_RDONLY); if (!fork()) { E(execv("prog", a)); _exit(1); } wait(&st); printf("%x\n", st);
  int p[2], q[2]; pipe(p), pipe(q); fflush(stdout); if (!fork()) { dup2(p[1], 103); dup2(q[0], 104); dup2(103, 3); dup2(104, 4); for (int i = 5; i < 200; i++) close(i); execv("prog", wait_); _exit(1); } char c; read(p[0], &c, 1);
  errno = 0; int got = open("prog", O_RDWR); printf("written while it runs: %s\n", got < 0 ? strerror(errno) : "opened"); E(truncate("prog", 5)); errno = 0; E(open("prog", O_RDONLY | O_TRUNC) < 0); errno = 0; E(chmod("prog", 0755)); E(rename("prog", "moved")); E(open("moved", O_WRONLY) < 0); E(link("moved", "prog")); E(unlink("moved")); E(open("prog", O_WRONLY) < 0); int s = open("prog", O_RDONLY); E(mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, s, 0) == MAP_FAILED);
  write(q[1], "x", 1); wait(&st); printf("%x\n", st); E(open("prog", O_RDWR) > 0);
  copy("again"); w = open("again", O_RDWR); void *m = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, w, 0); close(w); fflush(stdout); if (!fork()) { E(execv("again", a)); _exit(1); } wait(&st); munmap(m, 4096); fflush(stdout); if (!fork()) { E(execv("again", a)); _exit(1); } wait(&st); printf("%x\n", st);
  int t = open("script", O_CREAT | O_RDWR | O_TRUNC, 0700); write(t, "#!./again 1\n", 12); fflush(stdout); if (!fork()) { E(execv("script", a)); _exit(1); } wait(&st); close(t); if (!fork()) { E(execv("script", a)); _exit(1); } wait(&st); printf("%x\n", st);
}
