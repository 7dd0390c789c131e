package dev.axon64.runtime.kernel;

import dev.axon64.runtime.memory.AddressSpace;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The memories of a group of guests, with a cache of their pages: guests that run together mostly
 * use the same address, so the entries for one address lie beside each other.
 */
public final class LaneMemory {
  private static final int SLOTS = 64;
  private static final int LANES = LaneState.LANES;
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
    if (spaces[lane] != space) {
      if (spaces[lane] != null) {
        spaces[lane].setTranslationListener(() -> {});
      }
      spaces[lane] = space;
      space.setTranslationListener(() -> forget(lane));
    }
  }

  private void forget(int lane) {
    for (int i = lane; i < SLOTS * LANES; i += LANES) {
      readable[i] = -1;
      writable[i] = -1;
    }
  }

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
    fill(lane, a, false);
    return spaces[lane].load8(a);
  }

  private long slowLoad16(int lane, long a) {
    fill(lane, a, false);
    return spaces[lane].load16(a);
  }

  private long slowLoad32(int lane, long a) {
    fill(lane, a, false);
    return spaces[lane].load32(a);
  }

  private long slowLoad64(int lane, long a) {
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
    spaces[lane].store8(a, value);
    fill(lane, a, true);
  }

  private void slowStore16(int lane, long a, long value) {
    spaces[lane].store16(a, value);
    fill(lane, a, true);
  }

  private void slowStore32(int lane, long a, long value) {
    spaces[lane].store32(a, value);
    fill(lane, a, true);
  }

  private void slowStore64(int lane, long a, long value) {
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
