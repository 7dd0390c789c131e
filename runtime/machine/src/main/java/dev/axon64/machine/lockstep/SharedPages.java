package dev.axon64.machine.lockstep;

import dev.axon64.machine.memory.AccessListener;
import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.MemoryFault;
import java.util.HashMap;
import java.util.Map;

/**
 * The pages that a copied space shares with its original all the same. What the copy writes there
 * is taken back, so that the original finds them as they were.
 */
final class SharedPages implements AccessListener {
  private final AddressSpace memory;
  private final Map<Long, byte[]> before = new HashMap<>();

  /** Watches a space from now on, if it can write to others' pages at all. */
  SharedPages(AddressSpace memory) {
    this.memory = memory;
    if (memory.mappings().stream().anyMatch(SharedPages::isWritable)) {
      memory.setAccessListener(this);
    }
  }

  private static boolean isWritable(Mapping mapping) {
    return mapping.isShared() && (mapping.protection() & AddressSpace.WRITE) != 0;
  }

  @Override
  public void read(long address, int size) {
    // Changes nothing.
  }

  @Override
  public void write(long address, int size, long value) {
    keep(address);
    keep(address + size - 1);
  }

  private void keep(long a) {
    long address = a & AddressSpace.END - 1 & -AddressSpace.PAGE;
    Mapping mapping = memory.mappingAt(address);
    if (mapping != null && isWritable(mapping) && !before.containsKey(address)) {
      try {
        before.put(address, memory.read(address, AddressSpace.PAGE));
      } catch (MemoryFault unreadable) {
        // The store will fault, too, or writes a page that nobody reads.
      }
    }
  }

  /** The pages as they were. */
  Map<Long, byte[]> before() {
    return before;
  }

  /** Brings the pages back to what they were, and returns what they were just now. */
  Map<Long, byte[]> takenBack() {
    memory.setAccessListener(null);
    Map<Long, byte[]> after = new HashMap<>();
    before.forEach(
        (address, bytes) -> {
          after.put(address, memory.read(address, AddressSpace.PAGE));
          memory.write(address, bytes);
        });
    return after;
  }
}
