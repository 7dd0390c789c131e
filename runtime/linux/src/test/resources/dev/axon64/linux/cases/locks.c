// Locks of whole files and of ranges, of processes and of open files.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const char *dir;
static char name[256];
static int to[2], from[2];

static const char *set(int fd, int cmd, int type, long start, long len) {
  struct flock l = {.l_type = type, .l_start = start, .l_len = len};
  return fcntl(fd, cmd, &l) ? strerror(errno) : "ok";
}

static void get(int fd, int cmd, int type, long start, long len) {
  struct flock l = {.l_type = type, .l_start = start, .l_len = len};
  int r = fcntl(fd, cmd, &l);
  int pid = l.l_pid == getppid() ? 1 : l.l_pid == getpid() ? 2 : l.l_pid;
  if (r) printf("[%s] ", strerror(errno));
  else if (l.l_type == F_UNLCK) printf("[free] ");
  else printf("[%d %d %ld+%ld %d] ", l.l_type, l.l_whence, (long)l.l_start, (long)l.l_len, pid);
}

#define KID(code) do { fflush(stdout); if (!fork()) { code; fflush(stdout); _exit(0); } wait(0); } while (0)
static void pause_ms(int ms) { struct timespec t = {0, ms * 1000000L}; nanosleep(&t, 0); }

static void ranges(void) {
  int fd = open(name, O_RDWR | O_CREAT | O_TRUNC, 0644), other = open(name, O_RDWR);
  write(fd, "0123456789", 10);
  printf("write %s; ", set(fd, F_SETLK, F_WRLCK, 10, 10));
  printf("same process %s\n", set(other, F_SETLK, F_WRLCK, 12, 2));
  KID(int k = open(name, O_RDWR); get(k, F_GETLK, F_RDLCK, 0, 0); get(k, F_GETLK, F_WRLCK, 0, 10); get(k, F_GETLK, F_WRLCK, 20, 0);
      printf("%s %s\n", set(k, F_SETLK, F_RDLCK, 15, 1), set(k, F_SETLK, F_WRLCK, 20, 5)));
  printf("split %s; ", set(fd, F_SETLK, F_UNLCK, 13, 4));
  KID(get(fd, F_GETLK, F_WRLCK, 0, 0); get(fd, F_GETLK, F_WRLCK, 13, 0); get(fd, F_GETLK, F_WRLCK, 13, 4); printf("\n"));
  printf("down %s; ", set(fd, F_SETLK, F_RDLCK, 0, 0));
  KID(get(fd, F_GETLK, F_RDLCK, 0, 0); get(fd, F_GETLK, F_WRLCK, 0, 0); printf("%s %s\n", set(fd, F_SETLK, F_RDLCK, 5, 5), set(fd, F_SETLK, F_WRLCK, 5, 5)));
  close(other);
  KID(get(fd, F_GETLK, F_WRLCK, 0, 0); printf("after another close\n"));
  set(fd, F_SETLK, F_WRLCK, 0, 5);
  int d = dup(fd);
  close(d);
  KID(get(fd, F_GETLK, F_WRLCK, 0, 0); printf("after close of a copy\n"));
  lseek(fd, 4, SEEK_SET);
  struct flock l = {.l_type = F_WRLCK, .l_whence = SEEK_CUR, .l_start = -2, .l_len = 3};
  printf("cur %d ", fcntl(fd, F_SETLK, &l));
  l = (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_END, .l_start = 0, .l_len = -2};
  printf("end %d ", fcntl(fd, F_SETLK, &l));
  l = (struct flock){.l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 1, .l_len = -2};
  int r = fcntl(fd, F_SETLK, &l);
  printf("before 0 %d %s\n", r, strerror(errno));
  KID(get(fd, F_GETLK, F_WRLCK, 0, 0); get(fd, F_GETLK, F_WRLCK, 6, 0); printf("\n"));
  int ro = open(name, O_RDONLY), wo = open(name, O_WRONLY);
  printf("%s; ", set(ro, F_SETLK, F_WRLCK, 0, 1));
  printf("%s; ", set(wo, F_SETLK, F_RDLCK, 0, 1));
  printf("%s; ", set(fd, F_SETLK, 7, 0, 1));
  printf("%s\n", set(99, F_SETLK, F_RDLCK, 0, 1));
  KID(set(fd, F_SETLK, F_WRLCK, 0, 0); printf("kid "));
  KID(get(fd, F_GETLK, F_WRLCK, 0, 0); printf("gone with the process\n"));
  close(fd), close(ro), close(wo);
}

static void waits(void) {
  int fd = open(name, O_RDWR);
  char c;
  pipe(to), pipe(from);
  fflush(stdout);
  if (!fork()) {
    set(fd, F_SETLK, F_WRLCK, 100, 1);
    write(from[1], "r", 1);
    read(to[0], &c, 1);
    pause_ms(30);
    printf("kid wants 0: %s\n", set(fd, F_SETLKW, F_WRLCK, 0, 1));
    fflush(stdout);
    _exit(0);
  }
  set(fd, F_SETLK, F_WRLCK, 0, 1);
  read(from[0], &c, 1);
  printf("try %s\n", set(fd, F_SETLK, F_WRLCK, 100, 1));
  fflush(stdout);
  write(to[1], "g", 1);
  const char *r = set(fd, F_SETLKW, F_WRLCK, 100, 1);
  printf("parent wants 100: %s\n", r);
  wait(0);
  set(fd, F_SETLK, F_UNLCK, 0, 0);
  fflush(stdout);
  if (!fork()) {
    set(fd, F_SETLK, F_WRLCK, 7, 1);
    write(from[1], "r", 1);
    pause_ms(40);
    printf("kid ends\n");
    fflush(stdout);
    _exit(0);
  }
  read(from[0], &c, 1);
  r = set(fd, F_SETLKW, F_WRLCK, 7, 1);
  printf("after the end %s\n", r);
  wait(0);
  close(fd);
}

static void whole(void) {
  int a = open(name, O_RDWR), b = open(name, O_RDONLY), copy = dup(a), r;
  printf("ex %d ", flock(a, LOCK_EX));
  r = flock(b, LOCK_SH | LOCK_NB);
  printf("other %d %s ", r, strerror(errno));
  printf("copy %d ", flock(copy, LOCK_EX | LOCK_NB));
  close(a);
  r = flock(b, LOCK_EX | LOCK_NB);
  printf("copy keeps %d ", r);
  printf("down %d ", flock(copy, LOCK_SH));
  printf("shared %d ", flock(b, LOCK_SH | LOCK_NB));
  r = flock(copy, LOCK_EX | LOCK_NB);
  printf("up %d ", r);
  close(copy);
  printf("alone %d ", flock(b, LOCK_EX | LOCK_NB));
  KID(printf("kid's copy %d ", flock(b, LOCK_EX | LOCK_NB)); int k = open(name, O_RDONLY); printf("own %d\n", flock(k, LOCK_SH | LOCK_NB)));
  errno = 0;
  r = flock(b, 77);
  printf("%d %s; ", r, strerror(errno));
  printf("range beside %s\n", set(open(name, O_RDWR), F_SETLK, F_WRLCK, 0, 0));
  fflush(stdout);
  if (!fork()) {
    int k = open(name, O_RDONLY);
    r = flock(k, LOCK_EX);
    printf("kid got it %d\n", r);
    fflush(stdout);
    _exit(0);
  }
  pause_ms(30);
  printf("parent lets go\n");
  fflush(stdout);
  flock(b, LOCK_UN);
  wait(0);
  int d = open(dir, O_RDONLY | O_DIRECTORY), e = open(dir, O_RDONLY | O_DIRECTORY);
  printf("folder %d ", flock(d, LOCK_EX | LOCK_NB));
  printf("%d\n", flock(e, LOCK_EX | LOCK_NB));
  close(d), close(e), close(b);
}

static void openfile(void) {
  int a = open(name, O_RDWR), b = open(name, O_RDWR), copy = dup(a);
  printf("own %s ", set(a, F_OFD_SETLK, F_WRLCK, 0, 10));
  printf("other %s ", set(b, F_OFD_SETLK, F_WRLCK, 5, 10));
  printf("copy %s ", set(copy, F_OFD_SETLK, F_RDLCK, 0, 3));
  printf("process %s ", set(b, F_SETLK, F_RDLCK, 0, 10));
  get(b, F_GETLK, F_WRLCK, 0, 0);
  get(b, F_OFD_GETLK, F_WRLCK, 4, 0);
  close(b);
  b = open(name, O_RDWR);
  printf("%s ", set(b, F_OFD_SETLK, F_WRLCK, 8, 1));
  KID(printf("kid %s ", set(a, F_OFD_SETLK, F_WRLCK, 50, 1)));
  get(b, F_OFD_GETLK, F_WRLCK, 50, 1);
  close(a);
  printf("%s ", set(b, F_OFD_SETLK, F_WRLCK, 8, 1));
  close(copy);
  printf("%s\n", set(b, F_OFD_SETLK, F_WRLCK, 8, 1));
  struct flock l = {.l_type = F_RDLCK, .l_pid = 5};
  int r = fcntl(b, F_OFD_SETLK, &l);
  printf("pid %d %s\n", r, strerror(errno));
  close(b);
}

int main(int argc, char **argv) {
  if (argc > 1) {
    KID(int k = open(argv[1], O_RDWR); get(k, F_GETLK, F_WRLCK, 0, 0); printf("after exec; flock %d\n", flock(k, LOCK_EX | LOCK_NB)));
    unlink(argv[1]);
    return 0;
  }
  const char *dirs[] = {".", "/dev/shm"};
  for (int i = 0; i < 2; i++) {
    dir = dirs[i];
    snprintf(name, 256, "%s/locked", dir);
    ranges(), waits(), whole(), openfile();
  }
  int fd = open(name, O_RDWR), f2 = open(name, O_RDWR);
  set(fd, F_SETLK, F_WRLCK, 3, 4);
  flock(f2, LOCK_EX);
  fflush(stdout);
  execl("/proc/self/exe", argv[0], name, NULL);
  return 1;
}
