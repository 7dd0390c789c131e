package dev.axon64.machine.memory;

import java.lang.ref.Cleaner;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Room outside the heap for single pages that lie in no space's reservation. */
final class Blocks {
  private static final int CHUNK = 64 * Page.SIZE;

  private final List<Long> chunks = new ArrayList<>();
  private final Deque<Long> free = new ArrayDeque<>();

  /** Frees all room when the owner is not reachable any more. */
  Blocks(Object owner, Cleaner cleaner) {
    List<Long> all = chunks;
    cleaner.register(owner, () -> all.forEach(RawMemory::free));
  }

  /**
   * Takes room for a page, whose contents are undefined.
   *
   * @throws OutOfMemoryError if the host has none
   */
  long take() {
    if (free.isEmpty()) {
      long chunk = RawMemory.reserve(CHUNK);
      if (chunk == 0) {
        throw new OutOfMemoryError("the host has no memory for a page of the guest");
      }
      chunks.add(chunk);
      for (int at = 0; at < CHUNK; at += Page.SIZE) {
        free.add(chunk + at);
      }
    }
    return free.pop();
  }

  void free(long address) {
    free.push(address);
  }
}
