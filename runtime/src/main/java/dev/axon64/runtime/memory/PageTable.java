package dev.axon64.runtime.memory;

import java.util.function.ObjLongConsumer;

/** The touched pages of one address space by page number: three levels of 12 bits. */
final class PageTable {
  static final class Entry {
    Page page;
    int protection;

    Entry(Page page, int protection) {
      this.page = page;
      this.protection = protection;
    }
  }

  private static final int BITS = 12;
  private static final int WIDTH = 1 << BITS;
  private static final int MASK = WIDTH - 1;

  private final Entry[][][] root = new Entry[WIDTH][][];

  Entry get(long number) {
    Entry[][] middle = root[(int) (number >>> 2 * BITS)];
    if (middle == null) {
      return null;
    }
    Entry[] leaf = middle[(int) (number >>> BITS) & MASK];
    return leaf == null ? null : leaf[(int) number & MASK];
  }

  void put(long number, Entry entry) {
    int top = (int) (number >>> 2 * BITS);
    if (root[top] == null) {
      root[top] = new Entry[WIDTH][];
    }
    int middle = (int) (number >>> BITS) & MASK;
    if (root[top][middle] == null) {
      root[top][middle] = new Entry[WIDTH];
    }
    root[top][middle][(int) number & MASK] = entry;
  }

  void remove(long number) {
    Entry[][] middle = root[(int) (number >>> 2 * BITS)];
    Entry[] leaf = middle == null ? null : middle[(int) (number >>> BITS) & MASK];
    if (leaf != null) {
      leaf[(int) number & MASK] = null;
    }
  }

  /** Visits the entries of page numbers from {@code from} to before {@code to}, in order. */
  void forEach(long from, long to, ObjLongConsumer<Entry> visitor) {
    long number = from;
    while (number < to) {
      Entry[][] middle = root[(int) (number >>> 2 * BITS)];
      if (middle == null) {
        number = ((number >>> 2 * BITS) + 1) << 2 * BITS;
        continue;
      }
      Entry[] leaf = middle[(int) (number >>> BITS) & MASK];
      if (leaf == null) {
        number = ((number >>> BITS) + 1) << BITS;
        continue;
      }
      Entry entry = leaf[(int) number & MASK];
      if (entry != null) {
        visitor.accept(entry, number);
      }
      number++;
    }
  }
}
