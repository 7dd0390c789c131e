package dev.axon64.linux.fs;

/** What fallocate(2) does, as bits FALLOC_FL_. */
public final class StorageMode {
  public static final int KEEP_SIZE = 1;
  public static final int PUNCH_HOLE = 2;
  public static final int COLLAPSE_RANGE = 8;
  public static final int ZERO_RANGE = 16;
  public static final int INSERT_RANGE = 32;
  public static final int UNSHARE_RANGE = 64;

  private StorageMode() {}
}
