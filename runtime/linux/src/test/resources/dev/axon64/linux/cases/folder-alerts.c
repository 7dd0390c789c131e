// Signals about what happens in a folder (F_NOTIFY): which events, once or for good, whose, and what is refused.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); fflush(stdout); } while (0)
static volatile int count, code, fd; static volatile long band;
static void on(int s, siginfo_t *i, void *c) { count++; code = i->si_code; fd = i->si_fd; band = i->si_band; }
static void plain(int s) { count++; }
#define T(x) do { count = 0; x; printf("%s: %d", #x, count); if (count) printf(" code %d fd %d band %lx", code, fd - d, band); printf("\n"); fflush(stdout); } while (0)
int main(void) {
  mkdir("dir", 0755); mkdir("dir/sub", 0755); int f = open("dir/f", O_CREAT | O_RDWR, 0600); write(f, "x", 1); char b[4];
  int d = open("dir", O_RDONLY), file = open("dir/f", O_RDONLY);
  E(fcntl(file, F_NOTIFY, DN_MODIFY)); E(fcntl(file, F_NOTIFY, 0)); E(fcntl(file, F_NOTIFY, (long)DN_MULTISHOT)); E(fcntl(99, F_NOTIFY, DN_MODIFY)); int p = open("dir", O_PATH); E(fcntl(p, F_NOTIFY, DN_MODIFY));
  signal(SIGIO, plain); E(fcntl(d, F_NOTIFY, DN_CREATE)); E(fcntl(d, F_GETOWN) == getpid()); count = 0; close(open("dir/a", O_CREAT | O_RDWR, 0600)); printf("SIGIO %d\n", count); close(open("dir/b", O_CREAT | O_RDWR, 0600)); printf("SIGIO %d\n", count);
  struct sigaction a = {.sa_sigaction = on, .sa_flags = SA_SIGINFO}; sigaction(SIGRTMIN, &a, 0); E(fcntl(d, F_SETSIG, SIGRTMIN));
  E(fcntl(d, F_NOTIFY, (long)(DN_MODIFY | DN_MULTISHOT))); T(write(f, "y", 1)); T(write(f, "y", 1)); T(pread(f, b, 1, 0)); T(ftruncate(f, 0)); T(truncate("dir/f", 10)); T(fchmod(f, 0644));
  E(fcntl(d, F_NOTIFY, (long)DN_ATTRIB)); T(fchmod(f, 0600)); T(write(f, "z", 1)); T(fchmod(f, 0644)); T(write(f, "z", 1));
  E(fcntl(d, F_NOTIFY, (long)(DN_ACCESS | DN_DELETE | DN_RENAME | DN_CREATE | DN_MULTISHOT))); T(read(f, b, 1)); T(unlink("dir/a")); T(rename("dir/b", "dir/c")); T(rename("dir/c", "c")); T(rename("c", "dir/c")); T(link("dir/c", "dir/e")); T(symlink("x", "dir/l")); T(mkdir("dir/m", 0700)); T(rmdir("dir/m")); T(close(open("dir/sub/x", O_CREAT | O_RDWR, 0600))); T(chmod("dir", 0700)); T(mkfifo("dir/p", 0600));
  E(fcntl(d, F_NOTIFY, 0)); T(unlink("dir/e")); E(fcntl(d, F_NOTIFY, (long)(DN_DELETE | DN_MULTISHOT))); int d2 = dup(d); T(unlink("dir/c")); close(d); T(unlink("dir/l")); E(fcntl(d2, F_NOTIFY, (long)(DN_DELETE | DN_MULTISHOT))); T(unlink("dir/p"));
  count = 0; if (fork() == 0) { unlink("dir/f"); _exit(0); } int s; while (wait(&s) < 0) ; printf("of a child %d\n", count); T(unlink("dir/sub/x")); T(rmdir("dir/sub")); close(d2);
}
