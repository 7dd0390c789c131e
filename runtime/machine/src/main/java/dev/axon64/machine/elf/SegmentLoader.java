package dev.axon64.machine.elf;

import dev.axon64.machine.memory.AddressSpace;
import java.util.List;

/**
 * Loads a file's segments at the addresses that they state, without an operating system's rules
 * about where a program may lie.
 */
public final class SegmentLoader {
  private SegmentLoader() {}

  /**
   * Maps the segments with their protections and fills them.
   *
   * @param name what the mappings are called
   * @throws IllegalArgumentException if a segment lies outside the guest's addresses
   * @throws dev.axon64.machine.memory.MemoryFault if the memory's limit forbids it
   */
  public static void load(ElfImage image, AddressSpace memory, String name) {
    List<Segment> segments =
        image.segments().stream().filter(s -> s.isLoad() && s.memorySize() != 0).toList();
    int open = AddressSpace.READ | AddressSpace.WRITE;
    segments.forEach(s -> memory.map(firstPage(s), mappedSize(s), open, name));
    // All are mapped first, since mapping empties a page that two segments share.
    segments.forEach(s -> memory.write(s.address(), bytes(image, s)));
    segments.forEach(s -> memory.protect(firstPage(s), mappedSize(s), s.protection()));
  }

  private static long firstPage(Segment segment) {
    return segment.address() & -AddressSpace.PAGE;
  }

  private static long mappedSize(Segment segment) {
    long end = segment.address() + segment.memorySize() + AddressSpace.PAGE - 1;
    return (end & -AddressSpace.PAGE) - firstPage(segment);
  }

  /** The bytes of a segment that the file has; the rest of it is zeroes. */
  private static byte[] bytes(ElfImage image, Segment segment) {
    byte[] bytes = new byte[(int) segment.fileSize()];
    if (bytes.length > 0) {
      image.bytes(segment.offset(), bytes.length).get(bytes);
    }
    return bytes;
  }
}
