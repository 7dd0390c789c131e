// What /proc/self/smaps tells of pages that are untouched, written, freed, shared with a child and copied by it.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include <fcntl.h>
static void show(const char *what, char *at) {
  FILE *f = fopen("/proc/self/smaps", "r"); char line[500]; int in = 0; unsigned long from, to;
  printf("%s:", what);
  while (fgets(line, sizeof line, f)) {
    if (sscanf(line, "%lx-%lx ", &from, &to) == 2 && strchr(line, ' ') - line > 10) in = from <= (unsigned long)at && (unsigned long)at < to;
    else if (in && !strstr(line, "Hugetlb") && (!strncmp(line, "Size", 4) || !strncmp(line, "Rss", 3) || !strncmp(line, "Pss:", 4) || !strncmp(line, "Shared", 6) || !strncmp(line, "Private", 7) || !strncmp(line, "Anonymous", 9))) {
      char name[40]; long k; sscanf(line, "%39[^:]: %ld", name, &k); printf(" %s %ld", name, k);
    }
  }
  printf("\n"); fflush(stdout); fclose(f);
}
int main(void) {
  setbuf(stdout, malloc(BUFSIZ));
  char *p = mmap(0, 24 * 4096, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); p += 4096; mprotect(p, 22 * 4096, PROT_READ | PROT_WRITE);
  show("untouched", p); memset(p, 1, 8 * 4096); show("written", p);
  if (fork() == 0) { show("child", p); memset(p, 2, 3 * 4096); show("child wrote", p); _exit(0); } wait(0); show("parent", p);
  madvise(p, 2 * 4096, MADV_DONTNEED); show("given back", p);
  char *s = mmap(0, 24 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0); memset(s, 1, 4 * 4096); show("shared", s);
  if (fork() == 0) { memset(s, 2, 4 * 4096); show("child", s); _exit(0); } wait(0); show("parent", s);
}
