// Shared memory, semaphores and message queues of System V.
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

union semun { int val; struct semid_ds *buf; unsigned short *array; };

static long say(const char *what, long r) {
  printf("%s %ld", what, r);
  if (r < 0) printf(" %s", strerror(errno));
  printf("\n");
  return r;
}

static void nothing(int s) {}

static void memory(key_t key) {
  struct shmid_ds d;
  say("none", shmget(key, 100, 0600));
  say("too small", shmget(key, 0, IPC_CREAT | 0600));
  int id = shmget(key, 5000, IPC_CREAT | IPC_EXCL | 0640);
  say("made", id >= 0);
  say("again", shmget(key, 5000, IPC_CREAT | IPC_EXCL | 0640));
  say("same", shmget(key, 0, 0) == id);
  say("larger", shmget(key, 5001, 0));
  shmctl(id, IPC_STAT, &d);
  printf("%zu %o %d %d %ld %d %d %ld %ld\n", d.shm_segsz, d.shm_perm.mode, d.shm_perm.__key == key,
         d.shm_cpid == getpid(), (long) d.shm_nattch, d.shm_lpid, d.shm_perm.uid == getuid(),
         (long) d.shm_atime, (long) d.shm_dtime);
  char *a = shmat(id, 0, 0), *b = shmat(id, 0, SHM_RDONLY);
  say("attached", a != (void *) -1 && b != (void *) -1 && a != b);
  strcpy(a, "shared");
  printf("%s %d\n", b, a[4999]);
  shmctl(id, IPC_STAT, &d);
  printf("%ld %d %d\n", (long) d.shm_nattch, d.shm_lpid == getpid(), d.shm_atime != 0);
  pid_t p = fork();
  if (!p) {
    shmctl(id, IPC_STAT, &d);
    printf("child %ld %s\n", (long) d.shm_nattch, a);
    strcpy(a + 100, "by the child");
    _exit(0);
  }
  waitpid(p, 0, 0);
  printf("%s\n", b + 100);
  say("taken", (long) shmat(id, a, 0) == -1 ? -1 : 0);
  say("crooked", (long) shmat(id, a + 1, 0) == -1 ? -1 : 0);
  say("replaced", shmat(id, a, SHM_REMAP) == a);
  say("rounded", shmat(id, a + 77, SHM_RND | SHM_REMAP) == a);
  say("detach inside", shmdt(a + 4096));
  say("detach", shmdt(b));
  say("detach again", shmdt(b));
  say("removed", shmctl(id, IPC_RMID, 0));
  say("no key", shmget(key, 0, 0));
  shmctl(id, IPC_STAT, &d);
  printf("%o %ld %s\n", d.shm_perm.mode & 01777, (long) d.shm_nattch, a);
  say("detach last", shmdt(a));
  say("gone", shmctl(id, IPC_STAT, &d));
  id = shmget(IPC_PRIVATE, 4096, 0600);
  a = shmat(id, 0, 0);
  strcpy(a, "kept");
  shmdt(a);
  a = shmat(id, 0, 0);
  printf("%s\n", a);
  d.shm_perm.mode = 0604;
  d.shm_perm.uid = getuid();
  d.shm_perm.gid = getgid();
  say("set", shmctl(id, IPC_SET, &d));
  shmctl(id, IPC_STAT, &d);
  printf("%o\n", d.shm_perm.mode);
  say("locked", shmctl(id, SHM_LOCK, 0));
  shmctl(id, IPC_STAT, &d);
  say("bad command", shmctl(id, 99, 0));
  say("bad id", shmctl(-1, IPC_STAT, &d));
  say("bad id at", (long) shmat(-1, 0, 0));
  shmctl(id, IPC_RMID, 0);
}

static void semaphores(key_t key) {
  struct semid_ds d;
  union semun u = {.buf = &d};
  struct sembuf s[3];
  say("none", semget(key, 1, 0600));
  say("no semaphores", semget(key, 0, IPC_CREAT | 0600));
  int id = semget(key, 3, IPC_CREAT | 0600);
  say("made", id >= 0);
  say("more", semget(key, 4, 0));
  say("same", semget(key, 3, 0) == id);
  semctl(id, 0, IPC_STAT, u);
  printf("%lu %o %ld\n", (long) d.sem_nsems, d.sem_perm.mode, (long) d.sem_otime);
  unsigned short all[3] = {1, 2, 3};
  u.array = all;
  say("set all", semctl(id, 0, SETALL, u));
  for (int i = 0; i < 4; i++) say("value", semctl(id, i, GETVAL));
  u.val = 7;
  say("set", semctl(id, 1, SETVAL, u));
  u.val = 40000;
  say("too high", semctl(id, 1, SETVAL, u));
  memset(all, 0, sizeof all);
  u.array = all;
  semctl(id, 0, GETALL, u);
  printf("%d %d %d\n", all[0], all[1], all[2]);
  say("pid", semctl(id, 1, GETPID) == getpid());
  s[0] = (struct sembuf){0, -1, IPC_NOWAIT};
  s[1] = (struct sembuf){1, -2, IPC_NOWAIT};
  say("both", semop(id, s, 2));
  say("neither", semop(id, s, 2));
  say("first", semctl(id, 1, GETVAL));
  s[0] = (struct sembuf){0, 0, IPC_NOWAIT};
  say("zero", semop(id, s, 1));
  s[0] = (struct sembuf){5, 1, 0};
  say("no such", semop(id, s, 1));
  say("no operations", semop(id, s, 0));
  s[0] = (struct sembuf){1, 32767, 0};
  say("range", semop(id, s, 1));
  struct timespec t = {0, 20000000};
  s[0] = (struct sembuf){0, -1, 0};
  say("timed", semtimedop(id, s, 1, &t));
  t.tv_nsec = -1;
  say("bad time", semtimedop(id, s, 1, &t));
  pid_t p = fork();
  if (!p) {
    struct sembuf w[2] = {{2, -1, SEM_UNDO}, {0, -2, 0}};
    _exit(semop(id, w, 1) || semop(id, w + 1, 1));
  }
  while (semctl(id, 0, GETNCNT) != 1) usleep(1000);
  say("waiting", semctl(id, 0, GETNCNT));
  say("undone later", semctl(id, 2, GETVAL));
  s[0] = (struct sembuf){0, 2, 0};
  semop(id, s, 1);
  int status;
  waitpid(p, &status, 0);
  say("went on", status);
  say("undone", semctl(id, 2, GETVAL));
  p = fork();
  if (!p) {
    struct sembuf w = {1, 0, 0};
    int r = semop(id, &w, 1);
    printf("child %d %s\n", r, strerror(errno));
    _exit(0);
  }
  while (semctl(id, 1, GETZCNT) != 1) usleep(1000);
  long removed = semctl(id, 0, IPC_RMID);
  waitpid(p, 0, 0);
  say("removed", removed);
  say("gone", semctl(id, 0, GETVAL));
  id = semget(IPC_PRIVATE, 1, 0600);
  signal(SIGALRM, nothing);
  p = fork();
  if (!p) {
    signal(SIGUSR1, nothing);
    struct sembuf w = {0, -1, 0};
    int r = semop(id, &w, 1);
    printf("child %d %s\n", r, strerror(errno));
    _exit(0);
  }
  while (semctl(id, 0, GETNCNT) != 1) usleep(1000);
  kill(p, SIGUSR1);
  waitpid(p, 0, 0);
  say("nobody", semctl(id, 0, GETNCNT));
  semctl(id, 0, IPC_RMID);
}

static void queues(key_t key) {
  struct msqid_ds d;
  struct { long type; char text[100]; } m = {0, "first"};
  say("none", msgget(key, 0600));
  int id = msgget(key, IPC_CREAT | IPC_EXCL | 0600);
  say("made", id >= 0);
  say("again", msgget(key, IPC_CREAT | IPC_EXCL | 0600));
  say("no type", msgsnd(id, &m, 5, 0));
  m.type = 3;
  say("sent", msgsnd(id, &m, 5, 0));
  m.type = 1;
  strcpy(m.text, "second");
  say("sent", msgsnd(id, &m, 6, 0));
  m.type = 2;
  strcpy(m.text, "third");
  say("sent", msgsnd(id, &m, 5, 0));
  say("too long", msgsnd(id, &m, 9000, 0));
  msgctl(id, IPC_STAT, &d);
  printf("%ld %ld %o %d %d %ld\n", (long) d.msg_qnum, (long) d.msg_cbytes, d.msg_perm.mode,
         d.msg_lspid == getpid(), d.msg_lrpid, (long) d.msg_rtime);
  say("none of type", msgrcv(id, &m, 100, 9, IPC_NOWAIT));
  say("no room", msgrcv(id, &m, 3, 2, 0));
  say("cut", msgrcv(id, &m, 3, 2, MSG_NOERROR));
  printf("%ld %.3s\n", m.type, m.text);
  long n = msgrcv(id, &m, 100, -2, 0);
  printf("%ld %ld %.*s\n", n, m.type, (int) n, m.text);
  say("other", msgrcv(id, &m, 100, 3, MSG_EXCEPT | IPC_NOWAIT));
  n = msgrcv(id, &m, 100, 0, 0);
  printf("%ld %ld %.*s\n", n, m.type, (int) n, m.text);
  say("empty", msgrcv(id, &m, 100, 0, IPC_NOWAIT));
  pid_t p = fork();
  if (!p) {
    long r = msgrcv(id, &m, 100, 5, 0);
    long type = m.type, next = msgrcv(id, &m, 100, 5, 0);
    printf("child %ld %ld, %ld %s\n", r, type, next, strerror(errno));
    _exit(0);
  }
  usleep(20000);
  m.type = 4;
  msgsnd(id, &m, 1, 0);
  m.type = 5;
  msgsnd(id, &m, 0, 0);
  for (int i = 0; i < 300; i++) {
    msgctl(id, IPC_STAT, &d);
    if (d.msg_qnum == 1) break;
    usleep(1000);
  }
  char big[8192] = {0};
  *(long *) big = 6;
  int sent = 0;
  while (!msgsnd(id, big, 8000, IPC_NOWAIT)) sent++;
  printf("full after %d: %s\n", sent, strerror(errno));
  usleep(20000);
  long removed = msgctl(id, IPC_RMID, 0);
  waitpid(p, 0, 0);
  say("removed", removed);
  say("gone", msgsnd(id, &m, 1, 0));
}

int main(void) {
  setvbuf(stdout, 0, _IONBF, 0);
  key_t key = 0x41780000 + getpid();
  memory(key);
  semaphores(key);
  queues(key);
  return 0;
}
