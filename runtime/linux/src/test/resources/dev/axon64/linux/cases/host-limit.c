// What goes on when the host gives no more descriptors.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s: %s\n", #x, r_ == -1 ? strerror(errno) : "done"); fflush(stdout); } while (0)
int main(void) {
  char name[20];
  int last = -1;
  for (int i = 0; i < 900; i++) {
    sprintf(name, "f%d", i);
    int f = open(name, O_CREAT | O_RDWR, 0600);
    if (f < 0) {
      printf("stopped: %s\n", strerror(errno));
      break;
    }
    last = f;
  }
  printf("some %d\n", last > 10);
  struct stat s;
  E(open("f1", O_RDONLY));
  E(stat("f1", &s));
  E(mkdir("dir", 0700));
  E(rename("f1", "g1"));
  E(chmod("f2", 0644));
  E(utimensat(AT_FDCWD, "f2", 0, 0));
  E(pipe((int[2]){0}));
  char *m = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, 5, 0);
  E(ftruncate(5, 4096));
  m[0] = 1;
  int status;
  if (!fork()) _exit(3);
  E(wait(&status));
  E(close(last));
  E(open("f3", O_RDWR));
}
