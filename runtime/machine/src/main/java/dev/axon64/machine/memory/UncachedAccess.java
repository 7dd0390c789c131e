package dev.axon64.machine.memory;

/**
 * Loads, stores and fetches that the cache does not serve: accesses to pages that are not in it or
 * that cross from one page into the next, and all accesses while there is a listener.
 */
class UncachedAccess {
  private final PageFinder pages;

  UncachedAccess(PageFinder pages) {
    this.pages = pages;
  }

  /**
   * Loads a value, zero-extended.
   *
   * @param size 1 to 8 bytes
   * @throws MemoryFault at the first byte that cannot be read
   */
  long load(long a, int size) {
    AccessListener listener = pages.listener();
    if (listener != null) {
      listener.read(a, size);
    }
    Page first = pages.read(a);
    Page last = Addresses.crosses(a, size) ? pages.read(Addresses.lastPage(a, size)) : first;
    long value =
        first.isDevice() && first == last
            ? first.load((int) a & Page.SIZE - 1, size)
            : join(first, last, a, size);
    if (listener != null) {
      listener.loaded(a, size, value);
    }
    return value;
  }

  /**
   * Stores the low bytes of a value, all of them or none.
   *
   * @param size 1 to 8 bytes
   * @throws MemoryFault at the first byte that cannot be written
   */
  void store(long a, int size, long value) {
    AccessListener listener = pages.listener();
    if (listener != null) {
      listener.write(a, size, value & -1L >>> Long.SIZE - 8 * size);
    }
    Page first = pages.write(a);
    Page last = Addresses.crosses(a, size) ? pages.write(Addresses.lastPage(a, size)) : first;
    int at = (int) a & Page.SIZE - 1;
    if (first.isDevice() && first == last) {
      first.store(at, size, value & -1L >>> Long.SIZE - 8 * size);
      return;
    }
    for (int i = 0; i < size; i++) {
      Page page = at + i < Page.SIZE ? first : last;
      page.put(at + i & Page.SIZE - 1, value >>> 8 * i);
    }
  }

  /**
   * Fetches an instruction word.
   *
   * @throws MemoryFault at the first byte that cannot be executed
   */
  int fetch(long a) {
    int size = Integer.BYTES;
    Page first = pages.execute(a);
    Page last = Addresses.crosses(a, size) ? pages.execute(Addresses.lastPage(a, size)) : first;
    return (int) join(first, last, a, size);
  }

  /** The value at an address whose bytes lie at the end of one page and the start of another. */
  private static long join(Page first, Page last, long a, int size) {
    int at = (int) a & Page.SIZE - 1;
    long value = 0;
    for (int i = 0; i < size; i++) {
      Page page = at + i < Page.SIZE ? first : last;
      value |= page.get(at + i & Page.SIZE - 1) << 8 * i;
    }
    return value;
  }
}
