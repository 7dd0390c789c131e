package dev.axon64.metal.grid;

import dev.axon64.codegen.emit.isa.shader.GuestLayout;
import dev.axon64.metal.device.Device;
import java.lang.foreign.ValueLayout;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.TreeMap;

/**
 * Blocks of segments and page tables in a device's memory, in units of a segment. Blocks that were
 * given back serve those of the same size.
 */
final class Tables {
  private static final int FIRST = 1 << 14;
  private static final int UNIT_WORDS = GuestLayout.SEGMENT_WORDS;

  private final Mirror mirror;
  private final Map<Integer, Deque<Integer>> free = new TreeMap<>();
  private int end;

  Tables(Device device) {
    mirror = new Mirror(device, UNIT_WORDS * Long.BYTES, FIRST);
  }

  Mirror mirror() {
    return mirror;
  }

  /** A block of zeros, which begins at this unit. */
  int allocate(int units) {
    Deque<Integer> like = free.get(units);
    int at = like == null || like.isEmpty() ? append(units) : like.pop();
    mirror
        .host()
        .asSlice((long) at * UNIT_WORDS * Long.BYTES, (long) units * UNIT_WORDS * Long.BYTES)
        .fill((byte) 0);
    mirror.change(at, units);
    return at;
  }

  private int append(int units) {
    int at = end;
    end = Math.addExact(end, units);
    if (end > mirror.units()) {
      mirror.grow(Math.max(end, Math.multiplyExact(mirror.units(), 2)));
    }
    return at;
  }

  void release(int at, int units) {
    free.computeIfAbsent(units, size -> new ArrayDeque<>()).push(at);
  }

  /** How many units hold so many words. */
  static int units(int words) {
    return Math.ceilDiv(words, UNIT_WORDS);
  }

  long word(long index) {
    return mirror.host().getAtIndex(ValueLayout.JAVA_LONG, index);
  }

  /** Sets a word; its block must then be {@linkplain #changed marked}. */
  void setWord(long index, long value) {
    mirror.host().setAtIndex(ValueLayout.JAVA_LONG, index, value);
  }

  /** Marks a block, which then travels as a whole. */
  void changed(int at, int units) {
    mirror.change(at, units);
  }
}
