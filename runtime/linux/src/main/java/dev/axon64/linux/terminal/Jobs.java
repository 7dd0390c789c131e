package dev.axon64.linux.terminal;

/** What terminals need of the guest's processes. */
public interface Jobs {
  /** Whether a process in the background may use the terminal. */
  enum Verdict {
    /** It goes on. */
    ALLOWED,
    /** It has been sent the signal, which stops it; afterwards the call is made again. */
    SIGNALLED,
    /** Nobody could continue it, so that its call fails with EIO. */
    REFUSED
  }

  /** Sends a signal to all processes of a group. */
  void signal(int group, int signal);

  /** Sends a signal to the process that leads a session. */
  void signalLeader(int session, int signal);

  /**
   * Whether the process whose call is being made may use a terminal. All may whose terminal is
   * another one, or who are in the foreground.
   *
   * @param signal what stops those in the background: SIGTTIN or SIGTTOU
   */
  Verdict use(Terminal terminal, int signal);

  /** Whether the call that is being made is the superuser's. */
  boolean isSuperuser();

  /** Makes a terminal that of the session whose leader opens it, if it has none. */
  void opened(Terminal terminal);

  /** Takes a terminal away from all processes of its session. */
  void taken(Terminal terminal);
}
