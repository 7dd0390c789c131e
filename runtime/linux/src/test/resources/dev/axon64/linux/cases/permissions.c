// What an ordinary user may do with files, and what the superuser may.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %s %s\n", #x, r_ == -1 ? "-1" : "ok", r_ == -1 ? strerror(errno) : ""); } while (0)
#define CASE(name) if (printf("-- %s\n", name), fflush(stdout), !fork())
#define END (fflush(stdout), _exit(0))
#define WAIT wait(0)
static void be(int uid, int gid) { setgroups(0, 0); setresgid(gid, gid, gid); setresuid(uid, uid, uid); }
static void make(const char *name, int uid, int gid, int mode) { int f = open(name, O_CREAT | O_RDWR | O_TRUNC, 0600); write(f, "#!/nothing\n", 11); close(f); chown(name, uid, gid); chmod(name, mode); }
static void folder(const char *name, int uid, int gid, int mode) { mkdir(name, 0700); chown(name, uid, gid); chmod(name, mode); }
static void stat_of(const char *name) { struct stat s; if (lstat(name, &s)) printf("%s: %s\n", name, strerror(errno)); else printf("%s: %o %u %u\n", name, s.st_mode, s.st_uid, s.st_gid); }
static int eaccess_(const char *p, int m) { return syscall(439, AT_FDCWD, p, m, AT_EACCESS); }
int main(void) {
  umask(022);
  make("mine", 1000, 1000, 0600); make("theirs", 2000, 2000, 0600); make("group", 2000, 1000, 0040); make("others", 2000, 2000, 0004); make("ownerless", 1000, 1000, 0066); make("roots", 0, 0, 0644); make("run", 2000, 2000, 0711); make("norun", 0, 0, 0644);
  folder("open", 0, 0, 0777); folder("sticky", 0, 0, 01777); folder("closed", 2000, 2000, 0700); folder("blind", 2000, 2000, 0711); folder("listed", 2000, 2000, 0744); folder("gid", 2000, 77, 02777);
  make("closed/in", 1000, 1000, 0666); make("blind/in", 1000, 1000, 0666); make("listed/in", 1000, 1000, 0666); make("open/theirs", 2000, 2000, 0600); make("sticky/theirs", 2000, 2000, 0666); make("sticky/mine", 1000, 1000, 0666); folder("sticky/folder", 2000, 2000, 0777); folder("open/folder", 2000, 2000, 0755); symlink("mine", "link");
  CASE("open") { be(1000, 1000); E(open("mine", O_RDWR)); E(open("theirs", O_RDONLY)); E(open("theirs", O_WRONLY)); E(open("group", O_RDONLY)); E(open("group", O_RDWR)); E(open("others", O_RDONLY)); E(open("others", O_WRONLY)); E(open("ownerless", O_RDONLY)); E(open("roots", O_RDONLY)); E(open("roots", O_RDONLY | O_TRUNC)); E(open("theirs", O_PATH)); E(open("roots", O_RDONLY | O_NOATIME)); E(open("new", O_CREAT | O_RDWR, 0600)); E(open("open/new", O_CREAT | O_RDWR, 0000)); E(open("open/new", O_RDWR)); stat_of("open/new"); E(open("roots", O_CREAT | O_RDONLY, 0600)); E(open("roots", O_CREAT | O_EXCL, 0600)); E(open(".", O_TMPFILE | O_RDWR, 0600)); E(open("open", O_TMPFILE | O_RDWR, 0600)); END; } WAIT;
  CASE("root opens") { E(open("theirs", O_RDWR)); E(open("ownerless", O_RDONLY)); E(open("open/new", O_RDWR)); E(open("closed/in", O_RDONLY)); END; } WAIT;
  CASE("walks") { be(1000, 1000); struct stat s; E(stat("closed/in", &s)); E(stat("blind/in", &s)); E(stat("listed/in", &s)); E(stat("closed", &s)); E(open("closed", O_RDONLY)); E(open("blind", O_RDONLY)); E(open("listed", O_RDONLY)); E(open("blind/in", O_RDWR)); E(open("closed/none", O_RDONLY)); E(open("blind/none", O_RDONLY)); E(stat("closed/../mine", &s)); E(chdir("closed")); E(chdir("blind")); E(stat("in", &s)); E(open(".", O_RDONLY)); END; } WAIT;
  CASE("fchdir") { int d = open("closed", O_RDONLY); be(1000, 1000); E(fchdir(d)); struct stat s; E(fstatat(d, "in", &s, 0)); E(fstatat(d, "", &s, AT_EMPTY_PATH)); END; } WAIT;
  CASE("access") { be(1000, 1000); E(access("mine", R_OK | W_OK)); E(access("mine", X_OK)); E(access("theirs", F_OK)); E(access("theirs", R_OK)); E(access("closed/in", F_OK)); E(access("run", X_OK)); E(access("run", R_OK)); E(access("roots", W_OK)); E(access("open", W_OK | X_OK)); E(access("mine", 8)); END; } WAIT;
  CASE("access by real id") { setresuid(0, 1000, 0); E(access("theirs", R_OK | W_OK)); E(eaccess_("theirs", R_OK)); E(eaccess_("mine", R_OK)); setresuid(1000, 0, 0); E(access("theirs", R_OK)); E(eaccess_("theirs", R_OK)); E(access("closed/in", F_OK)); E(eaccess_("closed/in", F_OK)); E(syscall(439, AT_FDCWD, "mine", 0, 4)); END; } WAIT;
  CASE("root accesses") { E(access("norun", X_OK)); E(access("run", X_OK)); E(access("theirs", R_OK | W_OK)); E(access("closed", X_OK)); END; } WAIT;
  CASE("names") { be(1000, 1000); E(unlink("mine")); E(unlink("open/theirs")); E(unlink("sticky/theirs")); E(unlink("sticky/mine")); E(rmdir("sticky/folder")); E(rmdir("open/folder")); E(mkdir("no", 0777)); E(mkdir("open/yes", 07777)); stat_of("open/yes"); E(rename("sticky/theirs", "open/x")); E(rename("roots", "open/x")); E(rename("open/yes", "open/yet")); E(symlink("a", "l")); E(symlink("a", "open/l")); stat_of("open/l"); E(link("mine", "open/hard")); E(link("theirs", "open/hard2")); E(link("roots", "open/hard3")); E(link("others", "open/hard4")); E(mknod("open/fifo", S_IFIFO | 0600, 0) == 0 || errno == EPERM); E(mknod("open/dev", S_IFCHR | 0600, 0x103)); E(unlink("closed/in")); E(unlink("closed/none")); E(unlink("blind/in")); E(rename("open/hard", "sticky/theirs")); END; } WAIT;
  CASE("chmod") { be(1000, 1000); E(chmod("mine", 0640)); E(chmod("theirs", 0666)); E(chmod("roots", 0666)); E(chmod("open", 0777)); chmod("mine", 06755); stat_of("mine"); int f = open("roots", O_RDONLY); E(fchmod(f, 0666)); f = open("mine", O_RDONLY | O_PATH); E(fchmod(f, 0600)); E(fchown(f, -1, -1)); E(fchownat(f, "", -1, -1, AT_EMPTY_PATH)); E(fchmodat(AT_FDCWD, "mine", 0600, 0)); E(syscall(SYS_fchmodat, AT_FDCWD, "closed/in", 0600)); END; } WAIT;
  CASE("chmod and groups") { make("g", 1000, 5555, 0700); be(1000, 1000); E(chmod("g", 02755)); stat_of("g"); E(chmod("g", 06755)); stat_of("g"); END; } WAIT;
  CASE("chown") { gid_t more[] = {1000, 33}; setgroups(2, more); setresgid(1000, 1000, 1000); setresuid(1000, 1000, 1000); E(chown("mine", 1000, 1000)); E(chown("mine", 2000, -1)); E(chown("mine", -1, 33)); stat_of("mine"); E(chown("mine", -1, 44)); E(chown("theirs", 1000, 1000)); E(chown("theirs", -1, -1)); E(chown("roots", 0, 0)); E(lchown("link", -1, 33)); E(chown("mine", -1, 1000)); END; } WAIT;
  CASE("marks go") { make("m1", 0, 0, 06755); chown("m1", 1000, 1000); stat_of("m1"); chmod("m1", 06755); chown("m1", -1, -1); stat_of("m1"); chmod("m1", 06745); chown("m1", 1000, -1); stat_of("m1"); chmod("m1", 06777); if (!fork()) { be(1000, 1000); int f = open("m1", O_WRONLY); write(f, "x", 1); stat_of("m1"); END; } WAIT; chmod("m1", 06777); { int f = open("m1", O_WRONLY); write(f, "x", 1); stat_of("m1"); } chmod("m1", 06777); if (!fork()) { be(1000, 1000); truncate("m1", 3); stat_of("m1"); END; } WAIT; END; } WAIT;
  CASE("times") { be(1000, 1000); struct timespec now[2] = {{0, UTIME_NOW}, {0, UTIME_NOW}}, some[2] = {{5, 0}, {6, 0}}, mixed[2] = {{0, UTIME_NOW}, {0, UTIME_OMIT}}, omit[2] = {{0, UTIME_OMIT}, {0, UTIME_OMIT}}; make("open/w", 1000, 1000, 0666); E(utimensat(AT_FDCWD, "mine", some, 0)); E(utimensat(AT_FDCWD, "roots", 0, 0)); E(utimensat(AT_FDCWD, "roots", some, 0)); E(utimensat(AT_FDCWD, "sticky/theirs", 0, 0)); E(utimensat(AT_FDCWD, "sticky/theirs", now, 0)); E(utimensat(AT_FDCWD, "sticky/theirs", some, 0)); E(utimensat(AT_FDCWD, "sticky/theirs", mixed, 0)); E(utimensat(AT_FDCWD, "roots", omit, 0)); E(utimensat(AT_FDCWD, "none", omit, 0)); E(utimensat(AT_FDCWD, "mine", some, 77)); some[0].tv_nsec = 1000000000; E(utimensat(AT_FDCWD, "mine", some, 0)); E(futimens(-1, 0)); E(syscall(SYS_utimensat, AT_FDCWD, 0, 0, 0)); END; } WAIT;
  CASE("truncate") { be(1000, 1000); E(truncate("mine", 3)); E(truncate("theirs", 3)); E(truncate("roots", 3)); E(truncate("closed/in", 3)); E(truncate("mine", -1)); E(truncate("open", 3)); END; } WAIT;
  CASE("execution") { be(1000, 1000); char *a[] = {"x", 0}; E(execv("mine", a)); E(execv("theirs", a)); E(execv("run", a)); E(execv("roots", a)); E(execv("closed/in", a)); E(execv("open", a)); END; } WAIT;
  CASE("root executes") { char *a[] = {"x", 0}; E(execv("norun", a)); E(execv("run", a)); END; } WAIT;
  CASE("handed-on group") { be(1000, 1000); E(open("gid/file", O_CREAT | O_RDWR, 02755)); stat_of("gid/file"); E(mkdir("gid/folder", 0755)); stat_of("gid/folder"); E(mkdir("gid/folder/deeper", 0700)); stat_of("gid/folder/deeper"); E(symlink("x", "gid/link")); stat_of("gid/link"); END; } WAIT;
  CASE("file system ids") { setfsuid(1000); setfsgid(1000); E(open("theirs", O_RDONLY)); E(open("open/fs", O_CREAT | O_RDWR, 0600)); stat_of("open/fs"); E(chmod("roots", 0644)); E(open("mine", O_RDONLY)); END; } WAIT;
  CASE("groups count") { gid_t more[] = {2000}; setgroups(1, more); setresgid(1, 1, 1); setresuid(1000, 1000, 1000); make("none", 1000, 1000, 0600); E(open("theirs", O_RDONLY)); END; } WAIT;
  printf("done\n");
}
