/* Leases of files: who gets one, who is told, and who waits. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include "shared.h"

static pid_t child;
static volatile int signals, last, descriptor, code, band;

static void on(int signal, siginfo_t *info, void *x) {
  signals++;
  last = signal, descriptor = info->si_fd, code = info->si_code, band = info->si_band;
}

static void told(const char *what, long result) {
  printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}
#define TRY(call) (errno = 0, told(#call, (long)(call)))

/* Another process opens the file. */
static void another(int how) {
  fflush(stdout);
  child = fork();
  if (child == 0) {
    for (int mine = 3; mine < 20; mine++) close(mine); /* which would hold the lease, too */
    int fd = open("file", how);
    int error = errno;
    _exit(fd >= 0 ? 0 : error);
  }
  until_asleep(child);
}

static void joined(const char *what) {
  int status;
  int now = waitpid(child, &status, WNOHANG);
  if (now == 0) {
    printf("%s: waits", what);
  } else {
    printf("%s: %s", what, WEXITSTATUS(status) ? strerror(WEXITSTATUS(status)) : "opened");
    child = 0;
  }
  printf(", signals %d\n", signals);
  signals = 0;
}

int main(void) {
  struct sigaction action = {.sa_sigaction = on, .sa_flags = SA_SIGINFO | SA_RESTART};
  sigaction(SIGIO, &action, 0);
  sigaction(SIGRTMIN + 1, &action, 0);
  close(open("file", O_RDWR | O_CREAT, 0666));
  int r = open("file", O_RDONLY), w = open("file", O_WRONLY), p[2];
  pipe(p);
  TRY(fcntl(r, F_GETLEASE));
  TRY(fcntl(r, F_SETLEASE, F_UNLCK));
  TRY(fcntl(r, F_SETLEASE, 7));
  TRY(fcntl(r, F_SETLEASE, F_RDLCK));
  TRY(fcntl(w, F_SETLEASE, F_RDLCK));
  TRY(fcntl(w, F_SETLEASE, F_WRLCK));
  close(w);
  TRY(fcntl(p[0], F_SETLEASE, F_RDLCK));
  TRY(fcntl(open(".", O_RDONLY), F_SETLEASE, F_RDLCK));
  TRY(fcntl(open("file", O_PATH), F_SETLEASE, F_RDLCK));
  TRY(fcntl(99, F_SETLEASE, F_RDLCK));
  TRY(fcntl(r, F_SETLEASE, F_RDLCK));
  TRY(fcntl(r, F_GETLEASE));
  TRY(fcntl(dup(r), F_GETLEASE));
  TRY(fcntl(r, F_GETOWN) == getpid());
  int second = open("file", O_RDONLY);
  TRY(fcntl(second, F_GETLEASE));
  TRY(fcntl(second, F_SETLEASE, F_RDLCK));
  TRY(fcntl(second, F_SETLEASE, F_WRLCK));
  TRY(fcntl(second, F_SETLEASE, F_UNLCK));
  close(second);

  puts("-- a lease for reading");
  another(O_RDONLY);
  joined("reader");
  another(O_WRONLY | O_NONBLOCK);
  joined("writer that must not wait");
  TRY(fcntl(r, F_GETLEASE));
  TRY(fcntl(r, F_SETLEASE, F_RDLCK));
  TRY(fcntl(r, F_GETLEASE));
  another(O_WRONLY);
  joined("writer");
  TRY(fcntl(r, F_GETLEASE));
  TRY(fcntl(r, F_SETLEASE, F_UNLCK));
  until_asleep(child);
  joined("writer");
  TRY(fcntl(r, F_GETLEASE));

  puts("-- closed");
  int copy;
  for (int fd = 3; fd < 20; fd++) {
    if (fd != r && fd != p[0] && fd != p[1]) close(fd);
  }
  TRY(fcntl(r, F_SETLEASE, F_RDLCK));
  another(O_RDWR);
  joined("writer");
  close(r);
  until_asleep(child);
  joined("writer");

  puts("-- a lease for writing");
  w = open("file", O_RDWR);
  TRY(fcntl(w, F_SETSIG, SIGRTMIN + 1));
  TRY(fcntl(w, F_SETLEASE, F_WRLCK));
  TRY(fcntl(w, F_GETLEASE));
  another(O_RDONLY);
  joined("reader");
  printf("signal %d descriptor %d code %d band %x\n", last == SIGRTMIN + 1, descriptor == w, code, band);
  TRY(fcntl(w, F_GETLEASE));
  TRY(fcntl(w, F_SETLEASE, F_RDLCK));
  close(w);
  until_asleep(child);
  joined("reader");
  w = open("file", O_RDWR);
  TRY(fcntl(w, F_SETLEASE, F_WRLCK));
  another(O_WRONLY | O_TRUNC);
  joined("writer");
  TRY(fcntl(w, F_GETLEASE));
  TRY(fcntl(w, F_SETLEASE, F_UNLCK));
  until_asleep(child);
  joined("writer");

  puts("-- other ways to the file");
  TRY(fcntl(w, F_SETLEASE, F_WRLCK));
  struct stat s;
  TRY(stat("file", &s));
  TRY(chmod("file", 0644));
  TRY(link("file", "other"));
  TRY(rename("file", "new"));
  TRY(open("new", O_PATH) >= 0);
  TRY(open("other", O_RDONLY | O_NONBLOCK));
  printf("signals %d\n", signals);
  fflush(stdout);
  child = fork();
  if (child == 0) {
    for (int mine = 3; mine < 20; mine++) close(mine);
    int result = truncate("new", 10);
    _exit(result ? errno : 0);
  }
  until_asleep(child);
  joined("truncate");
  TRY(fcntl(w, F_SETLEASE, F_UNLCK));
  until_asleep(child);
  joined("truncate");

  puts("-- users");
  close(w);
  chmod("new", 0666);
  setegid(1234), seteuid(1234);
  r = open("new", O_RDONLY);
  TRY(fcntl(r, F_SETLEASE, F_RDLCK));
  seteuid(0);
  TRY(fcntl(r, F_SETLEASE, F_RDLCK));
  unlink("new"), unlink("other");
  return 0;
}
