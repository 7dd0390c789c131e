package dev.axon64.machine.memory;

import java.util.function.ObjLongConsumer;

/** The touched pages of one address space by page number: levels of 9 bits, four for 48. */
final class PageTable {
  /** The page of one number in one space. */
  static final class Entry {
    Page page;
    int protection;

    /** Whether the page is lent to the space's user. */
    boolean lent;

    /** Whether the page is among the space's {@link PageChanges}. */
    boolean changed;

    /** Whether the page is the file's, and this space needs its own copy to write it. */
    final boolean borrowed;

    Entry(Page page, int protection, boolean borrowed) {
      this.page = page;
      this.protection = protection;
      this.borrowed = borrowed;
    }

    /** The same page for a child. */
    Entry(Entry other) {
      this(other.page, other.protection, other.borrowed);
    }

    /** Whether a store needs another page. */
    boolean mustCopy() {
      return page.mustCopy() || borrowed && page.shared;
    }
  }

  private static final int BITS = 9;
  private static final int WIDTH = 1 << BITS;
  private static final int MASK = WIDTH - 1;

  private final MemoryLimit limit;

  /** Where the bits of the first level are in a number. */
  private final int top;

  private Object[] root = new Object[WIDTH];
  private int tables;

  /**
   * Makes an empty table; its parts count against the limit too.
   *
   * @param bits of the numbers
   */
  PageTable(MemoryLimit limit, int bits) {
    this.limit = limit;
    top = (bits - 1) / BITS * BITS;
  }

  /** The entry of a page; null if it is untouched. */
  Entry get(long number) {
    Object[] table = root;
    for (int shift = top; shift > 0; shift -= BITS) {
      table = (Object[]) table[(int) (number >>> shift) & MASK];
      if (table == null) {
        return null;
      }
    }
    return (Entry) table[(int) number & MASK];
  }

  /**
   * Makes room for an entry.
   *
   * @return false if the limit forbids it
   */
  boolean prepare(long number) {
    Object[] table = root;
    for (int shift = top; shift > 0; shift -= BITS) {
      int index = (int) (number >>> shift) & MASK;
      if (table[index] == null) {
        if (!limit.takeTable()) {
          return false;
        }
        tables++;
        table[index] = new Object[WIDTH];
      }
      table = (Object[]) table[index];
    }
    return true;
  }

  /** Sets an entry that room was made for, or removes one with null. */
  void put(long number, Entry entry) {
    Object[] table = root;
    for (int shift = top; shift > 0; shift -= BITS) {
      table = (Object[]) table[(int) (number >>> shift) & MASK];
    }
    table[(int) number & MASK] = entry;
  }

  /** Frees all parts. */
  void clear() {
    root = new Object[WIDTH];
    limit.giveBackTables(tables);
    tables = 0;
  }

  /** Visits the entries of page numbers from {@code from} to before {@code to}, in order. */
  void forEach(long from, long to, ObjLongConsumer<Entry> visitor) {
    long number = from;
    while (number < to) {
      Object[] table = root;
      int shift = top;
      while (shift > 0 && table != null) {
        table = (Object[]) table[(int) (number >>> shift) & MASK];
        shift -= table == null ? 0 : BITS;
      }
      if (table == null) {
        number = ((number >>> shift) + 1) << shift; // after what this part would cover
        continue;
      }
      Entry entry = (Entry) table[(int) number & MASK];
      if (entry != null) {
        visitor.accept(entry, number);
      }
      number++;
    }
  }
}
