package dev.axon64.machine.lockstep;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.MemoryLimit;

/**
 * Copies memory byte by byte. A fork would be faster, but would share its pages with the original,
 * which is then not what it is without the check.
 */
final class MemoryCopy {
  private MemoryCopy() {}

  /** A space in which the same is mapped, with the same bytes; shared mappings stay shared. */
  static AddressSpace of(AddressSpace memory) {
    AddressSpace copy = new AddressSpace(new MemoryLimit(Long.MAX_VALUE));
    for (Mapping mapping : memory.mappings()) {
      copy.map(
          new Mapping(
              mapping.start(),
              mapping.end(),
              mapping.protection() | AddressSpace.WRITE,
              mapping.backing(),
              mapping.offset(),
              mapping.name()));
      if (!mapping.isShared()) {
        memory.forEachTouched(
            mapping.start(),
            mapping.size(),
            address -> copy.write(address, memory.contents(address)));
      }
      copy.protect(mapping.start(), mapping.size(), mapping.protection());
    }
    return copy;
  }
}
