/*
 * Tries to reach the host from within a guest. A line tells of each attempt: what was tried, and
 * "refused", "inside" (it was done, within the guest's own files) or "ESCAPED".
 *
 * Arguments: the host's folder around the root, the process of the host, its ports for streams and
 * messages, and the name of its shared memory. With the argument "reads" behind them only paths are
 * read, which is harmless on the host itself.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/openat2.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/shm.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/sysmacros.h>
#include <sys/uio.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECRET "host's secret"
static const char *outside, *shared;
static pid_t host;
static int stream_port, message_port;

static void line(const char *result, const char *what, ...) {
  va_list arguments;
  va_start(arguments, what);
  vprintf(what, arguments);
  printf(": %s\n", result);
  fflush(stdout);
  va_end(arguments);
}

/* Whether a file that is open is the host's. */
static int is_secret(int fd) {
  char text[sizeof SECRET] = "";
  return pread(fd, text, sizeof text - 1, 0) > 0 && strcmp(text, SECRET) == 0;
}

/* An attempt that has given a descriptor, or -1. */
static void opened(const char *how, const char *path, int fd) {
  line(fd < 0 ? "refused" : is_secret(fd) ? "ESCAPED" : "inside", "%s %s", how, path);
  if (fd >= 0) close(fd);
}

static void reading(const char *path) { opened("open", path, open(path, O_RDONLY | O_NONBLOCK)); }

/* An attempt that must fail. */
static void never(const char *what, long result) { line(result < 0 ? "refused" : "ESCAPED", "%s", what); }
#define NEVER(call) never(#call, (long)(call))

static int openat2(int folder, const char *path, long how, long resolve) {
  struct open_how h = {.flags = how, .resolve = resolve};
  return syscall(SYS_openat2, folder, path, &h, sizeof h);
}

static char *text(const char *format, ...) {
  static char all[16][PATH_MAX * 2];
  static int next;
  char *to = all[next++ % 16];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(to, sizeof all[0], format, arguments);
  va_end(arguments);
  return to;
}

/* A path that goes up far enough for every depth. */
static char *up(int times, const char *rest) {
  char *to = text("");
  for (int i = 0; i < times; i++) strcat(to, "../");
  return strcat(to, rest);
}

static const char *secret(void) { return text("%s/secret", outside); }

static void path_walks(void) {
  int start = open(".", O_RDONLY | O_DIRECTORY);
  reading("../secret");
  reading("../../secret");
  reading(up(2, "secret"));
  reading(up(60, "secret"));
  reading(text("%s", secret()));
  reading(text("/..%s", secret()));
  reading(text("/proc/../..%s", secret()));
  reading(text("//..//.%s", secret()));
  reading("/../secret");
  reading("sub/../../../secret");
  reading("sub/.././../../secret");
  reading("/tmp/../../secret");
  reading("/dev/fd/../../../secret");
  reading("..\\secret");
  reading("..%2fsecret");
  reading("\xc0\xae\xc0\xae/secret");
  reading("\xe0\x80\xae\xe0\x80\xae/\xe0\x80\xae./secret");
  reading("..\xef\xbc\x8fsecret");
  chdir("sub/deep");
  reading(up(3, "../secret"));
  reading(up(4, "../../secret"));
  chdir("../..");
  int folder = open("sub", O_RDONLY | O_DIRECTORY), above = openat(folder, "../..", O_RDONLY);
  opened("openat of ..", "secret", openat(folder, "../../../secret", O_RDONLY));
  opened("openat above", "secret", openat(above, "../secret", O_RDONLY));
  for (int i = 0; i < 40; i++) {
    int next = openat(above, "..", O_RDONLY | O_DIRECTORY);
    if (next < 0) break;
    close(above);
    above = next;
  }
  opened("openat step by step", "secret", openat(above, text("%s", secret() + 1), O_RDONLY));
  fchdir(above);
  reading(secret() + 1);
  close(above), close(folder);
  fchdir(start);
  close(start);
}

static void links(const char *folder) {
  symlink("../../secret", "by-two"), symlink(secret(), "absolute"), symlink(outside, "folder");
  symlink(up(60, secret() + 1), "far"), symlink("absolute", "chain"), symlink("..", "parent");
  symlink("/proc/self/root/..", "by-proc"), symlink("/proc/self/cwd/../..", "by-cwd");
  const char *names[] = {"by-two", "absolute", "folder/secret", "far", "chain", "parent/secret",
                         "parent/parent/secret", "parent/../../secret", "by-proc/secret",
                         "by-cwd/secret", "folder/../secret", "planted-up", "planted-absolute",
                         "planted-folder/secret", "planted-folder/../secret", "planted-deep/secret"};
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
    reading(names[i]);
    opened("openat2", names[i], openat2(AT_FDCWD, names[i], O_RDONLY, RESOLVE_IN_ROOT));
  }
  struct stat s;
  line(stat("folder", &s) < 0 ? "refused" : "ESCAPED", "stat of a link to the host's folder");
  line(access("absolute", R_OK) < 0 ? "refused" : "ESCAPED", "access of a link to the host's file");
  DIR *d = opendir("folder");
  line(d == 0 ? "refused" : "ESCAPED", "list a link to the host's folder");
  char path[PATH_MAX];
  line(realpath("folder", path) == 0 ? "refused" : "ESCAPED", "realpath of a link to it");
}

static void magic_links(void) {
  const char *links[] = {"root", "cwd", "exe", "task/self/root", "fd/3", "fd/0", "fd/1"};
  int three = open("/", O_RDONLY | O_DIRECTORY);
  dup2(three, 3);
  for (unsigned i = 0; i < sizeof links / sizeof *links; i++) {
    reading(text("/proc/self/%s/../secret", links[i]));
    reading(text("/proc/self/%s/../../secret", links[i]));
    reading(text("/proc/self/%s/..%s", links[i], secret()));
    reading(text("/proc/self/%s%s", links[i], secret()));
    reading(text("/proc/thread-self/%s/%s", links[i], up(9, secret() + 1)));
  }
  reading(text("/proc/%d/root%s", host, secret()));
  reading(text("/proc/%d/cwd/secret", host));
  reading(text("/proc/%d/environ", host));
  reading(text("/proc/%d/mem", host));
  reading(text("/proc/1/root%s", secret()));
  reading(text("/proc/self/task/%d/root%s", getpid(), secret()));
  reading("/proc/self/map_files/../../../../secret");
  reading("/proc/self/ns/mnt");
  reading("/proc/kcore"), reading("/proc/kmem"), reading("/proc/kallsyms"), reading("/proc/keys");
  reading("/proc/sysrq-trigger"), reading("/proc/bus/pci"), reading("/proc/iomem");
  reading("/sys/kernel"), reading("/sys/class/net"), reading("/run"), reading("/etc/shadow");
  close(3), close(three);
}

static void resolve_flags(void) {
  long flags[] = {0, RESOLVE_BENEATH, RESOLVE_IN_ROOT, RESOLVE_NO_XDEV, RESOLVE_NO_MAGICLINKS,
                  RESOLVE_NO_SYMLINKS, RESOLVE_IN_ROOT | RESOLVE_NO_XDEV, RESOLVE_BENEATH | RESOLVE_NO_XDEV};
  int folders[] = {AT_FDCWD, open("sub", O_RDONLY | O_DIRECTORY), open("/", O_PATH), open("/proc", O_PATH)};
  for (unsigned i = 0; i < sizeof flags / sizeof *flags; i++) {
    for (unsigned j = 0; j < sizeof folders / sizeof *folders; j++) {
      const char *paths[] = {"../secret", "../../secret", secret(), "/../secret", up(30, secret() + 1)};
      for (unsigned k = 0; k < sizeof paths / sizeof *paths; k++) {
        char *how = text("openat2 with %lx at %u", flags[i], j);
        opened(how, paths[k], openat2(folders[j], paths[k], O_RDONLY, flags[i]));
      }
    }
  }
  for (int j = 1; j < 4; j++) close(folders[j]);
}

static void changes(void) {
  const char *paths[] = {"../made", "../../made", "/../made", up(50, "made"), text("%s/made", outside),
                         "folder/made", "planted-folder/made", "/proc/self/root/../made", "parent/made"};
  for (unsigned i = 0; i < sizeof paths / sizeof *paths; i++) {
    const char *p = paths[i];
    /* What of these is done happens within the guest's files; the host's side is looked at later. */
    close(open(p, O_CREAT | O_WRONLY, 0600)), truncate(p, 5), chmod(p, 0777), chown(p, 1, 1), unlink(p);
    mkdir(p, 0700), rmdir(p), symlink("x", p), unlink(p), mknod(p, S_IFIFO | 0600, 0), unlink(p);
    link("/work/own", p), unlink(p), rename("/work/own", p), rename(p, "/work/own");
    line("inside", "create, change, link and rename %s", p);
  }
  const char *old[] = {"../secret", secret(), "absolute", "by-two", "folder/secret", "planted-absolute",
                       "planted-folder/secret", "/proc/self/root/../secret"};
  for (unsigned i = 0; i < sizeof old / sizeof *old; i++) {
    int fd = open(old[i], O_WRONLY | O_APPEND);
    line(fd < 0 ? "refused" : is_secret(fd) ? "ESCAPED" : "inside", "write %s", old[i]);
    if (fd >= 0) close(fd);
    line(truncate(old[i], 0) < 0 ? "refused" : "inside", "cut %s", old[i]);
    line(chmod(old[i], 0777) < 0 ? "refused" : "inside", "chmod %s", old[i]);
    line(utimensat(AT_FDCWD, old[i], 0, 0) < 0 ? "refused" : "inside", "utimensat %s", old[i]);
    line(rename(old[i], "stolen") < 0 ? "refused" : "inside", "rename %s to here", old[i]);
    reading("stolen");
    unlink("stolen");
    line(link(old[i], "linked") < 0 ? "refused" : "inside", "link %s to here", old[i]);
    int followed = linkat(AT_FDCWD, old[i], AT_FDCWD, "followed", AT_SYMLINK_FOLLOW);
    line(followed < 0 ? "refused" : "inside", "link %s to here, following links", old[i]);
    reading("linked"), reading("followed");
    unlink("linked"), unlink("followed");
    int watch = inotify_init1(IN_NONBLOCK);
    line(inotify_add_watch(watch, old[i], IN_ALL_EVENTS) < 0 ? "refused" : "inside", "watch %s", old[i]);
    close(watch);
  }
}

static volatile int racing;

/* Moves a folder up and down while others walk through it. */
static void *moves(void *x) {
  while (racing) {
    rename("race/a/b/c", "race/c");
    rename("race/c", "race/a/b/c");
  }
  return 0;
}

/* Lets a name be a folder and a link to the host's in turn. */
static void *swaps(void *x) {
  while (racing) syscall(SYS_renameat2, AT_FDCWD, "race/link", AT_FDCWD, "race/folder", RENAME_EXCHANGE);
  return 0;
}

static void race(const char *what, void *(*racer)(void *), const char *path) {
  pthread_t thread;
  racing = 1;
  pthread_create(&thread, 0, racer, 0);
  int escaped = 0;
  for (int i = 0; i < 400 && !escaped; i++) {
    int fd = open(path, O_RDONLY);
    if (fd >= 0) escaped |= is_secret(fd), close(fd);
    fd = open(text("%s.new", path), O_CREAT | O_WRONLY, 0600);
    if (fd >= 0) close(fd);
    if (i % 10 == 0) sched_yield();
  }
  racing = 0;
  pthread_join(thread, 0);
  line(escaped ? "ESCAPED" : "inside", "%s", what);
}

static void races(void) {
  mkdir("race", 0755), mkdir("race/a", 0755), mkdir("race/a/b", 0755), mkdir("race/a/b/c", 0755);
  mkdir("race/folder", 0755), symlink(outside, "race/link");
  race("a folder that moves up", moves, "race/a/b/c/../../../../../secret");
  race("a folder that moves far up", moves, up(1, "work/race/a/b/c/../../../../../../secret"));
  race("a folder that becomes a link", swaps, "race/folder/secret");
  race("a link that becomes a folder", swaps, "race/link/secret");
  race("above a link that becomes a folder", swaps, "race/link/../secret");
}

static void mounts(void) {
  struct { uint32_t bytes; int type; unsigned char handle[128]; } handle = {128};
  int id;
  mkdir("mnt", 0755);
  NEVER(mount(outside, "mnt", 0, MS_BIND, 0));
  NEVER(mount("/", "mnt", 0, MS_BIND | MS_REC, 0));
  NEVER(mount("proc", "mnt", "proc", 0, 0));
  NEVER(mount("tmpfs", "mnt", "tmpfs", 0, 0));
  NEVER(mount("none", "/", 0, MS_REMOUNT, 0));
  NEVER(umount2("/proc", MNT_DETACH));
  NEVER(umount2("/", MNT_DETACH));
  NEVER(syscall(SYS_pivot_root, ".", "mnt"));
  NEVER(syscall(SYS_open_tree, AT_FDCWD, "/", 1));
  NEVER(syscall(SYS_move_mount, AT_FDCWD, "/proc", AT_FDCWD, "mnt", 0));
  NEVER(syscall(SYS_fsopen, "ext4", 0));
  NEVER(unshare(CLONE_NEWNS));
  NEVER(unshare(CLONE_NEWUSER | CLONE_NEWNS));
  NEVER(setns(open("/proc/1/ns/mnt", O_RDONLY), 0));
  NEVER(syscall(SYS_name_to_handle_at, AT_FDCWD, "/", &handle, &id, 0));
  NEVER(syscall(SYS_open_by_handle_at, AT_FDCWD, &handle, O_RDONLY));
  mkdir("jail", 0755);
  if (fork() == 0) {
    int before = open("/", O_RDONLY | O_DIRECTORY);
    chroot("jail");
    for (int i = 0; i < 60; i++) chdir("..");
    reading(secret() + 1);
    chroot(".");
    reading(secret());
    fchdir(before);
    reading(up(9, secret() + 1));
    _exit(0);
  }
  wait(0);
}

static void devices(void) {
  NEVER(mknod("disk", S_IFBLK | 0600, makedev(254, 0)));
  NEVER(mknod("memory", S_IFCHR | 0600, makedev(1, 1)));
  NEVER(mknod("port", S_IFCHR | 0600, makedev(1, 4)));
  NEVER(mknod("terminal", S_IFCHR | 0600, makedev(4, 0)));
  const char *names[] = {"mem", "kmem", "port", "kmsg", "sda", "vda", "loop0", "loop-control", "kvm",
                         "fuse", "net/tun", "console", "tty0", "input/event0", "mapper/control"};
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
    char *path = text("/dev/%s", names[i]);
    line(open(path, O_RDWR) < 0 ? "refused" : "ESCAPED", "open %s", path);
  }
}

static void connects(const char *what, int family, int type, void *address, socklen_t size) {
  int s = socket(family, type | SOCK_NONBLOCK, 0);
  int result = connect(s, address, size);
  int sent = result < 0 ? -1 : send(s, "escaped", 7, MSG_NOSIGNAL);
  line(result < 0 || sent < 0 ? "refused" : type == SOCK_DGRAM ? "inside" : "ESCAPED", "%s", what);
  close(s);
}

static void sockets(void) {
  struct sockaddr_in a = {AF_INET, htons(stream_port), {htonl(INADDR_LOOPBACK)}};
  struct sockaddr_in6 b = {.sin6_family = AF_INET6, .sin6_port = htons(stream_port), .sin6_addr = in6addr_loopback};
  connects("the host's port for streams", AF_INET, SOCK_STREAM, &a, sizeof a);
  connects("the host's port for streams by IPv6", AF_INET6, SOCK_STREAM, &b, sizeof b);
  a.sin_port = htons(message_port);
  connects("the host's port for messages", AF_INET, SOCK_DGRAM, &a, sizeof a);
  a.sin_port = htons(53), a.sin_addr.s_addr = htonl(0x08080808);
  connects("a server elsewhere", AF_INET, SOCK_STREAM, &a, sizeof a);
  connects("a name server elsewhere", AF_INET, SOCK_DGRAM, &a, sizeof a);
  struct sockaddr_un u = {AF_UNIX, "planted-socket"};
  connects("a socket of the host in the root", AF_UNIX, SOCK_STREAM, &u, sizeof u);
  snprintf(u.sun_path, sizeof u.sun_path, "../outer-socket");
  connects("a socket of the host beside the root", AF_UNIX, SOCK_STREAM, &u, sizeof u);
  snprintf(u.sun_path, sizeof u.sun_path, "planted-folder/outer-socket");
  connects("the same by a link", AF_UNIX, SOCK_STREAM, &u, sizeof u);
  int families[] = {AF_PACKET, AF_VSOCK, AF_ALG, AF_BLUETOOTH, AF_CAN, AF_TIPC, AF_XDP, AF_KEY, AF_RDS};
  for (unsigned i = 0; i < sizeof families / sizeof *families; i++) {
    line(socket(families[i], SOCK_RAW, 0) < 0 ? "refused" : "ESCAPED", "sockets of family %d", families[i]);
    line(socket(families[i], SOCK_STREAM, 0) < 0 ? "refused" : "ESCAPED", "streams of family %d", families[i]);
  }
  NEVER(socket(AF_INET, SOCK_RAW, IPPROTO_ICMP));
  NEVER(socket(AF_INET, SOCK_DGRAM, IPPROTO_ICMP));
  NEVER(socket(AF_NETLINK, SOCK_RAW, 15));
}

static void descriptors(void) {
  int others = 0;
  for (int fd = 3; fd < 4096; fd++) others += fcntl(fd, F_GETFD) >= 0;
  line(others == 0 ? "refused" : "ESCAPED", "descriptors that were there before");
  int listed = 0;
  DIR *d = opendir("/proc/self/fd");
  for (struct dirent *e; (e = readdir(d));) listed += atoi(e->d_name) > 2 && atoi(e->d_name) != dirfd(d);
  closedir(d);
  line(listed == 0 ? "refused" : "ESCAPED", "descriptors in /proc/self/fd");
  for (int fd = 0; fd < 3; fd++) {
    char *path = text("/proc/self/fd/%d/../../secret", fd);
    reading(path);
    NEVER(openat(fd, "secret", O_RDONLY));
    NEVER(ioctl(fd, TIOCSTI, "x"));
  }
  int pair[2], got = -1;
  socketpair(AF_UNIX, SOCK_STREAM, 0, pair);
  for (int number = 3; number < 300; number += 3) {
    union { char bytes[CMSG_SPACE(sizeof(int))]; struct cmsghdr head; } control = {0};
    struct iovec piece = {"x", 1};
    struct msghdr m = {.msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
    control.head = (struct cmsghdr){CMSG_LEN(sizeof(int)), SOL_SOCKET, SCM_RIGHTS};
    if (number == pair[0] || number == pair[1]) continue;
    memcpy(CMSG_DATA(&control.head), &number, sizeof number);
    got = sendmsg(pair[0], &m, MSG_DONTWAIT) >= 0 ? number : got;
  }
  line(got < 0 ? "refused" : "ESCAPED", "pass descriptors that are not open");
  close(pair[0]), close(pair[1]);
}

static void processes(void) {
  NEVER(kill(host, 0));
  NEVER(kill(getppid() == 1 ? 1 : getppid(), 0));
  NEVER(syscall(SYS_pidfd_open, host, 0));
  NEVER(syscall(SYS_tgkill, host, host, 0));
  NEVER(ptrace(PTRACE_ATTACH, host, 0, 0));
  NEVER(ptrace(PTRACE_SEIZE, host, 0, 0));
  char bytes[16];
  struct iovec here = {bytes, 16}, there = {(void *)0x400000, 16};
  NEVER(process_vm_readv(host, &here, 1, &there, 1, 0));
  NEVER(process_vm_writev(host, &here, 1, &there, 1, 0));
  NEVER(setpriority(PRIO_PROCESS, host, 5));
  NEVER(sched_setaffinity(host, sizeof(cpu_set_t), &(cpu_set_t){{1}}));
  NEVER(syscall(SYS_prlimit64, host, 7, 0, bytes));
  NEVER(syscall(SYS_kcmp, getpid(), host, 0, 0, 0));
  NEVER(syscall(SYS_process_madvise, 0, 0, 0, 0, 0));
  int fd = open("/proc/self/mem", O_RDWR);
  uint64_t beyond[] = {0, 0xffff000000000000, 0x7fffffffffff000, 1ull << 47, 1ull << 62};
  for (unsigned i = 0; i < sizeof beyond / sizeof *beyond; i++) {
    line(pread(fd, bytes, 8, beyond[i]) <= 0 ? "refused" : "ESCAPED", "/proc/self/mem at %lx", beyond[i]);
    line(pwrite(fd, bytes, 8, beyond[i]) <= 0 ? "refused" : "ESCAPED", "write it at %lx", beyond[i]);
  }
  close(fd);
}

static void programs(void) {
  char *arguments[] = {"sh", "-c", "echo ESCAPED", 0};
  const char *names[] = {"/bin/sh", "/../bin/sh", "../../bin/sh", "absolute-shell", "script", "planted-shell",
                         "/proc/self/root/../bin/sh"};
  symlink("/bin/sh", "absolute-shell");
  int fd = open("script", O_CREAT | O_WRONLY | O_TRUNC, 0755);
  write(fd, "#!/bin/sh\necho ESCAPED\n", 23);
  close(fd);
  for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
    fflush(stdout);
    if (fork() == 0) {
      execv(names[i], arguments);
      line("refused", "run %s", names[i]);
      _exit(0);
    }
    wait(0);
  }
}

static void memory(void) {
  NEVER(shmget(0x41786f6e, 4096, 0));
  NEVER(shm_open(shared, O_RDWR, 0));
  reading(text("/dev/shm%s", shared));
  NEVER((long)mmap(0, 4096, PROT_READ, MAP_SHARED, open("/dev/mem", O_RDONLY), 0) == -1 ? -1 : 0);
  NEVER((long)mmap((void *)(1ul << 55), 4096, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS | MAP_FIXED, -1, 0) == -1 ? -1 : 0);
}

static void machine(void) {
  int calls[] = {SYS_reboot, SYS_kexec_load, SYS_init_module, SYS_finit_module, SYS_delete_module,
                 SYS_bpf, SYS_perf_event_open, SYS_swapon, SYS_swapoff, SYS_settimeofday,
                 SYS_clock_settime, SYS_syslog, SYS_acct, SYS_quotactl, SYS_nfsservctl,
                 SYS_fanotify_init, SYS_userfaultfd, SYS_add_key, SYS_request_key, SYS_keyctl,
                 SYS_io_uring_setup, SYS_vhangup, SYS_lookup_dcookie, SYS_setdomainname};
  for (unsigned i = 0; i < sizeof calls / sizeof *calls; i++) {
    line(syscall(calls[i], -1, -1, -1, -1, -1, -1) < 0 ? "refused" : "ESCAPED", "call %d", calls[i]);
  }
  const char *settings[] = {"/proc/sys/kernel/core_pattern", "/proc/sys/kernel/hostname",
                            "/proc/sys/vm/overcommit_memory", "/proc/sys/fs/file-max", "/proc/sysrq-trigger"};
  for (unsigned i = 0; i < sizeof settings / sizeof *settings; i++) {
    int fd = open(settings[i], O_WRONLY);
    line(fd < 0 || write(fd, "x", 1) < 0 ? "refused" : "ESCAPED", "set %s", settings[i]);
    if (fd >= 0) close(fd);
  }
  line(getenv("PATH") == 0 && getenv("HOME") == 0 ? "refused" : "ESCAPED", "the host's environment");
}

int main(int count, char **arguments) {
  if (count < 6) return 2;
  outside = arguments[1], host = atoi(arguments[2]);
  stream_port = atoi(arguments[3]), message_port = atoi(arguments[4]), shared = arguments[5];
  mkdir("sub", 0755), mkdir("sub/deep", 0755);
  int harmless = count > 6;
  if (!harmless) descriptors();
  path_walks();
  links(outside);
  if (harmless) return 0;
  magic_links();
  resolve_flags();
  close(open("own", O_CREAT | O_WRONLY, 0600));
  changes();
  races();
  mounts();
  devices();
  sockets();
  processes();
  programs();
  memory();
  machine();
  return 0;
}
