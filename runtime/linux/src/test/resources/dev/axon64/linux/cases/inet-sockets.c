// TCP and UDP over the loopback interface, of both versions.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
static const char *err(long r) { return r < 0 ? strerrorname_np(errno) : "ok"; }
static volatile int pipes;
static void broken(int s) { pipes++; }
static union { struct sockaddr_in a; struct sockaddr_in6 b; struct sockaddr s; } A;
static socklen_t at(const char *ip, int port) {
  memset(&A, 0, sizeof A);
  if (strchr(ip, ':')) { A.b.sin6_family = AF_INET6; A.b.sin6_port = htons(port); inet_pton(AF_INET6, ip, &A.b.sin6_addr); return sizeof A.b; }
  A.a.sin_family = AF_INET; A.a.sin_port = htons(port); inet_pton(AF_INET, ip, &A.a.sin_addr); return sizeof A.a;
}
static int bound(int fd, const char *ip, int port) { socklen_t n = at(ip, port); return bind(fd, &A.s, n); }
static int joined(int fd, const char *ip, int port) { socklen_t n = at(ip, port); return connect(fd, &A.s, n); }
static int portOf(int fd) { socklen_t n = sizeof A; getsockname(fd, &A.s, &n); return ntohs(A.a.sin_port); }
static void show(const char *what, int r, socklen_t n, int known) {
  char ip[50] = ""; if (r >= 0) { inet_ntop(A.s.sa_family, A.s.sa_family == AF_INET ? (void *)&A.a.sin_addr : (void *)&A.b.sin6_addr, ip, 50); }
  int port = ntohs(A.a.sin_port); printf("%s: %s", what, err(r)); if (r >= 0) printf(" %d %s %s length %d", A.s.sa_family, ip, port == 0 ? "no port" : port == known ? "known port" : "some port", n); puts("");
}
static void names(const char *what, int fd, int known) { socklen_t n = sizeof A; int r = getsockname(fd, &A.s, &n); show(what, r, n, known); n = sizeof A; r = getpeername(fd, &A.s, &n); show(" peer", r, n, known); }
static void state(const char *what, int fd) { struct pollfd p = {fd, 0x3fff & ~POLLNVAL, 0}; int r = poll(&p, 1, 0); printf("%s: %d %x\n", what, r, p.revents); }
static void get(const char *what, int fd, int size, int flags) { char b[1000] = {0}; long r = recv(fd, b, size, flags); printf("%s: %ld %s '%.20s'\n", what, r, err(r), b); }
static void put(const char *what, int fd, const char *text, int flags) { long r = send(fd, text, strlen(text), flags); printf("%s: %ld %s\n", what, r, err(r)); }
static int option(int fd, int level, int name) { int v = -1; socklen_t n = sizeof v; if (getsockopt(fd, level, name, &v, &n) < 0) return -errno; return v; }
static int sets(int fd, int level, int name, int v) { return setsockopt(fd, level, name, &v, sizeof v); }
static void pair(const char *ip, int *l, int *c, int *s) { *l = socket(strchr(ip, ':') ? AF_INET6 : AF_INET, SOCK_STREAM, 0); bound(*l, ip, 0); listen(*l, 5); *c = socket(strchr(ip, ':') ? AF_INET6 : AF_INET, SOCK_STREAM, 0); joined(*c, ip, portOf(*l)); *s = accept(*l, 0, 0); usleep(1000); }
static void *accepts(void *x) { usleep(30000); return (void *)(long)accept((int)(long)x, 0, 0); }
int main(void) {
  setvbuf(stdout, 0, _IONBF, 0); signal(SIGPIPE, broken); char b[70000]; memset(b, 'x', sizeof b);
  printf("bad %s", err(socket(AF_INET, SOCK_STREAM, IPPROTO_UDP))); printf(" %s", err(socket(AF_INET, SOCK_SEQPACKET, 0))); printf(" %s\n", err(socket(AF_INET6, SOCK_DGRAM, IPPROTO_TCP)));
  for (int v6 = 0; v6 < 2; v6++) { const char *me = v6 ? "::1" : "127.0.0.1"; int family = v6 ? AF_INET6 : AF_INET; printf("== tcp %d\n", v6);
    int l = socket(family, SOCK_STREAM, 0), c = socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0); printf("type %d %d %d\n", option(l, SOL_SOCKET, SO_TYPE), option(l, SOL_SOCKET, SO_DOMAIN), option(l, SOL_SOCKET, SO_PROTOCOL)); state("new", l); names("new", l, 0); get("new", c, 1, 0); put("new", c, "x", 0); printf("pipes %d shutdown %s", pipes, err(shutdown(c, 2))); printf(" accept %s", err(accept(l, 0, 0))); pipes = 0;
    printf(" bind elsewhere %s", err(bound(l, v6 ? "2001:db8::1" : "8.8.8.8", 0))); printf(" family %s", err(bound(l, v6 ? "127.0.0.1" : "::1", 0))); printf(" short %s\n", err(bind(l, &A.s, 5))); printf("bind %s", err(bound(l, me, 0))); int port = portOf(l); printf(" %d", port > 1024); printf(" again %s", err(bound(l, me, 0))); int o = socket(family, SOCK_STREAM, 0); printf(" taken %s\n", err(bound(o, me, port))); printf("not listening %s", err(joined(c, me, port))); state(" refused", c); printf("listen %s\n", err(listen(l, 2))); state("listening", l); names("listening", l, port); printf("listen connects %s\n", err(joined(l, me, port)));
    printf("connect %s", err(joined(c, me, port))); printf(" again %s\n", err(joined(c, me, port))); state("waiting", l); names("client", c, port); socklen_t n = sizeof A; int s = accept4(l, &A.s, &n, SOCK_NONBLOCK | SOCK_CLOEXEC); show("accept", s, n, port); names("server", s, port); printf("flags %x %x accepts %d\n", fcntl(s, F_GETFL) & ~0x20000, fcntl(s, F_GETFD), option(s, SOL_SOCKET, SO_ACCEPTCONN)); state("idle", s);
    put("data", c, "hello", 0); put("data", c, "world", 0); usleep(2000); int k = 0; ioctl(s, FIONREAD, &k); printf("waiting %d\n", k); state("data", s); get("peek", s, 3, MSG_PEEK); get("dropped", s, 3, MSG_TRUNC); get("read", s, 100, 0); get("none", s, 100, 0); state("read", s); printf("peer by name %ld\n", (long)sendto(s, "x", 1, 0, &A.s, n)); get("x", c, 5, 0);
    shutdown(c, SHUT_WR); usleep(2000); state("shut", c); state("half", s); get("end", s, 5, 0); put("back", s, "back", 0); get("back", c, 9, 0); put("shut", c, "x", 0); printf("pipes %d\n", pipes); pipes = 0; close(s); usleep(2000); state("both", c); get("both", c, 5, 0); get("both", c, 5, 0); names("both", c, port); close(c); close(l); close(o);
    int S; pair(me, &l, &c, &S); close(S); usleep(2000); state("closed", c); put("first", c, "x", 0); usleep(2000); state("reset", c); put("second", c, "x", 0); put("third", c, "x", 0); get("end", c, 5, 0); printf("pipes %d", pipes); printf(" error %d\n", option(c, SOL_SOCKET, SO_ERROR)); pipes = 0; close(c); close(l);
    pair(me, &l, &c, &S); put("unread", c, "u", 0); usleep(2000); close(S); usleep(2000); state("aborted", c); get("aborted", c, 5, 0); get("aborted", c, 5, 0); put("aborted", c, "x", 0); printf("pipes %d\n", pipes); pipes = 0; close(c); close(l);
    pair(me, &l, &c, &S); struct linger li = {1, 0}; setsockopt(S, SOL_SOCKET, SO_LINGER, &li, sizeof li); close(S); usleep(2000); state("lingered", c); put("lingered", c, "x", 0); get("lingered", c, 5, 0); close(c); close(l);
    pair(me, &l, &c, &S); shutdown(c, SHUT_RD); state("deaf", c); put("to deaf", S, "still", 0); usleep(2000); get("deaf", c, 10, 0); get("deaf", c, 10, 0); close(c); close(S); close(l);
    l = socket(family, SOCK_STREAM, 0); bound(l, me, 0); port = portOf(l); c = socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0); printf("nonblocking nobody %s", err(joined(c, me, port))); usleep(2000); state(" state", c); printf("error %d", option(c, SOL_SOCKET, SO_ERROR)); printf(" then %d", option(c, SOL_SOCKET, SO_ERROR)); state(" state", c); close(c); listen(l, 5); c = socket(family, SOCK_STREAM | SOCK_NONBLOCK, 0); printf("nonblocking %s", err(joined(c, me, port))); usleep(2000); state(" state", c); printf("error %d", option(c, SOL_SOCKET, SO_ERROR)); printf(" connect %s", err(joined(c, me, port))); printf(" connect %s\n", err(joined(c, me, port))); close(c); close(l);
    pair(me, &l, &c, &S); int names1[] = {TCP_NODELAY, TCP_CORK, TCP_KEEPIDLE, TCP_KEEPINTVL, TCP_KEEPCNT, TCP_QUICKACK, TCP_DEFER_ACCEPT, TCP_USER_TIMEOUT}; for (int i = 0; i < 8; i++) { printf("%d: %d", names1[i], names1[i] == TCP_QUICKACK ? 1 : option(c, IPPROTO_TCP, names1[i])); printf(" %s ", err(sets(c, IPPROTO_TCP, names1[i], 1))); printf("%d, ", names1[i] == TCP_QUICKACK ? 1 : option(c, IPPROTO_TCP, names1[i])); } puts(""); printf("reuse %d", option(c, SOL_SOCKET, SO_REUSEADDR)); printf(" %s", err(sets(c, SOL_SOCKET, SO_REUSEADDR, 1))); printf(" %d keep %d unknown %d level %d\n", option(c, SOL_SOCKET, SO_REUSEADDR), option(c, SOL_SOCKET, SO_KEEPALIVE), option(c, IPPROTO_TCP, 200), option(c, 1234, 1));
    pid_t pid = fork(); if (pid == 0) { close(c); long all = 0; for (int i = 0; i < 100; i++) all += write(S, b, 30000); _exit(all == 3000000 ? 3 : 4); } close(S); long total = 0, r; while ((r = read(c, b, sizeof b)) > 0) total += r; int status; wait(&status); printf("total %ld status %d\n", total, WEXITSTATUS(status)); close(c);
    pthread_t t; pthread_create(&t, 0, accepts, (void *)(long)l); c = socket(family, SOCK_STREAM, 0); printf("connect %s", err(joined(c, me, portOf(l)))); void *got; pthread_join(t, &got); close(c); c = socket(family, SOCK_STREAM, 0); int ep = epoll_create1(0); struct epoll_event e = {EPOLLIN, {.u32 = 3}}; epoll_ctl(ep, EPOLL_CTL_ADD, l, &e); joined(c, me, portOf(l)); k = epoll_wait(ep, &e, 1, 1000); printf(" epoll %d %x\n", k, e.events); close(l); usleep(2000); get("never accepted", c, 5, 0); close(c);
    int r1 = socket(family, SOCK_STREAM, 0), r2 = socket(family, SOCK_STREAM, 0); sets(r1, SOL_SOCKET, SO_REUSEADDR, 1); sets(r2, SOL_SOCKET, SO_REUSEADDR, 1); bound(r1, me, 0); port = portOf(r1); printf("reuse %s", err(bound(r2, me, port))); printf(" listen %s", err(listen(r1, 1))); printf(" %s\n", err(listen(r2, 1))); close(r1); close(r2); r1 = socket(family, SOCK_STREAM, 0); r2 = socket(family, SOCK_STREAM, 0); sets(r1, SOL_SOCKET, SO_REUSEPORT, 1); sets(r2, SOL_SOCKET, SO_REUSEPORT, 1); bound(r1, me, 0); port = portOf(r1); printf("reuse port %s", err(bound(r2, me, port))); printf(" %s", err(listen(r1, 1))); printf(" %s\n", err(listen(r2, 1))); close(r1); close(r2);
    printf("== udp %d\n", v6); int u = socket(family, SOCK_DGRAM | SOCK_NONBLOCK, 0), w = socket(family, SOCK_DGRAM | SOCK_NONBLOCK, 0); state("new", u); put("nowhere", u, "x", 0); printf("bind %s\n", err(bound(u, me, 0))); port = portOf(u); n = at(me, port); printf("send %ld\n", (long)sendto(w, "hello", 5, 0, &A.s, n)); names("sender", w, port); state("one", u); n = at(me, port); sendto(w, "", 0, 0, &A.s, n); n = at(me, port); sendto(w, "third", 5, 0, &A.s, n); ioctl(u, FIONREAD, &k); printf("next %d\n", k); n = sizeof A; r = recvfrom(u, b, 3, MSG_TRUNC, &A.s, &n); show("from", r, n, portOf(w)); printf("length %ld\n", r); get("empty", u, 10, 0); get("third", u, 2, 0); get("none", u, 10, 0); printf("too big %s", err(send(w, b, 66000, 0))); n = at(me, port); printf(" %s", err(sendto(w, b, 66000, 0, &A.s, n))); n = at(me, 0); printf(" port 0 %s\n", err(sendto(w, "x", 1, 0, &A.s, n)));
    printf("connect %s\n", err(joined(w, me, port))); names("connected", w, port); put("connected", w, "conn", 0); get("connected", u, 10, 0); int x = socket(family, SOCK_DGRAM, 0); n = at(me, portOf(w)); at(me, portOf(w)); int wp = portOf(w); n = at(me, wp); sendto(x, "stranger", 8, 0, &A.s, n); get("stranger", w, 10, 0); n = at(me, wp); sendto(u, "friend", 6, 0, &A.s, n); get("friend", w, 10, 0); close(u); put("gone", w, "x", 0); usleep(2000); state("gone", w); printf("error %d\n", option(w, SOL_SOCKET, SO_ERROR)); put("gone", w, "x", 0); usleep(2000); get("gone", w, 10, 0); put("gone", w, "x", 0); usleep(2000); put("gone", w, "x", 0); A.s.sa_family = AF_UNSPEC; printf("disconnect %s\n", err(connect(w, &A.s, sizeof A))); names("disconnected", w, port); close(w); close(x);
    w = socket(family, SOCK_DGRAM, 0); printf("shutdown %s", err(shutdown(w, 2))); joined(w, me, 9); printf(" %s\n", err(shutdown(w, 2))); state("shut", w); get("shut", w, 5, 0); close(w);
  }
  puts("== both versions"); int l = socket(AF_INET6, SOCK_STREAM, 0), c = socket(AF_INET, SOCK_STREAM, 0); printf("only %d bind %s\n", option(l, IPPROTO_IPV6, IPV6_V6ONLY), err(bound(l, "::", 0))); listen(l, 5); int port = portOf(l); printf("connect %s\n", err(joined(c, "127.0.0.1", port))); socklen_t n = sizeof A; int s = accept(l, &A.s, &n); show("accept", s, n, port); names("server", s, port); names("client", c, port); close(c); c = socket(AF_INET6, SOCK_STREAM, 0); printf("mapped %s\n", err(joined(c, "::ffff:127.0.0.1", port))); names("mapped", c, port); int o = socket(AF_INET, SOCK_STREAM, 0); printf("taken %s\n", err(bound(o, "0.0.0.0", port)));
  int six = socket(AF_INET6, SOCK_STREAM, 0); printf("v6only %s", err(sets(six, IPPROTO_IPV6, IPV6_V6ONLY, 1))); printf(" %d bind %s", option(six, IPPROTO_IPV6, IPV6_V6ONLY), err(bound(six, "::", 0))); listen(six, 1); printf(" late %s", err(sets(six, IPPROTO_IPV6, IPV6_V6ONLY, 0))); close(c); c = socket(AF_INET, SOCK_STREAM, 0); printf(" v4 %s", err(joined(c, "127.0.0.1", portOf(six)))); close(o); o = socket(AF_INET, SOCK_STREAM, 0); printf(" beside %s\n", err(bound(o, "0.0.0.0", portOf(six)))); close(c); c = socket(AF_INET, SOCK_STREAM, 0); int any = socket(AF_INET, SOCK_STREAM, 0); bound(any, "0.0.0.0", 0); listen(any, 1); printf("any %s", err(joined(c, "0.0.0.0", portOf(any)))); names(" any", c, portOf(any)); close(c); c = socket(AF_INET, SOCK_STREAM, 0); printf("other loopback %s", err(joined(c, "127.1.2.3", portOf(any)))); names(" it", c, portOf(any)); s = accept(any, 0, 0); s = accept(any, 0, 0); names("its server", s, portOf(any)); printf("v6 to v4 only %s\n", err(joined(socket(AF_INET6, SOCK_STREAM, 0), "::1", portOf(any)))); printf("family %s\n", err(joined(socket(AF_INET, SOCK_STREAM, 0), "::1", 80))); return 0;
}
