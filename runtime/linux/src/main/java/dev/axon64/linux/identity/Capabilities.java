package dev.axon64.linux.identity;

/**
 * The sets of capabilities that a thread has, a bit for each (capabilities(7)).
 *
 * @param inheritable what programs may inherit that are marked for it
 * @param permitted what it may make effective
 * @param effective what it can use now
 * @param bounding what it may gain from a program
 * @param ambient what programs inherit that are not marked
 */
public record Capabilities(
    long inheritable, long permitted, long effective, long bounding, long ambient) {
  public static final int CHOWN = 0;
  public static final int DAC_OVERRIDE = 1;
  public static final int DAC_READ_SEARCH = 2;
  public static final int FOWNER = 3;
  public static final int FSETID = 4;
  public static final int KILL = 5;
  public static final int SETGID = 6;
  public static final int SETUID = 7;
  public static final int SETPCAP = 8;
  public static final int IPC_LOCK = 14;
  public static final int IPC_OWNER = 15;
  public static final int SYS_RAWIO = 17;
  public static final int SYS_CHROOT = 18;
  public static final int SYS_PTRACE = 19;
  public static final int SYS_ADMIN = 21;
  public static final int SYS_NICE = 23;
  public static final int SYS_RESOURCE = 24;

  private static final int NET_BIND_SERVICE = 10;
  private static final int NET_RAW = 13;
  public static final int LEASE = 28;
  private static final int AUDIT_WRITE = 29;
  private static final int SETFCAP = 31;

  /** The highest number (CAP_LAST_CAP). */
  public static final int LAST = 40;

  /**
   * What the superuser has: not what a guest is never allowed, like to mount, to make devices or to
   * set the clock.
   */
  public static final long ALL =
      bit(CHOWN)
          | bit(DAC_OVERRIDE)
          | bit(DAC_READ_SEARCH)
          | bit(FOWNER)
          | bit(FSETID)
          | bit(KILL)
          | bit(SETGID)
          | bit(SETUID)
          | bit(SETPCAP)
          | bit(NET_BIND_SERVICE)
          | bit(NET_RAW)
          | bit(IPC_LOCK)
          | bit(IPC_OWNER)
          | bit(SYS_RAWIO)
          | bit(SYS_CHROOT)
          | bit(SYS_PTRACE)
          | bit(SYS_NICE)
          | bit(LEASE)
          | bit(AUDIT_WRITE)
          | bit(SETFCAP);

  /** Those that are about files, which the id for files brings and takes. */
  private static final long OF_FILES =
      bit(CHOWN) | bit(DAC_OVERRIDE) | bit(DAC_READ_SEARCH) | bit(FOWNER) | bit(FSETID);

  /** Those of the superuser. */
  static final Capabilities FULL = new Capabilities(0, ALL, ALL, ALL, 0);

  /** Those of everybody else. */
  static final Capabilities NONE = new Capabilities(0, 0, 0, ALL, 0);

  /** The bit of a capability in a set. */
  public static long bit(int capability) {
    return 1L << capability;
  }

  /** Other sets, the bounding one as it is. */
  public Capabilities with(long nextInheritable, long nextPermitted, long nextEffective) {
    return new Capabilities(
        nextInheritable,
        nextPermitted,
        nextEffective,
        bounding,
        ambient & nextPermitted & nextInheritable);
  }

  /** The same with another ambient set. */
  public Capabilities withAmbient(long next) {
    return new Capabilities(inheritable, permitted, effective, bounding, next);
  }

  /** The same without one in the bounding set. */
  public Capabilities withoutBound(int capability) {
    return new Capabilities(
        inheritable, permitted, effective, bounding & ~bit(capability), ambient);
  }

  /** What is left after the user ids have changed. */
  Capabilities afterChange(Ids before, Ids after, boolean kept) {
    long nextPermitted = permitted;
    long nextEffective = effective;
    long nextAmbient = ambient;
    if (before.has(0) && !after.has(0)) {
      nextPermitted = kept ? permitted : 0;
      nextEffective = kept ? effective : 0;
      nextAmbient = 0;
    }
    if (before.effective() == 0 && after.effective() != 0) {
      nextEffective = 0;
    } else if (before.effective() != 0 && after.effective() == 0) {
      nextEffective = nextPermitted;
    }
    return new Capabilities(inheritable, nextPermitted, nextEffective, bounding, nextAmbient);
  }

  /** What is left after the user id for files has changed. */
  Capabilities afterFileChange(int before, int after) {
    if (before == 0 && after != 0) {
      return withEffective(effective & ~OF_FILES);
    }
    return before != 0 && after == 0 ? withEffective(effective | permitted & OF_FILES) : this;
  }

  Capabilities withEffective(long next) {
    return new Capabilities(inheritable, permitted, next, bounding, ambient);
  }

  /** What a program begins with. */
  Capabilities forProgram(Ids user, boolean otherUser) {
    long nextAmbient = otherUser ? 0 : ambient;
    boolean root = user.real() == 0 || user.effective() == 0;
    long nextPermitted = root ? bounding | inheritable : nextAmbient;
    long nextEffective = user.effective() == 0 ? nextPermitted : nextAmbient;
    return new Capabilities(inheritable, nextPermitted, nextEffective, bounding, nextAmbient);
  }
}
