package dev.axon64.linux.process;

import dev.axon64.linux.abi.Layout;

/** The limits that a process has (getrlimit(2)): those of the machine, unless it has set others. */
public final class ResourceLimits {
  public static final int CPU = 0;
  public static final int FILE_SIZE = 1;
  public static final int FILES = 7;

  /** Bytes of POSIX message queues. */
  public static final int QUEUES = 12;

  /** How many kinds there are. */
  public static final int COUNT = 16;

  public static final long INFINITY = -1;
  private static final int STACK = 3;
  private static final int CORE = 4;
  private static final int PROCESSES = 6;
  private static final int LOCKED = 8;
  private static final int SPACE = 9;
  private static final int PENDING = 11;
  private static final int NICE = 13;
  private static final int REAL_TIME = 14;
  private static final long LOCKED_BYTES = 8L << 20;
  private static final long QUEUE_BYTES = 819_200;
  private static final long SIGNALS = 4096;

  private ResourceLimits() {}

  /** The soft and the hard limit of a kind. */
  public static long[] of(Limits machine, Process process, int kind) {
    long[] own = process.limits.get(kind);
    if (own != null) {
      return own;
    }
    if (kind == CORE) {
      return new long[] {0, INFINITY};
    }
    long all =
        switch (kind) {
          case FILE_SIZE -> machine.fileSize() == Long.MAX_VALUE ? INFINITY : machine.fileSize();
          case STACK -> Layout.STACK_SIZE;
          case NICE, REAL_TIME -> 0;
          case PROCESSES -> machine.tasks();
          case FILES -> machine.files();
          case LOCKED -> LOCKED_BYTES;
          case SPACE -> machine.memory();
          case PENDING -> SIGNALS;
          case QUEUES -> QUEUE_BYTES;
          default -> INFINITY;
        };
    return new long[] {all, all};
  }
}
