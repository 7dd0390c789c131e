/* What /proc/net tells of the sockets that a program has. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

static long inode(int fd) {
  struct stat s;
  fstat(fd, &s);
  return s.st_ino;
}

static int port(int fd, int other) {
  struct sockaddr_in6 a;
  socklen_t n = sizeof a;
  if ((other ? getpeername : getsockname)(fd, (void *)&a, &n) < 0) return 0;
  return ntohs(a.sin6_port); /* at the same place for both families */
}

/* A port number in hexadecimal is shown as what it is. */
static void mark(char *field, int local, int remote) {
  char *colon = strchr(field, ':');
  if (colon == 0) return;
  int number = strtol(colon + 1, 0, 16);
  strcpy(colon + 1, number == 0 ? "none" : number == local ? "local" : number == remote ? "remote" : "?");
}

static void inet(const char *what, const char *file, int fd) {
  char path[40], line[400], field[16][64];
  snprintf(path, sizeof path, "/proc/net/%s", file);
  FILE *f = fopen(path, "r");
  int found = 0;
  fgets(line, sizeof line, f);
  while (fgets(line, sizeof line, f)) {
    memset(field, 0, sizeof field);
    sscanf(line, "%s %s %s %s %s %s %s %s %s %s", field[0], field[1], field[2], field[3], field[4],
           field[5], field[6], field[7], field[8], field[9]);
    if (atol(field[9]) != inode(fd)) continue;
    int length = strchr(file, '6') ? 0 : (int)strlen(line);
    mark(field[1], port(fd, 0), port(fd, 1));
    mark(field[2], port(fd, 0), port(fd, 1));
    printf("%s: %s %s %s %s %s user %s length %d\n", what, field[1], field[2], field[3], field[4],
           field[6], field[7], length);
    found++;
  }
  fclose(f);
  if (found != 1) printf("%s: found %d\n", what, found);
}

static void local(const char *what, int fd) {
  char line[400], rest[200];
  FILE *f = fopen("/proc/net/unix", "r");
  int found = 0;
  while (fgets(line, sizeof line, f)) {
    unsigned references, protocol, flags, type, state;
    long number;
    rest[0] = 0;
    int n = sscanf(line, "%*s %x %x %x %x %x %ld %[^\n]", &references, &protocol, &flags, &type,
                   &state, &number, rest);
    if (n < 6 || number != inode(fd)) continue;
    printf("%s: %x %x %x %x %x %s\n", what, references, protocol, flags, type, state, rest);
    found++;
  }
  fclose(f);
  if (found != 1) printf("%s: found %d\n", what, found);
}

static void head(const char *file) {
  char path[40], line[400] = "";
  snprintf(path, sizeof path, "/proc/net/%s", file);
  FILE *f = fopen(path, "r");
  if (f == 0) {
    printf("%s: %s\n", file, strerror(errno));
    return;
  }
  fgets(line, sizeof line, f);
  line[strcspn(line, "\n")] = 0;
  printf("%s: |%s|\n", file, line);
  fclose(f);
}

static void any(int family, struct sockaddr_in6 *a) {
  memset(a, 0, sizeof *a);
  a->sin6_family = family;
  if (family == AF_INET) {
    ((struct sockaddr_in *)a)->sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  } else {
    a->sin6_addr = in6addr_loopback;
  }
}

static int info(int fd) {
  struct tcp_info i = {0};
  socklen_t n = sizeof i;
  getsockopt(fd, IPPROTO_TCP, TCP_INFO, &i, &n);
  return i.tcpi_state;
}

static void streams(int family, const char *file) {
  struct sockaddr_in6 a;
  socklen_t n = sizeof a;
  any(family, &a);
  int server = socket(family, SOCK_STREAM, 0), client = socket(family, SOCK_STREAM, 0);
  inet("new", file, server);
  bind(server, (void *)&a, sizeof a);
  inet("bound", file, server);
  listen(server, 5);
  inet("listens", file, server);
  getsockname(server, (void *)&a, &n);
  connect(client, (void *)&a, n);
  inet("one waits", file, server);
  inet("connected", file, client);
  int end = accept(server, 0, 0);
  inet("accepted", file, end);
  inet("none waits", file, server);
  write(client, "hello", 5);
  inet("something to read", file, end);
  printf("states %d %d %d\n", info(server), info(client), info(end));
  shutdown(client, SHUT_WR);
  nanosleep(&(struct timespec){0, 300000000}, 0); /* until that is acknowledged */
  inet("sends no more", file, client);
  inet("gets no more", file, end);
  printf("states %d %d\n", info(client), info(end));
  char buffer[10];
  while (read(end, buffer, sizeof buffer) > 0) continue;
  inet("has seen the end", file, end);
  shutdown(end, SHUT_WR);
  close(end), close(client), close(server);
}

static void messages(int family, const char *file) {
  struct sockaddr_in6 a;
  socklen_t n = sizeof a;
  any(family, &a);
  int one = socket(family, SOCK_DGRAM, 0), other = socket(family, SOCK_DGRAM, 0);
  inet("new", file, one);
  bind(one, (void *)&a, sizeof a);
  inet("bound", file, one);
  getsockname(one, (void *)&a, &n);
  connect(other, (void *)&a, n);
  inet("connected", file, other);
  close(one), close(other);
}

int main(void) {
  char link[20] = "";
  readlink("/proc/net", link, sizeof link);
  puts(link);
  head("tcp"), head("tcp6"), head("udp"), head("udp6"), head("udplite"), head("raw");
  head("unix"), head("packet"), head("dev"), head("arp"), head("route");
  streams(AF_INET, "tcp");
  streams(AF_INET6, "tcp6");
  messages(AF_INET, "udp");
  messages(AF_INET6, "udp6");

  int pair[2];
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  local("pair", pair[0]);
  socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
  local("messages", pair[1]);
  int plain = socket(AF_UNIX, SOCK_SEQPACKET, 0);
  local("alone", plain);
  struct sockaddr_un name = {AF_UNIX, "socket-name"};
  int server = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0);
  bind(server, (void *)&name, sizeof name);
  local("bound", server);
  listen(server, 3);
  local("listens", server);
  connect(client, (void *)&name, sizeof name);
  local("connected", client);
  int end = accept(server, 0, 0);
  local("accepted", end);
  struct sockaddr_un hidden = {AF_UNIX, "\0ab\0cd"};
  int second = socket(AF_UNIX, SOCK_DGRAM, 0);
  bind(second, (void *)&hidden, 2 + 6);
  local("hidden", second);
  struct stat s;
  fstat(end, &s);
  printf("of %u %u mode %o\n", s.st_uid, s.st_gid, s.st_mode);
  setegid(1234), seteuid(4321);
  int mine = socket(AF_INET, SOCK_DGRAM, 0);
  fstat(mine, &s);
  printf("of %u %u\n", s.st_uid, s.st_gid);
  struct sockaddr_in6 a;
  any(AF_INET, &a);
  bind(mine, (void *)&a, sizeof a);
  inet("user's", "udp", mine);
  unlink("socket-name");
  return 0;
}
