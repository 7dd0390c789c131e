package dev.axon64.system.virtio;

import dev.axon64.machine.memory.PhysicalMemory;
import java.util.ArrayList;
import java.util.List;

/** One request of a driver: bytes to read, and after them room to write. */
public final class Request {
  private final PhysicalMemory memory;
  private final List<Part> readable = new ArrayList<>();
  private final List<Part> writable = new ArrayList<>();

  /** Where a part lies in memory. */
  private record Part(long address, int length) {}

  /** What is done with a piece of memory. */
  private interface Action {
    void on(long address, int offset, int length);
  }

  Request(PhysicalMemory memory) {
    this.memory = memory;
  }

  /** Adds a part, which must lie in memory. */
  void add(long address, long length, boolean writes) {
    if (length > Integer.MAX_VALUE || !memory.contains(address, Math.max(length, 1))) {
      throw new BadRequest("a buffer lies outside memory");
    }
    if (!writes && !writable.isEmpty()) {
      throw new BadRequest("a buffer to read follows one to write");
    }
    (writes ? writable : readable).add(new Part(address, (int) length));
  }

  /** The number of bytes to read. */
  public long readable() {
    return readable.stream().mapToLong(Part::length).sum();
  }

  /** The number of bytes that can be written. */
  public long writable() {
    return writable.stream().mapToLong(Part::length).sum();
  }

  /**
   * Reads bytes.
   *
   * @param at how many come before them
   */
  public void read(long at, byte[] to, int length) {
    each(readable, at, length, (address, offset, size) -> memory.read(address, to, offset, size));
  }

  /**
   * Writes bytes.
   *
   * @param at how many come before them
   */
  public void write(long at, byte[] from, int length) {
    each(
        writable, at, length, (address, offset, size) -> memory.write(address, from, offset, size));
  }

  private static void each(List<Part> parts, long at, int length, Action action) {
    long skip = at;
    int done = 0;
    for (Part part : parts) {
      if (skip >= part.length) {
        skip -= part.length;
        continue;
      }
      int size = (int) Math.min(length - done, part.length - skip);
      action.on(part.address + skip, done, size);
      skip = 0;
      done += size;
      if (done == length) {
        return;
      }
    }
    if (done < length) {
      throw new BadRequest("a request is too short");
    }
  }
}
