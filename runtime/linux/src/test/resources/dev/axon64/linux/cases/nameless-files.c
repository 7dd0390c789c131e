// A descriptor is the open file, whatever happens to the name by which it was opened.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static const char *dir;
static char path[4][256];

static void tell(const char *what, int fd) {
  struct stat s;
  struct statx x;
  char b[64] = {0}, link[64], text[512] = {0}, *base;
  errno = 0;
  int r = fstat(fd, &s);
  printf("%s: fstat %d %s", what, r, strerror(errno));
  if (!r) printf(" nlink %d size %d mode %o", (int)s.st_nlink, (int)s.st_size, s.st_mode);
  errno = 0;
  r = statx(fd, "", AT_EMPTY_PATH, STATX_ALL, &x);
  printf("; statx %d %d", r, r ? 0 : (int)x.stx_size);
  r = pread(fd, b, 20, 0);
  printf("; %d %s", r, b);
  sprintf(link, "/proc/self/fd/%d", fd);
  readlink(link, text, 511);
  base = strrchr(text, '/');
  printf("; %s", base ? base : text);
  r = open(link, O_RDONLY);
  memset(b, 0, 64);
  if (r >= 0) { read(r, b, 20); memset(text, 0, 512); sprintf(link, "/proc/self/fd/%d", r); readlink(link, text, 511); close(r); }
  base = strrchr(text, '/');
  printf("; again %d %s %s\n", r >= 0, b, base ? base : text);
}

static void change(int fd, int mode) {
  struct timespec t[2] = {{1000000, 0}, {2000000, 0}};
  struct stat s;
  errno = 0;
  printf("fchmod %d", fchmod(fd, mode));
  printf(" ftruncate %d", ftruncate(fd, 3));
  printf(" futimens %d", futimens(fd, t));
  printf(" fchown %d", fchown(fd, -1, -1));
  if (!fstat(fd, &s)) printf(" mode %o times %ld %ld size %d", s.st_mode, (long)s.st_atim.tv_sec, (long)s.st_mtim.tv_sec, (int)s.st_size);
  printf(" %s\n", strerror(errno));
}

static int fresh(int i, const char *text) {
  int fd = open(path[i], O_RDWR | O_CREAT | O_TRUNC, 0644);
  write(fd, text, strlen(text));
  return fd;
}

static void run(void) {
  struct stat s;
  char sub[300], in[400], cwd[400];
  for (int i = 0; i < 4; i++) snprintf(path[i], 256, "%s/name%d", dir, i);
  int fd = fresh(0, "first");
  unlink(path[0]);
  tell("removed", fd);
  change(fd, 0600);
  tell("removed", fd);
  close(fd);
  fd = fresh(0, "second");
  rename(path[0], path[1]);
  tell("renamed", fd);
  change(fd, 0640);
  int other = fresh(2, "something else");
  rename(path[2], path[1]);
  tell("replaced", fd);
  tell("replacing", other);
  change(fd, 0604);
  stat(path[1], &s);
  printf("new has mode %o size %d\n", s.st_mode, (int)s.st_size);
  close(fd);
  link(path[1], path[3]);
  tell("linked", other);
  unlink(path[3]);
  tell("unlinked", other);
  unlink(path[1]);
  tell("last", other);
  int again = fresh(1, "new one");
  tell("old", other);
  tell("new", again);
  change(other, 0601);
  close(other);
  close(again);
  snprintf(sub, 300, "%s/sub", dir);
  snprintf(in, 400, "%s/sub/file", dir);
  mkdir(sub, 0755);
  fd = open(in, O_RDWR | O_CREAT, 0600);
  write(fd, "inside", 6);
  int folder = open(sub, O_RDONLY | O_DIRECTORY);
  snprintf(in, 400, "%s/sub2", dir);
  rename(sub, in);
  tell("folder renamed", fd);
  printf("in it %d\n", fstatat(folder, "file", &s, 0));
  unlinkat(folder, "file", 0);
  tell("folder's removed", fd);
  rmdir(in);
  int r = fstat(folder, &s);
  printf("removed folder: fstat %d nlink %d\n", r, (int)s.st_nlink);
  close(fd);
  close(folder);
  unlink(path[1]);
  FILE *t = tmpfile();
  fputs("temporary", t);
  fflush(t);
  r = fstat(fileno(t), &s);
  printf("tmpfile %d %d\n", r, (int)s.st_size);
  fclose(t);
  int p = open(dir, O_PATH);
  printf("O_PATH %d\n", fstat(p, &s));
  close(p);
}

int main(void) {
  mkdir("/tmp", 0777);
  dir = ".";
  run();
  dir = "/dev/shm";
  run();
  return 0;
}
