package dev.axon64.machine.memory;

/** The limit on the memory that all address spaces of a machine use together. */
public final class MemoryLimit {
  private static final long FREE_TABLES = 4096;

  private final long most;
  private final FlatPool flat;
  private long used;
  private long tables;
  private MemoryLimit files;

  /**
   * Sets the limit.
   *
   * @param bytes the most that may be used, rounded down to whole pages
   */
  public MemoryLimit(long bytes) {
    this(bytes, null);
  }

  private MemoryLimit(long bytes, FlatPool flat) {
    this.most = bytes / Page.SIZE;
    this.flat = flat;
  }

  /**
   * Sets the limit for spaces whose pages lie outside the heap, where translated code finds them
   * faster, if {@linkplain RawMemory#available there is} such memory.
   *
   * @param bytes the most that may be used, rounded down to whole pages
   */
  public static MemoryLimit flat(long bytes) {
    return new MemoryLimit(bytes, RawMemory.available() ? new FlatPool() : null);
  }

  /** What pages of files count against, which are not the guest's memory: as many as there are. */
  MemoryLimit ofFiles() {
    if (files == null) {
      files = new MemoryLimit(Long.MAX_VALUE, flat);
    }
    return files;
  }

  /** Gives a page of a file its bytes, which are zeroes. */
  void place(Page page) {
    take();
    if (flat == null) {
      page.bytes = new byte[Page.SIZE];
      page.start = RawMemory.ARRAY;
    } else {
      page.start = flat.blocks.take();
      RawMemory.clear(page.start, Page.SIZE);
    }
  }

  /** What flat spaces have in common; null if pages lie in the heap. */
  FlatPool flat() {
    return flat;
  }

  /** Decides where the pages of a space lie. */
  PageStore store(TouchedPages space) {
    return flat == null ? HeapStore.ONLY : new FlatStore(flat, space);
  }

  /** The most bytes that may be used. */
  public long bytes() {
    return most * Page.SIZE;
  }

  /** The number of bytes in touched pages. */
  public long used() {
    return used * Page.SIZE;
  }

  /** Counts one more page, and returns false if the limit forbids it. */
  boolean take() {
    if (used >= most) {
      return false;
    }
    used++;
    return true;
  }

  /**
   * Counts one more part of a page table. These are not the guest's memory, but the guest decides
   * how many there are. Returns false if the limit forbids it.
   */
  boolean takeTable() {
    if (tables >= FREE_TABLES + most / 4) {
      return false;
    }
    tables++;
    return true;
  }

  void giveBackTables(int count) {
    tables -= count;
  }

  void giveBack() {
    used--;
  }
}
