package dev.axon64.machine.lane;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;

/** The interleaved pages of a group of guests, borrowed from their memories. */
final class LanePages {
  /** Places for pages: a quarter of a megabyte each, made at first use. */
  private static final int PAGES = 256;

  /** So many lanes at one address make it worth while to interleave the page. */
  private static final int MANY = 8;

  /** Times that a page must be wanted before it drives out the one in its place. */
  private static final int PATIENCE = 128;

  private final LanePage[] pages = new LanePage[PAGES];
  private final AddressSpace[] spaces;

  /**
   * @param spaces the lanes' memories; may change
   */
  LanePages(AddressSpace[] spaces) {
    this.spaces = spaces;
  }

  /** The page for an access of these lanes, or null if there is none. */
  LanePage page(long a, int bytes, long mask, boolean write) {
    LanePage page = pages[place(a >>> 12)];
    return page != null
            && page.number == a >>> 12
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
    LanePage page = make(a >>> 12);
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
        return null; // its own access will say so
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

  /** A page, empty if it is new; null if its place is in use and should stay so. */
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
        spaces[Long.numberOfTrailingZeros(left)].callBack(page.number << 12);
      }
      page.reset(number);
    }
    return page;
  }

  /** The page with a lane's contents, or null. */
  LanePage of(int lane, long a, int bytes, boolean write) {
    LanePage page = pages[place(a >>> 12)];
    long bit = 1L << lane;
    if (page == null
        || page.number != a >>> 12
        || (page.readable & bit) == 0
        || !LanePage.fits(a, bytes)) {
      return null;
    }
    if (write && (page.writable & bit) == 0) {
      return borrow(page, a, lane, true) ? page : null;
    }
    return page;
  }

  /** Returns a lane's contents of a page, and uses them no more. */
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
