package dev.axon64.metal.guest;

import dev.axon64.codegen.emit.isa.shader.GuestLayout;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.MemoryFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Pages of address spaces, copied into one buffer in the order in which they are staged. What is
 * mapped at two places is copied twice, so that a write at one is not seen at the other before the
 * copies are taken back. A page that cannot be read, such as one beyond its file's end, cannot be
 * staged.
 */
final class MemoryImage {
  private static final int PAGE = AddressSpace.PAGE;

  /** The most bytes of an image, which is one byte array. */
  private static final int MOST_BYTES = 1 << 30;

  /**
   * A mapped range.
   *
   * @param places by page, as in the shader's page table; 0 where it is not staged
   */
  record Segment(AddressSpace space, long base, long size, int permissions, long[] places) {
    boolean contains(long address) {
      return Long.compareUnsigned(address - base, size) < 0;
    }

    int page(long address) {
      return (int) (address - base >>> 12);
    }
  }

  private byte[] bytes;

  /** The bytes as they were staged, to find those that have changed. */
  private byte[] before;

  private int end;

  /**
   * @param capacity bytes that will be staged, if that is known; else it grows
   */
  MemoryImage(long capacity) {
    checkSize(capacity);
    bytes = new byte[(int) Math.max(PAGE, capacity)];
    before = new byte[bytes.length];
  }

  private static void checkSize(long size) {
    if (size > MOST_BYTES) {
      throw new InputException(
          "metal", "the guests map over " + (MOST_BYTES >> 20) + " MiB; run fewer or smaller ones");
    }
  }

  /** Bytes that a space maps and allows to be accessed. */
  static long size(AddressSpace space) {
    return space.mappings().stream()
        .filter(mapping -> mapping.protection() != 0)
        .mapToLong(Mapping::size)
        .sum();
  }

  /** What is mapped; nothing of it is staged yet. */
  static List<Segment> segments(AddressSpace space) {
    List<Segment> segments = new ArrayList<>();
    for (Mapping mapping : space.mappings()) {
      int pages = mapping.protection() == 0 ? 0 : Math.toIntExact(mapping.size() / PAGE);
      segments.add(
          new Segment(
              space, mapping.start(), mapping.size(), mapping.protection(), new long[pages]));
    }
    return segments;
  }

  /** Stages all pages of a segment that can be read, as if the guest had accessed them. */
  void stage(Segment segment) {
    for (int page = 0; page < segment.places.length; page++) {
      try {
        stage(segment, page);
        segment.places[page] |= GuestLayout.TOUCHED;
      } catch (MemoryFault unreadable) { // the guest will find it absent
        continue;
      }
    }
  }

  /**
   * Stages a page.
   *
   * @return whether it was not yet
   * @throws MemoryFault if it cannot be read
   */
  boolean stage(Segment segment, int page) {
    if (segment.places[page] != 0) {
      return false;
    }
    if (end == bytes.length) {
      checkSize(2L * end);
      bytes = Arrays.copyOf(bytes, 2 * end);
      before = Arrays.copyOf(before, 2 * end);
    }
    read(segment, segment.base + (long) page * PAGE);
    System.arraycopy(bytes, end, before, end, PAGE);
    segment.places[page] = end | GuestLayout.STAGED;
    end += PAGE;
    return true;
  }

  private void read(Segment segment, long address) {
    boolean unreadable = (segment.permissions & AddressSpace.READ) == 0;
    if (unreadable) {
      segment.space.protect(segment.base, segment.size, segment.permissions | AddressSpace.READ);
    }
    try {
      segment.space.read(address, bytes, end, PAGE);
    } finally {
      if (unreadable) {
        segment.space.protect(segment.base, segment.size, segment.permissions);
      }
    }
  }

  /** The buffer, to be changed in place; another one once it has grown. */
  byte[] buffer() {
    return bytes;
  }

  /** Takes the pages of a segment that have changed back. */
  void copyOut(Segment segment) {
    if ((segment.permissions & AddressSpace.WRITE) == 0) {
      return;
    }
    for (int page = 0; page < segment.places.length; page++) {
      int at = (int) (segment.places[page] & -PAGE);
      if (segment.places[page] != 0
          && !Arrays.equals(bytes, at, at + PAGE, before, at, at + PAGE)) {
        segment.space.write(segment.base + (long) page * PAGE, bytes, at, PAGE);
      }
    }
  }
}
