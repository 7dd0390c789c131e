// memory: mmap, mremap, madvise, brk, maps
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <signal.h>
#include <errno.h>
#include <unistd.h>
#include <setjmp.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <sys/syscall.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <stdint.h>
#define P(...) do{printf(__VA_ARGS__);fflush(stdout);}while(0)
#define E(x) ({errno=0; long _r=(long)(x); P("%s = %ld %s\n",#x,_r,_r==-1?strerrorname_np(errno):"");_r;})
#define M(x) ({errno=0; void*_r=(void*)(x); P("%s = %s %s\n",#x,_r==MAP_FAILED?"FAILED":"ok",_r==MAP_FAILED?strerrorname_np(errno):"");(char*)_r;})
#define PG 4096
static sigjmp_buf jb; static int code; static void h(int s,siginfo_t*i,void*u){code=s*10+i->si_code;siglongjmp(jb,1);}
static int rd(volatile char*p){ code=0; if(!sigsetjmp(jb,1)) return *p; return -code;}
static int wr(volatile char*p){ code=0; if(!sigsetjmp(jb,1)){*p=*p;*p=9;return 0;} return -code;}
int main(){ struct sigaction a={0};a.sa_sigaction=h;a.sa_flags=SA_SIGINFO|SA_NODEFER; sigaction(SIGSEGV,&a,0);sigaction(SIGBUS,&a,0);
 int A=MAP_PRIVATE|MAP_ANONYMOUS, S=MAP_SHARED|MAP_ANONYMOUS;
 M(mmap(0,0,3,A,-1,0)); M(mmap(0,PG,3,0,-1,0)); M(mmap(0,PG,3,MAP_ANONYMOUS,-1,0)); M(mmap((void*)123,PG,3,A|MAP_FIXED,-1,0)); M(mmap(0,PG,3,MAP_PRIVATE,-1,0)); M(mmap(0,PG,3,MAP_PRIVATE,0,1)); M(mmap(0,~0ul-PG*4,3,A,-1,0)); M(mmap(0,PG,3,A|MAP_LOCKED,-1,0)); M(mmap(0,PG,3,A|0x4000000,-1,0)); M(mmap(0,PG,3,A|MAP_POPULATE|MAP_NORESERVE|MAP_STACK,-1,0)); M(mmap(0,PG,3,MAP_SHARED_VALIDATE|MAP_ANONYMOUS,-1,0)); M(mmap(0,PG,3,A,77,0)); M(mmap((void*)0xffff800000000000ul,PG,3,A|MAP_FIXED,-1,0));
 char*p=M(mmap(0,8*PG,3,A,-1,0)); M(mmap(p+PG,PG,3,A|MAP_FIXED_NOREPLACE,-1,0)); E(munmap(p+1,PG)); E(munmap(p,0)); E(munmap(p+7*PG,1)); M(mmap(p+7*PG,PG,3,A|MAP_FIXED_NOREPLACE,-1,0)==(void*)(p+7*PG)?p:MAP_FAILED); E(munmap(p+100*PG,PG)); E(mprotect(p+1,PG,1)); E(mprotect(p,0,1)); E(munmap(p+3*PG,PG)); E(mprotect(p+2*PG,3*PG,PROT_READ)); P("%d %d %d\n",wr(p+2*PG),rd(p+3*PG),wr(p+4*PG)); E(mprotect(p,PG,0x100)); E(mprotect(p,PG,PROT_READ|PROT_GROWSDOWN)); E(msync(p,8*PG,MS_SYNC)); E(msync(p,PG,MS_SYNC|MS_ASYNC)); E(msync(p+1,PG,MS_SYNC));
 unsigned char v[9]; memset(v,7,9); E(mincore(p,8*PG,v)); E(mincore(p+1,PG,v)); E(mlock(p,PG)); E(mlock(p+3*PG,PG)); E(munlock(p,PG)); 
 int f=open("f",O_RDWR|O_CREAT|O_TRUNC,0600); for(int i=0;i<3*PG;i++)write(f,&(char){'a'+i/PG},1);
 char*q=M(mmap(0,PG,PROT_READ,MAP_PRIVATE,f,0)); for(int i=1;i<5;i++){ q=mremap(q,i*PG,(i+1)*PG,MREMAP_MAYMOVE); if(q==MAP_FAILED)P("mremap %s\n",strerrorname_np(errno)); else P("%d ",rd(q+i*PG)); } P("\n");
 p=M(mmap(0,4*PG,3,A,-1,0)); memset(p,5,4*PG); M(mremap(p,2*PG,PG,0)); P("%d %d\n",rd(p),rd(p+PG)); M(mremap(p,PG,3*PG,0)); M(mremap(p,0,PG,MREMAP_MAYMOVE)); M(mremap(p+1,PG,PG,0)); M(mremap(p,PG,0,0)); M(mremap(p,PG,PG,77)); M(mremap(p,PG,2*PG,MREMAP_FIXED,p+2*PG)); M(mremap(p,PG,PG,MREMAP_FIXED|MREMAP_MAYMOVE,p)); M(mremap(p+PG,PG,2*PG,MREMAP_MAYMOVE)); char*z=mmap(0,4*PG,0,A,-1,0); M(mremap(p,PG,PG,MREMAP_MAYMOVE|MREMAP_FIXED,z)); P("%d %d\n",rd(p),rd(z)); char*y=M(mremap(z,PG,PG,MREMAP_MAYMOVE|4)); P("%d %d\n",y==MAP_FAILED?-1:rd(y),rd(z)); 
 char*s=M(mmap(0,2*PG,3,S,-1,0)); s[0]=3; char*s2=M(mremap(s,0,2*PG,MREMAP_MAYMOVE)); if(s2!=MAP_FAILED){s2[0]=8; P("alias %d\n",s[0]);} if(!fork()){s[0]=44;_exit(0);} wait(0); P("shared %d\n",s[0]); char*s3=mremap(s,2*PG,4*PG,MREMAP_MAYMOVE); P("shared grow %d\n",s3==MAP_FAILED?-1:rd(s3+2*PG));
 p=mmap(0,4*PG,3,A,-1,0); memset(p,6,4*PG); E(madvise(p,PG,MADV_DONTNEED)); P("%d\n",p[0]); E(madvise(p+1,PG,MADV_DONTNEED)); E(madvise(p,PG,999)); E(madvise(p,0,MADV_DONTNEED)); q=mmap(0,PG,3,MAP_PRIVATE,f,PG); q[0]=1; E(madvise(q,PG,MADV_DONTNEED)); P("%c\n",q[0]); E(madvise(p,PG,MADV_FREE)); E(madvise(p,PG,MADV_POPULATE_WRITE)); E(madvise(p,PG,MADV_HUGEPAGE)==0||errno==EINVAL); E(madvise(p,PG,MADV_DONTFORK)); E(madvise(p+PG,PG,MADV_WIPEONFORK)); E(madvise(p,PG,MADV_REMOVE)); E(madvise(s2,PG,MADV_REMOVE)); P("removed %d\n",rd(s2)); E(madvise(q,PG,MADV_WIPEONFORK)); E(madvise(p,PG,MADV_COLD)); E(madvise(p,PG,MADV_PAGEOUT)); E(madvise(p,PG,MADV_MERGEABLE)); E(madvise(p,PG,MADV_DONTDUMP));
 if(!fork()){ P("dontfork %d wipe %d keep %d\n",rd(p),rd(p+PG),rd(p+2*PG)); _exit(0);} wait(0);
 // file coherence
 char*m=mmap(0,3*PG,3,MAP_SHARED,f,0); char*r=mmap(0,3*PG,PROT_READ,MAP_PRIVATE,f,0); m[5]='Z'; char c; pread(f,&c,1,5); P("%c %c\n",c,r[5]); pwrite(f,"Y",1,6); P("%c %c\n",m[6],r[6]); close(f); f=open("f",O_RDWR); m[PG]='W'; pread(f,&c,1,PG); P("%c\n",c); E(ftruncate(f,PG)); P("%d %d\n",rd(m+PG),rd(r+PG)); E(ftruncate(f,3*PG)); P("%d %d %d\n",rd(m+PG),rd(r+PG),rd(m+5)); ftruncate(f,10); ftruncate(f,PG); P("%d %d\n",m[9],m[20]); unlink("f"); m[0]='U'; pread(f,&c,1,0); P("%c\n",c);
 f=open("e",O_RDWR|O_CREAT|O_TRUNC,0600); m=M(mmap(0,2*PG,3,MAP_SHARED,f,0)); P("empty %d\n",rd(m)); pwrite(f,"hello",5,PG); P("grown %d %d\n",rd(m),rd(m+PG)); int ro=open("e",O_RDONLY); M(mmap(0,PG,3,MAP_SHARED,ro,0)); M(mmap(0,PG,3,MAP_PRIVATE,ro,0)); q=M(mmap(0,PG,1,MAP_SHARED,ro,0)); E(mprotect(q,PG,3)); int wo=open("e",O_WRONLY); M(mmap(0,PG,2,MAP_SHARED,wo,0)); int d=open(".",O_RDONLY); M(mmap(0,PG,1,MAP_PRIVATE,d,0)); int pp[2]; pipe2(pp,O_NONBLOCK); M(mmap(0,PG,1,MAP_PRIVATE,pp[0],0)); int dz=open("/dev/zero",O_RDWR); q=M(mmap(0,PG,3,MAP_SHARED,dz,0)); int dn=open("/dev/null",O_RDWR); M(mmap(0,PG,3,MAP_PRIVATE,dn,0)); M(mmap(0,PG,3,MAP_SHARED,f,-PG));
 // brk
 char*b=sbrk(0); E(brk(b+10*PG)); b[9*PG]=7; E(brk(b)); P("%d\n",rd(b+PG)); E(brk(b+10*PG)); P("%d\n",b[9*PG]); E(syscall(SYS_brk,0)==(long)(b+10*PG)); E(syscall(SYS_brk,1)==(long)(b+10*PG)); 
 // exec-only, exec of data
 q=mmap(0,PG,3,A,-1,0); E(mprotect(q,PG,PROT_NONE)); P("%d\n",rd(q)); E(write(pp[1],q,1)); E(mprotect(q,PG,PROT_READ)); E(read(dz,q,10)); struct stat st; E(fstat(0,(void*)q)); 
 // partially valid buffers
 p=mmap(0,2*PG,3,A,-1,0); munmap(p+PG,PG); memset(p,'x',PG); E(write(pp[1],p+PG-5,10)); char t[20]; E(read(pp[0],t,20)); E(pwrite(f,p+PG-5,10,0)); E(pread(dz,p+PG-5,10,0)); E(read(open("/proc/self/status",0),p+PG-5,10)); E(getcwd(p+PG-2,2)); E(open(p+PG-5,0)); E(readlink("/proc/self/exe",p+PG-2,100));
 // stack growth and growsdown
 struct rlimit rl; getrlimit(RLIMIT_STACK,&rl); P("stack %ld\n",(long)rl.rlim_cur); char*sp=__builtin_frame_address(0); P("deep %d\n",rd(sp-6*1024*1024)); P("too deep %d\n",rd(sp-9*1024*1024)<0); q=M(mmap(0,4*PG,3,A|MAP_GROWSDOWN,-1,0)); 
 return 0;}
