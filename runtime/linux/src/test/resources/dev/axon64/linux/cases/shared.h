/* What several cases need. */
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Sleeps for a moment, whatever signals arrive. */
__attribute__((unused)) static void rest(void) {
  struct timespec t = {0, 20000000};
  while (nanosleep(&t, &t) < 0) continue;
}

/* Waits until a thread or a process sleeps in a call, or has ended. */
__attribute__((unused)) static void until_asleep(int id) {
  char path[60];
  snprintf(path, sizeof path, "/proc/%d/stat", id);
  for (int times = 0; times < 3; times++) {
    rest();
    char text[300] = "";
    int fd = open(path, O_RDONLY);
    if (fd < 0) return;
    read(fd, text, sizeof text - 1);
    close(fd);
    char *state = strrchr(text, ')');
    if (state && state[2] == 'R') times = -1;
  }
}

/* Lets memory be read that may only be executed, as where a processor has no keys to forbid it: Linux takes one of x86's for that. */
__attribute__((unused)) static void without_protection_keys(void) {
#ifdef __x86_64__
  unsigned a = 7, b, c = 0, d;
  __asm__("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
  if (c >> 4 & 1) __asm__ volatile(".byte 0x0f, 0x01, 0xef" : : "a"(0), "c"(0), "d"(0)); // wrpkru
#endif
}
