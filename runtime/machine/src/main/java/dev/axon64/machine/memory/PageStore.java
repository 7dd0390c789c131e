package dev.axon64.machine.memory;

/** Decides where the bytes of one space's pages lie. */
abstract sealed class PageStore permits HeapStore, FlatStore {
  /** Prepares for the space to have pages, at first or after it was cleared. */
  abstract void open();

  /** The page of zeroes that is read before untouched memory is written. */
  abstract Page zero();

  /**
   * Places a private page of this space.
   *
   * @param address of the page's first byte
   * @param contents not used otherwise any more
   */
  abstract void place(Page page, long address, byte[] contents);

  /**
   * Places a page that several spaces may refer to.
   *
   * @param contents not used otherwise any more
   */
  abstract void placeShared(Page page, byte[] contents);

  /**
   * Makes this space's own copy of a page. The others' may move.
   *
   * @param address of the page's first byte
   */
  abstract Page copy(Page page, long address, MemoryLimit limit);

  /** Prepares for this space to drop a page that it has under a number. */
  abstract void beforeDrop(Page page, long number);

  /** Prepares for this space to have a page under another number than this. */
  abstract void beforeMove(Page page, long number);

  /** Makes a page lie where the space has it, if that alone refers to it. */
  abstract void moveHome(Page page, long number);

  /** Whether translated code can reach a page's bytes by its address in this space. */
  abstract boolean isHome(Page page);

  /** Whether the place of a page's bytes is of the kind that the cache of this space has. */
  abstract boolean mayRemember(Page page);

  /** Frees everything, when no page of the space is left. */
  abstract void clear();
}
