// Folders, files, devices and locks as an ordinary user and as the superuser find them.
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <unistd.h>
#include <grp.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/file.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <linux/fs.h>
#include <sys/ioctl.h>
#include <sys/statvfs.h>
#include <sys/sendfile.h>
#include <dirent.h>
#include <time.h>
#define E(x) do { errno = 0; long r_ = (long)(x); printf("%s = %ld %s\n", #x, r_, r_ == -1 ? strerror(errno) : ""); fflush(stdout); } while (0)
static void be(int u){ setgroups(0,0); setresgid(u,u,u); setresuid(u,u,u);} 
int main(void){ struct stat s; char b[100]; int st;
 // kernel rules on sticky, rename of folders, link to others, chdir etc as user
 umask(0); mkdir("pub",01777); mkdir("open",0777); mkdir("open/theirs",0755); chown("open/theirs",2000,2000); mkdir("open/mine",0755); chown("open/mine",1000,1000); mkdir("pub/theirs",0777); chown("pub/theirs",2000,2000); mkdir("pub/mine",0777); chown("pub/mine",1000,1000); int f=open("pub/f",O_CREAT|O_RDWR,0666); fchown(f,2000,2000);
 if(!fork()){ be(1000); E(rename("open/theirs","open/x")); E(rename("open/theirs","pub/x")); E(rename("open/mine","pub/mine/y")); E(rename("pub/mine","pub/z")); E(rename("pub/theirs","pub/w")); E(rename("pub/z","pub/theirs")); E(rename("pub/f","pub/g")); E(rename("pub/f","open/g")); E(rmdir("pub/theirs")); E(unlink("pub/f")); E(open("pub/f",O_RDWR)>0); E(open("pub/f",O_CREAT|O_RDWR,0600)>0); E(mkdir("pub/new",0700)); E(rename("pub/new","pub/f")); E(renameat2(AT_FDCWD,"pub/new",AT_FDCWD,"pub/f",RENAME_EXCHANGE)); E(symlink("x","pub/sl")); E(unlink("pub/sl")); E(link("pub/f","pub/hl")); E(chmod("pub",0777)); E(chown("pub/new",-1,5)); E(chown("pub/new",-1,1000)); E(truncate("pub/f",0)); E(utimensat(AT_FDCWD,"pub/f",0,0)); struct timespec ts[2]={{1,0},{1,0}}; E(utimensat(AT_FDCWD,"pub/f",ts,0)); E(access("pub/f",W_OK)); E(open("/proc/1/environ",O_RDONLY)>0); E(mknod("pub/ff",S_IFIFO|0600,0)); E(chroot("pub")); E(setpriority(PRIO_PROCESS,0,-1)); E(nice(-1)); E(setrlimit(RLIMIT_NICE,&(struct rlimit){40,40})); E(mlock(b,100)==0||errno==EPERM||errno==ENOMEM); E(sethostname("a",1)); E(umount("pub")); E(acct("x")); E(swapon("x",0)); E(reboot(0)); E(settimeofday(&(struct timeval){1,1},0)); E(syscall(SYS_setdomainname,"x",1)); E(vhangup()); _exit(0);} wait(&st);
 // statvfs, ioctl
 struct statvfs v; E(statvfs(".",&v)); printf("%d %d\n",v.f_bsize>0,v.f_namemax==255); E(ioctl(f,FIGETBSZ,b)==0||errno==ENOTTY); E(ioctl(f,FS_IOC_GETFLAGS,b)==0||errno==ENOTTY); 
 // O_APPEND etc flags
 int w=open("w",O_CREAT|O_WRONLY,0600); E(read(w,b,1)); E(pread(w,b,1,0)); E(fcntl(w,F_GETFL)&O_ACCMODE); E(mmap(0,4096,PROT_READ,MAP_SHARED,w,0)==MAP_FAILED?-1:0); int r=open("w",O_RDONLY); E(write(r,b,1)); E(ftruncate(r,0)); E(mmap(0,4096,PROT_WRITE,MAP_SHARED,r,0)==MAP_FAILED?-1:0); E(mmap(0,4096,PROT_WRITE,MAP_PRIVATE,r,0)==MAP_FAILED?-1:0); int a3=open("w",3); E(a3>0); E(read(a3,b,1)); E(write(a3,b,1)); E(fcntl(a3,F_GETFL)&3); E(open("w",O_WRONLY|O_TRUNC|O_EXCL)>0); E(open("nodir/x",O_CREAT,0600)); E(open("w/x",O_RDONLY)); E(open("w",O_RDONLY|O_CREAT|O_EXCL,0600)); E(open((void*)8,O_RDONLY)); E(open("",O_RDONLY)); E(open("pub",O_WRONLY)); E(creat("pub",0600)); E(open("pub",O_RDONLY|O_CREAT,0600));
 E(fcntl(w,F_SETFL,O_APPEND|O_NONBLOCK)); E((fcntl(w,F_GETFL)&(O_APPEND|O_NONBLOCK))==(O_APPEND|O_NONBLOCK)); 
 // sparse, huge
 int h=open("h",O_CREAT|O_RDWR,0600); E(ftruncate(h,1L<<29)); fstat(h,&s); printf("%ld %d\n",s.st_size,s.st_blocks<100); E(pwrite(h,"x",1,(1L<<29)-1)); E(lseek(h,0,SEEK_END)); fstat(h,&s); printf("blocks small %d\n",s.st_blocks<100); E(unlink("h"));
 // times of rename/link/unlink of parent
 mkdir("tt",0755); struct timespec o[2]={{1000,0},{1000,0}}; utimensat(AT_FDCWD,"tt",o,0); close(open("tt/x",O_CREAT,0600)); stat("tt",&s); printf("parent %d\n",s.st_mtim.tv_sec>1000); utimensat(AT_FDCWD,"tt",o,0); rename("tt/x","tt/y"); stat("tt",&s); printf("parent %d\n",s.st_mtim.tv_sec>1000); utimensat(AT_FDCWD,"tt",o,0); chmod("tt/y",0600); stat("tt",&s); printf("parent %d\n",s.st_mtim.tv_sec>1000);
 // sendfile to pipe, from /proc
 int p[2]; pipe(p); int pr=open("/proc/self/comm",O_RDONLY); E(sendfile(p[1],open("/dev/zero",O_RDONLY),0,10)); E(copy_file_range(pr,0,w,0,10,0)>=-1);
 // /dev
 int dz=open("/dev/full",O_RDWR); E(write(dz,"x",1)); E(read(dz,b,5)); E(lseek(dz,5,SEEK_SET)); E(open("/dev/null",O_RDWR|O_TRUNC)>0); E(truncate("/dev/null",0)); E(ftruncate(open("/dev/null",O_RDWR),0)); E(access("/dev/null",X_OK)); E(chdir("/dev/null")); stat("/dev/null",&s); printf("%o %lx\n",s.st_mode,(long)s.st_rdev);
 // exec keeps ignored, resets handlers; alarm kept
 signal(SIGUSR1,SIG_IGN);
 E(prctl(PR_SET_NAME,"abc")); E(syscall(SYS_getdents64,open(".",O_RDONLY),8,100)); E(syscall(SYS_getdents64,open(".",O_RDONLY),b,10)); E(fchdir(open(".",O_RDONLY))); E(flock(w,LOCK_EX)); E(flock(open("w",O_RDONLY),LOCK_EX|LOCK_NB)); struct flock l={F_WRLCK,0,0,0}; E(fcntl(r,F_SETLK,&l)); l.l_type=F_RDLCK; E(fcntl(w,F_SETLK,&l)); l.l_type=9; E(fcntl(w,F_SETLK,&l)); l.l_type=F_WRLCK; l.l_whence=9; E(fcntl(w,F_SETLK,&l)); l.l_whence=0; l.l_start=-1; E(fcntl(w,F_SETLK,&l)); E(fcntl(p[0],F_SETLK,&l)); E(lockf(w,F_TEST,0)); E(lockf(w,99,0));
}
