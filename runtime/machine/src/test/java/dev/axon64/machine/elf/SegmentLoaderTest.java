package dev.axon64.machine.elf;

import static dev.axon64.machine.memory.AddressSpace.EXECUTE;
import static dev.axon64.machine.memory.AddressSpace.READ;
import static dev.axon64.machine.memory.AddressSpace.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.machine.memory.AddressSpace;
import dev.axon64.machine.memory.MemoryLimit;
import org.junit.jupiter.api.Test;

class SegmentLoaderTest {
  private static final int DATA_SEGMENT = 2;
  private static final int ADDRESS = 16;
  private static final int MEMORY_SIZE = 40;

  private static AddressSpace loaded(SampleElf elf) {
    AddressSpace memory = new AddressSpace(new MemoryLimit(1 << 20));
    SegmentLoader.load(elf.parse(), memory, "sample");
    return memory;
  }

  @Test
  void segmentsOfOnePageBothHaveTheirBytes() {
    AddressSpace memory = loaded(new SampleElf());
    assertEquals(SampleElf.CODE[1], (int) memory.load32(SampleElf.BASE + SampleElf.CODE_AT + 4));
    assertEquals(0x0123456789abcdefL, memory.load64(SampleElf.BASE + SampleElf.DATA_AT));
    assertArrayEquals(new byte[24], memory.read(SampleElf.BASE + SampleElf.DATA_AT + 8, 24));
    assertEquals(READ | WRITE, memory.mappingAt(SampleElf.BASE).protection());
  }

  @Test
  void eachPageHasItsSegmentsProtection() {
    long far = SampleElf.BASE + 0x10000 + SampleElf.DATA_AT;
    AddressSpace memory =
        loaded(
            new SampleElf()
                .segment(DATA_SEGMENT, ADDRESS, 8, far)
                .segment(DATA_SEGMENT, MEMORY_SIZE, 8, 0x2000));
    assertEquals(READ | EXECUTE, memory.mappingAt(SampleElf.BASE).protection());
    assertNull(memory.mappingAt(SampleElf.BASE + AddressSpace.PAGE));
    assertEquals(READ | WRITE, memory.mappingAt(far + 0x1fff).protection());
    assertNull(memory.mappingAt((far + 0x2000 | AddressSpace.PAGE - 1) + 1));
    assertEquals(0x0123456789abcdefL, memory.load64(far));
  }

  @Test
  void aSegmentOutsideTheGuestsAddressesIsRefused() {
    SampleElf elf =
        new SampleElf().segment(DATA_SEGMENT, ADDRESS, 8, (1L << 48) + SampleElf.DATA_AT);
    assertThrows(IllegalArgumentException.class, () -> loaded(elf));
  }
}
