package dev.axon64.machine.lane;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;

/** The interleaved pages of a group of guests, borrowed from their memories. */
final class LanePages {
  /**
   * The number of places for pages; each has a quarter of a megabyte and is made when it is first
   * used.
   */
  private static final int PAGES = 256;

  /** The fewest lanes at one address for which interleaving the page pays. */
  private static final int MANY = 8;

  /** How often a page must be wanted before it drives out the one in its place. */
  private static final int PATIENCE = 128;

  private static final int SHIFT = AddressSpace.PAGE_SHIFT;

  private final LanePage[] pages = new LanePage[PAGES];
  private final AddressSpace[] spaces;

  /**
   * Starts without pages.
   *
   * @param spaces the lanes' memories; their places in the array may change
   */
  LanePages(AddressSpace[] spaces) {
    this.spaces = spaces;
  }

  /** The page for an access of these lanes, or null if there is none. */
  LanePage page(long a, int bytes, long mask, boolean write) {
    LanePage page = pages[place(a >>> SHIFT)];
    return page != null
            && page.number == a >>> SHIFT
            && (mask & ~(write ? page.writable : page.readable)) == 0
            && LanePage.fits(a, bytes)
        ? page
        : borrow(a, bytes, mask, write);
  }

  private static int place(long number) {
    return (int) (number ^ number >>> 8) & PAGES - 1;
  }

  private LanePage borrow(long a, int bytes, long mask, boolean write) {
    if (Long.bitCount(mask) < MANY || !LanePage.fits(a, bytes)) {
      return null;
    }
    LanePage page = make(a >>> SHIFT);
    if (page == null) {
      return null;
    }
    long missing = mask & ~(write ? page.writable : page.readable);
    for (long left = missing; left != 0; left &= left - 1) {
      try {
        if (!borrow(page, a, Long.numberOfTrailingZeros(left), write)) {
          return null;
        }
      } catch (MemoryFault e) {
        return null; // its own access throws the fault
      }
    }
    return page;
  }

  private boolean borrow(LanePage page, long a, int lane, boolean write) {
    byte[] contents = spaces[lane].lend(a, write);
    if (contents == null) {
      return false;
    }
    page.fill(lane, contents);
    page.readable |= 1L << lane;
    page.writable |= write ? 1L << lane : 0;
    return true;
  }

  /** The page of a number, empty if it is new; null if another page keeps its place. */
  private LanePage make(long number) {
    int place = place(number);
    LanePage page = pages[place];
    if (page == null) {
      page = new LanePage();
      pages[place] = page;
    }
    if (page.number != number) {
      if (page.readable != 0 && page.wanted++ < PATIENCE) {
        return null;
      }
      for (long left = page.readable; left != 0; left &= left - 1) {
        spaces[Long.numberOfTrailingZeros(left)].callBack(page.number << SHIFT);
      }
      page.reset(number);
    }
    return page;
  }

  /** The page for an access of one lane, or null if the lane's contents are not here. */
  LanePage of(int lane, long a, int bytes, boolean write) {
    LanePage page = pages[place(a >>> SHIFT)];
    long bit = 1L << lane;
    if (page == null
        || page.number != a >>> SHIFT
        || (page.readable & bit) == 0
        || !LanePage.fits(a, bytes)) {
      return null;
    }
    if (write && (page.writable & bit) == 0) {
      return borrow(page, a, lane, true) ? page : null;
    }
    return page;
  }

  /** Returns a lane's contents of a page, and does not use them any more. */
  void giveBack(int lane, long number, byte[] bytes) {
    LanePage page = pages[place(number)];
    long bit = 1L << lane;
    if ((page.writable & bit) != 0) {
      page.drain(lane, bytes);
    }
    page.readable &= ~bit;
    page.writable &= ~bit;
  }
}
