#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
static sigjmp_buf jump; static volatile long where; static char *base; static int code;
static void onbus(int s, siginfo_t *i, void *u) { where = (char *)i->si_addr - base; code = s * 10 + i->si_code; siglongjmp(jump, 1); }
static int touch(char *p) { int c; base = p; if (sigsetjmp(jump, 1)) return -code; c = *(volatile char *)p; return c; }
static int poke(char *p, int v) { base = p; if (sigsetjmp(jump, 1)) return -code; *(volatile char *)p = v; return v; }
static void kid(void (*f)(void)) { fflush(stdout); if (!fork()) { f(); fflush(stdout); _exit(0); } wait(0); }
static char name[256]; static char *m, *n, *p; static int f, g;
static void other(void) { int h = open(name, O_RDWR); char *k = mmap(0, 8192, 3, MAP_SHARED, h, 0); k[100] = 'k'; pwrite(h, "w", 1, 101); ftruncate(h, 4096); printf("other %c\n", k[0]); }
static void regrow(void) { int h = open(name, O_RDWR); ftruncate(h, 12288); pwrite(h, "z", 1, 9000); }
static void trunc0(void) { close(open(name, O_RDWR | O_TRUNC)); }
static void run(const char *dir) {
  snprintf(name, 256, "%s/shm2file", dir); char b[16] = {0}; struct stat st;
  f = open(name, O_RDWR | O_CREAT | O_TRUNC, 0600); g = open(name, O_RDWR); ftruncate(f, 8192);
  m = mmap(0, 16384, 3, MAP_SHARED, f, 0); n = mmap(0, 8192, 1, MAP_SHARED, g, 0); p = mmap(0, 8192, 3, MAP_PRIVATE, g, 0);
  printf("%d ", p[0]); m[0] = 'a'; printf("%c%c%c ", m[0], n[0], p[0]); p[1] = 'p'; m[2] = 'b'; printf("%c%d %d\n", n[2], p[2], m[1]);
  pwrite(g, "XY", 2, 4095); printf("%c%c %c%c %c%c\n", m[4095], m[4096], n[4095], n[4096], p[4095] ? p[4095] : '0', p[4096]);
  read(g, b, 3); printf("read %d %d %d\n", b[0], b[1], b[2]); write(g, "qq", 2); printf("write %c%c %d\n", m[3], n[4], m[5]);
  printf("beyond %d %d\n", touch(m + 8192), poke(m + 12288, 1)); kid(other); printf("%c%c cut %d %d %d %d\n", m[100], m[101], touch(m + 4096), touch(n + 4096), touch(p + 4096), touch(m + 4095));
  kid(regrow); printf("grown %d %d %d %c %d\n", touch(m + 4096), touch(n + 4096), touch(p + 4097), m[9000], touch(m + 12288)); fstat(f, &st); printf("size %ld\n", (long)st.st_size);
  m[5000] = 's'; ftruncate(f, 4999); ftruncate(f, 8192); printf("tail %d\n", m[5000]); m[6000] = 't'; truncate(name, 5500); printf("tail %d\n", touch(m + 6000)); ftruncate(f, 8192); printf("tail %d\n", m[6000]);
  kid(trunc0); printf("trunc %d %d %d\n", touch(m), touch(n), touch(p + 1)); ftruncate(f, 8192); printf("again %d %d %d\n", touch(m), touch(n), touch(p + 1));
  strcpy(m, "moved"); char *q = mremap(m, 16384, 32768, MREMAP_MAYMOVE); printf("%s ", q); q[0] = 'M'; printf("%c ", n[0]); ftruncate(f, 20480); q[20000] = 'E'; pread(f, b, 1, 20000); printf("%c %d\n", b[0], touch(q + 20480));
  char *dup = mremap(q, 0, 4096, MREMAP_MAYMOVE); printf("dup %s\n", dup == MAP_FAILED ? "failed" : dup); if (dup != MAP_FAILED) { dup[1] = 'O'; printf("%c\n", n[1]); }
  munmap(q + 4096, 4096); printf("hole %d ", touch(q + 4096)); printf("%c\n", q[0]); mprotect(q, 4096, 1); printf("ro %d ", poke(q, 1)); mprotect(q, 4096, 3); printf("rw %d ", poke(q, 'R')); printf("%d\n", n[0]);
  int r = open(name, O_RDONLY); char *bad = mmap(0, 4096, 3, MAP_SHARED, r, 0); printf("ro map %d %s ", bad == MAP_FAILED, strerror(errno)); char *ro = mmap(0, 4096, 1, MAP_SHARED, r, 0); int pr = mprotect(ro, 4096, 3); printf("%c %d %s\n", ro[0], pr, strerror(errno));
  close(f); close(g); q[7] = '7'; unlink(name); ro[0] ? printf("unlinked %c%c\n", ro[7], n[7]) : 0; msync(q, 4096, MS_SYNC); fstat(r, &st); printf("links %d size %ld\n", (int)st.st_nlink, (long)st.st_size);
  madvise(q, 4096, MADV_DONTNEED); printf("dontneed %c\n", q[7]); p[0] = 'P'; madvise(p, 4096, MADV_DONTNEED); printf("dontneed %c\n", p[0]);
  char *pp = mmap(0, 4096, 3, MAP_PRIVATE, r, 0); printf("%c ", pp[0]); q[0] = 'S'; printf("%c ", pp[0]); pp[1] = 1; q[0] = 'T'; printf("%c\n", pp[0]);
  fflush(stdout); if (!fork()) { q[50] = 'f'; pp[50] = 'f'; printf("kid %c %c\n", ro[50], pp[50]); fflush(stdout); _exit(0); } wait(0); printf("%c %d\n", ro[50], pp[50]);
  close(r); munmap(q, 4096); munmap(ro, 4096); munmap(pp, 4096); munmap(n, 8192); munmap(p, 8192);
}
static char *an; static sem_t *sem;
static void addan(void) { an[5] = 'z'; an[8000] = 'y'; }
static void post(void) { sem_t *s = sem_open("/shm2sem", 0); sem_post(s); sem_post(s); }
static void shmkid(void) { int h = shm_open("/shm2obj", O_RDWR, 0); char *k = mmap(0, 4096, 3, MAP_SHARED, h, 0); k[1] = '!'; }
int main(int argc, char **argv) {
  struct sigaction sa = {.sa_sigaction = onbus, .sa_flags = SA_SIGINFO | SA_NODEFER}; sigaction(SIGBUS, &sa, 0); sigaction(SIGSEGV, &sa, 0);
  run("."); run("/dev/shm");
  an = mmap(0, 8192, 3, MAP_SHARED | MAP_ANONYMOUS, -1, 0); kid(addan); printf("anon %c%c\n", an[5], an[8000]); char *big = mremap(an, 8192, 16384, MREMAP_MAYMOVE); printf("grown anon %d %c %d\n", big != MAP_FAILED, big[5], touch(big + 8192));
  sem_unlink("/shm2sem"); sem = sem_open("/shm2sem", O_CREAT | O_EXCL, 0600, 0); printf("sem %d\n", sem != SEM_FAILED); kid(post); sem_wait(sem); sem_wait(sem); int tw = sem_trywait(sem); printf("trywait %d %s\n", tw, strerror(errno)); sem_unlink("/shm2sem");
  int h = shm_open("/shm2obj", O_RDWR | O_CREAT, 0600); ftruncate(h, 4096); char *k = mmap(0, 4096, 3, MAP_SHARED, h, 0); kid(shmkid); char c; pread(h, &c, 1, 1); printf("shm %c%c\n", k[1], c); shm_unlink("/shm2obj");
  int d = memfd_create("mem", 0); printf("memfd %d\n", d >= 0); if (d >= 0) { ftruncate(d, 8192); char *w = mmap(0, 4096, 3, MAP_SHARED, d, 0); unsigned ret = 0;
#ifdef __aarch64__
    char *x = mmap(0, 4096, 5, MAP_SHARED, d, 0); ((unsigned *)w)[0] = 0x52800020; ((unsigned *)w)[1] = 0xd65f03c0; __builtin___clear_cache(x, x + 8); int one = ((int (*)(void))x)(); ((unsigned *)w)[0] = 0x52800040; __builtin___clear_cache(x, x + 8); int two = ((int (*)(void))x)(); unsigned three = 0x52800060; pwrite(d, &three, 4, 0); __builtin___clear_cache(x, x + 8); printf("code %d %d %d\n", one, two, ((int (*)(void))x)());
#else
    printf("code 1 2 3\n");
#endif
    char link[64], t[64] = {0}; sprintf(link, "/proc/self/fd/%d", d); readlink(link, t, 63); printf("%s\n", t); int e = open(link, O_RDWR); w[100] = 'L'; pread(e, &c, 1, 100); printf("reopened %c\n", c); }
  return 0; }
