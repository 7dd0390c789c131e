package dev.axon64.machine.memory;

import java.util.ArrayList;
import java.util.List;

/** The bytes of one page, which several address spaces may refer to. */
final class Page {
  static final int SHIFT = 12;
  static final int SIZE = 1 << SHIFT;

  /**
   * The page that spaces read before they write to untouched memory; it belongs to none of them.
   */
  static final Page ZERO = new Page(new byte[SIZE], null, false);

  /** The contents; null for an expected page until it {@linkplain #arrive arrives}. */
  byte[] bytes;

  /** The limit that it counts against; null for none. */
  final MemoryLimit limit;

  /** Whether writes are meant for all spaces that refer to it. If not, a writer first copies it. */
  final boolean shared;

  /** The number of entries and backings that refer to it. */
  int references;

  /** The spaces that hold decoded code of it; null while there are none. */
  private List<Watch> watches;

  /** What brings it if it is expected; null once it is there. */
  private Arrivals from;

  private int index;

  /** Decoded code that one space holds of this page, which it has at this address. */
  private record Watch(CodeWatch code, long address) {}

  Page(byte[] bytes, MemoryLimit limit, boolean shared) {
    this.bytes = bytes;
    this.limit = limit;
    this.shared = shared;
  }

  /** Makes a private page that is not there before it is used. */
  static Page expected(MemoryLimit limit, Arrivals from, int index) {
    Page page = new Page(null, limit, false);
    page.from = from;
    page.index = index;
    return page;
  }

  /** Waits for its bytes. If that fails, the page is still expected. */
  void arrive(long address, boolean write) {
    bytes = from.arrive(index, address, write);
    from = null;
  }

  /** Whether a writer needs its own copy. */
  boolean mustCopy() {
    return !shared && (references > 1 || limit == null);
  }

  /** Whether anyone holds decoded code of it. */
  boolean isWatched() {
    return watches != null;
  }

  /** Notes that a space holds decoded code of it. */
  void watch(CodeWatch code, long address) {
    if (watches == null) {
      watches = new ArrayList<>(1);
    }
    Watch watch = new Watch(code, address);
    if (!watches.contains(watch)) {
      watches.add(watch);
    }
  }

  /** Tells all spaces that their code of it is stale, before it is written. */
  void tellAll() {
    List<Watch> told = watches;
    watches = null;
    for (Watch watch : told) {
      watch.code.changed(watch.address);
    }
  }

  /** Tells one space that its code of it is stale, since the space loses or changes it. */
  void tell(CodeWatch code, long address) {
    if (watches != null && watches.remove(new Watch(code, address))) {
      code.changed(address);
      if (watches.isEmpty()) {
        watches = null;
      }
    }
  }

  /** Removes one reference, and frees the page's memory with the last. */
  void release() {
    if (--references == 0 && limit != null) {
      limit.giveBack();
    }
  }
}
