// Names are bytes: any but / and NUL, wherever a name comes or goes.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
static const char *all[] = {"plain", "h\xc3\xa9", "bad\xff\xfe", "latin\xe9", "back\\slash", "new\nline", "sp ace ", "-dash", "\xf0\x9f\x98\x80", "colon:", "\xed\xa0\x80", "\xc0\xaf", "\xe2\x82", "a%41b?", "\x80", "\xed\xb2\x80", "#", "\x01\x7f"};
static void show(const char *s) { for (; *s; s++) *s > 32 && *s < 127 ? putchar(*s) : printf("\\%02x", (unsigned char)*s); }
static int order(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }
static void list(const char *dir) { char *n[100]; int c = 0; DIR *d = opendir(dir); struct dirent *e; while ((e = readdir(d))) n[c++] = strdup(e->d_name); closedir(d); qsort(n, c, sizeof *n, order); for (int i = 0; i < c; i++) show(n[i]), putchar(' '); putchar('\n'); }
static void wipe(const char *dir) { DIR *d = opendir(dir); struct dirent *e; if (!d) return; while ((e = readdir(d))) { if (unlinkat(dirfd(d), e->d_name, 0)) unlinkat(dirfd(d), e->d_name, AT_REMOVEDIR); } closedir(d); rmdir(dir); }
static void run(const char *dir) {
  wipe(dir);
  char b[600], p[600]; struct stat s; int r; mkdir(dir, 0755); char *old = getcwd(0, 0); chdir(dir);
  for (int i = 0; i < sizeof all / sizeof *all; i++) { errno = 0; int f = open(all[i], O_CREAT | O_EXCL | O_RDWR, 0600); write(f, all[i], strlen(all[i])); close(f); r = stat(all[i], &s); show(all[i]); printf(" %d %d %d %s\n", f > 0, r, r ? -1 : (int)s.st_size, strerror(errno)); }
  list("."); mkdir("dir\xff", 0755); chdir("dir\xff"); getcwd(b, 600); show(strrchr(b, '/')); putchar(' '); int f = open("in\xfe", O_CREAT | O_RDWR, 0600); sprintf(p, "/proc/self/fd/%d", f); r = readlink(p, b, 599); b[r] = 0; show(strrchr(b, '/')); putchar(' '); list("."); chdir("..");
  symlink("dir\xff/in\xfe", "link\xfd"); r = readlink("link\xfd", b, 599); b[r] = 0; show(b); printf(" %d ", stat("link\xfd", &s)); lstat("link\xfd", &s); printf("%d\n", (int)s.st_size); symlink("/\xc3\xa9/\xe9", "abs"); r = readlink("abs", b, 599); b[r] = 0; show(b); putchar('\n');
  printf("%d ", rename("bad\xff\xfe", "bad\xfe")); printf("%d ", link("bad\xfe", "hard\xfa")); printf("%d\n", unlink("latin\xe9")); list("."); rename("dir\xff", "moved\xee"); r = readlink(p, b, 599); b[r] = 0; show(strrchr(b, '/')); printf(" %d ", fstat(f, &s)); unlink("moved\xee/in\xfe"); r = readlink(p, b, 599); b[r] = 0; show(strrchr(b, '/')); printf(" %d\n", fstat(f, &s)); close(f);
  memset(b, 'x', 255); b[255] = 0; r = open(b, O_CREAT | O_RDWR, 0600); printf("255 %d ", r > 0); b[255] = 'x'; b[256] = 0; r = open(b, O_CREAT | O_RDWR, 0600); printf("256 %s ", strerror(errno)); b[0] = 0; for (int i = 0; i < 127; i++) strcat(b, "\xc3\xa9"); r = open(b, O_CREAT | O_RDWR, 0600); printf("%d ", r > 0); strcat(b, "zz"); r = open(b, O_CREAT | O_RDWR, 0600); printf("%s\n", strerror(errno)); chdir(old); wipe(dir); }
int main(int argc, char **argv) {
  if (argc > 1) { for (int i = 1; i < argc; i++) show(argv[i]), putchar(' '); show(getenv("V\xff")); putchar('\n'); char b[600]; FILE *f = fopen("/proc/self/cmdline", "r"); fread(b, 1, 599, f); char *q = b + strlen(b) + 1; show(q); putchar('\n'); return 0; }
  run("./n\xaa"); run("/dev/shm/n\xaa");
  prctl(PR_SET_NAME, "na\xff\xc3\xa9me"); char n[20] = {0}; prctl(PR_GET_NAME, n); show(n); putchar(' '); prctl(PR_SET_NAME, "0123456789abc\xc3\xa9\xc3\xa9"); prctl(PR_GET_NAME, n); show(n); FILE *c = fopen("/proc/self/comm", "r"); fgets(n, 20, c); putchar(' '); show(n); putchar('\n');
  fflush(stdout); if (!fork()) { char *a[] = {"x", "arg\xff", "\xe9\x80", "\xc3\xa9", 0}, *e[] = {"V\xff=val\xfe", 0}; execve("/proc/self/exe", a, e); _exit(1); } wait(0); return 0; }
