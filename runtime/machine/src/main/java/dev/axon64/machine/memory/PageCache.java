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

    /** Where the page lies, see {@link RawMemory}. */
    byte[] bytes;

    long start;
  }

  final Slot[] readable = slots();
  final Slot[] writable = slots();
  final Slot[] executable = slots();
  private final ReadyRanges readableRanges = new ReadyRanges();
  private final ReadyRanges writableRanges = new ReadyRanges();

  private static Slot[] slots() {
    Slot[] slots = new Slot[SLOTS];
    Arrays.setAll(slots, i -> new Slot());
    return slots;
  }

  static Slot slot(Slot[] slots, long number) {
    return slots[(int) number & SLOTS - 1];
  }

  /** Remembers where the page of an address is. */
  static void keep(Slot[] slots, long a, Page page) {
    Slot slot = slot(slots, a >>> Page.SHIFT);
    slot.bytes = page.bytes;
    slot.start = page.start;
    slot.tag = a >>> Page.SHIFT;
  }

  /** Remembers that a page of a flat space may be read, or written, where it lies. */
  void makeReady(long address, Page page, boolean write) {
    (write ? writableRanges : readableRanges).add(address, page.start - address);
  }

  /** The pages around an address that may be read, or written, at once. */
  MemoryRange range(long a, boolean write) {
    return (write ? writableRanges : readableRanges).at(a);
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
    readableRanges.remove(number << Page.SHIFT);
    writableRanges.remove(number << Page.SHIFT);
  }

  /** Forgets whatever is in the slots of a page. */
  void forgetSlot(long number) {
    slot(readable, number).tag = -1;
    slot(writable, number).tag = -1;
    slot(executable, number).tag = -1;
  }

  /** Forgets all pages with this value in these bits of their numbers; knows no ranges. */
  void forgetSlots(long bits, long value) {
    forgetSlots(readable, bits, value);
    forgetSlots(writable, bits, value);
    forgetSlots(executable, bits, value);
  }

  private static void forgetSlots(Slot[] slots, long bits, long value) {
    for (Slot slot : slots) {
      if ((slot.tag & bits) == value) {
        slot.tag = -1;
      }
    }
  }

  /** Makes the next store to a page bypass the cache. */
  void forgetWritable(long number) {
    slot(writable, number).tag = -1;
    writableRanges.remove(number << Page.SHIFT);
  }

  /** Makes the next store to any page bypass the cache. */
  void forgetWritable() {
    forgetAll(writable);
    writableRanges.clear();
  }

  /** Makes the next load and the next store of any page bypass the cache. */
  void forgetData() {
    forgetAll(readable);
    forgetAll(writable);
    readableRanges.clear();
    writableRanges.clear();
  }

  private static void forgetAll(Slot[] slots) {
    for (Slot slot : slots) {
      slot.tag = -1;
    }
  }
}
