// What is told of files and folders that are watched.
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <unistd.h>

static int in;
static unsigned cookies[8], known;

static int cookie(unsigned c) {
  if (!c) return 0;
  for (unsigned i = 0; i < known; i++)
    if (cookies[i] == c) return i + 1;
  cookies[known++] = c;
  return known;
}

static void events(const char *what) {
  static const char *names[] = {"access", "modify", "attrib", "close-write", "close", "open",
    "moved-from", "moved-to", "create", "delete", "delete-self", "move-self", 0, "unmount",
    "overflow", "ignored"};
  printf("%s:", what);
  char b[8192] __attribute__((aligned(8)));
  struct pollfd p = {in, POLLIN, 0};
  while (poll(&p, 1, 20) > 0) {
    int waiting = 0;
    ioctl(in, FIONREAD, &waiting);
    long n = read(in, b, sizeof b);
    if (n != waiting) printf(" [%d waiting, %ld read]", waiting, n);
    for (char *at = b; at < b + n;) {
      struct inotify_event *e = (void *) at;
      printf(" %d", e->wd);
      for (int i = 0; i < 16; i++)
        if (e->mask & 1 << i) printf(" %s", names[i]);
      if (e->mask & IN_ISDIR) printf(" folder");
      if (e->cookie) printf(" #%d", cookie(e->cookie));
      if (e->len) printf(" %s/%u", e->name, e->len);
      printf(",");
      at += sizeof *e + e->len;
    }
  }
  printf("\n");
}

static void say(const char *what, long r) {
  printf("%s %ld", what, r);
  if (r < 0) printf(" %s", strerror(errno));
  printf("\n");
}

int main(int argc, char **argv) {
  setvbuf(stdout, 0, _IONBF, 0);
  chdir(argc > 1 ? argv[1] : "/tmp");
  system("true");
  char watched[] = "watchedXXXXXX"; // a new one, since the host keeps it
  mkdtemp(watched);
  chdir(watched);
  mkdir("sub", 0755);
  int f = open("old", O_RDWR | O_CREAT, 0644);
  write(f, "12345", 5);
  close(f);
  say("flags", inotify_init1(0x10));
  in = inotify_init1(IN_NONBLOCK);
  char b[64];
  say("empty", read(in, b, sizeof b));
  say("no events", inotify_add_watch(in, ".", 0));
  say("no file", inotify_add_watch(in, "none", IN_OPEN));
  say("only folder", inotify_add_watch(in, "old", IN_OPEN | IN_ONLYDIR));
  say("bad descriptor", inotify_add_watch(77, ".", IN_OPEN));
  say("no instance", inotify_add_watch(1, ".", IN_OPEN));
  int dir = inotify_add_watch(in, ".", IN_ALL_EVENTS);
  int old = inotify_add_watch(in, "old", IN_ALL_EVENTS);
  int sub = inotify_add_watch(in, "sub", IN_ALL_EVENTS);
  say("again", inotify_add_watch(in, "old", IN_ALL_EVENTS) == old);
  say("exists", inotify_add_watch(in, "old", IN_ALL_EVENTS | IN_MASK_CREATE));
  say("remove none", inotify_rm_watch(in, 99));

  f = open("new", O_RDWR | O_CREAT | O_EXCL, 0600);
  events("create");
  write(f, "a", 1);
  write(f, "b", 1);
  events("writes");
  pread(f, b, 1, 0);
  events("read");
  ftruncate(f, 0);
  fchmod(f, 0640);
  events("changes");
  close(f);
  events("close");
  f = open("old", O_RDONLY);
  read(f, b, 3);
  close(f);
  events("read old");
  f = open("old", O_WRONLY | O_TRUNC);
  close(f);
  events("truncate");
  chmod("old", 0600);
  events("chmod");
  utimes("old", 0);
  events("times");
  truncate("old", 3);
  events("truncate by name");
  link("old", "other");
  events("link");
  unlink("other");
  events("unlink one");
  symlink("old", "soft");
  events("symlink");
  mkdir("dir", 0700);
  events("mkdir");
  rmdir("dir");
  events("rmdir");
  rename("new", "newer");
  events("rename");
  rename("newer", "sub/newest");
  events("move");
  rename("sub/newest", "old");
  events("replace");
  mkfifo("pipe", 0600);
  events("fifo");
  DIR *d = opendir("sub");
  closedir(d);
  events("folder");
  f = open("sub/x", O_CREAT | O_WRONLY, 0600);
  unlink("sub/x");
  events("unlinked");
  close(f);
  events("closed");
  rename("sub", "bus");
  events("folder moved");
  rmdir("bus");
  events("folder removed");
  say("removed", inotify_rm_watch(in, dir));
  events("last");
  int once = inotify_add_watch(in, "old", IN_OPEN | IN_ONESHOT);
  say("number", once);
  close(open("old", O_RDONLY));
  close(open("old", O_RDONLY));
  events("once");
  int more = inotify_add_watch(in, "old", IN_OPEN);
  inotify_add_watch(in, "old", IN_CLOSE | IN_MASK_ADD);
  close(open("old", O_RDONLY));
  events("added");
  inotify_add_watch(in, "old", IN_CLOSE_WRITE);
  close(open("old", O_RDONLY));
  events("changed");
  inotify_add_watch(in, ".", IN_CREATE);
  close(open("a-name-that-is-sixteen-long", O_CREAT | O_WRONLY, 0600));
  say("small buffer", read(in, b, 16));
  events("long name");
  close(open("last", O_CREAT | O_WRONLY, 0600));
  inotify_add_watch(in, ".", IN_ALL_EVENTS);
  inotify_add_watch(in, "last", IN_ALL_EVENTS);
  events("made");
  unlink("last");
  events("unlinked");
  f = open("last", O_CREAT | O_WRONLY, 0600);
  inotify_add_watch(in, "last", IN_ALL_EVENTS);
  unlink("last");
  events("unlinked while open");
  close(f);
  events("closed");
  inotify_add_watch(in, ".", IN_ALL_EVENTS | IN_EXCL_UNLINK);
  f = open("gone", O_CREAT | O_WRONLY, 0600);
  unlink("gone");
  write(f, "x", 1);
  close(f);
  events("not told");
  return 0;
}
