package dev.axon64.machine.memory;

import java.util.Arrays;

/**
 * Which pages of a space have changed since it was as another one is, so that it can be made so
 * again without looking at the others.
 */
final class PageChanges {
  private AddressSpace origin;
  private long[] numbers = new long[16];
  private int count;

  /** Whether more has changed than what pages hold. */
  private boolean mappings;

  /** Begins anew: the space is as another one is, which does not change. */
  void beginAt(AddressSpace like, PageTable table) {
    for (int i = 0; i < count; i++) {
      PageTable.Entry entry = table.get(numbers[i]);
      if (entry != null) {
        entry.changed = false;
      }
    }
    origin = like;
    count = 0;
    mappings = false;
  }

  /** Whether only pages' contents have changed since the space was as this one is. */
  boolean leadBackTo(AddressSpace like) {
    return origin == like && !mappings;
  }

  /** Says that a page has come into the space, or is about to be written. */
  void writing(PageTable.Entry entry, long number) {
    if (entry.changed || origin == null) {
      return;
    }
    entry.changed = true;
    if (count == numbers.length) {
      numbers = Arrays.copyOf(numbers, 2 * count);
    }
    numbers[count++] = number;
  }

  /** Says that what is mapped changes. */
  void mapping() {
    mappings = true;
  }

  /** Takes away the pages that have changed. */
  long[] take() {
    long[] all = Arrays.copyOf(numbers, count);
    count = 0;
    return all;
  }
}
