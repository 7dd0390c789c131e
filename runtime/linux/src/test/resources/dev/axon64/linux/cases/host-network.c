// Talks with the host: a stream to the port that is given, messages, and a port of its own.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
static const char *err(long r) { return r < 0 ? strerrorname_np(errno) : "ok"; }
static struct sockaddr_in at(int port) { struct sockaddr_in a = {AF_INET, htons(port)}; a.sin_addr.s_addr = htonl(INADDR_LOOPBACK); return a; }
int main(int argc, char **argv) {
  setvbuf(stdout, 0, _IONBF, 0); int port = atoi(argv[1]), udp = atoi(argv[2]), closed = atoi(argv[3]); char b[100000] = {0};
  struct sockaddr_in a = at(port); int c = socket(AF_INET, SOCK_STREAM, 0); printf("connect %s\n", err(connect(c, (void *)&a, sizeof a))); write(c, "hello\n", 6); int n = 0, r; while ((r = read(c, b + n, 100 - n)) > 0) n += r; b[n] = 0; printf("answer %s end %s\n", b, err(r)); close(c);
  c = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0); r = connect(c, (void *)&a, sizeof a); printf("nonblocking %d\n", r == 0 || errno == EINPROGRESS); struct pollfd p = {c, POLLOUT, 0}; r = poll(&p, 1, 5000); printf("poll %d %x\n", r, p.revents); int e = -1; socklen_t l = sizeof e; getsockopt(c, SOL_SOCKET, SO_ERROR, &e, &l); printf("error %d\n", e); write(c, "again\n", 6); p.events = POLLIN; r = poll(&p, 1, 5000); printf("poll %d\n", r); n = read(c, b, 100); printf("read %.*s\n", n > 0 ? n : 0, b); close(c);
  a = at(closed); c = socket(AF_INET, SOCK_STREAM, 0); printf("closed %s\n", err(connect(c, (void *)&a, sizeof a))); close(c); c = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0); r = connect(c, (void *)&a, sizeof a); if (r < 0 && errno == EINPROGRESS) { p.fd = c; p.events = POLLOUT; poll(&p, 1, 5000); getsockopt(c, SOL_SOCKET, SO_ERROR, &e, &l); errno = e; } printf("closed %s\n", strerrorname_np(errno)); close(c);
  a = at(udp); int u = socket(AF_INET, SOCK_DGRAM, 0); sendto(u, "ping", 4, 0, (void *)&a, sizeof a); l = sizeof a; n = recvfrom(u, b, 100, 0, (void *)&a, &l); printf("message %.*s from %d\n", n, b, ntohs(a.sin_port) == udp); close(u);
  int s = socket(AF_INET, SOCK_STREAM, 0); a = at(0); printf("bind %s", err(bind(s, (void *)&a, sizeof a))); printf(" listen %s\n", err(listen(s, 5))); l = sizeof a; getsockname(s, (void *)&a, &l); int mine = ntohs(a.sin_port); printf("port %d\n", mine); int o = socket(AF_INET, SOCK_STREAM, 0); printf("taken %s\n", err(bind(o, (void *)&a, sizeof a)));
  int ep = epoll_create1(0); struct epoll_event v = {EPOLLIN, {.u32 = 4}}; epoll_ctl(ep, EPOLL_CTL_ADD, s, &v); printf("epoll %d\n", epoll_wait(ep, &v, 1, 10000)); c = accept(s, 0, 0); printf("accept %s\n", err(c)); l = sizeof a; printf("peer %s\n", err(getpeername(c, (void *)&a, &l))); long all = 0; while ((r = read(c, b, sizeof b)) > 0) all += r; printf("received %ld\n", all); for (int i = 0; i < 50; i++) all -= write(c, b, 20000); printf("left %ld\n", all); shutdown(c, SHUT_WR); close(c);
  if (fork() == 0) { int k = socket(AF_INET, SOCK_STREAM, 0); a = at(mine); connect(k, (void *)&a, sizeof a); write(k, "child", 5); _exit(0); } c = accept(s, 0, 0); n = 0; while ((r = read(c, b + n, 100)) > 0) n += r; printf("own %.*s\n", n, b); wait(0); return 0;
}
