// Times, names, links, folders, modes, descriptors and pieces of memory, as calls about files have them.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <dirent.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/mman.h>
#include <sys/time.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/file.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <utime.h>
#include <limits.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); fflush(stdout); } while (0)
static volatile int got; static void h(int s){got=s;}
int main(void){ struct stat s; char b[5000];
 // timestamps
 int f=open("t",O_CREAT|O_RDWR,0600); struct timespec ts[2]={{100,5},{200,6}}; E(futimens(f,ts)); fstat(f,&s); printf("%ld.%ld %ld.%ld\n",s.st_atim.tv_sec,s.st_atim.tv_nsec,s.st_mtim.tv_sec,s.st_mtim.tv_nsec); write(f,"x",1); fstat(f,&s); printf("mtime moved %d atime %ld\n",s.st_mtim.tv_sec>1000,s.st_atim.tv_sec); time_t c=s.st_ctim.tv_sec; ts[0].tv_nsec=UTIME_OMIT; ts[1].tv_nsec=7; futimens(f,ts); fstat(f,&s); printf("%ld %ld ctime now %d\n",s.st_atim.tv_sec,s.st_mtim.tv_sec,s.st_ctim.tv_sec>1000); ts[1].tv_sec=-100; ts[1].tv_nsec=999999999; futimens(f,ts); fstat(f,&s); printf("%ld.%09ld\n",s.st_mtim.tv_sec,s.st_mtim.tv_nsec); ts[1].tv_sec=4294967296L*2; futimens(f,ts); fstat(f,&s); printf("%ld\n",s.st_mtim.tv_sec); symlink("t","sl"); ts[0].tv_sec=5; ts[0].tv_nsec=0; ts[1].tv_sec=-7; ts[1].tv_nsec=3; E(utimensat(AT_FDCWD,"sl",ts,AT_SYMLINK_NOFOLLOW)); lstat("sl",&s); printf("%ld.%ld\n",s.st_mtim.tv_sec,s.st_mtim.tv_nsec);
 // names
 memset(b,'n',300); b[255]=0; E(close(open(b,O_CREAT,0600))); b[255]='n'; b[256]=0; E(open(b,O_CREAT,0600)); E(mkdir(b,0700)); E(stat(b,&s)); memset(b,'/',4096); b[4095]=0; E(stat(b,&s)); b[4095]='/'; b[4096]=0; E(stat(b,&s)); for(int i=0;i<45;i++){ char x[20],y[20]; sprintf(x,"c%d",i); sprintf(y,"c%d",i+1); symlink(y,x);} E(open("c0",O_RDONLY)); close(open("c45",O_CREAT,0600)); E(open("c5",O_RDONLY)>0); E(open("c4",O_RDONLY));
 // links
 mkdir("d",0755); stat("d",&s); printf("nlink %d\n",(int)s.st_nlink); mkdir("d/e",0755); stat("d",&s); printf("nlink %d\n",(int)s.st_nlink); E(link("d","d2")); E(rmdir("d")); E(unlink("d")); E(rename("d","d/e/f")); E(rename("t","d")); E(rename("d","t")); E(link("t","t2")); fstat(f,&s); printf("nlink %d\n",(int)s.st_nlink); E(rename("t","t2")); E(access("t",0)); unlink("t"); unlink("t2"); fstat(f,&s); printf("nlink %d\n",(int)s.st_nlink); sprintf(b,"/proc/self/fd/%d",f); E(link(b,"t3")); E(linkat(AT_FDCWD,b,AT_FDCWD,"t3",AT_SYMLINK_FOLLOW)); E(linkat(f,"",AT_FDCWD,"t3",AT_EMPTY_PATH)); int tf=open(".",O_TMPFILE|O_RDWR,0600); sprintf(b,"/proc/self/fd/%d",tf); E(linkat(AT_FDCWD,b,AT_FDCWD,"t4",AT_SYMLINK_FOLLOW)); E(access("t4",0)); tf=open(".",O_TMPFILE|O_RDWR|O_EXCL,0600); sprintf(b,"/proc/self/fd/%d",tf); E(linkat(AT_FDCWD,b,AT_FDCWD,"t5",AT_SYMLINK_FOLLOW));
 // append & pread etc
 int a=open("ap",O_CREAT|O_RDWR|O_APPEND,0600); write(a,"abc",3); lseek(a,0,0); write(a,"d",1); E(lseek(a,0,SEEK_CUR)); E(pread(a,b,10,2)); E(ftruncate(a,2)); write(a,"z",1); fstat(a,&s); printf("size %ld\n",s.st_size); E(fcntl(a,F_SETFL,0)); lseek(a,0,0); write(a,"Q",1); pread(a,b,3,0); printf("%.3s\n",b); E(fcntl(a,F_GETFL)&O_APPEND); E(lseek(a,LONG_MAX,SEEK_SET)); E(write(a,"x",1)); E(lseek(a,LONG_MAX,SEEK_CUR)); E(pwrite(a,"x",1,LONG_MAX)); E(ftruncate(a,LONG_MAX)); E(read(a,b,0)); E(write(a,0,0));
 // directory reading
 mkdir("big",0755); for(int i=0;i<50;i++){ char x[40]; sprintf(x,"big/file%d",i); close(open(x,O_CREAT,0600)); } DIR*d=opendir("big"); int n=0; for(struct dirent*e;(e=readdir(d));)n++; printf("entries %d\n",n); rewinddir(d); struct dirent*e=readdir(d); long pos=telldir(d); e=readdir(d); char nm[300]; strcpy(nm,e->d_name); seekdir(d,pos); e=readdir(d); printf("same %d\n",!strcmp(nm,e->d_name)); int types=0; rewinddir(d); while((e=readdir(d))) types+=e->d_type==DT_REG; printf("reg %d\n",types); for(int i=0;i<50;i++){ char x[40]; sprintf(x,"big/file%d",i); unlink(x);} rewinddir(d); n=0; while(readdir(d))n++; printf("left %d\n",n); E(rmdir("big")); rewinddir(d); E(readdir(d)!=0); E(fstat(dirfd(d),&s)); printf("nlink %d\n",(int)s.st_nlink); E(openat(dirfd(d),"x",O_CREAT,0600));
 // cwd removed
 mkdir("gone",0755); chdir("gone"); rmdir("../gone"); E(getcwd(b,100)!=0); E(open("x",O_CREAT,0600)); E(stat(".",&s)); E(mkdir("y",0700)); E(stat("..",&s)); E(chdir("..")); 
 // umask
 umask(077); close(open("um",O_CREAT,0777)); stat("um",&s); printf("%o\n",s.st_mode); mkdir("umd",0777); stat("umd",&s); printf("%o\n",s.st_mode); umask(0); close(open("um2",O_CREAT,07777)); stat("um2",&s); printf("%o\n",s.st_mode); mkdir("umd2",07777); stat("umd2",&s); printf("%o\n",s.st_mode); umask(022);
 // fds
 struct rlimit r={20,20}; setrlimit(RLIMIT_NOFILE,&r); int k; while((k=open("um2",O_RDONLY))>=0); E(k); E(dup(0)); E(pipe((int*)b)); E(fcntl(0,F_DUPFD,19)); E(fcntl(0,F_DUPFD,20)); E(dup2(0,20)); E(dup2(0,19)); E(memfd_create("x",0)); E(open(".",O_RDONLY)); closefrom(5); E(open("um2",O_RDONLY)>0);
 E(flock(99,LOCK_SH)); E(flock(3,0)); E(flock(3,99)); E(fcntl(3,F_GETOWN)); E(fcntl(3,F_SETOWN,getpid())); E(fcntl(3,F_GETSIG)); E(fcntl(3,F_GETLEASE)); 
 // io vectors
 struct iovec v[3]={{"ab",2},{0,0},{"cd",2}}; int w=open("vec",O_CREAT|O_RDWR|O_TRUNC,0600); E(writev(w,v,3)); char p1[2],p2[5]; struct iovec q[2]={{p1,1},{p2,5}}; lseek(w,0,0); E(readv(w,q,2)); E(preadv(w,q,2,1)); E(pwritev(w,v,3,10)); fstat(w,&s); printf("%ld\n",s.st_size); v[1].iov_base=(void*)8; v[1].iov_len=3; E(writev(w,v,3)); E(writev(w,v+1,1)); struct iovec z[2]={{b,LONG_MAX},{b,LONG_MAX}}; E(readv(w,z,2));
}
