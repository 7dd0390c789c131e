package dev.axon64.linux.fs;

import dev.axon64.linux.abi.Errno;
import dev.axon64.linux.abi.SysError;

/** What can never be done to a file in memory any more (memfd_create(2)), as bits F_SEAL_. */
public final class Seals {
  public static final int SEAL = 1;
  public static final int SHRINK = 2;
  public static final int GROW = 4;
  public static final int WRITE = 8;
  public static final int FUTURE_WRITE = 16;
  public static final int EXECUTE = 32;
  private static final int ALL = 63;

  private int bits = SEAL;

  /** The bits that are set. */
  public int bits() {
    return bits;
  }

  /** Begins with these bits. */
  public void set(int first) {
    bits = first;
  }

  /**
   * Adds bits.
   *
   * @param executable whether the file may be executed, which then stays so with its contents
   * @param mapped whether somebody can write it through memory
   */
  public void add(int more, boolean executable, boolean mapped) {
    if ((more & ~ALL) != 0) {
      throw new SysError(Errno.EINVAL);
    }
    if ((bits & SEAL) != 0) {
      throw new SysError(Errno.EPERM);
    }
    if ((more & WRITE) != 0 && (bits & WRITE) == 0 && mapped) {
      throw new SysError(Errno.EBUSY);
    }
    boolean whole = (more & EXECUTE) != 0 && executable;
    bits |= more | (whole ? SHRINK | GROW | WRITE | FUTURE_WRITE : 0);
  }

  /** Fails with EPERM if one of these is set. */
  void check(int any) {
    if ((bits & any) != 0) {
      throw new SysError(Errno.EPERM);
    }
  }

  /** Whether it may be mapped to be written. */
  public boolean forbidWriting() {
    return (bits & (WRITE | FUTURE_WRITE)) != 0;
  }
}
