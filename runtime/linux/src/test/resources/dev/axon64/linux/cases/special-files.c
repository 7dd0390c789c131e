// Named pipes and names of sockets: in folders, renamed, linked, removed; and how pipes open.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
static const char *err(long r) { return r < 0 ? strerrorname_np(errno) : "ok"; }
static int name(int fd, int (*how)(int, const struct sockaddr *, socklen_t), const char *path) { struct sockaddr_un a = {AF_UNIX}; strcpy(a.sun_path, path); return how(fd, (void *)&a, sizeof a); }
static int order(const void *a, const void *b) { return strcmp(*(char **)a, *(char **)b); }
static void list(const char *dir) {
  DIR *d = opendir(dir); char *all[50]; int n = 0; for (struct dirent *e; (e = readdir(d));) if (e->d_name[0] != '.') { asprintf(&all[n++], "%s:%d", e->d_name, e->d_type); } closedir(d); qsort(all, n, sizeof *all, order); printf("list"); for (int i = 0; i < n; i++) printf(" %s", all[i]); puts("");
}
static void told(const char *path) { struct stat s; int r = lstat(path, &s); printf("%s %s", path, err(r)); if (r == 0) printf(" %o links %d", s.st_mode, (int)s.st_nlink); puts(""); }
static void run(const char *at) {
  printf("in a folder: %s", err(mkdir(at, 0755))); printf(" %s\n", err(chdir(at))); umask(022);
  printf("fifo %s", err(mkfifo("p", 0666))); printf(" again %s", err(mkfifo("p", 0666))); printf(" node %s", err(mknod("n", S_IFIFO | 0600, 0))); printf(" socket %s\n", err(mknod("k", S_IFSOCK | 0600, 0))); int s = socket(AF_UNIX, SOCK_STREAM, 0); printf("bind %s", err(name(s, bind, "s"))); printf(" listen %s\n", err(listen(s, 5))); told("p"); told("s"); list(".");
  printf("over %s", err(open("p", O_CREAT | O_EXCL | O_RDWR, 0600))); printf(" folder %s", err(mkdir("p", 0700))); printf(" link %s", err(symlink("p", "l"))); printf(" hard %s\n", err(link("p", "h"))); told("h"); told("l"); list(".");
  mkdir("d", 0755); printf("rename %s", err(rename("p", "d/p2"))); printf(" socket %s", err(rename("s", "d/s2"))); printf(" rmdir %s\n", err(rmdir("d"))); list("."); list("d"); int c = socket(AF_UNIX, SOCK_STREAM, 0); printf("connect old %s", err(name(c, connect, "s"))); printf(" new %s\n", err(name(c, connect, "d/s2"))); int fd = open("f", O_CREAT | O_RDWR, 0600); printf("file over it %s", err(rename("f", "d/p2"))); told("d/p2"); printf("it over file %s", err((close(open("g", O_CREAT | O_RDWR, 0600)), rename("h", "g")))); told("g"); printf("chmod %s", err(chmod("g", 0640))); told("g");
  printf("unlink %s", err(unlink("d/s2"))); c = socket(AF_UNIX, SOCK_STREAM, 0); printf(" connect %s", err(name(c, connect, "d/s2"))); unlink("d/p2"); printf(" rmdir %s\n", err(rmdir("d"))); 
  int r, w; pid_t child = fork(); if (child == 0) { w = open("g", O_WRONLY); write(w, "through", 7); _exit(0); } char b[20] = {0}; r = open("g", O_RDONLY); int n = read(r, b, 10); printf("read %d %s", n, b); wait(0); printf(" end %ld\n", (long)read(r, b, 10)); close(r); r = open("g", O_RDONLY | O_NONBLOCK); printf("nonblocking reader %s", err(r)); printf(" empty %ld", (long)read(r, b, 5)); w = open("g", O_WRONLY | O_NONBLOCK); printf(" writer %s", err(w)); printf(" none yet %s\n", err(read(r, b, 5))); close(r); signal(SIGPIPE, SIG_IGN); printf("broken %s\n", err(write(w, "x", 1))); close(w); printf("no reader %s\n", err(open("g", O_WRONLY | O_NONBLOCK)));
  unlink("g"); unlink("n"); unlink("k"); unlink("l"); unlink("f"); list("."); chdir(".."); printf("gone %s\n", err(rmdir(at)));
}
int main(void) { setvbuf(stdout, 0, _IONBF, 0); run("special"); chdir("/tmp"); char t[] = "/dev/shm/specialXXXXXX"; mkdtemp(t); chdir(t); run("inner"); chdir("/"); rmdir(strcat(t, "/inner")); *strrchr(t, '/') = 0; rmdir(t); return 0; }
