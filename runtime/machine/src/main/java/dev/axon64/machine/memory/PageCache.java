package dev.axon64.machine.memory;

import java.util.Arrays;

/**
 * Remembers where the bytes of recently used pages are: a direct-mapped cache for each kind of
 * access. {@link GuestAccess} looks into its slots directly. A page is kept under the address that
 * was used, including the ignored top byte; addresses that differ only in that byte share a slot,
 * so forgetting one forgets all.
 */
final class PageCache {
  static final int SLOTS = 1024;

  /** One page. */
  static final class Slot {
    /** The address that was used, divided by the size of a page; -1 for none. */
    long tag = -1;

    byte[] bytes;
  }

  final Slot[] readable = slots();
  final Slot[] writable = slots();
  final Slot[] executable = slots();

  private static Slot[] slots() {
    Slot[] slots = new Slot[SLOTS];
    Arrays.setAll(slots, i -> new Slot());
    return slots;
  }

  private static Slot slot(Slot[] slots, long number) {
    return slots[(int) number & SLOTS - 1];
  }

  /** Remembers where the page of an address is. */
  static void keep(Slot[] slots, long a, byte[] bytes) {
    Slot slot = slot(slots, a >>> Page.SHIFT);
    slot.bytes = bytes;
    slot.tag = a >>> Page.SHIFT;
  }

  /** Whether the page of an address is remembered. */
  static boolean holds(Slot[] slots, long a) {
    return slot(slots, a >>> Page.SHIFT).tag == a >>> Page.SHIFT;
  }

  /** Forgets a page altogether. */
  void forget(long number) {
    slot(readable, number).tag = -1;
    slot(writable, number).tag = -1;
    slot(executable, number).tag = -1;
  }

  /** Makes the next store to a page bypass the cache. */
  void forgetWritable(long number) {
    slot(writable, number).tag = -1;
  }

  /** Makes the next store to any page bypass the cache. */
  void forgetWritable() {
    forgetAll(writable);
  }

  /** Makes the next load and the next store of any page bypass the cache. */
  void forgetData() {
    forgetAll(readable);
    forgetAll(writable);
  }

  private static void forgetAll(Slot[] slots) {
    for (Slot slot : slots) {
      slot.tag = -1;
    }
  }
}
