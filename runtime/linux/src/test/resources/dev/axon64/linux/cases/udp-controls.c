// What comes along with messages of UDP: the address that they were sent to, hops, class of service.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
static const char *err(long r) { return r < 0 ? strerrorname_np(errno) : "ok"; }
static void get(const char *what, int fd, int room) {
  char c[300], b[20] = {0}; memset(c, 0, sizeof c); struct iovec v = {b, 10}; struct msghdr m = {.msg_iov = &v, .msg_iovlen = 1, .msg_control = c, .msg_controllen = room}; long r = recvmsg(fd, &m, 0);
  printf("%s: %ld %s flags %x length %d", what, r, b, m.msg_flags, (int)m.msg_controllen);
  for (struct cmsghdr *h = CMSG_FIRSTHDR(&m); h; h = CMSG_NXTHDR(&m, h)) { printf(" [%d %d %d:", h->cmsg_level, h->cmsg_type, (int)h->cmsg_len); for (unsigned i = 0; i < h->cmsg_len - CMSG_LEN(0); i++) printf(" %02x", CMSG_DATA(h)[i]); printf("]"); }
  puts("");
}
static int put(int fd, void *to, int size, int level, int type, int value) {
  char c[100]; memset(c, 0, sizeof c); struct iovec v = {"m", 1}; struct msghdr m = {.msg_name = to, .msg_namelen = size, .msg_iov = &v, .msg_iovlen = 1, .msg_control = c, .msg_controllen = CMSG_SPACE(4)}; struct cmsghdr *h = (void *)c; h->cmsg_level = level; h->cmsg_type = type; h->cmsg_len = CMSG_LEN(4); memcpy(CMSG_DATA(h), &value, 4); return sendmsg(fd, &m, 0);
}
static int on(int fd, int level, int name, int v) { return setsockopt(fd, level, name, &v, 4); }
int main(void) {
  setvbuf(stdout, 0, _IONBF, 0); int r = socket(AF_INET, SOCK_DGRAM, 0), w = socket(AF_INET, SOCK_DGRAM, 0); struct sockaddr_in a = {AF_INET}; inet_pton(AF_INET, "127.0.0.1", &a.sin_addr); bind(r, (void *)&a, sizeof a); socklen_t n = sizeof a; getsockname(r, (void *)&a, &n);
  sendto(w, "m", 1, 0, (void *)&a, n); get("nothing", r, 200); printf("ask %s", err(on(r, SOL_IP, IP_PKTINFO, 1))); printf(" %s", err(on(r, SOL_IP, IP_RECVTTL, 1))); printf(" %s\n", err(on(r, SOL_IP, IP_RECVTOS, 1))); sendto(w, "m", 1, 0, (void *)&a, n); get("all", r, 200); on(w, SOL_IP, IP_TTL, 9); on(w, SOL_IP, IP_TOS, 0x10); sendto(w, "m", 1, 0, (void *)&a, n); get("set", r, 200); printf("once %s\n", err(put(w, &a, n, SOL_IP, IP_TTL, 33))); get("once", r, 200); sendto(w, "m", 1, 0, (void *)&a, n); get("room for one", r, CMSG_SPACE(12)); sendto(w, "m", 1, 0, (void *)&a, n); get("no room", r, 0);
  int r6 = socket(AF_INET6, SOCK_DGRAM, 0), w6 = socket(AF_INET6, SOCK_DGRAM, 0); struct sockaddr_in6 b = {AF_INET6}; inet_pton(AF_INET6, "::1", &b.sin6_addr); bind(r6, (void *)&b, sizeof b); n = sizeof b; getsockname(r6, (void *)&b, &n); printf("ask %s", err(on(r6, SOL_IPV6, IPV6_RECVPKTINFO, 1))); printf(" %s", err(on(r6, SOL_IPV6, IPV6_RECVHOPLIMIT, 1))); printf(" %s\n", err(on(r6, SOL_IPV6, IPV6_RECVTCLASS, 1)));
  sendto(w6, "m", 1, 0, (void *)&b, n); get("all", r6, 200); on(w6, SOL_IPV6, IPV6_UNICAST_HOPS, 9); on(w6, SOL_IPV6, IPV6_TCLASS, 0x20); sendto(w6, "m", 1, 0, (void *)&b, n); get("set", r6, 200); printf("once %s\n", err(put(w6, &b, n, SOL_IPV6, IPV6_HOPLIMIT, 33))); get("once", r6, 200); printf("class %s\n", err(put(w6, &b, n, SOL_IPV6, IPV6_TCLASS, 0x40))); get("class", r6, 200); sendto(w6, "m", 1, 0, (void *)&b, n); get("cut", r6, CMSG_SPACE(20) + 18); return 0;
}
