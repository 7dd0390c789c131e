// small kernel-rule checks
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <errno.h>
#include <signal.h>
#include <unistd.h>
#include <fcntl.h>
#include <time.h>
#include <sched.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <sys/prctl.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/syscall.h>
#include <setjmp.h>
#include "shared.h"
static sigjmp_buf jb; static void h(int s){ if(s!=SIGALRM) siglongjmp(jb,1);} static volatile int v; static void hv(int s){v=s;}
static int ok(volatile char*p){ if(!sigsetjmp(jb,1)){(void)*p;return 1;} return 0;}
int main(void){ struct timeval tv={0,500000}; signal(SIGALRM,h); struct itimerval it={{0,0},{0,100000}}; setitimer(ITIMER_REAL,&it,0); int r=select(0,0,0,0,&tv); printf("select EINTR left updated %d\n",r==-1&&tv.tv_usec<450000&&tv.tv_usec>0); int p[2]; pipe(p); write(p[1],"x",1); fd_set f; FD_ZERO(&f); FD_SET(p[0],&f); tv=(struct timeval){9,0}; select(p[0]+1,&f,0,0,&tv); printf("select ready left %d\n",tv.tv_sec>=8); tv=(struct timeval){0,1000}; FD_ZERO(&f); select(0,0,0,0,&tv); printf("select timeout left %ld\n",(long)tv.tv_usec); struct timespec ts={9,0}; sigset_t ss; struct{void*a;size_t b;}sx={0,0}; struct{int fd;short e,re;}pf={p[0],1,0}; syscall(SYS_ppoll,&pf,1,&ts,0,8); printf("ppoll left %d\n",ts.tv_sec==8||ts.tv_sec==9&&ts.tv_nsec==0?(int)ts.tv_sec:-1);
 signal(SIGSEGV,h); char*m=mmap(0,4096,PROT_WRITE,MAP_PRIVATE|MAP_ANONYMOUS,-1,0); printf("PROT_WRITE readable %d\n",ok(m)); char*x=mmap(0,4096,PROT_EXEC,MAP_PRIVATE|MAP_ANONYMOUS,-1,0); without_protection_keys(); printf("PROT_EXEC readable %d\n",ok(x));
 signal(SIGPIPE,hv); int q[2]; pipe(q); close(q[0]); v=0; r=write(q[1],"",0); printf("empty write to broken pipe %d sigpipe %d\n",r,v);
 pid_t c; int st; if(!(c=fork())){ prctl(PR_SET_PDEATHSIG,SIGKILL); if(!fork()){ prctl(PR_SET_PDEATHSIG,SIGUSR1); signal(SIGUSR1,hv); for(int i=0;i<20&&!v;i++)usleep(20000); printf("death signal %d\n",v); fflush(stdout); _exit(0);} usleep(60000); _exit(0);} waitpid(c,&st,0); usleep(500000);
 printf("subreaper %d",prctl(PR_SET_CHILD_SUBREAPER,1)); fflush(stdout); if(!(c=fork())){ if(!fork()){usleep(50000);_exit(5);} _exit(0);} waitpid(c,&st,0); r=waitpid(-1,&st,0); printf(" adopted %d\n",r>0); fflush(stdout);
 char*a=mmap(0,8192,3,MAP_PRIVATE|MAP_ANONYMOUS,-1,0); a[0]=a[4096]=7; int d=madvise(a,4096,MADV_WIPEONFORK),e=madvise(a+4096,4096,MADV_DONTFORK); if(!(c=fork())){ printf("wipeonfork %d: child sees %d; dontfork %d: child has it %d\n",d,a[0],e,ok(a+4096)); fflush(stdout); _exit(0);} waitpid(c,&st,0);
 struct sigaction sa={0}; sa.sa_handler=hv; sa.sa_flags=SA_RESETHAND; sigaction(SIGUSR2,&sa,0); raise(SIGUSR2); sigaction(SIGUSR2,0,&sa); printf("RESETHAND keeps flags %d\n",(sa.sa_flags&SA_RESETHAND)!=0);
 int fd=open("mp",O_RDWR|O_CREAT|O_TRUNC,0600); ftruncate(fd,8192); char*g=mmap(0,8192,3,MAP_SHARED,fd,0); g[4096]='a'; signal(SIGBUS,h); ftruncate(fd,4096); printf("access past truncated end faults %d\n",!ok(g+4096)); ftruncate(fd,8192); printf("regrown page %d\n",ok(g+4096)?g[4096]:-1); int z=open("/dev/zero",O_RDWR); printf("/dev/zero shared %d\n",mmap(0,4096,3,MAP_SHARED,z,0)!=MAP_FAILED); struct timespec at={0,0}; printf("O_APPEND "); int ap=open("ap",O_RDWR|O_CREAT|O_TRUNC|O_APPEND,0600); write(ap,"ab",2); pwrite(ap,"X",1,0); char bb[9]={0}; pread(ap,bb,8,0); printf("%s\n",bb); }
