/* Other roots (chroot(2)): what paths mean there, what is told of them, and how far one gets. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

static char base[PATH_MAX];
static int process; /* /proc/self, opened before */

static void told(const char *what, long result) {
  printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}
#define TRY(call) (errno = 0, told(#call, (long)(call)))

/* A path with what differs from machine to machine left out. */
static const char *shown(char *path) {
  static char text[PATH_MAX * 2];
  char *at = strstr(path, base);
  if (at == 0 || base[1] == 0) return path;
  snprintf(text, sizeof text, "%.*sBASE%s", (int)(at - path), path, at + strlen(base));
  return text;
}

static void where(void) {
  char path[PATH_MAX] = "";
  long n = syscall(SYS_getcwd, path, sizeof path);
  printf("getcwd %s\n", n < 0 ? strerror(errno) : shown(path));
}

static void link_of(int folder, const char *name) {
  char path[PATH_MAX] = "";
  long n = readlinkat(folder, name, path, sizeof path - 1);
  printf("%s -> %s\n", name, n < 0 ? strerror(errno) : shown(path));
}

static void contents(const char *path) {
  char text[100] = "";
  int fd = open(path, O_RDONLY);
  long n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
  printf("%s has %s\n", path, n < 0 ? strerror(errno) : text);
  close(fd);
}

static void make(const char *path, const char *text) {
  int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0755);
  write(fd, text, strlen(text));
  close(fd);
}

static void copy(const char *from, const char *to) {
  char buffer[65536];
  int in = open(from, O_RDONLY), out = open(to, O_WRONLY | O_CREAT, 0755);
  long n;
  while ((n = read(in, buffer, sizeof buffer)) > 0) write(out, buffer, n);
  close(in), close(out);
}

/* Copies the program into a folder, and the libraries that it has on this machine. */
static void copy_program(const char *folder) {
  char line[PATH_MAX + 200], to[PATH_MAX];
  FILE *maps = fopen("/proc/self/maps", "r");
  while (fgets(line, sizeof line, maps)) {
    char *path = strchr(line, '/');
    if (path == 0 || strstr(path, base)) continue;
    path[strcspn(path, "\n")] = 0;
    snprintf(to, sizeof to, "%s%s", folder, path);
    for (char *at = to + strlen(folder) + 1; (at = strchr(at, '/')); *at++ = '/') {
      *at = 0;
      mkdir(to, 0755);
    }
    copy(path, to);
    /* Where the program's header says that the linker is. */
    snprintf(to, sizeof to, "%s/lib64/%s", folder, strrchr(path, '/') + 1);
    copy(path, to);
  }
  fclose(maps);
  snprintf(to, sizeof to, "%s/program", folder);
  copy("/proc/self/exe", to);
}

static void *changes_root(void *x) {
  chroot("jail");
  return 0;
}

/* Runs what changes its root in a process of its own. */
static void part(const char *name, void (*what)(void)) {
  printf("-- %s\n", name);
  fflush(stdout);
  pid_t child = fork();
  if (child == 0) {
    process = open("/proc/self", O_RDONLY | O_DIRECTORY);
    what();
    fflush(stdout);
    _exit(0);
  }
  int status;
  waitpid(child, &status, 0);
  printf("ended %x\n", status);
}

static void inside(void) {
  TRY(chdir("jail"));
  TRY(chroot("."));
  where();
  contents("/file");
  contents("../file");
  contents("../../../file");
  contents("/absolute");
  contents("/upwards");
  contents("/sub/../../file");
  contents("/outside");
  TRY(chdir("/sub"));
  where();
  TRY(chdir("../.."));
  where();
  link_of(process, "root");
  link_of(process, "cwd");
  struct stat a, b;
  TRY(stat("/", &a));
  TRY(stat("/..", &b));
  printf("same %d\n", a.st_ino == b.st_ino && a.st_dev == b.st_dev);
  TRY(mkdir("/made", 0700));
  TRY(rmdir("/../made"));
  char path[PATH_MAX];
  printf("realpath %s\n", realpath("/sub/../upwards", path) ? path : strerror(errno));
}

static void descriptors(void) {
  int out = open("file", O_RDONLY), in = open("jail/file", O_RDONLY);
  int folder = open(".", O_RDONLY | O_DIRECTORY);
  TRY(chroot("jail"));
  where();
  char name[40];
  snprintf(name, sizeof name, "fd/%d", out);
  link_of(process, name);
  snprintf(name, sizeof name, "fd/%d", in);
  link_of(process, name);
  link_of(process, "root");
  link_of(process, "cwd");
  contents("file");
  contents("/file");
  int again = openat(folder, "file", O_RDONLY);
  char text[20] = "";
  read(again, text, 19);
  printf("by the open folder: %s\n", text);
  int root = openat(process, "root/file", O_RDONLY);
  memset(text, 0, sizeof text);
  read(root, text, 19);
  printf("by the link root: %s\n", text);
  int cwd = openat(process, "cwd/file", O_RDONLY);
  memset(text, 0, sizeof text);
  read(cwd, text, 19);
  printf("by the link cwd: %s\n", text);
}

/* The known way out: a working folder that is not within the root. */
static void out_again(void) {
  TRY(chroot("jail"));
  TRY(mkdir("/deeper", 0700));
  TRY(chroot("/deeper"));
  for (int i = 0; i < 60; i++) chdir("..");
  TRY(chroot("."));
  struct stat a;
  TRY(stat("/proc/self/stat", &a));
  where();
  TRY(chdir(base));
  TRY(rmdir("jail/deeper"));
}

static void unseen(void) {
  TRY(chroot("jail"));
  TRY(setuid(1000));
  TRY(chroot("."));
  TRY(chroot("/sub"));
  TRY(chroot("/none"));
  TRY(chroot("/file"));
  TRY(chroot("/secret"));
  contents("/file");
}

static void programs(void) {
  mkdir("jail/lib64", 0755);
  copy_program("jail");
  TRY(chroot("jail"));
  TRY(chdir("/"));
  char *arguments[] = {"program", "again", 0}, *environment[] = {0};
  fflush(stdout);
  TRY(execve("program", arguments, environment));
}

static void again(void) {
  contents("/file");
  where();
  struct stat a;
  TRY(stat("/program", &a));
  TRY(stat("/proc/self", &a));
  exit(7);
}

static void sockets(void) {
  int server = socket(AF_UNIX, SOCK_STREAM, 0), client = socket(AF_UNIX, SOCK_STREAM, 0);
  struct sockaddr_un name = {AF_UNIX, "/socket"};
  TRY(chroot("jail"));
  TRY(bind(server, (struct sockaddr *)&name, sizeof name));
  TRY(listen(server, 1));
  TRY(connect(client, (struct sockaddr *)&name, sizeof name));
  TRY(access("jail/socket", F_OK));
  TRY(access("socket", F_OK));
  TRY(unlink("/socket"));
}

static void threads(void) {
  pthread_t thread;
  pthread_create(&thread, 0, changes_root, 0);
  pthread_join(thread, 0);
  contents("/file");
  contents("file");
  if (fork() == 0) {
    contents("/file");
    fflush(stdout);
    chroot("/sub");
    _exit(0);
  }
  wait(0);
  contents("/file");
  TRY(unshare(CLONE_FS));
  TRY(chroot("/sub"));
  contents("/file");
}

static void gone(void) {
  TRY(mkdir("jail/going", 0755));
  TRY(chroot("jail/going"));
  TRY(rmdir("jail/going"));
  TRY(access("/", F_OK));
  TRY(mkdir("/new", 0700));
  TRY(chdir("/"));
  char path[99];
  TRY(syscall(SYS_getcwd, path, sizeof path));
  TRY(chdir("/.."));
  TRY(access("/none", F_OK));
}

static void moved(void) {
  TRY(mkdir("jail/moving", 0755));
  make("jail/moving/x", "moved");
  int folder = open(".", O_RDONLY | O_DIRECTORY);
  TRY(chroot("jail/moving"));
  TRY(renameat(folder, "jail/moving", folder, "elsewhere"));
  contents("/x");
  TRY(chdir("/"));
  where();
  contents("../x");
  TRY(fchdir(folder));
  TRY(unlink("elsewhere/x"));
  TRY(rmdir("elsewhere"));
}

int main(int count, char **arguments) {
  if (count > 1) again();
  umask(0);
  getcwd(base, sizeof base);
  make("file", "outer");
  mkdir("jail", 0755), mkdir("jail/sub", 0755), mkdir("jail/secret", 0700);
  make("jail/file", "inner");
  make("jail/sub/file", "lower");
  symlink("/file", "jail/absolute");
  symlink("../../../file", "jail/upwards");
  symlink(base, "jail/outside");
  part("inside", inside);
  part("descriptors", descriptors);
  part("out again", out_again);
  part("users", unseen);
  part("programs", programs);
  part("sockets", sockets);
  part("threads", threads);
  part("gone", gone);
  part("moved", moved);
  contents("/file");
  return 0;
}
