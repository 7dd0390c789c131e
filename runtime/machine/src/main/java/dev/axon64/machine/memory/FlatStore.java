package dev.axon64.machine.memory;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Puts each page of a space where its address says, in reservations outside the heap: one for each
 * 4 GiB of addresses in use. Translated code then needs a comparison and an addition to find a
 * byte. The host gives memory to the parts of a reservation that are used.
 *
 * <p>A page that the space shares with a forked child stays where it is until either writes it. If
 * that is the one in whose reservation it lies, the page moves out of it, and the writer keeps the
 * place.
 */
final class FlatStore extends PageStore {
  /** Less where a JVM fills all that it reserves, as one does that records a cache of classes. */
  private static final int SLAB_SHIFT =
      Math.clamp(Integer.getInteger("axon64.reservation.bits", 32), 20, 32);

  private static final long SLAB = 1L << SLAB_SHIFT;

  /** Pages of a reservation that may have been used and are not any more, beside as many in use. */
  private static final int MOST_UNUSED = 1 << 14;

  /** A reservation that has had so few pages is kept when the last of them goes. */
  private static final int FEW = 1 << 10;

  private final FlatPool pool;
  private final TouchedPages touched;
  private final Map<Long, Slab> slabs = new HashMap<>();
  private final Reserved reserved = new Reserved();
  private boolean known;

  /** The addresses of reservations that are not freed yet. */
  private static final class Reserved implements Runnable {
    final Set<Long> addresses = new HashSet<>();

    @Override
    public void run() {
      addresses.forEach(RawMemory::free);
      addresses.clear();
    }
  }

  private static final class Slab {
    long base;
    int live;

    /** The pages that the host may have given memory. */
    BitSet used = new BitSet();

    int usedCount;
  }

  FlatStore(FlatPool pool, TouchedPages touched) {
    this.pool = pool;
    this.touched = touched;
    FlatPool.CLEANER.register(this, reserved);
  }

  @Override
  void open() {
    if (!known) {
      pool.add(touched);
      known = true;
    }
  }

  @Override
  Page zero() {
    return pool.zero;
  }

  @Override
  void place(Page page, long address, byte[] contents) {
    place(page, address);
    page.write(0, contents, 0, Page.SIZE);
  }

  @Override
  void placeShared(Page page, byte[] contents) {
    page.start = pool.blocks.take();
    page.write(0, contents, 0, Page.SIZE);
  }

  @Override
  Page copy(Page page, long address, MemoryLimit limit) {
    Page copy = new Page(limit, false);
    place(copy, address);
    if (isHome(page)) {
      pool.evacuate(page, address >>> Page.SHIFT); // what it leaves behind is the copy
    } else {
      copy.copyFrom(page);
    }
    return copy;
  }

  @Override
  void beforeDrop(Page page, long number) {
    if (isHome(page) && page.references > 1) {
      pool.evacuate(page, number);
    }
  }

  @Override
  void beforeMove(Page page, long number) {
    // Who else has it, has it under the same number for as long as it is in a reservation.
    if (page.home != null && page.references > 1) {
      pool.evacuate(page, number);
    }
  }

  @Override
  void moveHome(Page page, long number) {
    if (page.shared || page.references > 1 || page.isZero() || !page.hasArrived()) {
      return;
    }
    byte[] contents = page.contents();
    giveBack(page);
    place(page, number << Page.SHIFT, contents);
  }

  private void giveBack(Page page) {
    if (page.home != null) {
      page.home.freed(page);
      page.home = null;
    } else {
      pool.blocks.free(page.start);
    }
  }

  @Override
  boolean isHome(Page page) {
    return page.home == this;
  }

  @Override
  boolean mayRemember(Page page) {
    return page.hasPlace() && page.bytes == null;
  }

  private void place(Page page, long address) {
    Slab slab = slabs.computeIfAbsent(address >>> SLAB_SHIFT, this::reserve);
    if (slab.base == 0) {
      page.start = pool.blocks.take();
      return;
    }
    int number = (int) ((address & SLAB - 1) >>> Page.SHIFT);
    slab.live++;
    if (!slab.used.get(number)) {
      use(slab, number);
      if (slab.usedCount > 2 * slab.live + MOST_UNUSED) {
        compact(slab, address & -SLAB);
        if (!slab.used.get(number)) {
          use(slab, number);
        }
      }
    }
    page.home = this;
    page.start = slab.base + (address & SLAB - 1);
  }

  private Slab reserve(long number) {
    Slab slab = new Slab();
    slab.base = allocate();
    return slab;
  }

  private long allocate() {
    if (!pool.count(1)) {
      return 0;
    }
    long base = RawMemory.reserve(SLAB);
    if (base == 0) {
      pool.count(-1);
      return 0;
    }
    reserved.addresses.add(base);
    return base;
  }

  private void release(long base) {
    pool.count(-1);
    reserved.addresses.remove(base);
    RawMemory.free(base);
  }

  /** Moves the pages of a reservation to a new one, so that the host gets back what is unused. */
  private void compact(Slab slab, long first) {
    long base = allocate();
    if (base == 0) {
      return;
    }
    BitSet used = new BitSet();
    touched.forEach(
        first,
        SLAB,
        (entry, number) -> {
          if (isHome(entry.page)) {
            long to = base + ((number << Page.SHIFT) - first);
            RawMemory.copy(null, entry.page.start, null, to, Page.SIZE);
            entry.page.start = to;
            pool.forget(number);
            used.set((int) (number - (first >>> Page.SHIFT)));
          }
        });
    release(slab.base);
    slab.base = base;
    slab.used = used;
    slab.usedCount = used.cardinality();
  }

  private static void use(Slab slab, int number) {
    slab.used.set(number);
    slab.usedCount++;
  }

  /** Takes back the place of a page that lay here. */
  void freed(Page page) {
    for (Map.Entry<Long, Slab> each : slabs.entrySet()) {
      Slab slab = each.getValue();
      if (slab.base != 0 && page.start - slab.base >= 0 && page.start - slab.base < SLAB) {
        if (--slab.live == 0 && slab.usedCount > FEW) {
          release(slab.base);
          slabs.remove(each.getKey());
        }
        return;
      }
    }
  }

  @Override
  void clear() {
    slabs.values().stream().filter(slab -> slab.base != 0).forEach(slab -> release(slab.base));
    slabs.clear();
    pool.remove(touched);
    known = false;
  }
}
