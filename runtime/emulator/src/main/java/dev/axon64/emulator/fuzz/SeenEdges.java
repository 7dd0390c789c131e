package dev.axon64.emulator.fuzz;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * What all runs together have covered. Counts are put into AFL's eight classes: 1, 2, 3, 4 to 7, 8
 * to 15, 16 to 31, 32 to 127 and more.
 */
final class SeenEdges {
  private static final VarHandle WORD =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final byte[] seen;

  SeenEdges(int size) {
    seen = new byte[size];
  }

  /** Adds a run, and returns whether it took an edge, or took one so often, for the first time. */
  boolean add(byte[] counts) {
    boolean fresh = false;
    for (int i = 0; i < counts.length; i += Long.BYTES) {
      if (counts.length < Long.BYTES || (long) WORD.get(counts, i) != 0) {
        fresh |= addEach(counts, i, Math.min(counts.length, i + Long.BYTES));
      }
    }
    return fresh;
  }

  private boolean addEach(byte[] counts, int from, int to) {
    boolean fresh = false;
    for (int i = from; i < to; i++) {
      int of = kind(counts[i] & 0xff);
      fresh |= (of & ~seen[i]) != 0;
      seen[i] |= (byte) of;
    }
    return fresh;
  }

  private static int kind(int count) {
    if (count < 4) {
      return count == 0 ? 0 : 1 << count - 1;
    }
    return count < 8 ? 8 : count < 16 ? 16 : count < 32 ? 32 : count < 128 ? 64 : 128;
  }
}
