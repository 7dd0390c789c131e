// One process traces another: stops, events, signals, memory, groups of processes (ptrace(2)).
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct info {
  uint8_t op;
  uint8_t pad[3];
  uint32_t arch;
  uint64_t ip, sp;
  union {
    struct {
      uint64_t nr, args[6];
    } entry;
    struct {
      int64_t rval;
      uint8_t is_error;
    } exit;
  };
};

static volatile long word = 0x1122334455667788;
static const char text[] = "read only";
static const char *volatile fixed = text;
static pid_t child;

static const char *call(long number) {
  switch (number) {
    case SYS_getppid: return "getppid";
    case SYS_nanosleep: return "nanosleep";
    case SYS_clock_nanosleep: return "clock_nanosleep";
    case SYS_kill: return "kill";
    case SYS_read: return "read";
    case SYS_rt_sigreturn: return "rt_sigreturn";
    case SYS_exit_group: return "exit_group";
    case SYS_write: return "write";
    case SYS_tgkill: return "tgkill";
    default: return "other";
  }
}

static void show(const char *what, pid_t pid, int status) {
  printf("%s: %s ", what, pid == child ? "child" : pid > 0 ? "another" : strerror(errno));
  if (pid <= 0) printf("\n");
  else if (WIFEXITED(status)) printf("exited %d\n", WEXITSTATUS(status));
  else if (WIFSIGNALED(status)) printf("killed %d\n", WTERMSIG(status));
  else if (WIFSTOPPED(status)) printf("stopped %#x event %d\n", WSTOPSIG(status), status >> 16);
  else printf("went on\n");
}

static int status;

/** Prints a result, and why it is one that failed. */
static void say(const char *what, long result) {
  if (result < 0) printf("%s: %s\n", what, strerror(errno));
  else printf("%s: %ld\n", what, result);
}

static pid_t next(const char *what) {
  pid_t pid = waitpid(-1, &status, __WALL);
  show(what, pid, status);
  return pid;
}

static void info(void) {
  siginfo_t i;
  memset(&i, 0, sizeof i);
  long r = ptrace(PTRACE_GETSIGINFO, child, 0, &i);
  if (r) printf("  no siginfo: %s\n", strerror(errno));
  else printf("  siginfo %d code %#x own %d mine %d\n", i.si_signo, i.si_code, i.si_pid == child, i.si_pid == getpid());
}

static void callinfo(void) {
  struct info s;
  memset(&s, 0, sizeof s);
  long r = ptrace(0x420e, child, sizeof s, &s);
  if (s.op == 1) printf("  entry (%ld) %s\n", r, call(s.entry.nr));
  else if (s.op == 2) printf("  exit (%ld) %s %d\n", r, s.exit.is_error ? "failed" : "done", s.exit.is_error ? (int) s.exit.rval : 0);
  else printf("  neither (%ld)\n", r);
}

static void handler(int s) { (void) s; }

static void start(void (*body)(void)) {
  fflush(stdout);
  child = fork();
  if (child == 0) {
    body();
    _exit(7);
  }
}

static void traced(void) {
  if (ptrace(PTRACE_TRACEME, 0, 0, 0)) _exit(99);
  if (ptrace(PTRACE_TRACEME, 0, 0, 0) == 0 || errno != EPERM) _exit(98);
  raise(SIGSTOP);
}

static void calls(void) {
  traced();
  getppid();
  syscall(SYS_kill, 0, 99);
  signal(SIGUSR1, handler);
  syscall(SYS_kill, getpid(), SIGUSR1);
}

static void follow(void) {
  printf("-- calls\n");
  start(calls);
  next("begins");
  info();
  callinfo();
  say("options", ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_TRACEEXIT));
  say("wrong options", ptrace(PTRACE_SETOPTIONS, child, 0, 1 << 9));
  int stops = 0, signal = 0;
  while (!ptrace(PTRACE_SYSCALL, child, 0, signal)) {
    signal = 0;
    if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) break;
    struct info s;
    memset(&s, 0, sizeof s);
    ptrace(0x420e, child, sizeof s, &s);
    stops++;
    if (WSTOPSIG(status) == SIGUSR1) signal = SIGUSR1;
    if (status >> 8 == (SIGTRAP | PTRACE_EVENT_EXIT << 8)) {
      unsigned long message = 0;
      ptrace(PTRACE_GETEVENTMSG, child, 0, &message);
      printf("about to exit: %#lx\n", message);
      continue;
    }
    if (s.op == 1 && strcmp(call(s.entry.nr), "other")) {
      show("before", child, status);
      info();
      callinfo();
    } else if (s.op == 0) {
      show("signal", child, status);
      info();
      callinfo();
    }
    if (s.op == 2 && s.exit.is_error) callinfo();
  }
  show("ends", child, status);
  printf("many stops %d\n", stops > 8);
  say("no more", waitpid(child, &status, 0));
}

static void peeked(void) {
  traced();
  _exit(word == 5 && fixed[0] == 'R' ? 0 : 1);
}

static void memory(void) {
  printf("-- memory\n");
  start(peeked);
  next("begins");
  long here = 0;
  printf("peek %#lx\n", ptrace(PTRACE_PEEKDATA, child, &word, 0));
  errno = 0;
  ptrace(PTRACE_PEEKDATA, child, 8, 0);
  printf("peek at nothing: %s\n", strerror(errno));
  say("poke", ptrace(PTRACE_POKEDATA, child, &word, 5));
  memcpy(&here, fixed, 8);
  here = (here & ~0xffL) | 'R';
  say("poke what is only read", ptrace(PTRACE_POKETEXT, child, fixed, here));
  printf("own copies: %lx %c\n", word, fixed[0]);
  say("poke at nothing", ptrace(PTRACE_POKEDATA, child, 8, 5));
  char path[64], bytes[10] = {0};
  sprintf(path, "/proc/%d/mem", child);
  int fd = open(path, O_RDWR);
  say("mem", pread(fd, bytes, 9, (off_t) (uintptr_t) fixed));
  printf("%s\n", bytes);
  say("mem at nothing", pread(fd, bytes, 9, 8));
  say("write to mem", pwrite(fd, "R", 1, (off_t) (uintptr_t) fixed));
  close(fd);
  struct iovec mine = {bytes, 9}, its[2] = {{(void *) fixed, 4}, {(void *) (fixed + 4), 5}};
  memset(bytes, 0, sizeof bytes);
  say("process_vm_readv", process_vm_readv(child, &mine, 1, its, 2, 0));
  printf("%s\n", bytes);
  its[1].iov_base = (void *) 8;
  say("in part", process_vm_readv(child, &mine, 1, its, 2, 0));
  its[0].iov_base = (void *) 8;
  say("none", process_vm_readv(child, &mine, 1, its, 1, 0));
  its[0].iov_base = (void *) &word;
  its[0].iov_len = 8;
  long five = 5;
  mine.iov_base = &five;
  mine.iov_len = 8;
  say("process_vm_writev", process_vm_writev(child, &mine, 1, its, 1, 0));
  its[0].iov_base = (void *) fixed;
  say("not to what is only read", process_vm_writev(child, &mine, 1, its, 1, 0));
  say("flags", process_vm_readv(child, &mine, 1, its, 1, 1));
  say("tracer", ptrace(PTRACE_CONT, child, 0, 0));
  next("ends");
}

static void forks(void) {
  traced();
  pid_t p = fork();
  if (p == 0) _exit(3);
  int s;
  waitpid(p, &s, 0);
  p = vfork();
  if (p == 0) _exit(4);
  waitpid(p, &s, 0);
}

static void events(void) {
  printf("-- events\n");
  start(forks);
  next("begins");
  ptrace(PTRACE_SETOPTIONS, child, 0,
      PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK | PTRACE_O_TRACEVFORKDONE | PTRACE_O_TRACECLONE);
  ptrace(PTRACE_CONT, child, 0, 0);
  pid_t made = 0;
  int made_all = 0, left = 3;
  char others[200] = "";
  while (left > 0) {
    pid_t pid = waitpid(-1, &status, __WALL);
    if (pid < 0) break;
    if (!WIFSTOPPED(status)) {
      // The end of a new one and its parent's next stop come in any order.
      if (pid == child) printf("child ended %x\n", status);
      else sprintf(others + strlen(others), "new one ended %x\n", status);
      left--;
      continue;
    }
    int event = status >> 16, sig = 0;
    if (pid == child && event) {
      unsigned long message = 0;
      ptrace(PTRACE_GETEVENTMSG, child, 0, &message);
      made = message;
      printf("event %d signal %d message %d\n", event, WSTOPSIG(status), made > 0);
    } else if (pid != child) {
      made_all++;
      sprintf(others + strlen(others), "new one stops with %d\n", WSTOPSIG(status));
    } else {
      sig = WSTOPSIG(status);
      printf("child gets %d\n", sig);
    }
    ptrace(PTRACE_CONT, pid, 0, sig);
  }
  printf("new ones %d\n%s", made_all, others);
}

static int wake[2];

static void reader(void) {
  char c;
  signal(SIGUSR1, handler);
  ssize_t n = read(wake[0], &c, 1);
  _exit(n == 1 ? c : 100);
}

static void napper(void) {
  signal(SIGUSR2, SIG_IGN);
  struct timespec t = {0, 200000000};
  _exit(nanosleep(&t, 0) ? 50 : 51);
}

static void settle(void) {
  struct timespec t = {0, 30000000};
  nanosleep(&t, 0);
}

static void seize(void) {
  printf("-- seize\n");
  pipe(wake);
  start(reader);
  settle();
  say("seize", ptrace(PTRACE_SEIZE, child, 0, PTRACE_O_TRACESYSGOOD));
  say("again", ptrace(PTRACE_SEIZE, child, 0, 0));
  say("not stopped", ptrace(PTRACE_CONT, child, 0, 0));
  printf("nothing %d\n", waitpid(child, &status, WNOHANG));
  say("interrupt", ptrace(PTRACE_INTERRUPT, child, 0, 0));
  next("interrupted");
  info();
  ptrace(PTRACE_CONT, child, 0, 0);
  kill(child, SIGSTOP);
  next("signal");
  info();
  ptrace(PTRACE_CONT, child, 0, SIGSTOP);
  next("with its process");
  siginfo_t i;
  memset(&i, 0, sizeof i);
  say("listen", ptrace(PTRACE_LISTEN, child, 0, 0));
  say("no request while it listens", ptrace(PTRACE_CONT, child, 0, 0));
  kill(child, SIGCONT);
  next("continued");
  ptrace(PTRACE_CONT, child, 0, 0);
  next("signal");
  ptrace(PTRACE_CONT, child, 0, SIGCONT);
  kill(child, SIGUSR1);
  next("signal");
  info();
  ptrace(PTRACE_CONT, child, 0, SIGUSR1);
  settle();
  kill(child, SIGUSR1);
  memset(&i, 0, sizeof i);
  say("waitid", waitid(P_PID, child, &i, WSTOPPED));
  printf("  code %d status %#x\n", i.si_code, i.si_status);
  say("detach", ptrace(PTRACE_DETACH, child, 0, 0));
  write(wake[1], "*", 1);
  next("ends");
}

static void ignored(void) {
  printf("-- a call goes on after a signal that is ignored\n");
  start(napper);
  settle();
  say("attach", ptrace(PTRACE_ATTACH, child, 0, 0));
  next("attached");
  info();
  ptrace(PTRACE_CONT, child, 0, 0);
  settle();
  kill(child, SIGUSR2);
  next("ignored signal");
  ptrace(PTRACE_CONT, child, 0, SIGUSR2);
  next("ends");
  say("nobody", ptrace(PTRACE_ATTACH, child, 0, 0));
  say("oneself", ptrace(PTRACE_ATTACH, getpid(), 0, 0));
}

static void runner(void) {
  traced();
  execl("/proc/self/exe", "tracing", "exec", NULL);
}

static void exec(void) {
  printf("-- exec\n");
  start(runner);
  next("begins");
  ptrace(PTRACE_CONT, child, 0, 0);
  next("after exec");
  info();
  ptrace(PTRACE_CONT, child, 0, 0);
  next("ends");
  start(runner);
  next("begins");
  ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACEEXEC);
  ptrace(PTRACE_CONT, child, 0, 0);
  next("after exec");
  unsigned long message = 0;
  ptrace(PTRACE_GETEVENTMSG, child, 0, &message);
  printf("message %d\n", (pid_t) message == child);
  say("kill", ptrace(PTRACE_KILL, child, 0, 0));
  next("ends");
}

static void *thread(void *p) {
  char c;
  read(wake[0], &c, 1);
  return p;
}

static void threads(void) {
  traced();
  pthread_t t;
  pthread_create(&t, 0, thread, 0);
  pthread_join(t, 0);
  char c;
  read(wake[0], &c, 1);
}

static void clones(void) {
  printf("-- threads\n");
  pipe(wake);
  start(threads);
  next("begins");
  ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACECLONE);
  ptrace(PTRACE_CONT, child, 0, 0);
  pid_t pid = waitpid(child, &status, 0);
  show("event", pid, status);
  unsigned long message = 0;
  ptrace(PTRACE_GETEVENTMSG, child, 0, &message);
  pid_t made = message;
  pid = waitpid(made, &status, __WALL);
  show("thread", pid, status);
  ptrace(PTRACE_CONT, child, 0, 0);
  ptrace(PTRACE_CONT, made, 0, 0);
  write(wake[1], "*", 1);
  pid = waitpid(made, &status, __WALL);
  show("thread", pid, status);
  write(wake[1], "*", 1);
  next("ends");
}

static void killed(void) {
  printf("-- who traces ends\n");
  pipe(wake);
  fflush(stdout);
  pid_t tracer = fork();
  if (tracer == 0) {
    pid_t p = fork();
    if (p == 0) {
      ptrace(PTRACE_TRACEME, 0, 0, 0);
      raise(SIGSTOP);
      write(wake[1], "!", 1);
      _exit(0);
    }
    waitpid(p, &status, 0);
    _exit(0);
  }
  waitpid(tracer, &status, 0);
  char c = 0;
  // What stopped goes on, since nobody traces it.
  say("read", read(wake[0], &c, 1));
  printf("%c\n", c);
}

int main(int c, char **v) {
  if (c > 1 && !strcmp(v[1], "exec")) return 9;
  setvbuf(stdout, 0, _IOFBF, 1 << 16);
  follow();
  memory();
  events();
  seize();
  ignored();
  exec();
  clones();
  killed();
  fflush(stdout);
  return 0;
}
