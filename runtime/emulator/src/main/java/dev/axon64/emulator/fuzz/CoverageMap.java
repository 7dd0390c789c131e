package dev.axon64.emulator.fuzz;

import dev.axon64.emulator.Emulator;
import dev.axon64.emulator.Hooks;
import java.util.Arrays;

/**
 * Which edges between blocks a run took and how often, as AFL counts them: a byte for each hash of
 * two blocks, {@code map[hash(to) ^ hash(from) >> 1]++}. A hook for {@link Emulator#onBlock}.
 */
public final class CoverageMap implements Hooks.Block {
  /** The number of bytes that AFL shares with its targets. */
  public static final int SIZE = 1 << 16;

  /** Spreads addresses over the map; an odd number, 2^64 divided by the golden ratio. */
  private static final long SPREAD = 0x9e3779b97f4a7c15L;

  /** A run that covers fewer edges is cleared one by one, which takes less than the whole map. */
  private static final int FEW = 1 << 10;

  private final byte[] map;
  private final int shift;
  private final int[] touched = new int[FEW];
  private int count;
  private int previous;

  /** Makes a map of {@link #SIZE} bytes. */
  public CoverageMap() {
    this(SIZE);
  }

  /**
   * @param size in bytes, a power of two up to 2^30
   */
  public CoverageMap(int size) {
    if (Integer.bitCount(size) != 1 || size > 1 << 30 || size < 2) {
      throw new IllegalArgumentException("coverage map: a size of " + size + " is no power of two");
    }
    map = new byte[size];
    shift = Long.SIZE - Integer.numberOfTrailingZeros(size);
  }

  @Override
  public void block(Emulator emulator, long address) {
    int here = (int) (address * SPREAD >>> shift);
    int edge = here ^ previous;
    if (map[edge]++ == 0 && count < FEW) {
      touched[count++] = edge;
    }
    previous = here >> 1;
  }

  /** The counts, wrapping around at 256; the map itself, which only this class may change. */
  public byte[] bytes() {
    return map;
  }

  /** Makes all counts 0, before a run. */
  public void clear() {
    if (count == FEW) {
      Arrays.fill(map, (byte) 0);
    } else {
      for (int i = 0; i < count; i++) {
        map[touched[i]] = 0;
      }
    }
    count = 0;
    previous = 0;
  }

  /** The number of edges that were taken at least once. */
  public int edges() {
    int edges = 0;
    for (byte b : map) {
      edges += b == 0 ? 0 : 1;
    }
    return edges;
  }
}
