/* Many threads, connections and files at once; the arguments say how many of each. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <netinet/in.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t go = PTHREAD_COND_INITIALIZER;
static int running, released;
static long sum;

static void fail(const char *what) {
  printf("%s: %s\n", what, strerror(errno));
  exit(1);
}

static void *works(void *number) {
  pthread_mutex_lock(&mutex);
  running++;
  pthread_cond_broadcast(&go);
  while (!released) pthread_cond_wait(&go, &mutex);
  sum += (long)number;
  pthread_mutex_unlock(&mutex);
  return number;
}

static int threads_in_status(void) {
  char line[200];
  int count = -1;
  FILE *f = fopen("/proc/self/status", "r");
  while (fgets(line, sizeof line, f)) sscanf(line, "Threads: %d", &count);
  fclose(f);
  return count;
}

static void threads(int count) {
  pthread_t *all = calloc(count, sizeof *all);
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, 65536);
  for (long i = 0; i < count; i++) {
    if ((errno = pthread_create(&all[i], &attributes, works, (void *)i))) fail("pthread_create");
  }
  pthread_mutex_lock(&mutex);
  while (running < count) pthread_cond_wait(&go, &mutex);
  printf("threads: %d running, %d in status", running, threads_in_status() - 1);
  released = 1;
  pthread_cond_broadcast(&go);
  pthread_mutex_unlock(&mutex);
  long joined = 0;
  for (int i = 0; i < count; i++) {
    void *result;
    pthread_join(all[i], &result);
    joined += (long)result;
  }
  printf(", sum %d, joined %d, left %d\n", sum == (long)count * (count - 1) / 2, joined == sum,
         threads_in_status());
  free(all);
}

static void watch(int epoll, int fd) {
  struct epoll_event event = {EPOLLIN, {.fd = fd}};
  if (epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) < 0) fail("epoll_ctl");
}

/* Reads a byte from each socket that is ready until so many have come; answers if asked to. */
static int collect(int epoll, int count, int answer) {
  struct epoll_event events[512];
  int got = 0;
  while (got < count) {
    int n = epoll_wait(epoll, events, 512, 20000);
    if (n <= 0) return got;
    for (int i = 0; i < n; i++) {
      char c;
      if (read(events[i].data.fd, &c, 1) == 1) got++;
      if (answer) write(events[i].data.fd, &c, 1);
    }
  }
  return got;
}

static void connections(int count) {
  struct rlimit limit = {2 * count + 100, 2 * count + 100};
  setrlimit(RLIMIT_NOFILE, &limit);
  int *clients = calloc(count, sizeof *clients), *ends = calloc(count, sizeof *ends);
  struct sockaddr_in a = {AF_INET, 0, {htonl(INADDR_LOOPBACK)}};
  socklen_t n = sizeof a;
  int server = socket(AF_INET, SOCK_STREAM, 0);
  if (bind(server, (void *)&a, n) < 0 || listen(server, 128) < 0) fail("listen");
  getsockname(server, (void *)&a, &n);
  int here = epoll_create1(0), there = epoll_create1(0);
  for (int i = 0; i < count; i++) {
    clients[i] = socket(AF_INET, SOCK_STREAM, 0);
    if (clients[i] < 0) fail("socket");
    if (connect(clients[i], (void *)&a, n) < 0) fail("connect");
    ends[i] = accept(server, 0, 0);
    if (ends[i] < 0) fail("accept");
    watch(here, clients[i]), watch(there, ends[i]);
  }
  for (int i = 0; i < count; i++) write(clients[i], "x", 1);
  int arrived = collect(there, count, 1), answered = collect(here, count, 0);
  printf("connections: %d arrived, %d answered\n", arrived, answered);
  for (int i = 0; i < count; i++) close(clients[i]), close(ends[i]);
  close(server), close(here), close(there);
  free(clients), free(ends);
}

static void name(char *path, int i, const char *end) { sprintf(path, "files/%d/file-%d%s", i % 50, i, end); }

static int listed(void) {
  int count = 0;
  for (int i = 0; i < 50; i++) {
    char path[100];
    sprintf(path, "files/%d", i);
    DIR *d = opendir(path);
    for (struct dirent *e; d && (e = readdir(d));) count += e->d_name[0] == 'f';
    closedir(d);
  }
  return count;
}

static void files(int count) {
  char path[100], other[100], text[20];
  mkdir("files", 0755);
  for (int i = 0; i < 50; i++) sprintf(path, "files/%d", i), mkdir(path, 0755);
  for (int i = 0; i < count; i++) {
    name(path, i, "");
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY, 0644);
    if (fd < 0) fail(path);
    if (write(fd, text, sprintf(text, "%d", i)) < 0) fail("write");
    close(fd);
  }
  int there = listed();
  long sizes = 0, right = 0;
  for (int i = 0; i < count; i++) {
    struct stat s;
    name(path, i, ""), name(other, i, ".new");
    if (rename(path, other) < 0 || stat(other, &s) < 0) fail("rename");
    sizes += s.st_size;
    if (i % 10 == 0) {
      int fd = open(other, O_RDONLY);
      memset(text, 0, sizeof text);
      read(fd, text, sizeof text);
      right += atoi(text) == i;
      close(fd);
    }
  }
  printf("files: %d listed, %d of %d right, sizes %d\n", there, (int)right, (count + 9) / 10, sizes > count);
  for (int i = 0; i < count; i++) name(path, i, ".new"), unlink(path);
  for (int i = 0; i < 50; i++) sprintf(path, "files/%d", i), rmdir(path);
  printf("removed %d\n", rmdir("files"));
}

int main(int count, char **arguments) {
  setvbuf(stdout, 0, _IOLBF, 0);
  threads(atoi(arguments[1]));
  connections(atoi(arguments[2]));
  files(atoi(arguments[3]));
  return 0;
}
