// O_APPEND at pwrite, writes of no bytes, and what else descriptors do.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>
static void run(const char *name) {
  char b[64] = {0}; int fd = open(name, O_RDWR | O_CREAT | O_TRUNC | O_APPEND, 0644), r;
  write(fd, "hello", 5); r = pwrite(fd, "X", 1, 0); printf("pwrite %d at %ld ", r, (long)lseek(fd, 0, SEEK_CUR));
  struct iovec v[2] = {{"ab", 2}, {"cd", 2}}; r = pwritev(fd, v, 2, 1); pread(fd, b, 60, 0); printf("pwritev %d: %s\n", r, b);
  lseek(fd, 0, SEEK_SET); write(fd, "!", 1); printf("at %ld\n", (long)lseek(fd, 0, SEEK_CUR));
  int plain = open(name, O_RDWR); loff_t at = 0; errno = 0; r = copy_file_range(plain, &at, fd, 0, 3, 0); printf("copy %d %s\n", r, strerror(errno));
  fcntl(fd, F_SETFL, 0); r = pwrite(fd, "Y", 1, 0); memset(b, 0, 64); pread(fd, b, 60, 0); printf("without %d: %s\n", r, b);
  errno = 0; r = pwrite(fd, "", 0, 100); printf("nothing %d %s ", r, strerror(errno)); r = pread(fd, b, 0, 0); printf("%d ", r); r = pwrite(fd, "x", 1, -1); printf("%d %s\n", r, strerror(errno));
  errno = 0; int ro = open(name, O_RDONLY); r = write(ro, "", 0); printf("read only %d %s\n", r, strerror(errno)); close(fd), close(ro), close(plain); unlink(name);
}
int main(void) { signal(SIGPIPE, SIG_IGN); run("./descr"); run("/dev/shm/descr");
  int p[2], r; pipe(p); close(p[0]); errno = 0; r = write(p[1], "", 0); printf("broken, nothing %d %s ", r, strerror(errno)); struct iovec z = {"", 0}; r = writev(p[1], &z, 1); printf("%d ", r); r = write(p[1], "x", 1); printf("%d %s\n", r, strerror(errno));
  int f = open("/dev/full", O_WRONLY); errno = 0; r = write(f, "x", 1); printf("full %d %s\n", r, strerror(errno)); errno = 0; r = write(99, "", 0); printf("none %d %s\n", r, strerror(errno)); return 0; }
