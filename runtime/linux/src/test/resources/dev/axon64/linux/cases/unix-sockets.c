// Sockets of the machine itself: names, connections, messages, and what goes wrong.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <linux/sockios.h>
#include <unistd.h>
static const char *err(long r) { return r < 0 ? strerrorname_np(errno) : "ok"; }
static volatile int pipes;
static void broken(int s) { pipes++; }
static socklen_t make(struct sockaddr_un *a, const char *name) {
  memset(a, 0, sizeof *a); a->sun_family = AF_UNIX;
  if (name[0] == '@') { memcpy(a->sun_path + 1, name + 1, strlen(name) - 1); return offsetof(struct sockaddr_un, sun_path) + strlen(name); }
  strcpy(a->sun_path, name); return offsetof(struct sockaddr_un, sun_path) + strlen(name) + 1;
}
static int bound(int fd, const char *name) { struct sockaddr_un a; socklen_t n = make(&a, name); return bind(fd, (void *)&a, n); }
static int joined(int fd, const char *name) { struct sockaddr_un a; socklen_t n = make(&a, name); return connect(fd, (void *)&a, n); }
static void show(const char *what, int r, struct sockaddr_un *a, socklen_t n) {
  printf("%s: %s", what, err(r));
  if (r >= 0) { printf(" family %d length %d '", a->sun_family, n); for (int i = 2; i < (int)n && i < 110; i++) putchar(((char *)a)[i] ? ((char *)a)[i] : '@'); printf("'"); }
  puts("");
}
static void names(const char *what, int fd) {
  struct sockaddr_un a; socklen_t n = sizeof a; memset(&a, 0, sizeof a); int r = getsockname(fd, (void *)&a, &n); show(what, r, &a, n);
  n = sizeof a; memset(&a, 0, sizeof a); r = getpeername(fd, (void *)&a, &n); show(" peer", r, &a, n);
}
static void state(const char *what, int fd) { struct pollfd p = {fd, 0x3fff & ~POLLNVAL, 0}; int r = poll(&p, 1, 0); printf("%s: %d %x\n", what, r, p.revents); }
static void get(const char *what, int fd, int size, int flags) { char b[1000] = {0}; long r = recv(fd, b, size, flags); printf("%s: %ld %s '%.20s'\n", what, r, err(r), b); }
static void put(const char *what, int fd, const char *text, int flags) { long r = send(fd, text, strlen(text), flags); printf("%s: %ld %s\n", what, r, err(r)); }
static int option(int fd, int name) { int v = -1; socklen_t n = sizeof v; if (getsockopt(fd, SOL_SOCKET, name, &v, &n) < 0) return -errno; return v; }
static void *late(void *x) { usleep(30000); write((int)(long)x, "late", 4); return 0; }
static void *late_connect(void *x) { usleep(30000); int fd = socket(AF_UNIX, SOCK_STREAM, 0); joined(fd, "listener"); write(fd, "hi", 2); return (void *)(long)fd; }
int main(void) {
  setvbuf(stdout, 0, _IONBF, 0); signal(SIGPIPE, broken); char b[70000]; memset(b, 'x', sizeof b);
  printf("bad %s", err(socket(99, SOCK_STREAM, 0))); printf(" %s", err(socket(AF_UNIX, 99, 0))); printf(" %s", err(socket(AF_UNIX, SOCK_RDM, 0))); printf(" %s", err(socket(AF_UNIX, SOCK_STREAM, 7))); printf(" %s", err(socketpair(AF_INET, SOCK_STREAM, 0, (int *)b))); printf(" %s\n", err(socket(AF_UNIX, SOCK_STREAM | 0x100, 0)));
  for (int t = 0; t < 3; t++) {
    int type = (int[]){SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET}[t]; printf("== type %d\n", type); int p[2]; printf("pair %s\n", err(socketpair(AF_UNIX, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0, p)));
    printf("flags %x %x type %d domain %d protocol %d error %d accepts %d\n", fcntl(p[0], F_GETFL) & ~0x20000, fcntl(p[0], F_GETFD), option(p[0], SO_TYPE), option(p[0], SO_DOMAIN), option(p[0], SO_PROTOCOL), option(p[0], SO_ERROR), option(p[0], SO_ACCEPTCONN));
    struct stat s; fstat(p[0], &s); printf("mode %o seek %s\n", s.st_mode, err(lseek(p[0], 0, SEEK_SET))); names("pair", p[0]); state("idle", p[0]); get("nothing", p[0], 10, 0);
    put("one", p[0], "hello", 0); put("two", p[0], "world!", 0); int n = 0; ioctl(p[1], FIONREAD, &n); printf("waiting %d\n", n); state("some", p[1]); get("peek", p[1], 3, MSG_PEEK); get("real length", p[1], 2, MSG_PEEK | MSG_TRUNC); get("short", p[1], 3, 0); get("rest", p[1], 100, 0); get("more", p[1], 100, 0);
    put("empty", p[0], "", 0); state("after empty", p[1]); get("empty", p[1], 10, 0); struct iovec v[3] = {{"ab", 2}, {"", 0}, {"cde", 3}}; long r = writev(p[0], v, 3); printf("writev %ld\n", r); char x[2], y[10] = {0}; struct iovec w[2] = {{x, 2}, {y, 9}}; r = readv(p[1], w, 2); printf("readv %ld %.2s %s\n", r, x, y);
    if (type != SOCK_STREAM) { long big = send(p[0], b, 70000, 0); printf("big %ld", big); printf(" %ld\n", (long)recv(p[1], b, sizeof b, 0)); printf("too big %s\n", err(send(p[0], b, 10 << 20, 0))); }
    if (type == SOCK_STREAM) { long all = 0, k; while ((k = write(p[0], b, 4096)) > 0) all += k; printf("full %s %d\n", err(k), all > 60000); state("full", p[0]); while ((k = read(p[1], b, 4096)) > 0) all -= k; printf("drained %ld\n", all); state("drained", p[0]); }
    printf("shutdown bad %s", err(shutdown(p[0], 9))); printf(" ok %s\n", err(shutdown(p[0], SHUT_WR))); state("shut", p[0]); state("peer", p[1]); put("write", p[0], "x", 0); put("quiet", p[0], "x", MSG_NOSIGNAL); get("end", p[1], 10, 0); put("back", p[1], "back", 0); get("back", p[0], 10, 0); printf("pipes %d\n", pipes);
    shutdown(p[1], SHUT_WR); state("both", p[0]); close(p[1]); state("closed", p[0]); get("closed", p[0], 10, 0); put("closed", p[0], "x", 0); printf("pipes %d\n", pipes); pipes = 0; close(p[0]);
    socketpair(AF_UNIX, type | SOCK_NONBLOCK, 0, p); put("unread", p[1], "u", 0); put("unread", p[0], "u", 0); close(p[1]); state("unread", p[0]); get("unread", p[0], 10, 0); get("unread", p[0], 10, 0); get("unread", p[0], 10, 0); put("unread", p[0], "x", MSG_NOSIGNAL); close(p[0]); pipes = 0;
  }
  puts("== names"); int l = socket(AF_UNIX, SOCK_STREAM, 0), c = socket(AF_UNIX, SOCK_STREAM, 0); state("new", l); names("new", l); printf("listen unbound %s", err(listen(l, 1))); printf(" accept %s\n", err(accept(l, 0, 0)));
  get("unconnected", c, 1, 0); put("unconnected", c, "x", MSG_NOSIGNAL); printf("nobody %s", err(joined(c, "none"))); int f = open("file", O_CREAT | O_RDWR, 0666); printf(" file %s", err(joined(c, "file"))); printf(" bind twice %s", err(bound(l, "listener"))); printf(" %s", err(bound(l, "listener2"))); int o = socket(AF_UNIX, SOCK_STREAM, 0); printf(" %s\n", err(bound(o, "listener")));
  printf("not listening %s", err(joined(c, "listener"))); printf(" listen %s", err(listen(l, 1))); printf(" accepts %d\n", option(l, SO_ACCEPTCONN)); struct stat s; stat("listener", &s); printf("mode %o open %s\n", s.st_mode & S_IFMT, err(open("listener", O_RDWR))); int d = socket(AF_UNIX, SOCK_DGRAM, 0); printf("other type %s", err(joined(d, "listener"))); printf(" short %s", err(connect(c, (void *)&s, 1))); struct sockaddr_un a; socklen_t n = make(&a, "listener"); a.sun_family = 2; printf(" family %s\n", err(connect(c, (void *)&a, n)));
  names("listener", l); fcntl(l, F_SETFL, O_NONBLOCK); printf("none %s\n", err(accept(l, 0, 0))); state("none", l); printf("connect %s", err(joined(c, "./listener"))); printf(" again %s\n", err(joined(c, "listener"))); state("waiting", l); state("early", c); put("early", c, "early", 0); names("client", c);
  int c2 = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0), c3 = socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK, 0); printf("second %s", err(joined(c2, "listener"))); printf(" third %s\n", err(joined(c3, "listener")));
  n = sizeof a; memset(&a, 0, sizeof a); int s1 = accept4(l, (void *)&a, &n, SOCK_CLOEXEC | SOCK_NONBLOCK); show("accept", s1, &a, n); printf("flags %x %x\n", fcntl(s1, F_GETFL) & ~0x20000, fcntl(s1, F_GETFD)); names("accepted", s1); get("early", s1, 10, 0); printf("bad flags %s\n", err(accept4(l, 0, 0, 1)));
  struct ucred u; n = sizeof u; getsockopt(s1, SOL_SOCKET, SO_PEERCRED, &u, &n); printf("peer %d %d %d\n", u.pid == getpid(), u.uid == getuid(), n); n = sizeof u; getsockopt(d, SOL_SOCKET, SO_PEERCRED, &u, &n); printf("nobody %d %d\n", u.pid, (int)u.uid);
  unlink("listener"); printf("unlinked %s\n", err(joined(c3, "listener"))); close(l); state("reset", c2); get("reset", c2, 5, 0); get("reset", c2, 5, 0); close(s1); get("gone", c, 5, 0); close(c);
  l = socket(AF_UNIX, SOCK_STREAM, 0); printf("path %s", err(bound(l, "listener"))); printf(" no folder %s", err(bound(o, "nothing/there"))); printf(" folder %s\n", err(bound(o, "/"))); listen(l, 0); pthread_t t; pthread_create(&t, 0, late_connect, 0); int a1 = accept(l, 0, 0); char hi[3] = {0}; read(a1, hi, 2); puts(hi); void *fd; pthread_join(t, &fd); close((int)(long)fd); close(a1); close(l); c = socket(AF_UNIX, SOCK_STREAM, 0); printf("stale %s", err(joined(c, "listener"))); printf(" in use %s\n", err(bound(c, "listener"))); unlink("listener");
  puts("== abstract"); l = socket(AF_UNIX, SOCK_SEQPACKET, 0); printf("bind %s", err(bound(l, "@axon64 test"))); printf(" twice %s\n", err(bound(c, "@axon64 test"))); names("abstract", l); listen(l, 5); int q = socket(AF_UNIX, SOCK_SEQPACKET, 0); printf("wrong type %s", err(joined(c, "@axon64 test"))); printf(" nobody %s", err(joined(q, "@axon64 nobody"))); printf(" connect %s\n", err(joined(q, "@axon64 test"))); int qa = accept(l, 0, 0); put("packet", q, "one", 0); put("packet", q, "three", 0); get("packet", qa, 2, 0); get("packet", qa, 10, 0); close(l); close(q); get("packet", qa, 10, 0); c = socket(AF_UNIX, SOCK_STREAM, 0); c = socket(AF_UNIX, SOCK_SEQPACKET, 0); printf("free again %s\n", err(bound(c, "@axon64 test"))); close(c);
  c = socket(AF_UNIX, SOCK_DGRAM, 0); sa_family_t unix_family = AF_UNIX; printf("autobind %s", err(bind(c, (void *)&unix_family, 2))); n = sizeof a; getsockname(c, (void *)&a, &n); printf(" %d %d\n", n, a.sun_path[0]);
  puts("== datagrams"); int d1 = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0), d2 = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0); bound(d1, "d1"); bound(d2, "d2"); put("nowhere", d1, "x", 0); n = make(&a, "d2"); printf("to %ld", (long)sendto(d1, "hello", 5, 0, (void *)&a, n)); n = make(&a, "d9"); printf(" %s\n", err(sendto(d1, "hello", 5, 0, (void *)&a, n))); n = sizeof a; memset(&a, 0, sizeof a); long r = recvfrom(d2, b, 100, 0, (void *)&a, &n); show("from", r, &a, n);
  int dx = socket(AF_UNIX, SOCK_DGRAM, 0); printf("connect %s\n", err(joined(dx, "d2"))); put("nameless", dx, "anon", 0); n = sizeof a; r = recvfrom(d2, b, 100, 0, (void *)&a, &n); printf("from %ld length %d\n", r, n); names("dx", dx); printf("d2 to d1 %s", err(joined(d2, "d1"))); put("\nnot its peer", dx, "x", 0); int sent = 0; int many = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0); joined(many, "d1"); printf("not its peer either %s\n", err(send(dx, "x", 1, 0)));
  struct sockaddr none = {AF_UNSPEC}; printf("disconnect %s\n", err(connect(d2, &none, sizeof none))); while (send(many, "m", 1, 0) == 1) sent++; printf("queue %d %s\n", sent, err(-1)); state("queue full", many); recv(d1, b, 1, 0); state("queue room", many); close(d1); put("closed", many, "x", 0); put("closed", many, "x", 0); state("closed", many);
  puts("== options"); int so = socket(AF_UNIX, SOCK_STREAM, 0); int v = 1000; printf("buffers %d %d", option(so, SO_SNDBUF), option(so, SO_RCVBUF)); setsockopt(so, SOL_SOCKET, SO_SNDBUF, &v, 4); setsockopt(so, SOL_SOCKET, SO_RCVBUF, &v, 4); printf(" least %d %d", option(so, SO_SNDBUF), option(so, SO_RCVBUF)); v = 50000; setsockopt(so, SOL_SOCKET, SO_SNDBUF, &v, 4); printf(" %d", option(so, SO_SNDBUF)); puts("");
  int names2[] = {SO_REUSEADDR, SO_KEEPALIVE, SO_BROADCAST, SO_PASSCRED, SO_OOBINLINE}; for (int i = 0; i < 5; i++) { v = 5; int e = setsockopt(so, SOL_SOCKET, names2[i], &v, 4); printf("%d: %s %d, ", names2[i], err(e), option(so, names2[i])); } puts(""); struct linger li = {1, 7}; setsockopt(so, SOL_SOCKET, SO_LINGER, &li, sizeof li); memset(&li, 0, sizeof li); n = sizeof li; getsockopt(so, SOL_SOCKET, SO_LINGER, &li, &n); printf("linger %d %d %d\n", li.l_onoff, li.l_linger, n);
  v = 1; printf("unknown %s", err(setsockopt(so, SOL_SOCKET, 9999, &v, 4))); printf(" %d", option(so, 9999)); printf(" read only %s", err(setsockopt(so, SOL_SOCKET, SO_TYPE, &v, 4))); printf(" short %s", err(setsockopt(so, SOL_SOCKET, SO_REUSEADDR, &v, 2))); printf(" level %s", err(setsockopt(so, 6, 1, &v, 4))); printf(" not a socket %s", err(setsockopt(f, SOL_SOCKET, 2, &v, 4))); printf(" %s", err(listen(f, 1))); printf(" %s\n", err(send(f, "x", 1, 0)));
  int p[2]; socketpair(AF_UNIX, SOCK_STREAM, 0, p); struct timeval tv = {0, 40000}; setsockopt(p[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv); get("timeout", p[0], 5, 0); memset(&tv, 0, sizeof tv); n = sizeof tv; getsockopt(p[0], SOL_SOCKET, SO_RCVTIMEO, &tv, &n); printf("told %ld %ld\n", tv.tv_sec, tv.tv_usec); tv.tv_usec = 2000000; printf("odd %s\n", err(setsockopt(p[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv)));
  pthread_create(&t, 0, late, (void *)(long)p[0]); get("blocking", p[1], 10, 0); pthread_join(t, 0); pthread_create(&t, 0, late, (void *)(long)p[0]); write(p[0], "soon", 4); get("all", p[1], 8, MSG_WAITALL); pthread_join(t, 0); get("now", p[1], 8, MSG_DONTWAIT); int on = 1; ioctl(p[1], FIONBIO, &on); get("nonblocking", p[1], 8, 0); pid_t pid = fork(); if (pid == 0) { close(p[0]); for (int i = 0; i < 100; i++) { int k = 0; while (k < 5000) { int w = write(p[1], b, 5000 - k); k += w > 0 ? w : (usleep(100), 0); } } _exit(0); } close(p[1]); long total = 0; tv.tv_usec = 0; setsockopt(p[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof tv); while ((r = read(p[0], b, sizeof b)) > 0) total += r; printf("total %ld\n", total); wait(0);
  int ep = epoll_create1(0); socketpair(AF_UNIX, SOCK_STREAM, 0, p); struct epoll_event e = {EPOLLIN | EPOLLRDHUP | EPOLLET, {.u32 = 1}}; epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &e); printf("epoll %d", epoll_wait(ep, &e, 1, 0)); write(p[1], "x", 1); int k = epoll_wait(ep, &e, 1, 0); printf(" %d %x", k, e.events); shutdown(p[1], SHUT_WR); k = epoll_wait(ep, &e, 1, 0); printf(" %d %x", k, e.events); close(p[1]); k = epoll_wait(ep, &e, 1, 0); printf(" %d %x\n", k, e.events);
  return 0;
}
