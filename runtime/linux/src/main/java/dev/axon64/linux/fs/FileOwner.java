package dev.axon64.linux.fs;

/** Who gets a signal when an open file becomes ready (F_SETOWN), and which one. */
public final class FileOwner {
  public static final int THREAD = 0;
  public static final int PROCESS = 1;
  public static final int GROUP = 2;

  /** Whether the number is one of a thread, a process or a group. */
  public int kind = PROCESS;

  /** The number; 0 for nobody. */
  public int id;

  /** The signal in place of SIGIO; 0 for that. */
  public int signal;

  /** What sends the signal, if it was asked for (O_ASYNC); otherwise null. */
  public Watcher alert;

  /** What sends it for what happens in a folder, if it was asked for (F_NOTIFY); otherwise null. */
  public Notices.Listener folder;

  /** The descriptors of the process that asked for that. */
  public Object folderAsker;
}
