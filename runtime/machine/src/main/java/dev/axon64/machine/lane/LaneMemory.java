package dev.axon64.machine.lane;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.PageUser;
import dev.axon64.machine.state.GuestTrap;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The memories of a group of guests. Guests that run together mostly use the same address: the
 * pages that they use so are kept interleaved ({@link LanePage}); for the others there is a cache
 * of where they are, whose entries for one address lie beside each other.
 */
public final class LaneMemory {
  private static final int SLOTS = 64;
  private static final int LANES = LaneState.LANES;
  private static final VectorSpecies<Long> S = LaneState.SPECIES;
  private static final int LAST = AddressSpace.PAGE - 1;
  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  /** Page numbers by slot and lane; -1 for none. */
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

  /** A lane's memory. */
  public AddressSpace of(int lane) {
    return spaces[lane];
  }

  /** Gives a lane its memory. */
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
   * Loads for many lanes. One whose load faults is stopped.
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
   * Stores for many lanes. One whose store faults is stopped.
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

  /** No page is there. */
  private static final long SCATTERED = -1;

  /** The one address in a row of all these lanes, or {@link #SCATTERED}. */
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
        rows[to + lane] =
            switch (bytes) {
              case Byte.BYTES -> load8(lane, a);
              case Short.BYTES -> load16(lane, a);
              case Integer.BYTES -> load32(lane, a);
              default -> load64(lane, a);
            };
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
      long value = rows[from + lane];
      try {
        switch (bytes) {
          case Byte.BYTES -> store8(lane, a, value);
          case Short.BYTES -> store16(lane, a, value);
          case Integer.BYTES -> store32(lane, a, value);
          default -> store64(lane, a, value);
        }
      } catch (GuestTrap | MemoryFault e) {
        s.stop(lane, pc, e);
        good &= ~(1L << lane);
      }
    }
    return good;
  }

  // One lane.

  private static int entry(int lane, long a) {
    return ((int) (a >>> 12) & SLOTS - 1) * LANES + lane;
  }

  // As AddressSpace's, for a lane.

  public long load8(int lane, long a) {
    int i = entry(lane, a);
    return readable[i] == a >>> 12 ? readPages[i][(int) a & LAST] & 0xff : slowLoad8(lane, a);
  }

  public long load16(int lane, long a) {
    int i = entry(lane, a);
    int at = (int) a & LAST;
    return readable[i] == a >>> 12 && at <= LAST - 1
        ? (short) SHORT.get(readPages[i], at) & 0xffffL
        : slowLoad16(lane, a);
  }

  public long load32(int lane, long a) {
    int i = entry(lane, a);
    int at = (int) a & LAST;
    return readable[i] == a >>> 12 && at <= LAST - 3
        ? (int) INT.get(readPages[i], at) & 0xffffffffL
        : slowLoad32(lane, a);
  }

  public long load64(int lane, long a) {
    int i = entry(lane, a);
    int at = (int) a & LAST;
    return readable[i] == a >>> 12 && at <= LAST - 7
        ? (long) LONG.get(readPages[i], at)
        : slowLoad64(lane, a);
  }

  private long slowLoad8(int lane, long a) {
    LanePage page = pages.of(lane, a, 1, false);
    if (page != null) {
      return page.load(lane, a, 1);
    }
    fill(lane, a, false);
    return spaces[lane].load8(a);
  }

  private long slowLoad16(int lane, long a) {
    LanePage page = pages.of(lane, a, 2, false);
    if (page != null) {
      return page.load(lane, a, 2);
    }
    fill(lane, a, false);
    return spaces[lane].load16(a);
  }

  private long slowLoad32(int lane, long a) {
    LanePage page = pages.of(lane, a, 4, false);
    if (page != null) {
      return page.load(lane, a, 4);
    }
    fill(lane, a, false);
    return spaces[lane].load32(a);
  }

  private long slowLoad64(int lane, long a) {
    LanePage page = pages.of(lane, a, 8, false);
    if (page != null) {
      return page.load(lane, a, 8);
    }
    fill(lane, a, false);
    return spaces[lane].load64(a);
  }

  public void store8(int lane, long a, long value) {
    int i = entry(lane, a);
    if (writable[i] == a >>> 12) {
      writePages[i][(int) a & LAST] = (byte) value;
    } else {
      slowStore8(lane, a, value);
    }
  }

  public void store16(int lane, long a, long value) {
    int i = entry(lane, a);
    int at = (int) a & LAST;
    if (writable[i] == a >>> 12 && at <= LAST - 1) {
      SHORT.set(writePages[i], at, (short) value);
    } else {
      slowStore16(lane, a, value);
    }
  }

  public void store32(int lane, long a, long value) {
    int i = entry(lane, a);
    int at = (int) a & LAST;
    if (writable[i] == a >>> 12 && at <= LAST - 3) {
      INT.set(writePages[i], at, (int) value);
    } else {
      slowStore32(lane, a, value);
    }
  }

  public void store64(int lane, long a, long value) {
    int i = entry(lane, a);
    int at = (int) a & LAST;
    if (writable[i] == a >>> 12 && at <= LAST - 7) {
      LONG.set(writePages[i], at, value);
    } else {
      slowStore64(lane, a, value);
    }
  }

  // The store comes first: it makes a page that is shared after a fork the guest's own.

  private void slowStore8(int lane, long a, long value) {
    LanePage page = pages.of(lane, a, 1, true);
    if (page != null) {
      page.store(lane, a, 1, value);
      return;
    }
    spaces[lane].store8(a, value);
    fill(lane, a, true);
  }

  private void slowStore16(int lane, long a, long value) {
    LanePage page = pages.of(lane, a, 2, true);
    if (page != null) {
      page.store(lane, a, 2, value);
      return;
    }
    spaces[lane].store16(a, value);
    fill(lane, a, true);
  }

  private void slowStore32(int lane, long a, long value) {
    LanePage page = pages.of(lane, a, 4, true);
    if (page != null) {
      page.store(lane, a, 4, value);
      return;
    }
    spaces[lane].store32(a, value);
    fill(lane, a, true);
  }

  private void slowStore64(int lane, long a, long value) {
    LanePage page = pages.of(lane, a, 8, true);
    if (page != null) {
      page.store(lane, a, 8, value);
      return;
    }
    spaces[lane].store64(a, value);
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
      writable[i] = a >>> 12;
    } else {
      readPages[i] = bytes;
      readable[i] = a >>> 12;
    }
  }
}
