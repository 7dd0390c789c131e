// Extended attributes: kinds of names, sizes, flags and permissions.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); fflush(stdout); } while (0)
static void all(const char *p) { char b[999]; ssize_t n = listxattr(p, b, sizeof b); printf("%s: %zd:", p, n); for (char *s = b; s < b + n; s += strlen(s) + 1) { char v[99]; ssize_t m = getxattr(p, s, v, 99); printf(" %s=%.*s", s, (int)m, v); } printf("\n"); }
int main(void) {
  int f = open("f", O_RDWR | O_CREAT | O_TRUNC, 0644), path = open("f", O_PATH), ro = open("f", O_RDONLY), pp[2]; pipe(pp); char b[300]; symlink("f", "l"); symlink("none", "dead"); mkdir("d", 0755); mkdir("s", 01777);
  all("f"); E(setxattr("f", "user.a", "one", 3, 0)); E(setxattr("f", "user.b", "", 0, 0)); all("f"); E(setxattr("f", "user.a", "two!", 4, XATTR_CREATE)); E(setxattr("f", "user.c", "x", 1, XATTR_REPLACE)); E(setxattr("f", "user.a", "two!", 4, XATTR_REPLACE)); all("f"); E(setxattr("f", "user.a", "x", 1, 4)); E(setxattr("f", "user.d", "x", 1, XATTR_CREATE | XATTR_REPLACE));
  E(getxattr("f", "user.a", b, 0)); E(getxattr("f", "user.a", b, 3)); E(getxattr("f", "user.a", b, 4)); E(getxattr("f", "user.none", b, 9)); E(getxattr("f", "user.b", b, 9)); E(getxattr("f", "user.a", (void *)8, 9)); E(listxattr("f", b, 0)); E(listxattr("f", b, 5)); E(getxattr("f", "", b, 9)); E(getxattr("f", "nonsense", b, 9)); E(getxattr("f", "user.", b, 9)); E(setxattr("f", "nonsense.x", "x", 1, 0)); E(setxattr("f", "user.", "x", 1, 0)); E(setxattr("f", "", "x", 1, 0)); E(getxattr("f", "trusted.none", b, 9)); E(getxattr("f", "security.none", b, 9)); memset(b, 'x', 299); b[299] = 0; memcpy(b, "user.", 5); E(setxattr("f", b, "x", 1, 0)); E(getxattr("f", b, 0, 0)); E(setxattr("f", "user.big", b, 70000, 0)); E(setxattr("f", "user.a", (void *)8, 3, 0)); E(setxattr("f", (void *)8, "x", 1, 0)); E(setxattr("none", "user.a", "x", 1, 0)); E(setxattr((void *)8, "user.a", "x", 1, 0));
  E(fsetxattr(f, "user.f", "1", 1, 0)); E(fsetxattr(ro, "user.g", "2", 1, 0)); E(fsetxattr(path, "user.h", "3", 1, 0)); E(fgetxattr(path, "user.a", b, 9)); E(flistxattr(path, b, 99)); E(fsetxattr(-1, "user.a", "x", 1, 0)); E(fgetxattr(-1, "user.a", b, 9)); E(fremovexattr(-1, "user.a")); E(fgetxattr(f, "user.f", b, 9)); E(fremovexattr(f, "user.f")); E(fgetxattr(f, "user.f", b, 9)); E(removexattr("f", "user.f")); E(removexattr("f", "nonsense")); E(removexattr("f", "")); all("f");
  E(lsetxattr("l", "user.a", "x", 1, 0)); E(lgetxattr("l", "user.a", b, 9)); E(llistxattr("l", b, 99)); E(getxattr("l", "user.a", b, 9)); E(getxattr("dead", "user.a", b, 9)); E(lremovexattr("l", "user.a")); E(fsetxattr(pp[0], "user.a", "x", 1, 0)); E(fgetxattr(pp[0], "user.a", b, 9)); E(setxattr("d", "user.dir", "yes", 3, 0)); all("d"); E(getxattr("/proc/self/stat", "user.a", b, 9)); E(setxattr("/dev/null", "user.a", "x", 1, 0)); E(getxattr("/dev/null", "user.a", b, 9));
  rename("f", "g"); all("g"); E(link("g", "h")); E(setxattr("h", "user.h", "h", 1, 0)); all("g"); unlink("g"); unlink("h"); E(fgetxattr(f, "user.h", b, 9)); E(fsetxattr(f, "user.late", "x", 1, 0)); E(flistxattr(f, b, 99) > 0);
  int o = open("owned", O_CREAT | O_RDWR, 0600); fsetxattr(o, "user.secret", "x", 1, 0); fflush(stdout); if (!fork()) { setresgid(9, 9, 9); setresuid(9, 9, 9); E(getxattr("owned", "user.secret", b, 9)); E(setxattr("owned", "user.x", "x", 1, 0)); E(removexattr("owned", "user.secret")); E(listxattr("owned", b, 99) > 0); E(fgetxattr(o, "user.secret", b, 9)); E(setxattr("s", "user.x", "x", 1, 0)); E(setxattr("owned", "trusted.x", "x", 1, 0)); E(getxattr("owned", "trusted.x", b, 9)); fflush(stdout); _exit(0); } wait(0);
}
