package dev.axon64.emulator;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.Mapping;
import java.util.List;

/** Changes what is mapped in an emulator, and refuses what a caller can hardly mean. */
final class MappedMemory {
  private static final int ALL = AddressSpace.READ | AddressSpace.WRITE | AddressSpace.EXECUTE;

  private MappedMemory() {}

  static void map(AddressSpace memory, long address, long size, int protection, Backing backing) {
    checkProtection(protection);
    checkFree(memory, address, size);
    memory.map(new Mapping(address, address + size, protection, backing, 0, "mapped"));
  }

  static void checkFree(AddressSpace memory, long address, long size) {
    checkRange(memory, address, size);
    List<Mapping> there = memory.mappingsWithin(address, size);
    if (!there.isEmpty()) {
      throw new IllegalArgumentException(
          "map: 0x%x is mapped already; unmap it first".formatted(there.getFirst().start()));
    }
  }

  static void unmap(AddressSpace memory, long address, long size) {
    checkMapped("unmap", memory, address, size);
    memory.unmap(address, size);
  }

  static void protect(AddressSpace memory, long address, long size, int protection) {
    checkProtection(protection);
    checkMapped("protect", memory, address, size);
    memory.protect(address, size, protection);
  }

  private static void checkProtection(int protection) {
    if ((protection & ~ALL) != 0) {
      throw new IllegalArgumentException(
          "protection: %d is no sum of READ 1, WRITE 2 and EXECUTE 4".formatted(protection));
    }
  }

  private static void checkRange(AddressSpace memory, long address, long size) {
    if (((address | size) & AddressSpace.PAGE - 1) != 0 || size <= 0) {
      throw new IllegalArgumentException(
          "0x%x + 0x%x: takes whole pages of 4096 bytes, at least one".formatted(address, size));
    }
    if (!memory.isRange(address, size)) {
      throw new IllegalArgumentException(
          "0x%x + 0x%x: ends behind the last address of %d bits, 0x%x"
              .formatted(address, size, memory.addressBits(), memory.last()));
    }
  }

  private static void checkMapped(String what, AddressSpace memory, long address, long size) {
    checkRange(memory, address, size);
    long reached = address;
    for (Mapping part : memory.mappingsWithin(address, size)) {
      if (part.start() != reached) {
        break;
      }
      reached = part.end();
    }
    if (reached != address + size) {
      throw new IllegalArgumentException("%s: 0x%x is not mapped".formatted(what, reached));
    }
  }
}
