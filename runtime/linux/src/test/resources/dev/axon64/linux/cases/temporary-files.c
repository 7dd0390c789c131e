// Files that never had a name.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
static void run(const char *dir, int named) {
  struct stat s; char b[20] = {0}, p[64], to[300]; int r;
  umask(022); int f = open(dir, O_TMPFILE | O_RDWR, 0666); printf("%d ", f >= 0); write(f, "text", 4); fstat(f, &s); printf("%o %d %d ", s.st_mode, (int)s.st_nlink, (int)s.st_size);
  sprintf(p, "/proc/self/fd/%d", f); int g = open(p, O_RDONLY); read(g, b, 9); printf("%s ", b); char *m = mmap(0, 4096, 3, MAP_SHARED, f, 0); m[0] = 'T'; pread(g, b, 9, 0); printf("%s\n", b);
  errno = 0; r = open(dir, O_TMPFILE | O_RDONLY, 0600); printf("read only %d %s; ", r, strerror(errno)); snprintf(to, 300, "%s/tmpfile", dir); close(open(to, O_CREAT | O_RDWR, 0600)); errno = 0; r = open(to, O_TMPFILE | O_RDWR, 0600); printf("file %d %s\n", r, strerror(errno)); unlink(to);
  if (named) { r = linkat(AT_FDCWD, p, AT_FDCWD, to, AT_SYMLINK_FOLLOW); stat(to, &s); printf("named %d %d %d; ", r, (int)s.st_nlink, (int)s.st_size); unlink(to); int e = open(dir, O_TMPFILE | O_RDWR | O_EXCL, 0600); sprintf(p, "/proc/self/fd/%d", e); r = linkat(AT_FDCWD, p, AT_FDCWD, to, AT_SYMLINK_FOLLOW); printf("not %d %s\n", r, strerror(errno)); close(e); }
  close(f), close(g); }
int main(void) { run(".", 0); run("/dev/shm", 1); return 0; }
