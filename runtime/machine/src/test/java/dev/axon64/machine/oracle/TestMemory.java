package dev.axon64.machine.oracle;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.Backing;
import dev.axon64.machine.memory.Mapping;
import dev.axon64.machine.memory.MemoryLimit;

/**
 * What both sides have mapped: code that cannot be written, and not far from it data, the last page
 * of which cannot be written either. Around the data is nothing.
 */
final class TestMemory {
  static final long CODE = 0x10000;
  static final int CODE_BYTES = 0x10000;
  static final long DATA = 0x40000;
  static final int WRITABLE_BYTES = 0x3000;
  static final int DATA_BYTES = 0x4000;

  /** Where our side can write its code; nothing else points there. */
  private static final long CODE_ALIAS = 0x6543_2100_0000L;

  private final AddressSpace space = new AddressSpace(new MemoryLimit(1 << 20));

  TestMemory() {
    Backing code = Backing.sharedAnonymous();
    int execute = AddressSpace.READ | AddressSpace.EXECUTE;
    int write = AddressSpace.READ | AddressSpace.WRITE;
    space.map(new Mapping(CODE, CODE + CODE_BYTES, execute, code, 0, "code"));
    space.map(new Mapping(CODE_ALIAS, CODE_ALIAS + CODE_BYTES, write, code, 0, "alias"));
    space.map(DATA, DATA_BYTES, write, "data");
    for (int at = 0; at < DATA_BYTES; at += AddressSpace.PAGE) {
      space.store8(DATA + at, 0); // untouched pages would be copied by the first store of the test
    }
    space.protect(DATA + WRITABLE_BYTES, DATA_BYTES - WRITABLE_BYTES, AddressSpace.READ);
  }

  AddressSpace space() {
    return space;
  }

  /** Writes an instruction. */
  void code(long address, int word) {
    space.store32(address - CODE + CODE_ALIAS, word);
  }

  /** Fills the data, also that which the guest cannot write. */
  void fill(byte[] data) {
    int readOnly = DATA_BYTES - WRITABLE_BYTES;
    space.protect(DATA + WRITABLE_BYTES, readOnly, AddressSpace.READ | AddressSpace.WRITE);
    space.write(DATA, data);
    space.protect(DATA + WRITABLE_BYTES, readOnly, AddressSpace.READ);
  }

  /** The data as they are now. */
  void read(byte[] to) {
    space.read(DATA, to, 0, DATA_BYTES);
  }
}
