package dev.axon64.machine.memory;

import dev.axon64.machine.memory.PageCache.Slot;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Reads and writes many bytes at once: pages that lie one after the other outside the heap
 * together, and others one by one.
 */
final class BulkAccess {
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final PageFinder pages;
  private final PageCache cache;

  /** Whether the host can be handed an address. */
  private final boolean hasAddresses;

  BulkAccess(PageFinder pages, boolean flat) {
    this.pages = pages;
    this.cache = pages.cache;
    this.hasAddresses = flat && BulkAccess.class.getModule().isNativeAccessEnabled();
  }

  /** See {@link AddressSpace#read(long, byte[], int, int)}. */
  void read(long a, byte[] to, int offset, int length) {
    int done = 0;
    while (done < length) {
      long from = a + done;
      long index = RawMemory.ARRAY + offset + done;
      int part;
      MemoryRange range = cache.range(from, false);
      if (range != MemoryRange.NONE) {
        part = (int) Math.min(length - done, range.end() - from);
        RawMemory.copy(null, from + range.delta, to, index, part);
      } else {
        int at = (int) from & Page.SIZE - 1;
        part = Math.min(length - done, Page.SIZE - at);
        Slot slot = PageCache.slot(cache.readable, from >>> Page.SHIFT);
        if (slot.tag == from >>> Page.SHIFT) {
          RawMemory.copy(slot.bytes, slot.start + at, to, index, part);
        } else {
          pages.read(from).read(at, to, offset + done, part);
        }
      }
      done += part;
    }
  }

  /** See {@link AddressSpace#write(long, byte[], int, int)}. */
  void write(long a, byte[] from, int offset, int length) {
    int done = 0;
    while (done < length) {
      long to = a + done;
      long index = RawMemory.ARRAY + offset + done;
      int part;
      MemoryRange range = cache.range(to, true);
      if (range != MemoryRange.NONE) {
        part = (int) Math.min(length - done, range.end() - to);
        RawMemory.copy(from, index, null, to + range.delta, part);
      } else {
        int at = (int) to & Page.SIZE - 1;
        part = Math.min(length - done, Page.SIZE - at);
        Slot slot = PageCache.slot(cache.writable, to >>> Page.SHIFT);
        if (slot.tag == to >>> Page.SHIFT) {
          RawMemory.copy(from, index, slot.bytes, slot.start + at, part);
        } else {
          pages.write(to).write(at, from, offset + done, part);
        }
      }
      done += part;
    }
  }

  /** See {@link AddressSpace#adjoining}. */
  @SuppressWarnings("restricted")
  ByteBuffer adjoining(long a, int length, boolean write) {
    if (!hasAddresses || length == 0) {
      return NONE;
    }
    MemoryRange first = ready(a, write);
    if (first == MemoryRange.NONE) {
      return NONE;
    }
    long end = first.end();
    while (end - a < length) {
      MemoryRange next = readyAfter(end, write);
      if (next == MemoryRange.NONE || next.delta != first.delta) {
        break;
      }
      end = next.end();
    }
    long size = Math.min(end - a, length);
    return MemorySegment.ofAddress(a + first.delta).reinterpret(size).asByteBuffer();
  }

  /** The range of an address, whose page is touched if it is in none. */
  private MemoryRange ready(long a, boolean write) {
    MemoryRange known = cache.range(a, write);
    if (known != MemoryRange.NONE) {
      return known;
    }
    if (write) {
      pages.write(a);
    } else {
      pages.read(a);
    }
    return cache.range(a, write);
  }

  private MemoryRange readyAfter(long a, boolean write) {
    try {
      return ready(a, write);
    } catch (MemoryFault e) {
      return MemoryRange.NONE; // for whoever goes on there
    }
  }
}
