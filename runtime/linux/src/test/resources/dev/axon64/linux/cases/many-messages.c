/* The time that recvmmsg(2) is given: looked at after each message, told as what is left. */
#define _GNU_SOURCE
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static int pair[2];
static int gaps[8];

static void pause_for(int milliseconds) {
  nanosleep(&(struct timespec){milliseconds / 1000, milliseconds % 1000 * 1000000L}, 0);
}

static void *sends(void *x) {
  for (int i = 0; gaps[i]; i++) {
    pause_for(gaps[i]);
    send(pair[1], "abc", 3, 0);
  }
  return 0;
}

static void receive(const char *what, int count, int flags, struct timespec *time) {
  struct mmsghdr messages[8];
  struct iovec pieces[8];
  char rooms[8][10];
  memset(messages, 0, sizeof messages);
  for (int i = 0; i < 8; i++) {
    pieces[i] = (struct iovec){rooms[i], 10};
    messages[i].msg_hdr.msg_iov = &pieces[i];
    messages[i].msg_hdr.msg_iovlen = 1;
  }
  pthread_t thread;
  pthread_create(&thread, 0, sends, 0);
  errno = 0;
  int n = recvmmsg(pair[0], messages, count, flags, time);
  printf("%s: %d %s", what, n, n < 0 ? strerror(errno) : "");
  if (time && n > 0) {
    long left = time->tv_sec * 1000 + time->tv_nsec / 1000000;
    printf(left == 0 ? " no time left" : left > 500 ? " much time left" : " little time left");
  }
  for (int i = 0; i < n; i++) printf(" %u", messages[i].msg_len);
  puts("");
  pthread_join(thread, 0);
  while (recv(pair[0], rooms, 10, MSG_DONTWAIT) >= 0) continue;
}

static void set(int a, int b, int c) {
  int all[8] = {a, b, c};
  memcpy(gaps, all, sizeof gaps);
}

int main(void) {
  socketpair(AF_UNIX, SOCK_DGRAM, 0, pair);
  struct timespec time = {0, 0};
  set(30, 30, 0);
  receive("no time", 3, 0, &time);
  time = (struct timespec){1, 0};
  set(30, 1500, 30);
  receive("ends by the second", 3, 0, &time);
  time = (struct timespec){20, 0};
  set(30, 30, 30);
  receive("time enough", 3, 0, &time);
  set(30, 30, 30);
  receive("any time", 3, 0, 0);
  time = (struct timespec){20, 0};
  set(30, 30, 0);
  receive("one is enough", 3, MSG_WAITFORONE, &time);
  time = (struct timespec){20, 0};
  set(0, 0, 0);
  receive("does not wait", 3, MSG_DONTWAIT, &time);
  time = (struct timespec){-1, 0};
  receive("negative", 3, 0, &time);
  time = (struct timespec){0, 1000000000};
  receive("too many nanoseconds", 3, 0, &time);
  struct timespec *fixed =
      mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  fixed->tv_sec = 20;
  mprotect(fixed, 4096, PROT_READ);
  set(30, 0, 0);
  receive("cannot be told", 1, 0, fixed);
  receive("nowhere", 1, 0, (void *)8);
  return 0;
}
