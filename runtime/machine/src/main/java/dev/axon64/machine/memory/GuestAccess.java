package dev.axon64.machine.memory;

import dev.axon64.machine.memory.PageCache.Slot;
import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * A guest's accesses to its memory: little-endian loads, stores and fetches at any address, and
 * bulk accesses for code that acts on its behalf. {@code loadN} gives N bits, zero-extended; {@code
 * storeN} takes the low N bits. Each throws a {@link MemoryFault} if the guest may not do that, and
 * then has changed nothing.
 *
 * <p>Each looks into the cache of pages first. That path is executed more often than any other
 * code, and is kept short enough to be inlined everywhere.
 */
public abstract sealed class GuestAccess permits AddressSpace {
  private static final int PAGE = Page.SIZE;
  private static final int SHIFT = Page.SHIFT;
  private static final int SLOTS = PageCache.SLOTS;

  /** Detours before it is worth while to look for a shorter way, at first and at last. */
  private static final int FEW_DETOURS = 32;

  private static final int MOST_DETOURS = 1 << 20;

  // The cache's own arrays, to be one step nearer to a page.
  private final Slot[] readable;
  private final Slot[] writable;
  private final Slot[] executable;

  private final PageFinder pages;
  private final UncachedAccess uncached;
  private final BulkAccess bulk;
  private int detours = FEW_DETOURS;

  /**
   * @param pages finds what the cache does not have
   * @param uncached makes the accesses that need it
   */
  GuestAccess(PageFinder pages, UncachedAccess uncached, boolean flat) {
    this.pages = pages;
    this.uncached = uncached;
    bulk = new BulkAccess(pages, flat);
    readable = pages.cache.readable;
    writable = pages.cache.writable;
    executable = pages.cache.executable;
  }

  // Loads.

  public final long load8(long a) {
    Slot slot = readable[(int) (a >>> SHIFT) & SLOTS - 1];
    return slot.tag == a >>> SHIFT
        ? RawMemory.get8(slot.bytes, slot.start + (a & PAGE - 1))
        : slowLoad(a, 1);
  }

  public final long load16(long a) {
    Slot slot = readable[(int) (a >>> SHIFT) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    return slot.tag == a >>> SHIFT && at <= PAGE - 2
        ? RawMemory.get16(slot.bytes, slot.start + at)
        : slowLoad(a, 2);
  }

  public final long load32(long a) {
    Slot slot = readable[(int) (a >>> SHIFT) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    return slot.tag == a >>> SHIFT && at <= PAGE - 4
        ? RawMemory.get32(slot.bytes, slot.start + at)
        : slowLoad(a, 4);
  }

  public final long load64(long a) {
    Slot slot = readable[(int) (a >>> SHIFT) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    return slot.tag == a >>> SHIFT && at <= PAGE - 8
        ? RawMemory.get64(slot.bytes, slot.start + at)
        : slowLoad(a, 8);
  }

  /**
   * Loads a value of a size that is known only when the guest runs.
   *
   * @param bytes 1, 2, 4 or 8
   */
  public final long load(long a, int bytes) {
    return switch (bytes) {
      case Byte.BYTES -> load8(a);
      case Short.BYTES -> load16(a);
      case Integer.BYTES -> load32(a);
      default -> load64(a);
    };
  }

  private long slowLoad(long a, int size) {
    return uncached.load(a, size);
  }

  /** The instruction word at an address; needs permission to execute, not to read. */
  public final int fetch(long a) {
    Slot slot = executable[(int) (a >>> SHIFT) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    return slot.tag == a >>> SHIFT && at <= PAGE - 4
        ? (int) RawMemory.get32(slot.bytes, slot.start + at)
        : slowFetch(a);
  }

  private int slowFetch(long a) {
    return uncached.fetch(a);
  }

  // Stores.

  public final void store8(long a, long value) {
    Slot slot = writable[(int) (a >>> SHIFT) & SLOTS - 1];
    if (slot.tag == a >>> SHIFT) {
      RawMemory.put8(slot.bytes, slot.start + (a & PAGE - 1), value);
    } else {
      slowStore(a, 1, value);
    }
  }

  public final void store16(long a, long value) {
    Slot slot = writable[(int) (a >>> SHIFT) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    if (slot.tag == a >>> SHIFT && at <= PAGE - 2) {
      RawMemory.put16(slot.bytes, slot.start + at, value);
    } else {
      slowStore(a, 2, value);
    }
  }

  public final void store32(long a, long value) {
    Slot slot = writable[(int) (a >>> SHIFT) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    if (slot.tag == a >>> SHIFT && at <= PAGE - 4) {
      RawMemory.put32(slot.bytes, slot.start + at, value);
    } else {
      slowStore(a, 4, value);
    }
  }

  public final void store64(long a, long value) {
    Slot slot = writable[(int) (a >>> SHIFT) & SLOTS - 1];
    int at = (int) a & PAGE - 1;
    if (slot.tag == a >>> SHIFT && at <= PAGE - 8) {
      RawMemory.put64(slot.bytes, slot.start + at, value);
    } else {
      slowStore(a, 8, value);
    }
  }

  /**
   * Stores a value of a size that is known only when the guest runs.
   *
   * @param bytes 1, 2, 4 or 8
   */
  public final void store(long a, int bytes, long value) {
    switch (bytes) {
      case Byte.BYTES -> store8(a, value);
      case Short.BYTES -> store16(a, value);
      case Integer.BYTES -> store32(a, value);
      default -> store64(a, value);
    }
  }

  private void slowStore(long a, int size, long value) {
    uncached.store(a, size, value);
  }

  // Bytes.

  /**
   * The bytes of the page at an address, if a load of so many bytes from it can be done in them at
   * once; null if it takes more than that.
   */
  public final byte[] readablePage(long a, int size) {
    Slot slot = readable[(int) (a >>> SHIFT) & SLOTS - 1];
    return slot.tag == a >>> SHIFT && ((int) a & PAGE - 1) <= PAGE - size ? slot.bytes : null;
  }

  /**
   * The bytes of the page at an address, if a store of so many bytes to it can be done in them at
   * once; null if it takes more than that.
   */
  public final byte[] writablePage(long a, int size) {
    Slot slot = writable[(int) (a >>> SHIFT) & SLOTS - 1];
    return slot.tag == a >>> SHIFT && ((int) a & PAGE - 1) <= PAGE - size ? slot.bytes : null;
  }

  // Outside the heap.

  /**
   * Where the byte at an address of a flat space lies, if a load of so many bytes from it can be
   * done there at once; 0 if it takes more than that, and after many such detours, so that whoever
   * makes them looks for a {@linkplain AddressSpace#range range}.
   */
  public final long readablePlace(long a, int size) {
    return place(readable[(int) (a >>> SHIFT) & SLOTS - 1], a, size);
  }

  /** The same for a store. */
  public final long writablePlace(long a, int size) {
    return place(writable[(int) (a >>> SHIFT) & SLOTS - 1], a, size);
  }

  private long place(Slot slot, long a, int size) {
    int at = (int) a & PAGE - 1;
    return slot.tag == a >>> SHIFT && at <= PAGE - size && --detours > 0 ? slot.start + at : 0;
  }

  final void allowDetours(int looks) {
    detours = looks < 15 ? FEW_DETOURS << looks : MOST_DETOURS;
  }

  // Bulk.

  /**
   * Reads bytes as the guest would.
   *
   * @throws MemoryFault at the first byte that cannot be read; the array may be partly filled
   */
  public final void read(long a, byte[] to, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, to.length); // what is behind would be the JVM's
    bulk.read(a, to, offset, length);
  }

  /**
   * Reads bytes as the guest would.
   *
   * @throws MemoryFault at the first byte that cannot be read
   */
  public final byte[] read(long a, int length) {
    byte[] bytes = new byte[length];
    bulk.read(a, bytes, 0, length);
    return bytes;
  }

  /**
   * Writes bytes as the guest would.
   *
   * @throws MemoryFault at the first byte that cannot be written; earlier pages are written
   */
  public final void write(long a, byte[] from, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, from.length);
    bulk.write(a, from, offset, length);
  }

  /**
   * Writes bytes as the guest would.
   *
   * @throws MemoryFault at the first byte that cannot be written; earlier pages are written
   */
  public final void write(long a, byte[] from) {
    bulk.write(a, from, 0, from.length);
  }

  /**
   * The bytes from an address on that lie one after the other outside the heap, so that the host
   * can read or write them there. They must not be used once the guest has gone on.
   *
   * @param length the most that are wanted
   * @return none if those at the address lie elsewhere, or cannot be handed to the host
   * @throws MemoryFault if the first byte cannot be read, or written
   */
  public final ByteBuffer adjoining(long a, int length, boolean write) {
    return bulk.adjoining(a, length, write);
  }

  // Checks.

  /**
   * Checks that bytes can be read, for an instruction that reads them in several steps.
   *
   * @param size 1 byte to a page
   * @throws MemoryFault as a load would
   */
  public final void checkRead(long a, int size) {
    pages.checkRead(a, size);
  }

  /**
   * Checks that bytes can be written, for an instruction that writes them in several steps.
   *
   * @param size 1 byte to a page
   * @throws MemoryFault as a store would
   */
  public final void checkWrite(long a, int size) {
    pages.checkWrite(a, size);
  }
}
