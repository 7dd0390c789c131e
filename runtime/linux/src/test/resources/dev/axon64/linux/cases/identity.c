// The families of user and group ids, their rules for the superuser and for others, and capabilities.
#define _GNU_SOURCE
#include <errno.h>
#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/fsuid.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); } while (0)
static void show(const char *what) {
  unsigned r, e, s, f, gr, ge, gs, gf;
  getresuid(&r, &e, &s), f = setfsuid(-1), getresgid(&gr, &ge, &gs), gf = setfsgid(-1);
  printf("%s: uid %u %u %u %u gid %u %u %u %u\n", what, r, e, s, f, gr, ge, gs, gf);
}
static int has(int cap) {
  struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct d[2];
  if (syscall(SYS_capget, &h, d)) return -1;
  return (d[cap / 32].permitted >> cap % 32 & 1) * 10 + (d[cap / 32].effective >> cap % 32 & 1);
}
static void caps(const char *what) {
  printf("%s: chown %d setuid %d kill %d fowner %d\n", what, has(CAP_CHOWN), has(CAP_SETUID), has(CAP_KILL), has(CAP_FOWNER));
}
#define CASE(name) if (printf("-- %s\n", name), fflush(stdout), !fork())
#define END (fflush(stdout), _exit(0))
#define WAIT wait(0)
int main(void) {
  CASE("setuid of root") { E(setuid(1000)); show("after"); caps("after"); E(setuid(0)); E(setuid(1000)); E(setuid(1001)); E(seteuid(0)); E(setgid(5)); END; } WAIT;
  CASE("seteuid of root") { E(seteuid(1000)); show("after"); caps("after"); E(setuid(1000)); show("real stays"); E(seteuid(0)); caps("back"); show("back"); END; } WAIT;
  CASE("setreuid") { E(setreuid(1000, 2000)); show("after"); caps("after"); E(setreuid(-1, 1000)); show("a"); E(setreuid(2000, -1)); E(setreuid(-1, 2000)); show("b"); E(setreuid(2000, 1000)); show("c"); E(setreuid(3000, -1)); E(setreuid(-1, 0)); END; } WAIT;
  CASE("setresuid") { E(setresuid(1000, 2000, 3000)); show("after"); E(setresuid(-1, -1, -1)); E(setresuid(3000, 1000, 2000)); show("turned"); E(setresuid(-1, 4000, -1)); E(setresuid(0, -1, -1)); E(setuid(2000)); show("by saved"); E(seteuid(3000)); show("e"); END; } WAIT;
  CASE("setresgid") { E(setresgid(10, 20, 30)); show("after"); caps("still root"); E(setgid(40)); show("root sets all"); E(setresuid(1, 1, 1)); E(setgid(41)); E(setregid(40, 40)); E(setegid(99)); E(setresgid(-1, -1, 40)); show("end"); END; } WAIT;
  CASE("setregid of others") { setresgid(10, 20, 30); setresuid(7, 7, 7); E(setregid(20, 10)); show("swapped"); E(setregid(30, -1)); E(setregid(-1, 30)); E(setgid(20)); show("b"); END; } WAIT;
  CASE("setfsuid") { E(setfsuid(1000)); show("fs"); caps("fs"); E(setfsuid(-1)); E(setfsuid(0)); caps("back"); setresuid(1, 2, 3); show("others"); E(setfsuid(9)); show("kept"); E(setfsuid(3)); show("saved"); E(setfsgid(77)); show("g"); END; } WAIT;
  CASE("groups") { gid_t g[8] = {0}; gid_t want[] = {30, 10, 20}; E(setgroups(3, want)); E(getgroups(0, 0)); E(getgroups(8, g)); printf("%u %u %u\n", g[0], g[1], g[2]); E(getgroups(2, g)); E(getgroups(-1, g)); E(setgroups(65537, want)); E(setgroups(2, (void *)8)); E(getgroups(8, (void *)8)); E(setgroups(-1, want)); setuid(5); E(setgroups(0, 0)); E(setgroups(70000, want)); E(getgroups(8, g)); END; } WAIT;
  CASE("bad pointers") { unsigned a; E(syscall(SYS_getresuid, &a, 8, &a)); E(syscall(SYS_getresgid, &a, &a, 8)); E(setuid(-1)); E(setgid(-1)); E(syscall(SYS_setresuid, -1, -1, -1)); END; } WAIT;
  CASE("keepcaps") { E(prctl(PR_GET_KEEPCAPS)); E(prctl(PR_SET_KEEPCAPS, 2)); E(prctl(PR_SET_KEEPCAPS, 1)); E(prctl(PR_GET_KEEPCAPS)); setresuid(9, 9, 9); caps("kept"); struct __user_cap_header_struct h = {_LINUX_CAPABILITY_VERSION_3, 0}; struct __user_cap_data_struct d[2]; syscall(SYS_capget, &h, d); d[0].permitted = d[0].effective = 1 << CAP_SETUID; d[1].permitted = d[1].effective = 0; d[0].inheritable = 0; E(syscall(SYS_capset, &h, d)); caps("chosen"); d[0].permitted |= 1 << CAP_CHOWN; E(syscall(SYS_capset, &h, d)); E(setuid(0)); show("root again"); caps("root again"); END; } WAIT;
  CASE("capget") { struct __user_cap_header_struct h = {0x1234, 0}; struct __user_cap_data_struct d[2]; E(syscall(SYS_capget, &h, d)); printf("%x\n", h.version); h.version = 7; E(syscall(SYS_capget, &h, 0)); h.version = _LINUX_CAPABILITY_VERSION_3; h.pid = -1; E(syscall(SYS_capget, &h, d)); h.pid = 999999; E(syscall(SYS_capget, &h, d)); h.pid = 1; E(syscall(SYS_capset, &h, d)); E(syscall(SYS_capget, 8, d)); h.pid = 0; E(syscall(SYS_capget, &h, 8)); h.version = _LINUX_CAPABILITY_VERSION_1; E(syscall(SYS_capget, &h, d)); END; } WAIT;
  CASE("bounding") { E(prctl(PR_CAPBSET_READ, CAP_CHOWN)); E(prctl(PR_CAPBSET_READ, 63)); E(prctl(PR_CAPBSET_READ, -1)); E(prctl(PR_CAPBSET_DROP, CAP_CHOWN)); E(prctl(PR_CAPBSET_READ, CAP_CHOWN)); E(prctl(PR_CAPBSET_DROP, 99)); setuid(4); E(prctl(PR_CAPBSET_DROP, CAP_KILL)); END; } WAIT;
  CASE("ambient") { E(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_KILL, 0, 0)); E(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_KILL, 0, 0)); E(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0)); E(prctl(PR_CAP_AMBIENT, 9, 0, 0, 0)); E(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, 99, 0, 0)); E(prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_IS_SET, CAP_KILL, 1, 0)); END; } WAIT;
  CASE("no new privileges") { E(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)); E(prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0)); E(prctl(PR_SET_NO_NEW_PRIVS, 1, 1, 0, 0)); E(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)); E(prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0)); E(prctl(PR_GET_NO_NEW_PRIVS, 1, 0, 0, 0)); END; } WAIT;
  CASE("dumpable") { E(prctl(PR_GET_DUMPABLE)); setresuid(1, 2, 3); E(prctl(PR_GET_DUMPABLE)); E(prctl(PR_SET_DUMPABLE, 1)); E(prctl(PR_GET_DUMPABLE)); E(prctl(PR_SET_DUMPABLE, 2)); END; } WAIT;
  CASE("death signal") { int s = 7; prctl(PR_SET_PDEATHSIG, SIGTERM); setuid(1000); prctl(PR_GET_PDEATHSIG, &s); printf("after setuid %d\n", s); END; } WAIT;
  CASE("kill") {
    pid_t root = getpid(), a, b;
    if (!(a = fork())) { setresuid(1000, 1000, 1000); pause(); END; }
    if (!(b = fork())) { setresuid(2000, 3000, 4000); pause(); END; }
    usleep(100000);
    if (!fork()) { setresuid(1000, 1000, 1000); E(kill(root, 0)); E(kill(a, 0)); E(kill(b, 0)); E(kill(b, SIGCONT)); E(kill(root, 99)); END; } WAIT;
    if (!fork()) { setresuid(5000, 2000, 5000); E(kill(a, 0)); E(kill(b, 0)); END; } WAIT;
    if (!fork()) { setresuid(3000, 3000, 3000); E(kill(b, 0)); END; } WAIT;
    if (!fork()) { setresuid(4000, 9, 9); E(kill(b, 0)); E(syscall(SYS_tgkill, a, a, 0)); union sigval v = {0}; E(sigqueue(a, 0, v)); END; } WAIT;
    kill(a, SIGKILL); kill(b, SIGKILL); WAIT; WAIT; END;
  } WAIT;
  CASE("priorities") { E(setpriority(PRIO_PROCESS, 0, 5)); setuid(1000); E(setpriority(PRIO_PROCESS, 0, 4)); E(setpriority(PRIO_PROCESS, 0, 7)); E(getpriority(PRIO_PROCESS, 0)); E(setpriority(PRIO_PROCESS, getppid(), 9)); E(setpriority(PRIO_PROCESS, 0, 400)); E(getpriority(PRIO_PROCESS, 0)); E(setpriority(PRIO_USER, 0, 19)); E(getpriority(PRIO_USER, 4711)); END; } WAIT;
  CASE("chroot and others") { setuid(1000); E(chroot("/")); E(sethostname("x", 1)); E(syscall(SYS_acct, 0)); struct rlimit l = {5, 6}; E(setrlimit(RLIMIT_CORE, &l)); E(prlimit(getppid(), RLIMIT_CORE, 0, &l)); END; } WAIT;
  printf("done\n");
}
