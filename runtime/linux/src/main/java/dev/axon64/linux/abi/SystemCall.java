package dev.axon64.linux.abi;

import java.util.Locale;

/**
 * The system calls of Linux on AArch64 (asm-generic/unistd.h), whether or not this emulator has
 * them: number and arguments.
 *
 * <p>One letter for each argument says how it is taken and how a trace shows it:
 *
 * <pre>
 * i  an int, decimal; its upper half is dropped before the call sees it
 * f  an int, the descriptor of a folder or AT_FDCWD
 * l  a long, decimal
 * u  an unsigned long, decimal
 * o  a file mode, octal
 * s  the address of a string, shown as the string
 * x  an address, flags or anything else, hexadecimal
 * </pre>
 */
public enum SystemCall {
  IO_SETUP(0, "ux"),
  IO_DESTROY(1, "x"),
  IO_SUBMIT(2, "xlx"),
  IO_CANCEL(3, "xxx"),
  IO_GETEVENTS(4, "xllxx"),
  SETXATTR(5, "ssxux"),
  LSETXATTR(6, "ssxux"),
  FSETXATTR(7, "isxux"),
  GETXATTR(8, "ssxu"),
  LGETXATTR(9, "ssxu"),
  FGETXATTR(10, "isxu"),
  LISTXATTR(11, "sxu"),
  LLISTXATTR(12, "sxu"),
  FLISTXATTR(13, "ixu"),
  REMOVEXATTR(14, "ss"),
  LREMOVEXATTR(15, "ss"),
  FREMOVEXATTR(16, "is"),
  GETCWD(17, "xu"),
  LOOKUP_DCOOKIE(18, "uxu"),
  EVENTFD2(19, "ux"),
  EPOLL_CREATE1(20, "x"),
  EPOLL_CTL(21, "iiix"),
  EPOLL_PWAIT(22, "ixiixu"),
  DUP(23, "i"),
  DUP3(24, "iix"),
  FCNTL(25, "iix"),
  INOTIFY_INIT1(26, "x"),
  INOTIFY_ADD_WATCH(27, "isx"),
  INOTIFY_RM_WATCH(28, "ii"),
  IOCTL(29, "ixx"),
  IOPRIO_SET(30, "iii"),
  IOPRIO_GET(31, "ii"),
  FLOCK(32, "ix"),
  MKNODAT(33, "fsox"),
  MKDIRAT(34, "fso"),
  UNLINKAT(35, "fsx"),
  SYMLINKAT(36, "sfs"),
  LINKAT(37, "fsfsx"),
  RENAMEAT(38, "fsfs"),
  UMOUNT2(39, "sx"),
  MOUNT(40, "sssxx"),
  PIVOT_ROOT(41, "ss"),
  NFSSERVCTL(42, "ixx"),
  STATFS(43, "sx"),
  FSTATFS(44, "ix"),
  TRUNCATE(45, "sl"),
  FTRUNCATE(46, "il"),
  FALLOCATE(47, "iill"),
  FACCESSAT(48, "fsx"),
  CHDIR(49, "s"),
  FCHDIR(50, "i"),
  CHROOT(51, "s"),
  FCHMOD(52, "io"),
  FCHMODAT(53, "fso"),
  FCHOWNAT(54, "fsiix"),
  FCHOWN(55, "iii"),
  OPENAT(56, "fsxo"),
  CLOSE(57, "i"),
  VHANGUP(58, ""),
  PIPE2(59, "xx"),
  QUOTACTL(60, "xsix"),
  GETDENTS64(61, "ixu"),
  LSEEK(62, "ili"),
  READ(63, "ixu"),
  WRITE(64, "isu"),
  READV(65, "ixu"),
  WRITEV(66, "ixu"),
  PREAD64(67, "ixul"),
  PWRITE64(68, "isul"),
  PREADV(69, "ixul"),
  PWRITEV(70, "ixul"),
  SENDFILE(71, "iixu"),
  PSELECT6(72, "ixxxxx"),
  PPOLL(73, "xuxxu"),
  SIGNALFD4(74, "ixux"),
  VMSPLICE(75, "ixux"),
  SPLICE(76, "ixixux"),
  TEE(77, "iiux"),
  READLINKAT(78, "fsxu"),
  NEWFSTATAT(79, "fsxx"),
  FSTAT(80, "ix"),
  SYNC(81, ""),
  FSYNC(82, "i"),
  FDATASYNC(83, "i"),
  SYNC_FILE_RANGE(84, "illi"),
  TIMERFD_CREATE(85, "ix"),
  TIMERFD_SETTIME(86, "ixxx"),
  TIMERFD_GETTIME(87, "ix"),
  UTIMENSAT(88, "fsxx"),
  ACCT(89, "s"),
  CAPGET(90, "xx"),
  CAPSET(91, "xx"),
  PERSONALITY(92, "x"),
  EXIT(93, "i"),
  EXIT_GROUP(94, "i"),
  WAITID(95, "iixxx"),
  SET_TID_ADDRESS(96, "x"),
  UNSHARE(97, "x"),
  FUTEX(98, "xiixxi"),
  SET_ROBUST_LIST(99, "xu"),
  GET_ROBUST_LIST(100, "ixx"),
  NANOSLEEP(101, "xx"),
  GETITIMER(102, "ix"),
  SETITIMER(103, "ixx"),
  KEXEC_LOAD(104, "xuxx"),
  INIT_MODULE(105, "xus"),
  DELETE_MODULE(106, "sx"),
  TIMER_CREATE(107, "ixx"),
  TIMER_GETTIME(108, "ix"),
  TIMER_GETOVERRUN(109, "i"),
  TIMER_SETTIME(110, "ixxx"),
  TIMER_DELETE(111, "i"),
  CLOCK_SETTIME(112, "ix"),
  CLOCK_GETTIME(113, "ix"),
  CLOCK_GETRES(114, "ix"),
  CLOCK_NANOSLEEP(115, "iixx"),
  SYSLOG(116, "ixi"),
  PTRACE(117, "lixx"),
  SCHED_SETPARAM(118, "ix"),
  SCHED_SETSCHEDULER(119, "iix"),
  SCHED_GETSCHEDULER(120, "i"),
  SCHED_GETPARAM(121, "ix"),
  SCHED_SETAFFINITY(122, "iux"),
  SCHED_GETAFFINITY(123, "iux"),
  SCHED_YIELD(124, ""),
  SCHED_GET_PRIORITY_MAX(125, "i"),
  SCHED_GET_PRIORITY_MIN(126, "i"),
  SCHED_RR_GET_INTERVAL(127, "ix"),
  RESTART_SYSCALL(128, ""),
  KILL(129, "ii"),
  TKILL(130, "ii"),
  TGKILL(131, "iii"),
  SIGALTSTACK(132, "xx"),
  RT_SIGSUSPEND(133, "xu"),
  RT_SIGACTION(134, "ixxu"),
  RT_SIGPROCMASK(135, "ixxu"),
  RT_SIGPENDING(136, "xu"),
  RT_SIGTIMEDWAIT(137, "xxxu"),
  RT_SIGQUEUEINFO(138, "iix"),
  RT_SIGRETURN(139, "", Outcome.OLD_REGISTERS),
  SETPRIORITY(140, "iii"),
  GETPRIORITY(141, "ii"),
  REBOOT(142, "xxx"),
  SETREGID(143, "ii"),
  SETGID(144, "i"),
  SETREUID(145, "ii"),
  SETUID(146, "i"),
  SETRESUID(147, "iii"),
  GETRESUID(148, "xxx"),
  SETRESGID(149, "iii"),
  GETRESGID(150, "xxx"),
  SETFSUID(151, "i"),
  SETFSGID(152, "i"),
  TIMES(153, "x"),
  SETPGID(154, "ii"),
  GETPGID(155, "i"),
  GETSID(156, "i"),
  SETSID(157, ""),
  GETGROUPS(158, "ix"),
  SETGROUPS(159, "ix"),
  UNAME(160, "x"),
  SETHOSTNAME(161, "xu"),
  SETDOMAINNAME(162, "xu"),
  GETRLIMIT(163, "ix"),
  SETRLIMIT(164, "ix"),
  GETRUSAGE(165, "ix"),
  UMASK(166, "o"),
  PRCTL(167, "ixxxx"),
  GETCPU(168, "xxx"),
  GETTIMEOFDAY(169, "xx"),
  SETTIMEOFDAY(170, "xx"),
  ADJTIMEX(171, "x"),
  GETPID(172, ""),
  GETPPID(173, ""),
  GETUID(174, ""),
  GETEUID(175, ""),
  GETGID(176, ""),
  GETEGID(177, ""),
  GETTID(178, ""),
  SYSINFO(179, "x"),
  MQ_OPEN(180, "sxox"),
  MQ_UNLINK(181, "s"),
  MQ_TIMEDSEND(182, "isuux"),
  MQ_TIMEDRECEIVE(183, "ixuxx"),
  MQ_NOTIFY(184, "ix"),
  MQ_GETSETATTR(185, "ixx"),
  MSGGET(186, "xx"),
  MSGCTL(187, "iix"),
  MSGRCV(188, "ixulx"),
  MSGSND(189, "ixux"),
  SEMGET(190, "xix"),
  SEMCTL(191, "iiix"),
  SEMTIMEDOP(192, "ixux"),
  SEMOP(193, "ixu"),
  SHMGET(194, "xux"),
  SHMCTL(195, "iix"),
  SHMAT(196, "ixx"),
  SHMDT(197, "x"),
  SOCKET(198, "iii"),
  SOCKETPAIR(199, "iiix"),
  BIND(200, "ixu"),
  LISTEN(201, "ii"),
  ACCEPT(202, "ixx"),
  CONNECT(203, "ixu"),
  GETSOCKNAME(204, "ixx"),
  GETPEERNAME(205, "ixx"),
  SENDTO(206, "isuxxu"),
  RECVFROM(207, "ixuxxx"),
  SETSOCKOPT(208, "iiixu"),
  GETSOCKOPT(209, "iiixx"),
  SHUTDOWN(210, "ii"),
  SENDMSG(211, "ixx"),
  RECVMSG(212, "ixx"),
  READAHEAD(213, "ilu"),
  BRK(214, "x"),
  MUNMAP(215, "xu"),
  MREMAP(216, "xuuxx"),
  ADD_KEY(217, "ssxui"),
  REQUEST_KEY(218, "sssi"),
  KEYCTL(219, "ixxxx"),
  CLONE(220, "xxxxx"),
  EXECVE(221, "sxx", Outcome.NEW_PROGRAM),
  MMAP(222, "xuxxix"),
  FADVISE64(223, "illi"),
  SWAPON(224, "sx"),
  SWAPOFF(225, "s"),
  MPROTECT(226, "xux"),
  MSYNC(227, "xux"),
  MLOCK(228, "xu"),
  MUNLOCK(229, "xu"),
  MLOCKALL(230, "x"),
  MUNLOCKALL(231, ""),
  MINCORE(232, "xux"),
  MADVISE(233, "xui"),
  REMAP_FILE_PAGES(234, "xuxux"),
  MBIND(235, "xuixux"),
  GET_MEMPOLICY(236, "xxuxx"),
  SET_MEMPOLICY(237, "ixu"),
  MIGRATE_PAGES(238, "iuxx"),
  MOVE_PAGES(239, "iuxxxx"),
  RT_TGSIGQUEUEINFO(240, "iiix"),
  PERF_EVENT_OPEN(241, "xiiix"),
  ACCEPT4(242, "ixxx"),
  RECVMMSG(243, "ixuxx"),
  WAIT4(260, "ixxx"),
  PRLIMIT64(261, "iixx"),
  FANOTIFY_INIT(262, "xx"),
  FANOTIFY_MARK(263, "ixxfs"),
  NAME_TO_HANDLE_AT(264, "fsxxx"),
  OPEN_BY_HANDLE_AT(265, "ixx"),
  CLOCK_ADJTIME(266, "ix"),
  SYNCFS(267, "i"),
  SETNS(268, "ix"),
  SENDMMSG(269, "ixux"),
  PROCESS_VM_READV(270, "ixuxux"),
  PROCESS_VM_WRITEV(271, "ixuxux"),
  KCMP(272, "iiixx"),
  FINIT_MODULE(273, "isx"),
  SCHED_SETATTR(274, "ixx"),
  SCHED_GETATTR(275, "ixux"),
  RENAMEAT2(276, "fsfsx"),
  SECCOMP(277, "xxx"),
  GETRANDOM(278, "xux"),
  MEMFD_CREATE(279, "sx"),
  BPF(280, "ixu"),
  EXECVEAT(281, "fsxxx", Outcome.NEW_PROGRAM),
  USERFAULTFD(282, "x"),
  MEMBARRIER(283, "ixi"),
  MLOCK2(284, "xux"),
  COPY_FILE_RANGE(285, "ixixux"),
  PREADV2(286, "ixullx"),
  PWRITEV2(287, "ixullx"),
  PKEY_MPROTECT(288, "xuxi"),
  PKEY_ALLOC(289, "xx"),
  PKEY_FREE(290, "i"),
  STATX(291, "fsxxx"),
  IO_PGETEVENTS(292, "xllxxx"),
  RSEQ(293, "xuxx"),
  KEXEC_FILE_LOAD(294, "iiusx"),
  PIDFD_SEND_SIGNAL(424, "iixx"),
  IO_URING_SETUP(425, "ux"),
  IO_URING_ENTER(426, "iuuxxu"),
  IO_URING_REGISTER(427, "iuxu"),
  OPEN_TREE(428, "fsx"),
  MOVE_MOUNT(429, "fsfsx"),
  FSOPEN(430, "sx"),
  FSCONFIG(431, "iisxi"),
  FSMOUNT(432, "ixx"),
  FSPICK(433, "fsx"),
  PIDFD_OPEN(434, "ix"),
  CLONE3(435, "xu"),
  CLOSE_RANGE(436, "uux"),
  OPENAT2(437, "fsxu"),
  PIDFD_GETFD(438, "iix"),
  FACCESSAT2(439, "fsxx"),
  PROCESS_MADVISE(440, "ixuix"),
  EPOLL_PWAIT2(441, "ixixxu"),
  MOUNT_SETATTR(442, "fsxxu"),
  QUOTACTL_FD(443, "ixix"),
  LANDLOCK_CREATE_RULESET(444, "xux"),
  LANDLOCK_ADD_RULE(445, "iixx"),
  LANDLOCK_RESTRICT_SELF(446, "ix"),
  MEMFD_SECRET(447, "x"),
  PROCESS_MRELEASE(448, "ix"),
  FUTEX_WAITV(449, "xuxxi"),
  SET_MEMPOLICY_HOME_NODE(450, "xuux"),
  CACHESTAT(451, "ixxx"),
  FCHMODAT2(452, "fsox"),
  MAP_SHADOW_STACK(453, "xux"),
  FUTEX_WAKE(454, "xxix"),
  FUTEX_WAIT(455, "xxxxxi"),
  FUTEX_REQUEUE(456, "xxii"),
  STATMOUNT(457, "xxux"),
  LISTMOUNT(458, "xxux"),
  LSM_GET_SELF_ATTR(459, "uxxx"),
  LSM_SET_SELF_ATTR(460, "uxux"),
  LSM_LIST_MODULES(461, "xxx"),
  MSEAL(462, "xux"),
  SETXATTRAT(463, "fsxsxu"),
  GETXATTRAT(464, "fsxsxu"),
  LISTXATTRAT(465, "fsxxu"),
  REMOVEXATTRAT(466, "fsxs");

  /** What a call leaves in its caller's registers. */
  public enum Outcome {
    /** Its result in X0, or a negative error number. */
    RESULT,
    /** Those that a new program begins with; a call that fails leaves its error in X0. */
    NEW_PROGRAM,
    /** Those that a signal interrupted, X0 among them. */
    OLD_REGISTERS
  }

  private static final SystemCall[] BY_NUMBER = new SystemCall[1024];

  static {
    for (SystemCall call : values()) {
      if (BY_NUMBER[call.number] != null) {
        throw new IllegalStateException(call + " has the number of " + BY_NUMBER[call.number]);
      }
      BY_NUMBER[call.number] = call;
    }
  }

  private final int number;
  private final String format;
  private final Outcome outcome;

  SystemCall(int number, String format) {
    this(number, format, Outcome.RESULT);
  }

  SystemCall(int number, String format, Outcome outcome) {
    this.number = number;
    this.format = format;
    this.outcome = outcome;
  }

  /** The call of a number, or null if Linux has none. */
  public static SystemCall of(long number) {
    return number >= 0 && number < BY_NUMBER.length ? BY_NUMBER[(int) number] : null;
  }

  /** What X8 holds for this call. */
  public int number() {
    return number;
  }

  /** The letters of its arguments, at most six. */
  public String format() {
    return format;
  }

  /** What it leaves in its caller's registers. */
  public Outcome outcome() {
    return outcome;
  }

  /** Its name in man pages. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
