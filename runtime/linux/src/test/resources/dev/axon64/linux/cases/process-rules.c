// Programs, groups, children, signals, limits and memory, as calls about processes have them.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <sched.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/times.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/utsname.h>
#include <sys/prctl.h>
#include <sys/timex.h>
#include <poll.h>
#include <limits.h>
#include <pthread.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); fflush(stdout); } while (0)
static volatile int got,cnt; static void h(int s){got=s;cnt++;}
static void*th(void*a){ pause(); return 0; }
int main(int n,char**v){ if(n>1) { printf("ran %s pgid %d\n",v[1],getpgrp()==getpid()); return 5; }
 struct stat s; char b[5000]; int st; char*av[]={"x","y",0}; char*ev[]={0};
 int f=open("noexec",O_CREAT|O_RDWR,0600); E(execv("noexec",av)); fchmod(f,0755); close(f); E(execv("noexec",av)); f=open("garb",O_CREAT|O_RDWR,0755); write(f,"hello world\n",12); close(f); E(execv("garb",av)); E(execv("none",av)); E(execv("",av)); E(execv("garb/x",av)); mkdir("dir",0755); E(execv("dir",av)); f=open("loop",O_CREAT|O_RDWR,0755); write(f,"#!loop\n",7); close(f); E(execv("loop",av)); f=open("nointerp",O_CREAT|O_RDWR,0755); write(f,"#!/none/x\n",10); close(f); E(execv("nointerp",av)); f=open("empty2",O_CREAT|O_RDWR,0755); write(f,"#!\n",3); close(f); E(execv("empty2",av)); E(execve((void*)8,av,ev)); E(execve("garb",(void*)8,ev)); E(execve("garb",av,(void*)8)); char*big=malloc(200000); memset(big,'a',199999); big[199999]=0; char*lv[]={"x",big,0}; E(execv("/proc/self/exe",lv)); symlink("sl2","sl1"); symlink("sl1","sl2"); E(execv("sl1",av)); int d=open(".",O_RDONLY|O_DIRECTORY); E(syscall(SYS_execveat,d,"garb",av,ev,0)); E(syscall(SYS_execveat,d,"garb",av,ev,0x8000)); E(syscall(SYS_execveat,-1,"garb",av,ev,0)); symlink("garb","gl"); E(syscall(SYS_execveat,d,"gl",av,ev,AT_SYMLINK_NOFOLLOW)); E(syscall(SYS_execveat,d,"",av,ev,0)); E(syscall(SYS_execveat,d,"",av,ev,AT_EMPTY_PATH)); f=open("/proc/self/exe",O_RDONLY); fflush(stdout); if(!fork()){ E(syscall(SYS_execveat,f,"",av,ev,AT_EMPTY_PATH)); _exit(1);} wait(&st); printf("%x\n",st); int pf=open("/proc/self/exe",O_PATH); fflush(stdout); if(!fork()){ E(syscall(SYS_execveat,pf,"",av,ev,AT_EMPTY_PATH)); _exit(1);} wait(&st); printf("%x\n",st);
 // groups
 pid_t c=fork(); if(!c){ pause(); _exit(0);} E(setpgid(c,c)); E(getpgid(c)==c); E(getpgid(0)==getpgrp()); E(setpgid(c,1)); E(kill(-c,SIGTERM)); E(waitpid(-c,&st,0)==c); printf("%x\n",st); c=fork(); if(!c){ execv("/proc/self/exe",av); } usleep(100000); E(setpgid(c,c)); waitpid(c,&st,0); E(waitpid(c,&st,0)); c=fork(); if(!c){ E(setsid()>0); E(getsid(0)==getpid()); E(setsid()); E(setpgid(0,0)); fflush(stdout); _exit(0);} wait(0);
 // waits
 E(wait4(-1,0,0,0)); c=fork(); if(!c)_exit(1); siginfo_t si; E(waitid(P_PID,c,&si,WEXITED|WNOWAIT)); E(waitid(P_PGID,0,&si,WEXITED|WNOWAIT)); E(waitid(P_PID,c,0,WEXITED)); E(waitid(P_PID,-1,&si,WEXITED)); E(waitid(P_PGID,-1,&si,WEXITED)); E(wait4(-1,(void*)8,0,0)); E(waitpid(0,0,WNOHANG)); c=fork(); if(!c)_exit(1); usleep(50000); E(wait4(c,(void*)8,0,0)); E(waitpid(c,&st,0));
 // signals
 struct sigaction a={0}; a.sa_handler=h; E(sigaction(SIGKILL,&a,0)); E(sigaction(SIGSTOP,&a,0)); E(sigaction(SIGKILL,0,&a)); E(sigaction(0,0,0)); E(sigaction(65,0,0)); E(syscall(SYS_rt_sigaction,SIGUSR1,8,0,8)); E(syscall(SYS_rt_sigaction,SIGUSR1,0,0,16)); E(syscall(SYS_rt_sigprocmask,0,8,0,8)); E(syscall(SYS_rt_sigprocmask,99,0,b,8)); E(syscall(SYS_rt_sigpending,8,8)); E(syscall(SYS_rt_sigpending,b,9)); E(syscall(SYS_rt_sigsuspend,8,8)); E(syscall(SYS_rt_sigsuspend,b,9)); sigset_t ss; sigemptyset(&ss); sigaddset(&ss,SIGUSR1); struct timespec t0={0,0},tb={0,1000000000}; E(sigtimedwait(&ss,&si,&t0)); E(sigtimedwait(&ss,&si,&tb)); E(syscall(SYS_rt_sigtimedwait,8,0,0,8)); E(syscall(SYS_rt_sigtimedwait,&ss,0,8,8)); a.sa_handler=h; a.sa_flags=0; sigaction(SIGUSR1,&a,0); sigprocmask(SIG_BLOCK,&ss,0); cnt=0; for(int i=0;i<3;i++)raise(SIGUSR1); sigprocmask(SIG_UNBLOCK,&ss,0); printf("merged %d\n",cnt); sigaction(SIGRTMIN,&a,0); sigemptyset(&ss); sigaddset(&ss,SIGRTMIN); sigprocmask(SIG_BLOCK,&ss,0); cnt=0; for(int i=0;i<3;i++)raise(SIGRTMIN); sigprocmask(SIG_UNBLOCK,&ss,0); printf("queued %d\n",cnt); E(alarm(5)); E(alarm(0)); E(ualarm(500000,0)); E(alarm(0)>0); 
 // rlimits etc
 struct rlimit r; E(getrlimit(RLIMIT_STACK,&r)); printf("%d\n",r.rlim_cur<=r.rlim_max); r.rlim_cur=1<<20; E(setrlimit(RLIMIT_STACK,&r)); r.rlim_cur=r.rlim_max=100; E(setrlimit(RLIMIT_NPROC,&r)); r.rlim_max=200; E(setrlimit(RLIMIT_NPROC,&r)); r.rlim_cur=201; r.rlim_max=200; E(setrlimit(RLIMIT_DATA,&r)); E(syscall(SYS_getrlimit,0,8)); E(syscall(SYS_prlimit64,getpid(),7,0,&r)); E(syscall(SYS_prlimit64,0,16,0,&r)); E(syscall(SYS_prlimit64,-1,7,0,&r)); E(setrlimit(RLIMIT_CPU,(void*)8));
 struct utsname u; E(uname(&u)); E(strlen(u.sysname)>0); struct sysinfo i; E(sysinfo(&i)); printf("%d %d %d\n",i.uptime>=0,i.procs>0,i.mem_unit>0); struct timex tx={0}; E(adjtimex(&tx)>=0); tx.modes=0x8000|0x4000; if(!fork()){ setuid(5); tx.modes=ADJ_OFFSET; E(adjtimex(&tx)); fflush(stdout); _exit(0);} wait(0);
 // poll/nanosleep args
 struct pollfd p={0,POLLIN}; E(poll((void*)8,1,0)); E(poll(&p,100000,0)); E(poll(0,0,1)); struct timespec nt={-1,0}; E(ppoll(&p,1,&nt,0)); E(syscall(SYS_ppoll,&p,1,0,&ss,4)); E(select(-1,0,0,0,0)); struct timeval tv={0,-1}; E(select(0,0,0,0,&tv)); 
 // threads
 pthread_t t; pthread_create(&t,0,th,0); E(pthread_kill(t,0)); E(pthread_cancel(t)); pthread_join(t,0); E(syscall(SYS_futex,b+1,0,0,0,0,0)); E(syscall(SYS_futex,8,0,0,0,0,0)); E(syscall(SYS_futex,b,77,0,0,0,0)); int w=5; E(syscall(SYS_futex,&w,0,4,0,0,0)); E(syscall(SYS_futex,&w,1,1,0,0,0)); struct timespec ft={0,1000}; E(syscall(SYS_futex,&w,0,5,&ft,0,0)); ft.tv_nsec=-1; E(syscall(SYS_futex,&w,0,5,&ft,0,0)); E(syscall(SYS_futex,&w,9,5,0,0,0)); E(syscall(SYS_futex,&w,4,1,1,b,4)); E(syscall(SYS_set_tid_address,0)==gettid()); E(syscall(SYS_clone,0x10000,0,0,0,0)); E(syscall(SYS_clone,0x800,0,0,0,0)); 
 E(munlockall()); E(munlock(b,10)); E(mlock((void*)0x1000,4096)); E(mincore(b,10,(void*)8)); void*m=mmap(0,4096,3,MAP_PRIVATE|MAP_ANONYMOUS,-1,0); E(mincore(m,4096,(void*)8)); E(mprotect(m,4096,8)); E(mprotect(m,4096,PROT_GROWSDOWN|PROT_GROWSUP)); E(msync(m,4096,8)); E(madvise(m,4096,MADV_DONTNEED)); E(munmap((void*)1,10)); E(syscall(SYS_brk,0)>0); 
}
