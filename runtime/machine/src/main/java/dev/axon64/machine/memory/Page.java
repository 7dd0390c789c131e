package dev.axon64.machine.memory;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One page, which several address spaces may refer to. Its {@link PageStore} says where its bytes
 * lie.
 */
final class Page {
  static final int SHIFT = 12;
  static final int SIZE = 1 << SHIFT;

  /** The array that holds the bytes; null if they lie outside the heap, or have not arrived. */
  byte[] bytes;

  /** Where the bytes begin in the array, or their address, see {@link RawMemory}. */
  long start;

  /** The bytes if they are the host's, and no other access to memory outside the heap is there. */
  private OutsideBytes outside;

  /** What answers instead of bytes; null if there are bytes. */
  private Device device;

  /** Of the device's range, at the start of the page. */
  private long deviceOffset;

  /** Whether the bytes are the host's, which gives and takes them. */
  private boolean lent;

  /** Whether nobody can write it, whatever a mapping allows. */
  private boolean readOnly;

  /** Whether anybody has written it, as far as is known. */
  private boolean written;

  /** Those who share it, if they can be told; null if not. */
  Sharers sharers;

  /** The flat store in whose reservation the bytes lie; null for none. */
  FlatStore home;

  /** The limit that it counts against; null for none. */
  final MemoryLimit limit;

  /** Whether writes are meant for all spaces that refer to it. If not, a writer first copies it. */
  final boolean shared;

  /** The number of entries and backings that refer to it. */
  int references;

  /** The spaces that hold decoded code of it; null while there are none. */
  private List<Watch> watches;

  /** What brings it if it is expected; null once it is there. */
  private Arrivals from;

  private int index;

  /** Decoded code that one space holds of this page, which it has at this address. */
  private record Watch(CodeWatch code, long address) {}

  /** Makes a page that a store must still give its bytes. */
  Page(MemoryLimit limit, boolean shared) {
    this.limit = limit;
    this.shared = shared;
  }

  /** Makes a private page that is not there before it is used. */
  static Page expected(MemoryLimit limit, Arrivals from, int index) {
    Page page = new Page(limit, false);
    page.from = from;
    page.index = index;
    return page;
  }

  /** Whether its bytes are there. */
  boolean hasArrived() {
    return from == null;
  }

  /** Waits for its bytes, which the caller puts in place. If that fails, it is still expected. */
  byte[] arrive(long address, boolean write) {
    byte[] arrived = from.arrive(index, address, write);
    from = null;
    return arrived;
  }

  // Its bytes.

  /**
   * Gives the page bytes of the host.
   *
   * @param mayWrite whether the host allows stores to them
   */
  void placeOutside(MemorySegment where, boolean mayWrite) {
    lent = true;
    readOnly = !mayWrite;
    if (RawMemory.available()) {
      start = where.address();
    } else {
      outside = new OutsideBytes(where);
    }
  }

  /** Gives the page bytes of the host, which it may take back at any time. */
  void placeBuffer(MemorySegment where) {
    lent = true;
    readOnly = where.isReadOnly();
    if (where.heapBase().orElse(null) instanceof byte[] array) {
      bytes = array;
      start = RawMemory.ARRAY + where.address();
    } else {
      outside = new OutsideBytes(where);
    }
  }

  /** Lets a device answer from now on. */
  void placeDevice(Device answers, long offset) {
    lent = true;
    device = answers;
    deviceOffset = offset;
  }

  /** Whether there are no bytes, but a device. */
  boolean isDevice() {
    return device != null;
  }

  /** Whether its bytes can be found by their place alone. */
  boolean hasPlace() {
    return device == null && outside == null;
  }

  /** A load from a device. */
  long load(int at, int size) {
    return device.load(deviceOffset + at, size) & -1L >>> Long.SIZE - 8 * size;
  }

  /** A store to a device. */
  void store(int at, int size, long value) {
    device.store(deviceOffset + at, size, value);
  }

  boolean isReadOnly() {
    return readOnly;
  }

  boolean isWritten() {
    return written;
  }

  void setWritten(boolean is) {
    written = is;
  }

  long get(int at) {
    if (device != null) {
      return load(at, 1);
    }
    if (outside != null) {
      return outside.get(at);
    }
    return RawMemory.get8(bytes, start + at);
  }

  void put(int at, long value) {
    if (device != null) {
      store(at, 1, value & 0xff);
      return;
    }
    if (outside != null) {
      outside.put(at, value);
      return;
    }
    RawMemory.put8(bytes, start + at, value);
  }

  void read(int at, byte[] to, int offset, int length) {
    if (device != null) {
      for (int i = 0; i < length; i++) {
        to[offset + i] = (byte) load(at + i, 1);
      }
      return;
    }
    if (outside != null) {
      outside.read(at, to, offset, length);
      return;
    }
    RawMemory.copy(bytes, start + at, to, RawMemory.ARRAY + offset, length);
  }

  void write(int at, byte[] from, int offset, int length) {
    if (device != null) {
      for (int i = 0; i < length; i++) {
        store(at + i, 1, from[offset + i] & 0xffL);
      }
      return;
    }
    if (outside != null) {
      outside.write(at, from, offset, length);
      return;
    }
    RawMemory.copy(from, RawMemory.ARRAY + offset, bytes, start + at, length);
  }

  void copyFrom(Page other) {
    RawMemory.copy(other.bytes, other.start, bytes, start, SIZE);
  }

  /** A copy of the bytes. */
  byte[] contents() {
    byte[] contents = new byte[SIZE];
    read(0, contents, 0, SIZE);
    return contents;
  }

  // Who shares it.

  /** Whether it is what all spaces read before they write to untouched memory. */
  boolean isZero() {
    return limit == null;
  }

  /** Whether a writer needs its own copy. */
  boolean mustCopy() {
    return !shared && (references > 1 || isZero());
  }

  /** Whether anyone holds decoded code of it. */
  boolean isWatched() {
    return watches != null;
  }

  /** Notes that a space holds decoded code of it. */
  void watch(CodeWatch code, long address) {
    if (watches == null) {
      watches = new ArrayList<>(1);
    }
    Watch watch = new Watch(code, address);
    if (!watches.contains(watch)) {
      watches.add(watch);
    }
  }

  /** Tells all spaces that their code of it is stale, before it is written. */
  void tellAll() {
    List<Watch> told = watches;
    watches = null;
    for (Watch watch : told) {
      watch.code.changed(watch.address);
    }
  }

  /** Tells one space that its code of it is stale, since the space loses or changes it. */
  void tell(CodeWatch code, long address) {
    if (watches != null && watches.remove(new Watch(code, address))) {
      code.changed(address);
      if (watches.isEmpty()) {
        watches = null;
      }
    }
  }

  /** Removes one reference, and frees the page's memory with the last. */
  void release() {
    if (--references == 0 && limit != null) {
      if (!lent) {
        limit.giveBack();
      }
      if (home != null) {
        home.freed(this);
      } else if (bytes == null && hasArrived() && !lent) {
        limit.flat().blocks.free(start);
      }
    }
  }

  /** Releases the pages at a range of offsets, and forgets them. */
  static void release(Map<Long, Page> pages, long from, long to) {
    pages
        .entrySet()
        .removeIf(
            entry -> {
              boolean gone = entry.getKey() >= from && entry.getKey() < to;
              if (gone) {
                entry.getValue().release();
              }
              return gone;
            });
  }
}
