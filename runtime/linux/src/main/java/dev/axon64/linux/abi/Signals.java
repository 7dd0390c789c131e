package dev.axon64.linux.abi;

import java.util.List;

/** Signals of Linux on AArch64 and what they do by default (signal(7)). */
public final class Signals {
  public static final int SIGHUP = 1;
  public static final int SIGINT = 2;
  public static final int SIGQUIT = 3;
  public static final int SIGILL = 4;
  public static final int SIGTRAP = 5;
  public static final int SIGABRT = 6;
  public static final int SIGBUS = 7;
  public static final int SIGFPE = 8;
  public static final int SIGKILL = 9;
  public static final int SIGUSR1 = 10;
  public static final int SIGSEGV = 11;
  public static final int SIGUSR2 = 12;
  public static final int SIGPIPE = 13;
  public static final int SIGALRM = 14;
  public static final int SIGTERM = 15;
  public static final int SIGSTKFLT = 16;
  public static final int SIGCHLD = 17;
  public static final int SIGCONT = 18;
  public static final int SIGSTOP = 19;
  public static final int SIGTSTP = 20;
  public static final int SIGTTIN = 21;
  public static final int SIGTTOU = 22;
  public static final int SIGURG = 23;
  public static final int SIGXCPU = 24;
  public static final int SIGXFSZ = 25;
  public static final int SIGVTALRM = 26;
  public static final int SIGPROF = 27;
  public static final int SIGWINCH = 28;
  public static final int SIGIO = 29;
  public static final int SIGPWR = 30;
  public static final int SIGSYS = 31;

  /** The highest number. */
  public static final int LAST = 64;

  /** Values of si_code: who sent a signal. */
  public static final int SI_USER = 0;

  public static final int SI_KERNEL = 128;
  public static final int SI_TIMER = -2;
  public static final int SI_QUEUE = -1;
  public static final int SI_TKILL = -6;

  private static final List<String> NAMES =
      List.of(
          "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2",
          "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG",
          "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS");

  /** What a signal does to a process that has set no action for it. */
  public enum Default {
    TERMINATE,
    CORE,
    IGNORE,
    STOP,
    CONTINUE
  }

  /** The set of those that a program can neither block nor handle. */
  public static final long UNBLOCKABLE = bit(SIGKILL) | bit(SIGSTOP);

  private Signals() {}

  /** The default action. */
  public static Default standard(int signal) {
    return switch (signal) {
      case SIGCHLD, SIGURG, SIGWINCH -> Default.IGNORE;
      case SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU -> Default.STOP;
      case SIGCONT -> Default.CONTINUE;
      case SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGXCPU, SIGXFSZ, SIGSYS ->
          Default.CORE;
      default -> Default.TERMINATE;
    };
  }

  /** The signal's bit in a set, such as a mask of blocked signals. */
  public static long bit(int signal) {
    return 1L << signal - 1;
  }

  /** The symbol, such as SIGSEGV. */
  public static String name(int signal) {
    if (signal >= 1 && signal <= NAMES.size()) {
      return "SIG" + NAMES.get(signal - 1);
    }
    return "signal " + signal;
  }
}
