package dev.axon64.machine.lane;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.PageBytes;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * One page of all lanes, interleaved: 8 bytes of one lane lie beside the same 8 bytes of the next,
 * so that one vector serves several lanes at the same address.
 */
final class LanePage {
  private static final VectorSpecies<Long> S = LaneState.SPECIES;
  private static final int LANES = LaneState.LANES;
  private static final int LAST = AddressSpace.PAGE - 1;
  private static final int WORDS = AddressSpace.PAGE / Long.BYTES;

  /** The number of the page; -1 for none. */
  long number = -1;

  /** The lanes whose contents are here. */
  long readable;

  /** The lanes among these that may change their contents. */
  long writable;

  /** How often lanes that went together wanted another page in this place. */
  int wanted;

  /** Word w of lane l is at w * LANES + l. */
  private final long[] words = new long[WORDS * LANES];

  /** Copies the contents of a lane here. */
  void fill(int lane, byte[] bytes) {
    for (int i = 0; i < WORDS; i++) {
      words[i * LANES + lane] = PageBytes.get64(bytes, i * Long.BYTES);
    }
  }

  /** Copies the contents of a lane back. */
  void drain(int lane, byte[] bytes) {
    for (int i = 0; i < WORDS; i++) {
      PageBytes.put64(bytes, i * Long.BYTES, words[i * LANES + lane]);
    }
  }

  private static int row(long a) {
    return ((int) a & LAST) / Long.BYTES * LANES;
  }

  private static int shift(long a) {
    return ((int) a & Long.BYTES - 1) * Byte.SIZE;
  }

  private static long low(int bytes) {
    return -1L >>> Long.SIZE - bytes * Byte.SIZE;
  }

  /** Whether an access stays in the page. */
  static boolean fits(long a, int bytes) {
    return ((int) a & LAST) <= AddressSpace.PAGE - bytes;
  }

  /** Loads for one lane, zero-extended, at an address where it {@link #fits}. */
  long load(int lane, long a, int bytes) {
    int at = row(a) + lane;
    int shift = shift(a);
    long value = words[at] >>> shift;
    if (shift + bytes * Byte.SIZE > Long.SIZE) {
      value |= words[at + LANES] << Long.SIZE - shift;
    }
    return value & low(bytes);
  }

  /** Stores for one lane, at an address where it {@link #fits}. */
  void store(int lane, long a, int bytes, long value) {
    int at = row(a) + lane;
    int shift = shift(a);
    long low = low(bytes);
    words[at] = words[at] & ~(low << shift) | (value & low) << shift;
    if (shift + bytes * Byte.SIZE > Long.SIZE) {
      int back = Long.SIZE - shift;
      words[at + LANES] = words[at + LANES] & ~(low >>> back) | (value & low) >>> back;
    }
  }

  /**
   * Loads the values of all lanes at one address, zero-extended. The values of lanes whose contents
   * are not here are undefined.
   *
   * @param row where they go to in {@code to}
   */
  void load(long a, int bytes, long[] to, int row) {
    int from = row(a);
    int shift = shift(a);
    if (bytes == Long.BYTES && shift == 0) {
      System.arraycopy(words, from, to, row, LANES);
    } else if (shift + bytes * Byte.SIZE <= Long.SIZE) {
      for (int i = 0; i < LANES; i += S.length()) {
        LongVector.fromArray(S, words, from + i)
            .lanewise(VectorOperators.LSHR, shift)
            .and(low(bytes))
            .intoArray(to, row + i);
      }
    } else {
      for (int i = 0; i < LANES; i++) {
        to[row + i] = load(i, a, bytes);
      }
    }
  }

  /**
   * Stores for many lanes at one address.
   *
   * @param row where the values are in {@code values}
   */
  void store(long a, int bytes, long[] values, int row, long mask) {
    int to = row(a);
    int shift = shift(a);
    if (bytes == Long.BYTES && shift == 0) {
      for (int i = 0; i < LANES; i += S.length()) {
        LongVector.fromArray(S, values, row + i)
            .intoArray(words, to + i, VectorMask.fromLong(S, mask >>> i));
      }
    } else if (shift + bytes * Byte.SIZE <= Long.SIZE) {
      long low = low(bytes);
      for (int i = 0; i < LANES; i += S.length()) {
        LongVector value =
            LongVector.fromArray(S, values, row + i).and(low).lanewise(VectorOperators.LSHL, shift);
        LongVector.fromArray(S, words, to + i)
            .and(~(low << shift))
            .or(value)
            .intoArray(words, to + i, VectorMask.fromLong(S, mask >>> i));
      }
    } else {
      for (long left = mask; left != 0; left &= left - 1) {
        int lane = Long.numberOfTrailingZeros(left);
        store(lane, a, bytes, values[row + lane]);
      }
    }
  }

  /** Empties this place for another page. */
  void reset(long next) {
    number = next;
    readable = 0;
    writable = 0;
    wanted = 0;
  }
}
