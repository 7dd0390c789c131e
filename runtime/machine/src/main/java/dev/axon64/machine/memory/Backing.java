package dev.axon64.machine.memory;

import java.lang.foreign.MemorySegment;

/** The source of a mapping's pages when they are first touched. */
public abstract sealed class Backing
    permits ZeroBacking,
        PrivateFileBacking,
        SharedBacking,
        FileBacking,
        DeviceBacking,
        BufferBacking {
  Backing() {}

  /** Reads a file's bytes. */
  @FunctionalInterface
  public interface Source {
    /**
     * Fills a page with the file's bytes from {@code offset} on; what lies beyond the file stays 0.
     *
     * @param page all zeroes
     * @return false if the whole page lies beyond the file, or cannot be read
     */
    boolean read(long offset, byte[] page);
  }

  /** The contents of a mapping's untouched pages. */
  public enum Kind {
    /** Zeroes. */
    ZEROES,
    /** A file's bytes, as they were read first. */
    FILE,
    /** What all spaces that map it have written, and before that zeroes. */
    SHARED,
    /** What all spaces that map it have written, and before that a file's bytes. */
    SHARED_FILE
  }

  /** Backs a mapping with zeroes, copied on write. */
  public static Backing anonymous() {
    return ZeroBacking.ONLY;
  }

  /** Backs a mapping with a file; each space that maps it keeps its changes to itself. */
  public static Backing privateFile(Source source) {
    return new PrivateFileBacking(source);
  }

  /**
   * Backs a mapping with zeroes at first, and then what the space and its forked children write.
   */
  public static Backing sharedAnonymous() {
    return sharedAnonymous(Long.MAX_VALUE);
  }

  /** The same with an end, behind which there is nothing. */
  public static Backing sharedAnonymous(long size) {
    return new SharedBacking(null, Kind.SHARED, size);
  }

  /**
   * Backs a mapping with contents at first, all of which the source must have, and then what the
   * space and its forked children write.
   */
  public static Backing sharedAnonymous(Source source) {
    return new SharedBacking(source, Kind.SHARED, Long.MAX_VALUE);
  }

  /**
   * Backs a mapping with a file's bytes at first, and then what the space and its forked children
   * write, which goes to no file.
   */
  public static Backing sharedFile(Source source) {
    return new SharedBacking(source, Kind.SHARED_FILE, Long.MAX_VALUE);
  }

  /** Backs a mapping with what answers its loads and stores; nothing can be executed there. */
  public static Backing device(Device device) {
    return new DeviceBacking(device);
  }

  /**
   * Backs a mapping with bytes of the host: each side sees at once what the other has written, but
   * for code, which is executed as it was when it was first executed.
   *
   * @param bytes whole pages, which the mapping must not exceed
   */
  public static Backing buffer(MemorySegment bytes) {
    return new BufferBacking(bytes);
  }

  /** What kind of backing this is. */
  public abstract Kind kind();

  /**
   * Fills a page with what a first touch would find.
   *
   * @param page all zeroes
   * @return false if a first touch would find nothing, beyond the end of a file
   */
  public abstract boolean original(long offset, byte[] page);

  /**
   * Makes zeroes of a part of shared pages and gives up their memory (MADV_REMOVE).
   *
   * @return false if these pages cannot be removed
   */
  public boolean remove(long from, long to) {
    return false;
  }

  /** Whether a page is there because some space that maps this has touched it. */
  public boolean holds(long offset) {
    return false;
  }

  /** What mappings of the same pages have in common, to know them by. */
  public Object identity() {
    return this;
  }

  /**
   * The page that a first touch finds.
   *
   * @param offset of the page's first byte
   * @throws MemoryFault if it finds nothing, or the limit forbids a new page
   */
  abstract Page page(long offset, FirstTouch touch);

  /** Whether writes are seen by others. */
  boolean isShared() {
    return false;
  }

  /** Whether it must be told which spaces map it. */
  boolean isJoined() {
    return false;
  }

  /** Says that a space maps this. */
  void join(MappingChanges space) {}

  /** Says that a space does not map this any more. */
  void leave(MappingChanges space) {}
}
