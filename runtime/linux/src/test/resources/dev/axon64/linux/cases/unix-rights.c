// Descriptors and credentials that travel with messages; sendmsg, recvmsg and their many.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
static const char *err(long r) { return r < 0 ? strerrorname_np(errno) : "ok"; }
static long put(int fd, const char *text, int *fds, int count, struct ucred *u) {
  char c[1200]; memset(c, 0, sizeof c); struct iovec v = {(void *)text, strlen(text)}; struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1}; int at = 0;
  if (count) { struct cmsghdr *h = (void *)c; h->cmsg_level = SOL_SOCKET; h->cmsg_type = SCM_RIGHTS; h->cmsg_len = CMSG_LEN(count * 4); memcpy(CMSG_DATA(h), fds, count * 4); at = CMSG_SPACE(count * 4); }
  if (u) { struct cmsghdr *h = (void *)(c + at); h->cmsg_level = SOL_SOCKET; h->cmsg_type = SCM_CREDENTIALS; h->cmsg_len = CMSG_LEN(sizeof *u); memcpy(CMSG_DATA(h), u, sizeof *u); at += CMSG_SPACE(sizeof *u); }
  m.msg_control = at ? c : 0; m.msg_controllen = at; return sendmsg(fd, &m, MSG_NOSIGNAL);
}
static int last[300], lasts;
static void get(const char *what, int fd, int size, int room, int flags) {
  char c[2000], b[1000]; memset(c, 0, sizeof c); memset(b, 0, sizeof b); struct iovec v = {b, size}; struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = room ? c : 0, .msg_controllen = room}; long r = recvmsg(fd, &m, flags);
  printf("%s: %ld %s '%.10s' flags %x control %d", what, r, err(r), b, r < 0 ? 0 : m.msg_flags, r < 0 ? 0 : (int)m.msg_controllen); lasts = 0;
  if (r >= 0) for (struct cmsghdr *h = CMSG_FIRSTHDR(&m); h; h = CMSG_NXTHDR(&m, h)) {
    printf(" [type %d length %d", h->cmsg_type, (int)h->cmsg_len);
    if (h->cmsg_type == SCM_RIGHTS) { int n = (h->cmsg_len - CMSG_LEN(0)) / 4; for (int i = 0; i < n; i++) { last[lasts++] = ((int *)CMSG_DATA(h))[i]; } printf(" fds %d cloexec %d", n, n ? fcntl(last[0], F_GETFD) : -1); }
    if (h->cmsg_type == SCM_CREDENTIALS && h->cmsg_len == CMSG_LEN(sizeof(struct ucred))) { struct ucred u; memcpy(&u, CMSG_DATA(h), sizeof u); printf(" mine %d pid0 %d uid %d", u.pid == getpid(), u.pid == 0, u.uid == getuid() ? 1 : u.uid == 65534 ? 2 : 3); }
    printf("]");
  }
  puts("");
}
static void closeLast(void) { for (int i = 0; i < lasts; i++) close(last[i]); }
int main(void) {
  setvbuf(stdout, 0, _IONBF, 0); int file = open("f", O_CREAT | O_RDWR | O_TRUNC, 0600); write(file, "content", 7);
  for (int t = 0; t < 3; t++) { int type = (int[]){SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET}[t]; printf("== %d\n", type); int p[2]; socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, p);
    printf("send %ld\n", put(p[0], "abc", &file, 1, 0)); get("one", p[1], 10, 200, 0); char b[8] = {0}; pread(last[0], b, 7, 0); printf("%s %d\n", b, last[0] != file); lseek(file, 3, SEEK_SET); printf("same file %ld\n", (long)lseek(last[0], 0, SEEK_CUR)); closeLast();
    int three[3] = {file, p[0], 1}; put(p[0], "three", three, 3, 0); get("cloexec", p[1], 10, 200, MSG_CMSG_CLOEXEC); closeLast(); put(p[0], "three", three, 3, 0); get("room for two", p[1], 10, CMSG_LEN(8), 0); closeLast(); put(p[0], "three", three, 3, 0); get("no room", p[1], 10, 0, 0); put(p[0], "three", three, 3, 0); char plain[10] = {0}; printf("read %ld %s\n", (long)read(p[1], plain, 9), plain); put(p[0], "three", three, 3, 0); get("peek", p[1], 10, 200, MSG_PEEK); closeLast(); get("after peek", p[1], 10, 200, 0); closeLast();
    send(p[0], "11", 2, 0); put(p[0], "22", &file, 1, 0); send(p[0], "33", 2, 0); put(p[0], "44", &file, 1, 0); get("bounds", p[1], 100, 200, 0); closeLast(); get("bounds", p[1], 100, 200, 0); closeLast(); get("bounds", p[1], 100, 200, 0); closeLast(); get("bounds", p[1], 100, 200, 0); closeLast(); get("bounds", p[1], 100, 200, 0);
    put(p[0], "partial", &file, 1, 0); get("part", p[1], 3, 200, 0); closeLast(); get("part", p[1], 10, 200, 0); closeLast(); int bad = 99; printf("bad %s", err(put(p[0], "x", &bad, 1, 0))); int lots[254]; for (int i = 0; i < 254; i++) lots[i] = 1; printf(" many %s", err(put(p[0], "x", lots, 254, 0))); printf(" most %s\n", err(put(p[0], "x", lots, 253, 0))); get("most", p[1], 10, 2000, 0); printf("got %d\n", lasts); closeLast();
    struct ucred u = {getpid(), getuid(), getgid()}; put(p[0], "cred", 0, 0, &u); get("not asked", p[1], 10, 200, 0); int on = 1; setsockopt(p[1], SOL_SOCKET, SO_PASSCRED, &on, 4); put(p[0], "cred", 0, 0, &u); get("given", p[1], 10, 200, 0); send(p[0], "plain", 5, 0); get("asked", p[1], 10, 200, 0); put(p[0], "both", &file, 1, &u); get("both", p[1], 10, 200, 0); closeLast(); send(p[0], "short", 5, 0); get("cut", p[1], 10, CMSG_LEN(4), 0); send(p[0], "none", 4, 0); get("no room", p[1], 10, 0, 0);
    int q[2]; pipe(q); put(p[0], "pipe", &q[1], 1, 0); close(q[1]); struct pollfd pf = {q[0], POLLIN, 0}; printf("pipe held %d\n", poll(&pf, 1, 0)); get("pipe", p[1], 10, 200, 0); write(last[0], "z", 1); closeLast(); char z[3] = {0}; printf("pipe %ld", (long)read(q[0], z, 2)); printf(" %ld\n", (long)read(q[0], z, 2)); pipe(q); put(p[0], "lost", &q[1], 1, 0); close(q[1]); close(p[0]); close(p[1]); printf("dropped %d", poll(&(struct pollfd){q[0], POLLIN, 0}, 1, 0)); printf(" %ld\n", (long)read(q[0], z, 2));
  }
  puts("== many"); int p[2]; socketpair(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0, p); struct mmsghdr m[4]; struct iovec v[4]; char b[4][10]; memset(m, 0, sizeof m); memset(b, 0, sizeof b); for (int i = 0; i < 4; i++) { v[i].iov_base = "message" + i; v[i].iov_len = 7 - i; m[i].msg_hdr.msg_iov = &v[i]; m[i].msg_hdr.msg_iovlen = 1; }
  printf("send %d", sendmmsg(p[0], m, 3, 0)); printf(" %u %u %u\n", m[0].msg_len, m[1].msg_len, m[2].msg_len); for (int i = 0; i < 4; i++) { v[i].iov_base = b[i]; v[i].iov_len = 6; m[i].msg_len = 0; } int r = recvmmsg(p[1], m, 4, 0, 0); printf("receive %d %s", r, err(r)); for (int i = 0; i < r; i++) printf(" [%u %.6s %x]", m[i].msg_len, b[i], m[i].msg_hdr.msg_flags); puts(""); printf("none %s\n", err(recvmmsg(p[1], m, 4, 0, 0)));
  fcntl(p[1], F_SETFL, 0); if (fork() == 0) { usleep(20000); send(p[0], "aa", 2, 0); usleep(20000); send(p[0], "bb", 2, 0); _exit(0); } r = recvmmsg(p[1], m, 2, 0, 0); printf("waited %d\n", r); wait(0); if (fork() == 0) { usleep(20000); send(p[0], "cc", 2, 0); _exit(0); } r = recvmmsg(p[1], m, 2, MSG_WAITFORONE, 0); printf("for one %d\n", r); wait(0);
  struct msghdr h = {0}; struct iovec tooMany[1]; h.msg_iov = tooMany; h.msg_iovlen = 2000; printf("iov %s", err(sendmsg(p[0], &h, 0))); printf(" null %s", err(sendmsg(p[0], 0, 0))); printf(" recv null %s\n", err(recvmsg(p[1], 0, MSG_DONTWAIT))); char odd[40] = {0}; struct cmsghdr *c = (void *)odd; c->cmsg_len = 4; c->cmsg_level = SOL_SOCKET; h.msg_iovlen = 0; h.msg_control = odd; h.msg_controllen = 24; printf("odd length %s", err(sendmsg(p[0], &h, 0))); c->cmsg_len = 20; c->cmsg_type = 77; printf(" odd type %s\n", err(sendmsg(p[0], &h, 0)));
  if (fork() == 0) { int q[2]; socketpair(AF_UNIX, SOCK_STREAM, 0, q); put(q[0], "x", &q[1], 1, 0); put(q[1], "y", &q[0], 1, 0); close(q[0]); close(q[1]); _exit(7); } int status; wait(&status); printf("circle %d\n", WEXITSTATUS(status)); return 0;
}
