// What a Linux personality must get right, checked from within. Prints the same on every Linux.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

// ---- threads: mutexes, conditions, barriers, thread-local storage, timed waits

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t condition = PTHREAD_COND_INITIALIZER;
static pthread_barrier_t barrier;
static sem_t semaphore;
static __thread int local = 5;
static long total;
static long turn;

static void *worker(void *argument) {
  long id = (long)argument;
  local += (int)id;
  for (int i = 0; i < 5000; i++) {
    pthread_mutex_lock(&mutex);
    total++;
    pthread_mutex_unlock(&mutex);
  }
  pthread_mutex_lock(&mutex);
  while (turn != id) pthread_cond_wait(&condition, &mutex);
  printf("turn %ld local %d\n", id, local);
  turn++;
  pthread_cond_broadcast(&condition);
  pthread_mutex_unlock(&mutex);
  pthread_barrier_wait(&barrier);
  sem_post(&semaphore);
  return (void *)(id * id);
}

static int threads(void) {
  pthread_t thread[8];
  long sum = 0;
  sem_init(&semaphore, 0, 0);
  pthread_barrier_init(&barrier, 0, 8);
  for (long i = 0; i < 8; i++) pthread_create(&thread[i], 0, worker, (void *)i);
  for (int i = 0; i < 8; i++) {
    void *result;
    pthread_join(thread[i], &result);
    sum += (long)result;
  }
  for (int i = 0; i < 8; i++) sem_wait(&semaphore);
  printf("total %ld sum %ld\n", total, sum);
  struct timespec until;
  clock_gettime(CLOCK_REALTIME, &until);
  until.tv_nsec += 20000000;
  if (until.tv_nsec >= 1000000000) until.tv_sec++, until.tv_nsec -= 1000000000;
  pthread_mutex_lock(&mutex);
  printf("timed out %d\n", pthread_cond_timedwait(&condition, &mutex, &until) == ETIMEDOUT);
  return 3;
}

// ---- signals: handlers and their frames, masks, waiting, stopping, timers, restarts

static volatile int got;
static sigjmp_buf back;

static void count(int signal) {
  (void)signal;
  got++;
}

static void jump(int signal, siginfo_t *info, void *context) {
  ucontext_t *uc = context;
  printf("signal %d code %d address %d\n", signal, info->si_code,
         (uintptr_t)info->si_addr == uc->uc_mcontext.fault_address);
  siglongjmp(back, 1);
}

static void skip(int signal, siginfo_t *info, void *context) {
  ucontext_t *uc = context;
  printf("signal %d at pc %d\n", signal, (uintptr_t)info->si_addr == uc->uc_mcontext.pc);
  uc->uc_mcontext.pc += 4;
  uc->uc_mcontext.regs[0] = 99;
}

static void child_ended(int signal, siginfo_t *info, void *context) {
  (void)context;
  printf("signal %d code %d status %d\n", signal, info->si_code, info->si_status);
  got += 100;
}

static void install(int signal, void (*handler)(int, siginfo_t *, void *), int flags) {
  struct sigaction action = {0};
  action.sa_sigaction = handler;
  action.sa_flags = flags | SA_SIGINFO;
  sigaction(signal, &action, 0);
}

static void install_count(int signal, int flags) {
  struct sigaction action = {0};
  action.sa_handler = count;
  action.sa_flags = flags;
  sigaction(signal, &action, 0);
}

static void masks(void) {
  sigset_t set, old, pending;
  install_count(SIGUSR1, 0);
  raise(SIGUSR1);
  printf("got %d\n", got);
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, &old);
  raise(SIGUSR1);
  sigpending(&pending);
  printf("blocked: got %d pending %d\n", got, sigismember(&pending, SIGUSR1));
  sigprocmask(SIG_SETMASK, &old, 0);
  printf("unblocked: got %d\n", got);
}

static void faults(void) {
  install(SIGSEGV, jump, 0);
  if (!sigsetjmp(back, 1)) *(volatile int *)0x123450 = 1;
  char *page = mmap(0, 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (!sigsetjmp(back, 1)) *(volatile char *)page = 1;
  install(SIGILL, skip, 0);
  install(SIGTRAP, skip, 0);
  register long x0 asm("x0") = 1;
  asm volatile("udf #1" : "+r"(x0));
  printf("after udf: %ld\n", x0);
  x0 = 2;
  asm volatile("brk #5" : "+r"(x0));
  printf("after brk: %ld\n", x0);
  stack_t stack = {.ss_sp = malloc(65536), .ss_size = 65536};
  sigaltstack(&stack, 0);
  install(SIGSEGV, jump, SA_ONSTACK);
  if (!sigsetjmp(back, 1)) {
    asm volatile("mov x9, sp\n mov x10, #64\n mov sp, x10\n str x9, [sp]\n mov sp, x9" ::: "x9", "x10");
  }
}

static void children(void) {
  int status;
  got = 0;
  install(SIGCHLD, child_ended, SA_RESTART);
  int pid = fork();
  if (!pid) _exit(42);
  printf("waited %d status %x got %d\n", waitpid(pid, &status, 0) == pid, status, got);
  signal(SIGCHLD, SIG_DFL);
  pid = fork();
  if (!pid) {
    pause();
    _exit(1);
  }
  kill(pid, SIGTERM);
  waitpid(pid, &status, 0);
  printf("killed by %d\n", WTERMSIG(status));
  pid = fork();
  if (!pid) {
    raise(SIGSTOP);
    _exit(3);
  }
  waitpid(pid, &status, WUNTRACED);
  printf("stopped %d by %d\n", WIFSTOPPED(status), WSTOPSIG(status));
  kill(pid, SIGCONT);
  waitpid(pid, &status, WCONTINUED);
  printf("continued %d\n", WIFCONTINUED(status));
  waitpid(pid, &status, 0);
  printf("exited %d\n", WEXITSTATUS(status));
}

static void ring_in(int microseconds) {
  struct itimerval timer = {{0, 0}, {0, microseconds}};
  setitimer(ITIMER_REAL, &timer, 0);
}

static void timers(void) {
  int fd[2];
  char c = 0;
  install_count(SIGALRM, 0);
  got = 0;
  ring_in(20000);
  int result = pause();
  printf("pause %d %s got %d\n", result, strerror(errno), got);
  struct timespec time = {5, 0}, rest = {0};
  ring_in(20000);
  result = nanosleep(&time, &rest);
  printf("nanosleep %d %s rest %d\n", result, strerror(errno), rest.tv_sec == 4);
  if (pipe(fd)) return;
  ring_in(20000);
  result = (int)read(fd[0], &c, 1);
  printf("read %d %s\n", result, strerror(errno));
  install_count(SIGALRM, SA_RESTART);
  ring_in(20000);
  int pid = fork();
  if (!pid) {
    usleep(100000);
    _exit(write(fd[1], "z", 1) != 1);
  }
  result = (int)read(fd[0], &c, 1);
  printf("restarted read %d %c\n", result, c);
  waitpid(pid, 0, 0);
  close(fd[0]);
  signal(SIGPIPE, SIG_IGN);
  result = (int)write(fd[1], "a", 1);
  printf("write %d %s\n", result, strerror(errno));
}

static void waiting(void) {
  sigset_t set, realtime, none, old;
  siginfo_t info;
  sigemptyset(&set);
  sigaddset(&set, SIGUSR2);
  sigprocmask(SIG_BLOCK, &set, 0);
  kill(getpid(), SIGUSR2);
  int result = sigwaitinfo(&set, &info);
  printf("sigwaitinfo %d code %d self %d\n", result, info.si_code, info.si_pid == getpid());
  struct timespec soon = {0, 1000};
  result = sigtimedwait(&set, &info, &soon);
  printf("sigtimedwait %d %s\n", result, strerror(errno));
  union sigval value = {.sival_int = 77};
  sigemptyset(&realtime);
  sigaddset(&realtime, SIGRTMIN + 1);
  sigprocmask(SIG_BLOCK, &realtime, 0);
  sigqueue(getpid(), SIGRTMIN + 1, value);
  value.sival_int = 78;
  sigqueue(getpid(), SIGRTMIN + 1, value);
  for (int i = 0; i < 2; i++) {
    sigwaitinfo(&realtime, &info);
    printf("queued %d\n", info.si_value.sival_int);
  }
  got = 0;
  sigemptyset(&none);
  sigemptyset(&set);
  sigaddset(&set, SIGUSR1);
  sigprocmask(SIG_BLOCK, &set, 0);
  int parent = getpid();
  int pid = fork();
  if (!pid) {
    kill(parent, SIGUSR1);
    _exit(0);
  }
  result = sigsuspend(&none);
  printf("sigsuspend %d %s got %d\n", result, strerror(errno), got);
  sigprocmask(0, 0, &old);
  printf("mask kept %d\n", sigismember(&old, SIGUSR1));
  waitpid(pid, 0, 0);
}

static int signals(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  masks();
  faults();
  children();
  timers();
  waiting();
  printf("dies\n");
  signal(SIGTERM, SIG_DFL);
  raise(SIGTERM);
  return 1;
}

// ---- memory and files

static void forked(void) {
  int *shared = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  int *own = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  *shared = *own = 1;
  int pid = fork();
  if (!pid) {
    *shared = *own = 2;
    shared[1025] = 7;
    _exit(0);
  }
  waitpid(pid, 0, 0);
  printf("shared %d %d own %d\n", *shared, shared[1025], *own);
}

static void mapped(void) {
  char text[20] = {0};
  char *moved = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  strcpy(moved, "moved");
  moved = mremap(moved, 4096, 1 << 20, MREMAP_MAYMOVE);
  printf("%s %d\n", moved, moved[1000000]);
  int fd = open("/tmp/personality", O_RDWR | O_CREAT | O_TRUNC, 0644);
  if (ftruncate(fd, 5000)) return;
  char *map = mmap(0, 8192, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  strcpy(map + 10, "mapped");
  msync(map, 8192, MS_SYNC);
  ssize_t count = pread(fd, text, 10, 10);
  printf("%zd %s\n", count, text);
  munmap(map, 8192);
  lseek(fd, 4990, SEEK_SET);
  printf("at the end %zd\n", read(fd, text, 20));
  map = mmap(0, 4096, PROT_READ | PROT_WRITE, MAP_PRIVATE, fd, 0);
  map[10] = 'X';
  count = pread(fd, text, 6, 10);
  printf("%zd %.6s %s\n", count, text, map + 10);
  struct iovec vectors[2] = {{"ab", 2}, {"cde", 3}};
  printf("writev %zd\n", pwritev(fd, vectors, 2, 4999));
  close(fd);
}

static void names(void) {
  struct stat st;
  char cwd[100];
  mkdir("/tmp/personality.d", 0755);
  rename("/tmp/personality", "/tmp/personality.d/file");
  if (symlink("../personality.d/file", "/tmp/personality.d/link")) return;
  lstat("/tmp/personality.d/link", &st);
  printf("link %o %ld\n", st.st_mode, (long)st.st_size);
  stat("/tmp/personality.d/link", &st);
  printf("file %o %ld %d\n", st.st_mode, (long)st.st_size, (int)st.st_nlink);
  DIR *directory = opendir("/tmp/personality.d");
  int count = 0;
  while (readdir(directory)) count++;
  closedir(directory);
  printf("entries %d\n", count);
  if (link("/tmp/personality.d/file", "/tmp/personality.l")) return;
  stat("/tmp/personality.l", &st);
  printf("links %d\n", (int)st.st_nlink);
  unlink("/tmp/personality.l");
  unlink("/tmp/personality.d/link");
  printf("rmdir %d %s\n", rmdir("/tmp/personality.d"), strerror(errno));
  unlink("/tmp/personality.d/file");
  printf("rmdir %d\n", rmdir("/tmp/personality.d"));
  if (chdir("/tmp")) return;
  printf("%s\n", getcwd(cwd, sizeof cwd));
}

static void limits(void) {
  struct pollfd polls = {.fd = 1, .events = POLLOUT};
  printf("poll %d %d\n", poll(&polls, 1, 0), polls.revents);
  void *reserved = mmap(0, 1L << 40, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  printf("reserved %d\n", reserved != MAP_FAILED);
  char *large = malloc(50 << 20);
  long sum = 0;
  memset(large, 7, 50 << 20);
  for (int i = 0; i < 50 << 20; i += 4096) sum += large[i];
  printf("sum %ld\n", sum);
  free(large);
}

static int memory(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  forked();
  mapped();
  names();
  limits();
  return 0;
}

static int recurse(volatile char *above) {
  volatile char frame[1000];
  frame[0] = above[0];
  if (above[0]) return 0;
  return 1 + recurse(frame) + frame[0];
}

int main(int count_of_arguments, char **arguments) {
  const char *what = count_of_arguments > 1 ? arguments[1] : "";
  if (!strcmp(what, "threads")) return threads();
  if (!strcmp(what, "signals")) return signals();
  if (!strcmp(what, "memory")) return memory();
  if (!strcmp(what, "crash")) *(volatile int *)0x5000 = 1;
  if (!strcmp(what, "loop")) while (1) asm volatile("");
  if (!strcmp(what, "stuck")) pause();
  if (!strcmp(what, "recurse")) return recurse("");
  if (!strcmp(what, "eat")) for (;;) memset(mmap(0, 1 << 20, 3, 0x22, -1, 0), 1, 1 << 20);
  if (!strcmp(what, "echo")) {
    char buffer[100];
    ssize_t length;
    while ((length = read(0, buffer, sizeof buffer)) > 0)
      if (write(1, buffer, length) != length) return 1;
    return 0;
  }
  if (!strcmp(what, "environment")) {
    for (int i = 0; i < count_of_arguments; i++) puts(arguments[i]);
    for (char **variable = environ; *variable; variable++) puts(*variable);
    printf("%d %s %d %d\n", (int)getauxval(AT_PAGESZ), (char *)getauxval(AT_PLATFORM),
           getauxval(AT_RANDOM) != 0, getauxval(AT_SECURE) == 0);
    return 0;
  }
  return 2;
}
