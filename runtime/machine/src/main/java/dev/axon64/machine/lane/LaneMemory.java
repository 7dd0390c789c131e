package dev.axon64.machine.lane;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.PageBytes;
import dev.axon64.machine.memory.PageUser;
import dev.axon64.machine.state.GuestTrap;
import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The memories of a group of guests. Guests that run together mostly use the same address; pages
 * used in this way are kept interleaved ({@link LanePage}). A cache finds all other pages; its
 * entries for one address lie side by side.
 */
public final class LaneMemory {
  private static final int SLOTS = 64;
  private static final int LANES = LaneState.LANES;
  private static final VectorSpecies<Long> S = LaneState.SPECIES;
  private static final int LAST = AddressSpace.PAGE - 1;
  private static final int SHIFT = AddressSpace.PAGE_SHIFT;

  /** An address that no page has. */
  private static final long SCATTERED = -1;

  // The cache, by slot and lane: page numbers, -1 for none, and the pages' bytes.
  private final long[] readable = new long[SLOTS * LANES];
  private final long[] writable = new long[SLOTS * LANES];
  private final byte[][] readPages = new byte[SLOTS * LANES][];
  private final byte[][] writePages = new byte[SLOTS * LANES][];
  private final AddressSpace[] spaces = new AddressSpace[LANES];
  private final LanePages pages = new LanePages(spaces);

  LaneMemory() {
    Arrays.fill(readable, -1);
    Arrays.fill(writable, -1);
  }

  /** The memory of a lane; null if it has none. */
  public AddressSpace of(int lane) {
    return spaces[lane];
  }

  /** Gives a memory to a lane, and takes it from the lane that had it before. */
  void attach(int lane, AddressSpace space) {
    if (spaces[lane] == space) {
      return;
    }
    if (spaces[lane] != null) {
      spaces[lane].setUser(null);
    }
    for (int other = 0; other < LANES; other++) {
      if (spaces[other] == space) { // the guest has changed its lane
        space.setUser(null);
        spaces[other] = null;
      }
    }
    spaces[lane] = space;
    space.setUser(
        new PageUser() {
          @Override
          public void forget() {
            forgetTranslations(lane);
          }

          @Override
          public void giveBack(long number, byte[] bytes) {
            pages.giveBack(lane, number, bytes);
          }
        });
  }

  private void forgetTranslations(int lane) {
    for (int i = lane; i < SLOTS * LANES; i += LANES) {
      readable[i] = -1;
      writable[i] = -1;
    }
  }

  // Lanes together.

  /**
   * Loads for many lanes. A lane whose load faults is stopped.
   *
   * @param bytes 1, 2, 4 or 8
   * @param at the row of {@link LaneState#scratch} that holds the addresses
   * @param to the row that the values go to, zero-extended
   * @param pc the instruction's address
   * @return the lanes that go on
   */
  public long load(LaneState s, int bytes, int at, int to, long mask, long pc) {
    long a = together(s.scratch, at * LANES, mask);
    LanePage page = a == SCATTERED ? null : pages.page(a, bytes, mask, false);
    if (page == null) {
      return loadEach(s, bytes, at * LANES, to * LANES, mask, pc);
    }
    page.load(a, bytes, s.scratch, to * LANES);
    return mask;
  }

  /**
   * Stores for many lanes. A lane whose store faults is stopped.
   *
   * @param bytes 1, 2, 4 or 8
   * @param at the row of {@link LaneState#scratch} that holds the addresses
   * @param from the row that holds the values
   * @param pc the instruction's address
   * @return the lanes that go on
   */
  public long store(LaneState s, int bytes, int at, int from, long mask, long pc) {
    long a = together(s.scratch, at * LANES, mask);
    LanePage page = a == SCATTERED ? null : pages.page(a, bytes, mask, true);
    if (page == null) {
      return storeEach(s, bytes, at * LANES, from * LANES, mask, pc);
    }
    page.store(a, bytes, s.scratch, from * LANES, mask);
    return mask;
  }

  /** Returns the address that all these lanes have in a row, or {@link #SCATTERED}. */
  private static long together(long[] rows, int row, long mask) {
    long first = rows[row + (Long.numberOfTrailingZeros(mask) & LANES - 1)];
    long elsewhere = 0;
    for (int i = 0; i < LANES; i += S.length()) {
      elsewhere |=
          LongVector.fromArray(S, rows, row + i).compare(VectorOperators.NE, first).toLong() << i;
    }
    return (elsewhere & mask) == 0 ? first : SCATTERED;
  }

  private long loadEach(LaneState s, int bytes, int at, int to, long mask, long pc) {
    long[] rows = s.scratch;
    long good = mask;
    for (long left = mask; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      long a = rows[at + lane];
      try {
        rows[to + lane] = load(lane, a, bytes);
      } catch (GuestTrap | MemoryFault e) {
        s.stop(lane, pc, e);
        good &= ~(1L << lane);
      }
    }
    return good;
  }

  private long storeEach(LaneState s, int bytes, int at, int from, long mask, long pc) {
    long[] rows = s.scratch;
    long good = mask;
    for (long left = mask; left != 0; left &= left - 1) {
      int lane = Long.numberOfTrailingZeros(left);
      long a = rows[at + lane];
      try {
        store(lane, a, bytes, rows[from + lane]);
      } catch (GuestTrap | MemoryFault e) {
        s.stop(lane, pc, e);
        good &= ~(1L << lane);
      }
    }
    return good;
  }

  private long load(int lane, long a, int bytes) {
    return switch (bytes) {
      case Byte.BYTES -> load8(lane, a);
      case Short.BYTES -> load16(lane, a);
      case Integer.BYTES -> load32(lane, a);
      default -> load64(lane, a);
    };
  }

  private void store(int lane, long a, int bytes, long value) {
    switch (bytes) {
      case Byte.BYTES -> store8(lane, a, value);
      case Short.BYTES -> store16(lane, a, value);
      case Integer.BYTES -> store32(lane, a, value);
      default -> store64(lane, a, value);
    }
  }

  // One lane, as GuestAccess does it.

  public long load8(int lane, long a) {
    int i = entry(lane, a);
    return readable[i] == a >>> SHIFT ? readPages[i][(int) a & LAST] & 0xff : slowLoad(lane, a, 1);
  }

  public long load16(int lane, long a) {
    int i = entry(lane, a);
    int at = (int) a & LAST;
    return readable[i] == a >>> SHIFT && at <= LAST - 1
        ? PageBytes.get16(readPages[i], at)
        : slowLoad(lane, a, 2);
  }

  public long load32(int lane, long a) {
    int i = entry(lane, a);
    int at = (int) a & LAST;
    return readable[i] == a >>> SHIFT && at <= LAST - 3
        ? PageBytes.get32(readPages[i], at)
        : slowLoad(lane, a, 4);
  }

  public long load64(int lane, long a) {
    int i = entry(lane, a);
    int at = (int) a & LAST;
    return readable[i] == a >>> SHIFT && at <= LAST - 7
        ? PageBytes.get64(readPages[i], at)
        : slowLoad(lane, a, 8);
  }

  public void store8(int lane, long a, long value) {
    int i = entry(lane, a);
    if (writable[i] == a >>> SHIFT) {
      writePages[i][(int) a & LAST] = (byte) value;
    } else {
      slowStore(lane, a, 1, value);
    }
  }

  public void store16(int lane, long a, long value) {
    int i = entry(lane, a);
    int at = (int) a & LAST;
    if (writable[i] == a >>> SHIFT && at <= LAST - 1) {
      PageBytes.put16(writePages[i], at, value);
    } else {
      slowStore(lane, a, 2, value);
    }
  }

  public void store32(int lane, long a, long value) {
    int i = entry(lane, a);
    int at = (int) a & LAST;
    if (writable[i] == a >>> SHIFT && at <= LAST - 3) {
      PageBytes.put32(writePages[i], at, value);
    } else {
      slowStore(lane, a, 4, value);
    }
  }

  public void store64(int lane, long a, long value) {
    int i = entry(lane, a);
    int at = (int) a & LAST;
    if (writable[i] == a >>> SHIFT && at <= LAST - 7) {
      PageBytes.put64(writePages[i], at, value);
    } else {
      slowStore(lane, a, 8, value);
    }
  }

  private static int entry(int lane, long a) {
    return ((int) (a >>> SHIFT) & SLOTS - 1) * LANES + lane;
  }

  private long slowLoad(int lane, long a, int bytes) {
    LanePage page = pages.of(lane, a, bytes, false);
    if (page != null) {
      return page.load(lane, a, bytes);
    }
    fill(lane, a, false);
    return spaces[lane].load(a, bytes);
  }

  private void slowStore(int lane, long a, int bytes, long value) {
    LanePage page = pages.of(lane, a, bytes, true);
    if (page != null) {
      page.store(lane, a, bytes, value);
      return;
    }
    // The store comes first: it makes a page that is shared after a fork the guest's own.
    spaces[lane].store(a, bytes, value);
    fill(lane, a, true);
  }

  private void fill(int lane, long a, boolean write) {
    byte[] bytes = spaces[lane].translate(a, write);
    if (bytes == null) {
      return;
    }
    int i = entry(lane, a);
    if (write) {
      writePages[i] = bytes;
      writable[i] = a >>> SHIFT;
    } else {
      readPages[i] = bytes;
      readable[i] = a >>> SHIFT;
    }
  }
}
