package dev.axon64.system.virtio;

import dev.axon64.machine.memory.PhysicalMemory;
import dev.axon64.system.device.State;
import java.io.IOException;

/**
 * A split virtqueue: descriptors, what the driver makes available, and what the device has used. It
 * may hold anything that the guest puts there.
 */
final class Queue {
  /** The most entries. */
  static final int MOST = 256;

  private static final int NEXT = 1;
  private static final int WRITES = 2;
  private static final int INDIRECT = 4;
  private static final int NO_INTERRUPT = 1;
  private static final int DESCRIPTOR = 16;

  private final PhysicalMemory memory;
  private final byte[] word = new byte[Long.BYTES];

  int size;
  boolean ready;
  long descriptors;
  long available;
  long used;
  private int taken;

  Queue(PhysicalMemory memory) {
    this.memory = memory;
  }

  void state(State state) throws IOException {
    size = state.word(size);
    ready = state.flag(ready);
    descriptors = state.value(descriptors);
    available = state.value(available);
    used = state.value(used);
    taken = state.number(taken, 0, 0xffff);
    if (state.isRead() && ready) {
      try {
        check();
      } catch (BadRequest e) {
        throw new IOException("it has a queue outside memory", e);
      }
    }
  }

  void reset() {
    size = 0;
    ready = false;
    descriptors = 0;
    available = 0;
    used = 0;
    taken = 0;
  }

  /** Checks that it lies in memory and has a size that is allowed. */
  void check() {
    if (size < 1
        || size > MOST
        || Integer.bitCount(size) != 1
        || !memory.contains(descriptors, (long) DESCRIPTOR * size)
        || !memory.contains(available, 6 + 2L * size)
        || !memory.contains(used, 6 + 8L * size)) {
      throw new BadRequest("a queue lies outside memory");
    }
  }

  private long load(long address, int bytes) {
    if (!memory.contains(address, bytes)) {
      throw new BadRequest("a queue lies outside memory");
    }
    memory.read(address, word, 0, bytes);
    long value = 0;
    for (int i = bytes - 1; i >= 0; i--) {
      value = value << 8 | word[i] & 0xff;
    }
    return value;
  }

  private void store(long address, int bytes, long value) {
    for (int i = 0; i < bytes; i++) {
      word[i] = (byte) (value >>> 8 * i);
    }
    memory.write(address, word, 0, bytes);
  }

  /** Whether the driver wants to be interrupted. */
  boolean interrupts() {
    return (load(available, 2) & NO_INTERRUPT) == 0;
  }

  /** Whether a request waits. */
  boolean hasNext() {
    return ((int) load(available + 2, 2) - taken & 0xffff) != 0;
  }

  /** The number of the next request's first descriptor; -1 if there is none. */
  int next() {
    int index = (int) load(available + 2, 2);
    int waiting = index - taken & 0xffff;
    if (waiting == 0) {
      return -1;
    }
    if (waiting > size) {
      throw new BadRequest("more requests are available than the queue has entries");
    }
    int head = (int) load(available + 4 + 2L * (taken & size - 1), 2);
    taken = taken + 1 & 0xffff;
    return head;
  }

  /** The request that begins with a descriptor. */
  Request request(int head) {
    Request request = new Request(memory);
    int at = head;
    for (int i = 0; i < size; i++) {
      if (at >= size) {
        throw new BadRequest("a descriptor is not in the table");
      }
      long entry = descriptors + (long) DESCRIPTOR * at;
      int flags = (int) load(entry + 12, 2);
      if ((flags & INDIRECT) != 0) {
        throw new BadRequest("a descriptor is indirect, which was not offered");
      }
      request.add(load(entry, 8), load(entry + 8, 4), (flags & WRITES) != 0);
      if ((flags & NEXT) == 0) {
        return request;
      }
      at = (int) load(entry + 14, 2);
    }
    throw new BadRequest("descriptors form a circle");
  }

  /** Gives a request back. */
  void done(int head, int written) {
    int index = (int) load(used + 2, 2);
    long entry = used + 4 + 8L * (index & size - 1);
    store(entry, 4, head);
    store(entry + 4, 4, written);
    store(used + 2, 2, index + 1 & 0xffff);
  }
}
