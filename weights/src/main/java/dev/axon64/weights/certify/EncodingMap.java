package dev.axon64.weights.certify;

import dev.axon64.codegen.network.spec.DispatchSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * A plane of cells for all words: the bits that labels depend on, highest first, the first half
 * across and the rest down. All other bits share a cell.
 *
 * @param across word bits that number the columns, highest first
 * @param down word bits that number the rows, highest first
 */
record EncodingMap(List<Integer> across, List<Integer> down) {
  /** Most bits of a cell's number; lower bits that labels read beyond that share cells. */
  static final int MOST_BITS = 16;

  EncodingMap {
    across = List.copyOf(across);
    down = List.copyOf(down);
  }

  static EncodingMap of(DispatchSpec spec) {
    List<Integer> bits = new ArrayList<>();
    for (int bit = 31; bit >= 0 && bits.size() < MOST_BITS; bit--) {
      if ((spec.labelMask() >>> bit & 1) != 0) {
        bits.add(bit);
      }
    }
    int half = (bits.size() + 1) / 2;
    return new EncodingMap(bits.subList(0, half), bits.subList(half, bits.size()));
  }

  int mask() {
    return mask(across) | mask(down);
  }

  private static int mask(List<Integer> bits) {
    return bits.stream().mapToInt(bit -> 1 << bit).reduce(0, (a, b) -> a | b);
  }

  int cells() {
    return 1 << across.size() + down.size();
  }

  /** The number of a word's cell: its column's number above its row's. */
  static int cell(int word, int mask) {
    return Integer.compress(word, mask);
  }

  /** The least word of a cell. */
  int word(int cell) {
    return Integer.expand(cell, mask());
  }
}
