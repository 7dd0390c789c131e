package dev.axon64.machine.memory;

/** Finds the pages of addresses, and puts them into the cache if the next access may use it. */
abstract class PageFinder {
  final PageCache cache;

  PageFinder(PageCache cache) {
    this.cache = cache;
  }

  /**
   * The page of an address, to be read.
   *
   * @throws MemoryFault if it must not be
   */
  abstract Page read(long a);

  /**
   * The page of an address, to be executed.
   *
   * @throws MemoryFault if it must not be
   */
  abstract Page execute(long a);

  /**
   * The page of an address, to be written; decoded code of it becomes stale.
   *
   * @throws MemoryFault if it must not be
   */
  abstract Page write(long a);

  /** Is told of each load and store, so that none may use the cache; null for none. */
  AccessListener listener() {
    return null;
  }

  /** See {@link GuestAccess#checkRead}. */
  final void checkRead(long a, int size) {
    read(a);
    if (Addresses.crosses(a, size)) {
      read(Addresses.lastPage(a, size));
    }
  }

  /** See {@link GuestAccess#checkWrite}. */
  final void checkWrite(long a, int size) {
    write(a);
    if (Addresses.crosses(a, size)) {
      write(Addresses.lastPage(a, size));
    }
  }
}
