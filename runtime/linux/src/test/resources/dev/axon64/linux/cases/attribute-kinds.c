/* Extended attributes that only an administrator of the machine may change, for somebody else. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/xattr.h>
#include <unistd.h>

static void told(const char *what, long result) {
  printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}
#define TRY(call) (errno = 0, told(#call, (long)(call)))

/* The superuser without CAP_SYS_ADMIN. */
static void drop(void) {
  struct __user_cap_header_struct head = {_LINUX_CAPABILITY_VERSION_3, 0};
  struct __user_cap_data_struct data[2];
  syscall(SYS_capget, &head, data);
  data[0].permitted &= ~(1u << CAP_SYS_ADMIN);
  data[0].effective &= ~(1u << CAP_SYS_ADMIN);
  syscall(SYS_capset, &head, data);
}

static void kinds(const char *file) {
  char b[100];
  printf("-- %s\n", file);
  TRY(setxattr(file, "trusted.a", "x", 1, 0));
  TRY(getxattr(file, "trusted.a", b, sizeof b));
  TRY(removexattr(file, "trusted.a"));
  TRY(setxattr(file, "trusted.", "x", 1, 0));
  TRY(setxattr(file, "security.a", "x", 1, 0));
  TRY(getxattr(file, "security.a", b, sizeof b));
  TRY(removexattr(file, "security.a"));
  TRY(setxattr(file, "security.", "x", 1, 0));
  TRY(getxattr(file, "security.capability", b, sizeof b));
  TRY(setxattr(file, "system.nonsense", "x", 1, 0));
  TRY(getxattr(file, "system.nonsense", b, sizeof b));
  TRY(setxattr(file, "nonsense", "x", 1, 0));
  TRY(setxattr(file, "trusted.a", "x", 1, XATTR_REPLACE));
  TRY(listxattr(file, b, sizeof b));
}

int main(void) {
  drop();
  close(open("file", O_CREAT | O_RDWR, 0644));
  mkdir("folder", 0755);
  symlink("none", "link");
  kinds("file");
  kinds("folder");
  char b[9];
  TRY(lsetxattr("link", "trusted.a", "x", 1, 0));
  TRY(lsetxattr("link", "security.a", "x", 1, 0));
  TRY(lsetxattr("link", "user.a", "x", 1, 0));
  TRY(lgetxattr("link", "user.a", b, 9));
  TRY(lgetxattr("link", "trusted.a", b, 9));
  setresgid(9, 9, 9), setresuid(9, 9, 9);
  kinds("file");
  return 0;
}
