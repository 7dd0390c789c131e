// Programs that act for the owner or the group of their file.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); fflush(stdout); } while (0)
static void copy(const char *to) { char b[65536]; int f = open("/proc/self/exe", O_RDONLY), t = open(to, O_CREAT | O_WRONLY | O_TRUNC, 0700); for (long n; (n = read(f, b, sizeof b)) > 0;) write(t, b, n); close(f); close(t); }
static void line(const char *key) { static char b[9999]; int f = open("/proc/self/status", O_RDONLY); b[read(f, b, 9998)] = 0; close(f); char *s = strstr(b, key); printf("%.*s\n", (int)strcspn(s, "\n"), s); }
static void run(const char *p, int uid, int gid, int nnp) { fflush(stdout); if (!fork()) { setgroups(0, 0); setresgid(gid, gid, gid); setresuid(uid, uid, uid); prctl(PR_SET_DUMPABLE, 1); prctl(PR_SET_PDEATHSIG, SIGTERM); if (nnp) prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0); execl(p, p, "show", (char *)0); printf("%s: %s\n", p, strerror(errno)); fflush(stdout); _exit(1); } wait(0); }
int main(int n, char **v) {
  if (n > 1) {
    unsigned r, e, s; getresuid(&r, &e, &s); printf("%s: uid %u %u %u", v[0], r, e, s); getresgid(&r, &e, &s); printf(" gid %u %u %u secure %lu aux %lu %lu %lu %lu dumpable %d", r, e, s, getauxval(AT_SECURE), getauxval(AT_UID), getauxval(AT_EUID), getauxval(AT_GID), getauxval(AT_EGID), prctl(PR_GET_DUMPABLE)); int d; prctl(PR_GET_PDEATHSIG, &d); printf(" death %d\n", d); line("CapInh"); int f = open("secret", O_RDONLY); printf("secret %s\n", f < 0 ? strerror(errno) : "opened"); E(seteuid(getuid())); E(seteuid(e)); E(setuid(0)); fflush(stdout); return 0;
  }
  umask(0); int f = open("secret", O_CREAT | O_RDWR, 0600); fchown(f, 1000, 1000); close(f);
  struct { const char *name; int uid, gid, mode; } all[] = {{"plain", 1000, 1000, 0755}, {"user", 1000, 1000, 04755}, {"group", 1000, 3000, 02755}, {"both", 1000, 3000, 06755}, {"lock", 1000, 3000, 02745}, {"root", 0, 0, 04755}, {"hidden", 1000, 1000, 04711}, {"unreadable", 2000, 2000, 0111}};
  for (int i = 0; i < 8; i++) { copy(all[i].name); chown(all[i].name, all[i].uid, all[i].gid); chmod(all[i].name, all[i].mode); }
  for (int i = 0; i < 8; i++) { run(all[i].name, 2000, 2000, 0); }
  run("user", 2000, 2000, 1); run("root", 2000, 2000, 1); run("user", 0, 0, 0); run("plain", 0, 0, 0); run("user", 1000, 1000, 0); run("lock", 2000, 3000, 0);
  f = open("script", O_CREAT | O_RDWR, 0755); write(f, "#!plain show\n", 13); fchown(f, 1000, 1000); fchmod(f, 04755); close(f); run("script", 2000, 2000, 0);
  fflush(stdout); if (!fork()) { setresuid(2000, 3000, 4000); setresgid(5, 6, 7); execl("plain", "plain", "show", (char *)0); } wait(0); if (!fork()) { setresuid(0, 3000, 4000); execl("plain", "plain", "show", (char *)0); } wait(0); if (!fork()) { setresuid(3000, 0, 0); execl("plain", "plain", "show", (char *)0); } wait(0); if (!fork()) { setfsuid(1000); prctl(PR_SET_KEEPCAPS, 1); execl("plain", "plain", "show", (char *)0); } wait(0);
}
