// Arguments that calls refuse, and descriptors that they are not for.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/utsname.h>
#include <sys/vfs.h>
#include <sys/wait.h>
#include <unistd.h>
#include "shared.h"
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); fflush(stdout); } while (0)
static volatile int got; static void h(int s) { got = s; }
int main(void) {
  int f = open("f", O_RDWR | O_CREAT | O_TRUNC, 0600), path = open("f", O_PATH), dir = open(".", O_RDONLY), link_ = (symlink("f", "l"), open("l", O_PATH | O_NOFOLLOW)), pp[2]; pipe(pp); struct stat s; char b[4096];
  E(dup3(9, 9, 0)); E(dup3(f, f, 0)); E(dup3(f, 300, 7)); E(dup3(-1, 300, 0)); E(dup3(f, -1, 0)); E(dup3(f, 1 << 28, 0)); E(dup2(f, f) == f); E(dup2(99, 99)); E(dup(99)); E(dup(-1)); E(fcntl(f, F_DUPFD, -1)); E(fcntl(f, F_DUPFD, 1 << 28)); E(fcntl(99, F_GETFD)); E(fcntl(f, 9999)); E(fcntl(path, F_GETFL) != -1); E(fcntl(path, F_SETFL, 0)); E(fcntl(path, F_GETFD)); E(fcntl(path, F_SETFD, 1)); struct flock fl = {F_RDLCK}; E(fcntl(path, F_SETLK, &fl)); E(fcntl(f, F_GETLK, 8)); E(close(99)); E(close(-1)); E(syscall(SYS_close_range, 90, 80, 0)); E(syscall(SYS_close_range, 90, 100, 99)); E(syscall(SYS_close_range, 900, 1000, 0)); E(syscall(SYS_close_range, 900, 1000, 2)); E(syscall(SYS_close_range, 900, ~0u, 4)); E(pipe2(pp, 1)); E(pipe2((void *)8, 0)); E(fcntl(pp[0], F_GETPIPE_SZ)); E(fcntl(f, F_GETPIPE_SZ));
  E(fchmod(path, 0600)); E(fchown(path, 0, 0)); E(fsync(path)); E(ioctl(path, FIONREAD, b)); E(flock(path, LOCK_SH)); E(ftruncate(path, 0)); E(fchdir(path)); E(getdents64(path, b, 100)); E(getdents64(f, b, 100)); E(getdents64(dir, b, 5)); E(getdents64(-1, b, 100)); E(mmap(0, 4096, PROT_READ, MAP_PRIVATE, path, 0) == MAP_FAILED ? -1 : 0); E(futimens(path, 0)); E(lseek(path, 0, 0)); E(fstat(path, &s)); struct statfs sf; E(fstatfs(path, &sf)); E(fstatfs(-1, &sf)); E(statfs("none", &sf)); E(statfs(".", (void *)8)); E(statfs("/proc", &sf)); printf("%lx\n", (long)sf.f_type); int pd = open(".", O_PATH | O_DIRECTORY); E(getdents64(pd, b, 100)); E(fchdir(pd)); E(fstatat(pd, "f", &s, 0)); E(fchmodat(AT_FDCWD, "f", 0600, 0)); E(syscall(452, AT_FDCWD, "f", 0600, 0x8000)); E(syscall(452, path, "", 0640, AT_EMPTY_PATH)); E(syscall(452, AT_FDCWD, "l", 0600, AT_SYMLINK_NOFOLLOW)); E(fchownat(AT_FDCWD, "f", -1, -1, 0x8000)); E(fchownat(link_, "", -1, -1, AT_EMPTY_PATH)); E(fchmod(pp[0], 0600) == 0 || errno); E(fchmod(-1, 0)); E(chmod("", 0)); E(chmod("none", 0)); E(chmod("f/x", 0)); E(chmod((void *)8, 0)); E(chown("none", 0, 0)); E(fchmodat(99, "x", 0, 0)); E(fchmodat(f, "x", 0, 0)); E(umask(0777)); E(umask(022));
  E(ioctl(f, 0x12345678, b)); E(ioctl(f, TIOCGWINSZ, b)); E(ioctl(pp[0], TIOCGWINSZ, b)); E(ioctl(-1, FIONREAD, b)); E(ioctl(pp[0], FIONREAD, 8)); E(ioctl(f, FIOCLEX)); E(fcntl(f, F_GETFD)); E(ioctl(f, FIONCLEX)); E(fcntl(f, F_GETFD)); E(ioctl(dir, FIONREAD, b)); E(isatty(f));
  E(getcwd(b, 1) == 0 ? -1 : 0); E(syscall(SYS_getcwd, 8, 100)); E(syscall(SYS_getcwd, b, 0)); E(chdir("f")); E(chdir("none")); E(chdir("")); E(chdir((void *)8)); E(fchdir(f)); E(fchdir(-1)); E(chroot("f")); E(chroot("none")); E(access("f", 9)); E(access("", 0)); E(access("f/", 0)); E(faccessat(-1, "f", 0, 0)); E(syscall(439, AT_FDCWD, "f", 0, 0x8000)); E(syscall(439, f, "", R_OK, AT_EMPTY_PATH)); E(syscall(439, AT_FDCWD, "l", R_OK, AT_SYMLINK_NOFOLLOW));
  E(getrandom(b, 10, 8)); E(getrandom(b, 10, GRND_NONBLOCK | GRND_RANDOM)); E(getrandom(b, 10, 6)); E(getrandom((void *)8, 10, 0)); E(getrandom(b, 0, 0)); E(memfd_create("x", 0x8000)); E(memfd_create((void *)8, 0)); memset(b, 'n', 300); b[250] = 0; E(memfd_create(b, 0)); b[249] = 0; E(memfd_create(b, 0) > 0);
  int m = memfd_create("m", MFD_ALLOW_SEALING); E(fcntl(m, F_GET_SEALS)); write(m, "12345678", 8); E(fcntl(m, F_ADD_SEALS, 0x1000)); E(fcntl(m, F_ADD_SEALS, F_SEAL_SHRINK)); E(ftruncate(m, 4)); E(ftruncate(m, 16)); E(fcntl(m, F_ADD_SEALS, F_SEAL_GROW)); E(ftruncate(m, 32)); E(pwrite(m, "x", 1, 16)); E(pwrite(m, "x", 1, 15)); void *mm = mmap(0, 4096, 3, MAP_SHARED, m, 0); E(fcntl(m, F_ADD_SEALS, F_SEAL_WRITE)); munmap(mm, 4096); E(fcntl(m, F_ADD_SEALS, F_SEAL_WRITE)); E(write(m, "x", 1)); E(mmap(0, 4096, 3, MAP_SHARED, m, 0) == MAP_FAILED ? -1 : 0); E(mmap(0, 4096, 3, MAP_PRIVATE, m, 0) == MAP_FAILED ? -1 : 0); E(fcntl(m, F_ADD_SEALS, F_SEAL_SEAL)); E(fcntl(m, F_ADD_SEALS, F_SEAL_SEAL)); E(fcntl(m, F_GET_SEALS)); m = memfd_create("n", 0); E(fcntl(m, F_GET_SEALS)); E(fcntl(m, F_ADD_SEALS, F_SEAL_GROW)); E(fcntl(f, F_GET_SEALS)); E(fcntl(pp[0], F_GET_SEALS));
  struct rlimit r = {10, 5}; E(setrlimit(RLIMIT_NOFILE, &r)); E(setrlimit(99, &r)); E(getrlimit(-1, &r)); E(getrlimit(RLIMIT_NOFILE, (void *)8)); E(prlimit(999999, RLIMIT_NOFILE, 0, &r)); r.rlim_cur = r.rlim_max = 1 << 21; E(setrlimit(RLIMIT_NOFILE, &r)); E(prlimit(0, RLIMIT_NOFILE, (void *)8, 0));
  signal(SIGXFSZ, h); getrlimit(RLIMIT_FSIZE, &r); r.rlim_cur = 100; E(setrlimit(RLIMIT_FSIZE, &r)); E(ftruncate(f, 100)); got = 0; E(ftruncate(f, 101)); printf("signal %d\n", got == SIGXFSZ); E(pwrite(f, b, 50, 80)); got = 0; E(pwrite(f, b, 1, 100)); printf("signal %d\n", got == SIGXFSZ); got = 0; E(fallocate(f, 0, 0, 200)); printf("signal %d\n", got == SIGXFSZ); got = 0; E(truncate("f", 200)); printf("signal %d\n", got == SIGXFSZ); r.rlim_cur = r.rlim_max; setrlimit(RLIMIT_FSIZE, &r);
  E(prctl(9999)); E(prctl(PR_SET_PDEATHSIG, 65)); E(prctl(PR_SET_NAME, 8)); E(prctl(PR_GET_NAME, 8)); E(prctl(PR_GET_TIMING)); E(prctl(PR_SET_TIMING, 5)); E(prctl(PR_GET_TIMERSLACK)); E(prctl(PR_SET_TIMERSLACK, 1000)); E(prctl(PR_GET_TIMERSLACK)); E(prctl(PR_SET_TIMERSLACK, 0)); E(prctl(PR_GET_TIMERSLACK)); E(prctl(PR_GET_SECCOMP)); E(prctl(PR_GET_SECUREBITS)); E(prctl(PR_SET_THP_DISABLE, 0, 1, 0, 0)); E(prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0)); E(prctl(PR_SET_THP_DISABLE, 1, 0, 0, 0)); E(prctl(PR_GET_THP_DISABLE, 0, 0, 0, 0)); E(prctl(PR_GET_DUMPABLE)); int q; E(prctl(PR_GET_CHILD_SUBREAPER, &q)); E(prctl(PR_GET_CHILD_SUBREAPER, 8));
  E(personality(0xffffffff)); E(personality(ADDR_NO_RANDOMIZE)); E(personality(0xffffffff) == ADDR_NO_RANDOMIZE); fflush(stdout); if (!fork()) { E(personality(0xffffffff) == ADDR_NO_RANDOMIZE); _exit(0); } wait(0); E(personality(0) == ADDR_NO_RANDOMIZE);
  E(uname((void *)8)); E(sysinfo((void *)8)); E(unshare(0)); E(unshare(CLONE_FILES)); E(unshare(CLONE_FS)); E(unshare(1)); E(syscall(SYS_get_robust_list, 0, 8, 8)); E(syscall(SYS_get_robust_list, 999999, b, b)); E(syscall(SYS_set_robust_list, b, 5)); E(getpgid(-1)); E(getpgid(999999)); E(getsid(999999)); E(getsid(-1)); E(setpgid(0, -1)); E(setpgid(-1, 0)); E(setpgid(999999, 0)); E(setpgid(0, 999999)); E(setpgid(getppid(), 0)); E(kill(0, 65)); E(kill(999999, 0)); E(kill(-999999, 0)); E(kill((pid_t)0x80000000, 0)); E(syscall(SYS_tkill, -1, 0)); E(syscall(SYS_tkill, 999999, 0)); E(syscall(SYS_tgkill, 1, 999999, 0)); siginfo_t si; memset(&si, 0, sizeof si); E(syscall(SYS_rt_tgsigqueueinfo, 0, 1, 0, &si)); E(syscall(SYS_rt_tgsigqueueinfo, 1, 999999, 0, &si)); E(syscall(SYS_rt_sigqueueinfo, getpid(), 99, &si)); E(syscall(SYS_rt_sigqueueinfo, 999999, 10, &si)); E(syscall(SYS_rt_sigqueueinfo, getpid(), 10, 8)); E(waitpid(-1, 0, 0x100)); E(waitpid(999999, 0, 0)); E(waitpid((pid_t)0x80000000, 0, 0)); E(waitid(99, 0, &si, WEXITED)); E(waitid(P_ALL, 0, &si, 0)); E(waitid(P_ALL, 0, &si, 0x100));
  E(mlockall(0)); E(mlockall(8)); E(mlockall(4)); E(mlock2(b, 10, 2)); E(mlock2(b, 10, 1));
  E(madvise((void *)0x1000, 4096, 0)); E(mmap((void *)0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == 0 ? 0 : -1); munmap(0, 4096); E(mmap(0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_GROWSDOWN, -1, 0) != MAP_FAILED); fflush(stdout); if (!fork()) { setuid(1000); E(mmap((void *)0, 4096, 3, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == 0 ? 0 : -1); _exit(0); } wait(0);
  char *x = mmap(0, 4096, PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); without_protection_keys(); printf("readable %d\n", *x == 0);
  struct sigaction old, a = {0}; a.sa_handler = h; a.sa_flags = 0x400 | SA_RESTART; sigaction(SIGUSR1, &a, 0); sigaction(SIGUSR1, 0, &old); printf("flags %x\n", old.sa_flags & ~0x4000000);
}
