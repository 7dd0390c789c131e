/* A process whose first thread ends before the others, traced by somebody who is not its parent. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static int go[2], done[2], ready[2];
static volatile int signals;

static void on(int signal) { signals++; }

static void rest(void) {
  struct timespec t = {0, 50000000};
  while (nanosleep(&t, &t) < 0) continue;
}

static void *last(void *x) {
  char c;
  write(ready[1], "x", 1);
  read(go[0], &c, 1);
  syscall(SYS_exit_group, 5);
  return 0;
}

static char state(pid_t id) {
  char path[60], text[300] = "";
  snprintf(path, sizeof path, "/proc/%d/stat", id);
  int fd = open(path, O_RDONLY);
  if (fd < 0) return '-';
  read(fd, text, sizeof text - 1);
  close(fd);
  char *end = strrchr(text, ')');
  return end ? end[2] : '?';
}

static void told(const char *what, pid_t result, int status) {
  printf("%s: %s", what, result > 0 ? "told" : result < 0 ? strerror(errno) : "nothing");
  if (result > 0 && WIFEXITED(status)) printf(" exited %d", WEXITSTATUS(status));
  if (result > 0 && WIFSIGNALED(status)) printf(" signal %d", WTERMSIG(status));
  if (result > 0 && WIFSTOPPED(status)) printf(" stopped");
  puts("");
  fflush(stdout);
}

static void traces(pid_t child, int ends_first) {
  struct sigaction action = {.sa_handler = on, .sa_flags = SA_RESTART};
  sigaction(SIGCHLD, &action, 0);
  int status = 0;
  printf("seize %ld\n", ptrace(PTRACE_SEIZE, child, 0, 0));
  told("before", waitpid(child, &status, __WALL | WNOHANG), status);
  write(done[1], "x", 1); /* the first thread may end */
  for (int i = 0; i < 100 && signals == 0; i++) rest();
  rest();
  printf("signals %d\n", signals);
  told("the first thread has ended", waitpid(child, &status, __WALL | WNOHANG), status);
  told("anybody", waitpid(-1, &status, __WALL | WNOHANG), status);
  if (ends_first) {
    fflush(stdout);
    _exit(0);
  }
  write(go[1], "x", 1);
  pid_t result = waitpid(child, &status, __WALL);
  told("the process has ended", result, status);
  printf("signals %d\n", signals);
  told("again", waitpid(child, &status, __WALL | WNOHANG), status);
  fflush(stdout);
  _exit(0);
}

static void run(const char *name, int ends_first) {
  printf("-- %s\n", name);
  fflush(stdout);
  signals = 0;
  pipe(go), pipe(done), pipe(ready);
  char c;
  pid_t child = fork();
  if (child == 0) {
    pthread_t thread;
    pthread_create(&thread, 0, last, 0);
    read(done[0], &c, 1);
    syscall(SYS_exit, 3);
  }
  read(ready[0], &c, 1);
  pid_t tracer = fork();
  if (tracer == 0) traces(child, ends_first);
  int status;
  waitpid(tracer, &status, 0);
  printf("tracer %d\n", status);
  if (ends_first) {
    told("parent", waitpid(child, &status, WNOHANG), status);
    printf("state %c\n", state(child));
    write(go[1], "x", 1);
  }
  pid_t result = waitpid(child, &status, 0);
  told("parent", result, status);
  told("parent again", waitpid(child, &status, WNOHANG), status);
  close(go[0]), close(go[1]), close(done[0]), close(done[1]), close(ready[0]), close(ready[1]);
}

int main(void) {
  run("the tracer stays", 0);
  run("the tracer ends before", 1);
  return 0;
}
