// signalfd, pidfd, waitid on one, and clone3.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/sched.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#ifndef P_PIDFD
#define P_PIDFD 3
#endif
static const char *err(long r) { return r < 0 ? strerrorname_np(errno) : "ok"; }
static pid_t me;
static void get(const char *what, int fd, int count) {
  struct signalfd_siginfo s[4]; memset(s, 0, sizeof s); long r = read(fd, s, count * sizeof *s);
  printf("%s: %ld %s", what, r, err(r));
  for (int i = 0; r > 0 && i < r / (long)sizeof *s; i++) printf(" [%u code %d mine %d uid %d int %d status %d]", s[i].ssi_signo, s[i].ssi_code, s[i].ssi_pid == me, s[i].ssi_uid == getuid(), s[i].ssi_int, s[i].ssi_status);
  puts("");
}
static void state(const char *what, int fd) {
  struct pollfd p = {fd, -1, 0};
  int r = poll(&p, 1, 0);
  printf("%s: %d %x\n", what, r, p.revents);
}
static void *sender(void *x) { usleep(20000); kill(me, SIGUSR2); return 0; }
static int child_main(void *x) { return 9; }
static char stack[65536];
int main(void) {
  setvbuf(stdout, 0, _IONBF, 0); me = getpid();
  sigset_t set; sigemptyset(&set); sigaddset(&set, SIGUSR1); sigaddset(&set, SIGUSR2); sigaddset(&set, SIGCHLD); sigaddset(&set, SIGRTMIN); sigaddset(&set, SIGKILL); sigprocmask(SIG_BLOCK, &set, 0);
  int fd = signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC); printf("flags %x %x\n", fcntl(fd, F_GETFL) & ~0x20000, fcntl(fd, F_GETFD));
  printf("bad %s", err(signalfd(-1, &set, 1))); printf(" %s", err(signalfd(0, &set, 0))); printf(" %s", err(signalfd(99, &set, 0))); printf(" %s\n", err(syscall(SYS_signalfd4, -1, &set, 4, 0)));
  state("none", fd); get("none", fd, 1); printf("small %s write %s\n", err(read(fd, stack, 100)), err(write(fd, stack, 128)));
  kill(me, SIGUSR1); state("one", fd); get("one", fd, 1); state("taken", fd); union sigval v = {.sival_int = 77}; sigqueue(me, SIGRTMIN, v); v.sival_int = 78; sigqueue(me, SIGRTMIN, v); raise(SIGUSR2); get("three", fd, 4);
  sigset_t only; sigemptyset(&only); sigaddset(&only, SIGUSR2); kill(me, SIGUSR1); printf("change %d\n", signalfd(fd, &only, 0) == fd); state("not wanted", fd); printf("change %d\n", signalfd(fd, &set, 0) == fd); get("wanted", fd, 1);
  int block = signalfd(-1, &set, 0); pthread_t t; pthread_create(&t, 0, sender, 0); get("waited", block, 1); pthread_join(t, 0);
  int ep = epoll_create1(0); struct epoll_event e = {EPOLLIN, {.u32 = 5}}; epoll_ctl(ep, EPOLL_CTL_ADD, fd, &e); printf("epoll %d\n", epoll_wait(ep, &e, 1, 0)); pthread_create(&t, 0, sender, 0); printf("epoll %d %x\n", epoll_wait(ep, &e, 1, 2000), e.events); pthread_join(t, 0); get("epoll", fd, 1);
  pid_t child = fork(); if (child == 0) _exit(3); struct pollfd p = {fd, POLLIN, 0}; printf("poll %d\n", poll(&p, 1, 2000)); struct signalfd_siginfo s; read(fd, &s, sizeof s); printf("child %u %d %d %d\n", s.ssi_signo, s.ssi_code, s.ssi_status, s.ssi_pid == child); wait(0);
  // pidfd
  printf("pidfd bad %s", err(syscall(SYS_pidfd_open, -1, 0))); printf(" %s", err(syscall(SYS_pidfd_open, 0, 0))); printf(" %s", err(syscall(SYS_pidfd_open, 999999, 0))); printf(" %s\n", err(syscall(SYS_pidfd_open, me, 2)));
  int go[2]; pipe(go); child = fork(); if (child == 0) { char c; close(go[1]); read(go[0], &c, 1); _exit(5); } int pid = syscall(SYS_pidfd_open, child, 0); printf("cloexec %x\n", fcntl(pid, F_GETFD)); state("running", pid);
  siginfo_t info = {0}; printf("nohang %d %d\n", waitid(P_PIDFD, pid, &info, WEXITED | WNOHANG), info.si_pid); fcntl(pid, F_SETFL, O_NONBLOCK); printf("nonblock %s\n", err(waitid(P_PIDFD, pid, &info, WEXITED))); fcntl(pid, F_SETFL, 0);
  printf("signal 0 %s", err(syscall(SYS_pidfd_send_signal, pid, 0, 0, 0))); printf(" bad %s", err(syscall(SYS_pidfd_send_signal, pid, 99, 0, 0))); printf(" not %s", err(syscall(SYS_pidfd_send_signal, go[0], 0, 0, 0))); printf(" closed %s\n", err(syscall(SYS_pidfd_send_signal, 99, 0, 0, 0)));
  int got = syscall(SYS_pidfd_getfd, pid, go[0], 0); printf("getfd %d cloexec %x", got >= 0, fcntl(got, F_GETFD)); printf(" bad %s", err(syscall(SYS_pidfd_getfd, pid, 99, 0))); printf(" flags %s\n", err(syscall(SYS_pidfd_getfd, pid, 0, 1)));
  epoll_ctl(ep, EPOLL_CTL_DEL, fd, 0); e.events = EPOLLIN; epoll_ctl(ep, EPOLL_CTL_ADD, pid, &e); close(go[1]); printf("end %d %x\n", epoll_wait(ep, &e, 1, 2000), e.events & EPOLLIN); memset(&info, 0, sizeof info);
  printf("wait %d", waitid(P_PIDFD, pid, &info, WEXITED | WNOWAIT)); printf(" %d %d %d %d", info.si_signo, info.si_code, info.si_status, info.si_pid == child); printf(" again %d", waitid(P_PIDFD, pid, &info, WEXITED)); printf(" reaped %s", err(waitid(P_PIDFD, pid, &info, WEXITED))); printf(" signal %s\n", err(syscall(SYS_pidfd_send_signal, pid, 0, 0, 0)));
  printf("wait bad %s", err(waitid(P_PIDFD, 99, &info, WEXITED))); printf(" not %s\n", err(waitid(P_PIDFD, ep, &info, WEXITED))); get("child", fd, 1);
  child = fork(); if (child == 0) for (;;) pause(); pid = syscall(SYS_pidfd_open, child, 0); syscall(SYS_pidfd_send_signal, pid, SIGKILL, 0, 0); waitid(P_PIDFD, pid, &info, WEXITED); printf("killed %d %d\n", info.si_code, info.si_status); get("child", fd, 1);
  int made = -1; child = clone(child_main, stack + sizeof stack, CLONE_PIDFD | SIGCHLD, 0, &made); printf("clone %d\n", made >= 0); waitid(P_PIDFD, made, &info, WEXITED); printf("clone %d %d\n", info.si_status, info.si_pid == child); get("child", fd, 1);
  printf("both %s\n", err(clone(child_main, stack + sizeof stack, CLONE_PIDFD | CLONE_PARENT_SETTID | SIGCHLD, 0, &made)));
  // clone3
  struct clone_args a = {.flags = CLONE_PIDFD | CLONE_PARENT_SETTID, .exit_signal = SIGCHLD}; int mine = 0; a.pidfd = (uint64_t)&made; a.parent_tid = (uint64_t)&mine; made = -1; long r = syscall(SYS_clone3, &a, sizeof a); if (r == 0) _exit(11);
  printf("clone3 %d %d\n", r == mine, made >= 0); waitid(P_PIDFD, made, &info, WEXITED); printf("clone3 %d\n", info.si_status); get("child", fd, 1);
  printf("small %s", err(syscall(SYS_clone3, &a, 32))); printf(" huge %s", err(syscall(SYS_clone3, &a, 5000))); a.flags = 0; a.exit_signal = 99; printf(" signal %s", err(syscall(SYS_clone3, &a, sizeof a))); a.exit_signal = SIGCHLD; a.stack = 4096; printf(" stack %s", err(syscall(SYS_clone3, &a, sizeof a)));
  a.stack = 0; a.flags = SIGCHLD; printf(" csignal %s", err(syscall(SYS_clone3, &a, sizeof a))); a.flags = CLONE_THREAD; a.exit_signal = 0; printf(" thread %s", err(syscall(SYS_clone3, &a, sizeof a))); printf(" null %s\n", err(syscall(SYS_clone3, 0, sizeof a)));
  char long_args[200] = {0}; memcpy(long_args, &a, sizeof a); ((uint64_t *)long_args)[0] = 0; ((uint64_t *)long_args)[4] = SIGCHLD; r = syscall(SYS_clone3, long_args, 160); if (r == 0) _exit(12); int status; waitpid(r, &status, 0); printf("longer %d\n", WEXITSTATUS(status)); long_args[150] = 1; printf("too new %s\n", err(syscall(SYS_clone3, long_args, 160)));
  signal(SIGUSR1, SIG_IGN); a.flags = CLONE_CLEAR_SIGHAND; a.exit_signal = SIGCHLD; r = syscall(SYS_clone3, &a, sizeof a); if (r == 0) { struct sigaction sa; sigaction(SIGUSR1, 0, &sa); _exit(sa.sa_handler == SIG_IGN); } waitpid(r, &status, 0); printf("ignored stays %d\n", WEXITSTATUS(status));
  return 0;
}
