// splice, tee and vmsplice; preadv2 and pwritev2.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>
static const char *err(long r) { return r < 0 ? strerrorname_np(errno) : "ok"; }
static void got(const char *what, long r, int fd) { char b[100] = {0}; if (r > 0) read(fd, b, r < 99 ? r : 99); printf("%s: %ld %s '%s'\n", what, r, err(r < 0 ? r : 0), b); }
int main(void) {
  setvbuf(stdout, 0, _IONBF, 0); int p[2], q[2], s[2]; pipe2(p, O_NONBLOCK); pipe2(q, O_NONBLOCK); socketpair(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0, s); int f = open("f", O_CREAT | O_RDWR | O_TRUNC, 0600); write(f, "0123456789", 10);
  loff_t at = 2; long r = splice(f, &at, p[1], 0, 4, 0); printf("at %ld own %ld ", (long)at, (long)lseek(f, 0, SEEK_CUR)); got("file to pipe", r, p[0]); lseek(f, 5, SEEK_SET); r = splice(f, 0, p[1], 0, 100, 0); got("own position", r, p[0]); r = splice(f, 0, p[1], 0, 100, 0); got("end", r, p[0]); write(p[1], "abcdef", 6); at = 1; r = splice(p[0], 0, f, &at, 3, 0); char b[30] = {0}; pread(f, b, 20, 0); printf("pipe to file %ld at %ld %s\n", r, (long)at, b); r = tee(p[0], q[1], 100, 0); got("tee", r, q[0]); r = splice(p[0], 0, q[1], 0, 100, 0); got("pipe to pipe", r, q[0]);
  write(p[1], "socket", 6); r = splice(p[0], 0, s[0], 0, 100, 0); got("pipe to socket", r, s[1]); write(s[1], "back", 4); r = splice(s[0], 0, p[1], 0, 100, 0); got("socket to pipe", r, p[0]); printf("empty %s", err(splice(p[0], 0, q[1], 0, 5, 0))); printf(" %s", err(tee(p[0], q[1], 5, 0))); printf(" same %s", err(splice(p[0], 0, p[1], 0, 5, 0))); printf(" no pipe %s", err(splice(f, 0, s[0], 0, 5, 0))); printf(" offset %s", err(splice(p[0], &at, f, 0, 5, 0))); printf(" tee file %s", err(tee(f, q[1], 5, 0))); printf(" flags %s", err(splice(p[0], 0, q[1], 0, 5, 0x100))); printf(" closed %s", err(splice(99, 0, q[1], 0, 5, 0))); int a = open("f", O_WRONLY | O_APPEND); write(p[1], "x", 1); printf(" append %s nothing %ld\n", err(splice(p[0], 0, a, 0, 5, 0)), (long)splice(p[0], 0, f, 0, 0, 0)); read(p[0], b, 1);
  struct iovec v[2] = {{"one", 3}, {"two", 3}}; r = vmsplice(p[1], v, 2, 0); got("vmsplice", r, p[0]); printf("vmsplice file %s\n", err(vmsplice(f, v, 2, 0))); printf("pwritev2 %ld", (long)pwritev2(f, v, 2, 0, 0)); lseek(f, 6, SEEK_SET); printf(" own %ld at %ld", (long)pwritev2(f, v, 1, -1, RWF_SYNC), (long)0); char x[3], y[10] = {0}; struct iovec w[2] = {{x, 2}, {y, 9}}; r = preadv2(f, w, 2, 1, 0); printf(" preadv2 %ld %.2s %s", r, x, y); printf(" flags %s", err(preadv2(f, w, 2, 0, 0x4000))); printf(" pipe %s", err(preadv2(p[0], w, 2, 0, 0))); printf(" pipe %s\n", err(preadv2(p[0], w, 2, -1, 0))); return 0;
}
