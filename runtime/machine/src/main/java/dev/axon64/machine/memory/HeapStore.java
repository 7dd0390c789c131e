package dev.axon64.machine.memory;

/** Puts each page into an array of its own. */
final class HeapStore extends PageStore {
  static final HeapStore ONLY = new HeapStore();

  private final Page zero = new Page(null, false);

  private HeapStore() {
    placeShared(zero, new byte[Page.SIZE]);
  }

  @Override
  void open() {}

  @Override
  Page zero() {
    return zero;
  }

  @Override
  void place(Page page, long address, byte[] contents) {
    placeShared(page, contents);
  }

  @Override
  void placeShared(Page page, byte[] contents) {
    page.bytes = contents;
    page.start = RawMemory.ARRAY;
  }

  @Override
  Page copy(Page page, long address, MemoryLimit limit) {
    Page copy = new Page(limit, false);
    placeShared(copy, page.isZero() ? new byte[Page.SIZE] : page.contents());
    return copy;
  }

  @Override
  void beforeDrop(Page page, long number) {}

  @Override
  void beforeMove(Page page, long number) {}

  @Override
  void moveHome(Page page, long number) {}

  @Override
  boolean isHome(Page page) {
    return false;
  }

  @Override
  boolean mayRemember(Page page) {
    return page.hasPlace() && (page.bytes != null || RawMemory.available());
  }

  @Override
  void clear() {}
}
