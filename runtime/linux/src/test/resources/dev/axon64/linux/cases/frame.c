/* Draws on the frame buffer: by a mapping, by writes, and by a child. */
#include <errno.h>
#include <fcntl.h>
#include <linux/fb.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/wait.h>
#include <unistd.h>

static void told(const char *what, long result) {
  printf("%s: %ld %s\n", what, result, result < 0 ? strerror(errno) : "");
}
#define TRY(call) (errno = 0, told(#call, (long)(call)))

int main(void) {
  struct fb_var_screeninfo v;
  struct fb_fix_screeninfo f;
  struct stat s;
  int fd = open("/dev/fb0", O_RDWR);
  fstat(fd, &s);
  printf("mode %o device %d:%d group %d\n", s.st_mode, major(s.st_rdev), minor(s.st_rdev), s.st_gid);
  TRY(ioctl(fd, FBIOGET_VSCREENINFO, &v));
  TRY(ioctl(fd, FBIOGET_FSCREENINFO, &f));
  printf("%ux%u of %ux%u, %u bits, red %u+%u green %u+%u blue %u+%u\n", v.xres, v.yres,
         v.xres_virtual, v.yres_virtual, v.bits_per_pixel, v.red.offset, v.red.length,
         v.green.offset, v.green.length, v.blue.offset, v.blue.length);
  printf("%s: %u bytes, %u a line, type %u visual %u\n", f.id, f.smem_len, f.line_length, f.type, f.visual);
  v.xres = 3;
  TRY(ioctl(fd, FBIOPUT_VSCREENINFO, &v));
  printf("still %u\n", v.xres);
  TRY(ioctl(fd, FBIOPAN_DISPLAY, &v));
  v.yoffset = 1;
  TRY(ioctl(fd, FBIOPAN_DISPLAY, &v));
  TRY(ioctl(fd, FBIOBLANK, 0));
  TRY(ioctl(fd, FBIO_WAITFORVSYNC, &v));
  TRY(ioctl(fd, TIOCGWINSZ, &v));
  uint32_t *p = mmap(0, f.smem_len, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  for (unsigned y = 0; y < v.yres; y++) {
    for (unsigned x = 0; x < v.xres; x++) p[y * f.line_length / 4 + x] = 0xff000000 | x << 16 | y << 8;
  }
  uint32_t row[4] = {0xffffff, 0xff0000, 0x00ff00, 0x0000ff};
  TRY(pwrite(fd, row, sizeof row, 4));
  TRY(lseek(fd, 2 * f.line_length, SEEK_SET));
  TRY(write(fd, row, sizeof row));
  TRY(pread(fd, row, 8, f.line_length));
  printf("read %x %x\n", row[0], row[1]);
  printf("mapped %x\n", p[2 * f.line_length / 4 + 1]);
  TRY(pread(fd, row, 8, f.smem_len));
  TRY(pwrite(fd, row, 16, f.smem_len - 8));
  TRY(pwrite(fd, row, 8, f.smem_len));
  TRY(pwrite(fd, row, 8, f.smem_len + 4));
  TRY(ftruncate(fd, 5));
  fflush(stdout);
  if (fork() == 0) {
    int mine = open("/dev/fb0", O_WRONLY);
    uint32_t last = 0x123456;
    pwrite(mine, &last, 4, f.smem_len - 4);
    p[5] = 0xabcdef;
    _exit(0);
  }
  wait(0);
  printf("child's %x %x\n", p[5], p[f.smem_len / 4 - 1]);
  int r = open("/dev/fb0", O_RDONLY);
  TRY(write(r, row, 4));
  TRY(mmap(0, 4096, PROT_WRITE, MAP_SHARED, r, 0) == MAP_FAILED ? -1 : 0);
  return 0;
}
