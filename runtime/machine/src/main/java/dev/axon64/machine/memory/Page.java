package dev.axon64.machine.memory;

import java.util.ArrayList;
import java.util.List;

/** The bytes of one page, which several address spaces may refer to. */
final class Page {
  static final int SIZE = 4096;

  /** Read by all who have not yet written to their untouched memory; belongs to nobody. */
  static final Page ZERO = new Page(new byte[SIZE], null, false);

  /** Null until it {@linkplain #arrive arrives}, if it is expected. */
  byte[] bytes;

  /** Whose limit it counts against; null if nobody's. */
  final MemoryLimit limit;

  /** Writes are meant for all who refer to it; otherwise a writer first copies it. */
  final boolean shared;

  /** How many entries refer to it. */
  int references;

  /** Entries that engines hold decoded code of; null while there are none. */
  private List<Watch> watches;

  /** Who brings it; null once it is there. */
  private Arrivals from;

  private int index;

  private record Watch(AddressSpace space, long address) {}

  Page(byte[] bytes, MemoryLimit limit, boolean shared) {
    this.bytes = bytes;
    this.limit = limit;
    this.shared = shared;
  }

  /** A private page that is not there before it is used. */
  static Page expected(MemoryLimit limit, Arrivals from, int index) {
    Page page = new Page(null, limit, false);
    page.from = from;
    page.index = index;
    return page;
  }

  /** Waits for its bytes. If that fails, it is still expected. */
  void arrive(long address, boolean write) {
    bytes = from.arrive(index, address, write);
    from = null;
  }

  boolean mustCopy() {
    return !shared && (references > 1 || limit == null);
  }

  boolean isWatched() {
    return watches != null;
  }

  void watch(AddressSpace space, long address) {
    if (watches == null) {
      watches = new ArrayList<>(1);
    }
    Watch watch = new Watch(space, address);
    if (!watches.contains(watch)) {
      watches.add(watch);
    }
  }

  /** Someone writes: everyone's decoded code of this page is stale. */
  void tellAll() {
    List<Watch> told = watches;
    watches = null;
    for (Watch watch : told) {
      watch.space.codeChanged(watch.address);
    }
  }

  /** One address space loses or changes this page. */
  void tell(AddressSpace space, long address) {
    if (watches != null && watches.remove(new Watch(space, address))) {
      space.codeChanged(address);
      if (watches.isEmpty()) {
        watches = null;
      }
    }
  }

  void release() {
    if (--references == 0 && limit != null) {
      limit.giveBack();
    }
  }
}
