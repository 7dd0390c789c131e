/* POSIX message queues as files of a folder. */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mqueue.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

static void told(const char *what, long result) {
  printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}
#define TRY(call) (errno = 0, told(#call, (long)(call)))

static const char *folder = "/dev/mqueue";
static char path[200];

static char *in(const char *name) {
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static void list(void) {
  DIR *d = opendir(folder);
  int count = 0, known = 0;
  for (struct dirent *e; (e = readdir(d));) {
    count++;
    known += !strcmp(e->d_name, "axon-a") + !strcmp(e->d_name, "axon-b");
  }
  closedir(d);
  printf("entries %d, of these queues %d\n", count, known);
}

static void show(const char *name) {
  struct stat s;
  if (stat(in(name), &s) < 0) {
    printf("%s: %s\n", name, strerror(errno));
    return;
  }
  printf("%s: mode %o size %ld links %ld user %u\n", name, s.st_mode, (long)s.st_size,
         (long)s.st_nlink, s.st_uid);
}

int main(void) {
  struct stat s;
  /* A view of its own on the host, where nothing may be mounted there. */
  if (unshare(CLONE_NEWNS | CLONE_NEWIPC) == 0) {
    mkdir("queues", 0700);
    if (mount("none", "/", 0, MS_REC | MS_PRIVATE, 0) == 0 && mount("q", "queues", "mqueue", 0, 0) == 0)
      folder = "queues";
  }
  stat(folder, &s);
  printf("folder %o\n", s.st_mode);
  list();
  umask(022);
  struct mq_attr a = {.mq_maxmsg = 4, .mq_msgsize = 100};
  mqd_t q = mq_open("/axon-a", O_RDWR | O_CREAT, 0666, &a);
  mqd_t second = mq_open("/axon-b", O_RDWR | O_CREAT, 0600, &a);
  list();
  show("axon-a");
  show("axon-b");
  show("axon-c");
  mq_send(q, "hello", 5, 1);
  char text[100] = "";
  int fd = open(in("axon-a"), O_RDWR);
  printf("read %d ", (int)read(fd, text, sizeof text));
  fputs(text, stdout);
  TRY(mq_send(fd, "by the file", 11, 9));
  memset(text, 0, sizeof text);
  TRY(mq_receive(q, text, sizeof text, 0));
  puts(text);
  TRY(write(fd, "x", 1));
  TRY(open(in("axon-c"), O_RDONLY));
  TRY(mkdir(in("sub"), 0700));
  TRY(symlink("x", in("link")));
  TRY(mknod(in("pipe"), S_IFIFO | 0600, 0));
  char other[200];
  snprintf(other, sizeof other, "%s/axon-d", folder);
  TRY(rename(in("axon-a"), other));
  TRY(link(in("axon-a"), other));
  TRY(rmdir(in("axon-a")));
  TRY(unlink(in("axon-b")));
  TRY(mq_open("/axon-b", O_RDWR));
  TRY(mq_send(second, "still", 5, 1));
  list();
  setegid(1000), seteuid(1000);
  TRY(unlink(in("axon-a")));
  TRY(open(in("axon-a"), O_RDONLY) >= 0);
  TRY(open(in("axon-a"), O_RDWR));
  seteuid(0);
  TRY(mq_unlink("/axon-a"));
  list();
  return 0;
}
