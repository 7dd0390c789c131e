package dev.axon64.machine.memory;

import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** What the flat stores of a machine's spaces have in common. */
final class FlatPool {
  /** Reservations that a machine may have; further pages lie in blocks. */
  private static final int MOST_SLABS = 1024;

  static final Cleaner CLEANER = Cleaner.create();

  final Blocks blocks = new Blocks(this, CLEANER);
  final Page zero = new Page(null, false);
  private final List<WeakReference<TouchedPages>> spaces = new ArrayList<>();
  private int slabs;

  FlatPool() {
    zero.start = blocks.take();
    RawMemory.clear(zero.start, Page.SIZE);
  }

  void add(TouchedPages space) {
    spaces.removeIf(known -> known.get() == null);
    spaces.add(new WeakReference<>(space));
  }

  void remove(TouchedPages space) {
    spaces.removeIf(known -> known.get() == null || known.get() == space);
  }

  /** Makes all spaces forget where a page lies. */
  void forget(long number) {
    for (WeakReference<TouchedPages> space : spaces) {
      TouchedPages touched = space.get();
      if (touched != null) {
        touched.cache.forget(number);
      }
    }
  }

  /** Moves a page out of its store's reservation, since that is needed otherwise. */
  void evacuate(Page page, long number) {
    long block = blocks.take();
    RawMemory.copy(null, page.start, null, block, Page.SIZE);
    page.home.freed(page);
    page.home = null;
    page.start = block;
    forget(number);
  }

  /** Counts a reservation more or less; false if there are too many. */
  boolean count(int more) {
    if (slabs + more > MOST_SLABS) {
      return false;
    }
    slabs += more;
    return true;
  }
}
