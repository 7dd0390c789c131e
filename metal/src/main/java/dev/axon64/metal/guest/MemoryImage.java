package dev.axon64.metal.guest;

import dev.axon64.codegen.support.InputException;
import dev.axon64.runtime.memory.AddressSpace;
import dev.axon64.runtime.memory.Mapping;
import dev.axon64.runtime.memory.MemoryFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * Address spaces laid out one behind the other in one buffer. What is mapped at two places is
 * copied twice, so that a write at one is not seen at the other before the copies are taken back. A
 * page that cannot be read, such as one beyond its file's end, is missing.
 */
final class MemoryImage {
  private static final int PAGE = AddressSpace.PAGE;

  /** Buffers are byte arrays. */
  private static final long MOST_BYTES = 1L << 30;

  /** A run of pages; {@code offset} of its bytes in the buffer. */
  record Segment(long base, long size, long offset, int permissions) {}

  private final byte[] bytes;
  private int end;
  private byte[] before;

  /** Room for what the spaces map. */
  MemoryImage(Collection<AddressSpace> spaces) {
    long size = spaces.stream().mapToLong(MemoryImage::size).sum();
    if (size > MOST_BYTES) {
      throw new InputException(
          "metal", "the guests map over " + (MOST_BYTES >> 20) + " MiB; run fewer or smaller ones");
    }
    bytes = new byte[(int) Math.max(PAGE, size)];
  }

  private static long size(AddressSpace space) {
    return space.mappings().stream()
        .filter(mapping -> mapping.protection() != 0)
        .mapToLong(Mapping::size)
        .sum();
  }

  /** Copies what is mapped in. */
  List<Segment> add(AddressSpace space) {
    List<Segment> segments = new ArrayList<>();
    for (Mapping mapping : space.mappings()) {
      if (mapping.protection() == 0) {
        segments.add(new Segment(mapping.start(), mapping.size(), 0, 0));
      } else {
        add(space, mapping, segments);
      }
    }
    return segments;
  }

  private void add(AddressSpace space, Mapping mapping, List<Segment> segments) {
    boolean unreadable = (mapping.protection() & AddressSpace.READ) == 0;
    if (unreadable) {
      int more = mapping.protection() | AddressSpace.READ;
      space.protect(mapping.start(), mapping.size(), more);
    }
    long base = mapping.start();
    int offset = end;
    for (long page = mapping.start(); page < mapping.end(); page += PAGE) {
      try {
        space.read(page, bytes, end, PAGE);
        end += PAGE;
      } catch (MemoryFault fault) {
        close(segments, base, offset, mapping);
        base = page + PAGE;
        offset = end;
      }
    }
    close(segments, base, offset, mapping);
    if (unreadable) {
      space.protect(mapping.start(), mapping.size(), mapping.protection());
    }
  }

  private void close(List<Segment> segments, long base, int offset, Mapping mapping) {
    if (end > offset) {
      segments.add(new Segment(base, end - offset, offset, mapping.protection()));
    }
  }

  /** The buffer, to be changed in place; nothing can be added any more. */
  byte[] buffer() {
    if (before == null) {
      before = bytes.clone();
    }
    return bytes;
  }

  /** Takes the pages that have changed back. */
  void copyOut(AddressSpace space, List<Segment> segments) {
    for (Segment segment : segments) {
      if ((segment.permissions & AddressSpace.WRITE) == 0) {
        continue;
      }
      for (long done = 0; done < segment.size; done += PAGE) {
        int at = (int) (segment.offset + done);
        if (!Arrays.equals(bytes, at, at + PAGE, before, at, at + PAGE)) {
          space.write(segment.base + done, bytes, at, PAGE);
        }
      }
    }
  }
}
