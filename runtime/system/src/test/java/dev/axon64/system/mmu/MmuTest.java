package dev.axon64.system.mmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.axon64.machine.memory.MemoryFault;
import dev.axon64.machine.memory.MemoryFault.Reason;
import dev.axon64.machine.memory.PhysicalMemory;
import dev.axon64.system.device.Bus;
import dev.axon64.system.device.Device;
import org.junit.jupiter.api.Test;

/** What is remembered of translations, and what is forgotten when. */
class MmuTest {
  private static final long MEMORY = 0x4000_0000L;
  private static final long TABLE1 = MEMORY + 0x1000;
  private static final long TABLE2 = MEMORY + 0x2000;
  private static final long TABLE3 = MEMORY + 0x3000;
  private static final long OTHER1 = MEMORY + 0x4000;
  private static final long ONE = MEMORY + 0x10_0000;
  private static final long TWO = MEMORY + 0x20_0000;
  private static final long LEAF = 1 << 10 | 3;
  private static final long OWN = 1 << 11;
  private static final long ADDRESS = 0x7000;
  private static final long UPPER = 0xffff_ff80_0000_0000L;

  private final PhysicalMemory memory = new PhysicalMemory(MEMORY, 16L << 20);
  private final Bus bus = new Bus();
  private final Mmu mmu = new Mmu(memory, bus);

  MmuTest() {
    memory.store64(TABLE1, TABLE2 | 3);
    memory.store64(TABLE2, TABLE3 | 3);
    memory.store64(OTHER1, MEMORY | 1 << 10 | 1);
    memory.store64(ONE, 1);
    memory.store64(TWO, 2);
    page(ONE | LEAF);
    mmu.setBase(0, TABLE1);
    mmu.setBase(1, TABLE1);
    mmu.setTranslation(25 | 25L << 16 | 2L << 30 | 1L << 36);
    mmu.setControl(1);
  }

  private void page(long leaf) {
    memory.store64(TABLE3 + 8 * (ADDRESS >> 12), leaf);
  }

  private long load(long address) {
    return mmu.space(1).load64(address);
  }

  @Test
  void pagesAreRememberedUntilForgotten() {
    assertEquals(1, load(ADDRESS));
    page(TWO | LEAF);
    assertEquals(1, load(ADDRESS));
    mmu.forget(ADDRESS);
    assertEquals(2, load(ADDRESS));
    page(ONE | LEAF);
    mmu.forgetAll();
    assertEquals(1, load(ADDRESS));
  }

  @Test
  void anotherAddressSpaceForgetsItsHalf() {
    assertEquals(1, load(ADDRESS));
    assertEquals(1, load(UPPER + ADDRESS));
    page(TWO | LEAF);
    mmu.setBase(0, TABLE1 | 5L << 48);
    assertEquals(1, load(UPPER + ADDRESS));
    assertEquals(2, load(ADDRESS));
  }

  @Test
  void anotherAddressSpaceForgetsItsOwnInTheUpperHalf() {
    page(ONE | LEAF | OWN);
    assertEquals(1, load(UPPER + ADDRESS));
    page(TWO | LEAF | OWN);
    mmu.setBase(0, TABLE1 | 5L << 48);
    assertEquals(2, load(UPPER + ADDRESS));
  }

  @Test
  void onlyTheCurrentSpaceIsForgottenByNumber() {
    mmu.setBase(0, TABLE1 | 5L << 48);
    assertEquals(1, load(ADDRESS));
    page(TWO | LEAF);
    mmu.forgetSpace(6);
    assertEquals(1, load(ADDRESS));
    mmu.forgetSpace(5);
    assertEquals(2, load(ADDRESS));
  }

  /** One address of a block stands for all of it. */
  @Test
  void blocksAreForgottenWhole() {
    memory.store64(TABLE2, MEMORY | 1 << 10 | 1);
    assertEquals(1, load(ONE - MEMORY));
    memory.store64(TABLE2, TABLE3 | 3);
    mmu.forget(0x1000);
    assertThrows(MemoryFault.class, () -> load(ONE - MEMORY));
    mmu.setBase(0, OTHER1);
    assertEquals(2, load(TWO - MEMORY));
    memory.store64(OTHER1, 0);
    mmu.forget(0x3000_0000);
    assertThrows(MemoryFault.class, () -> load(TWO - MEMORY));
  }

  @Test
  void levelsSeeWhatTheyMay() {
    assertEquals(1, mmu.space(1).load64(ADDRESS));
    assertThrows(MemoryFault.class, () -> mmu.space(0).load64(ADDRESS));
    assertThrows(MemoryFault.class, () -> mmu.unprivileged().load64(ADDRESS));
    assertEquals(1, mmu.unprivileged().fetch(ADDRESS));
  }

  @Test
  void devicesAnswerWhenOpened() {
    long[] stored = new long[1];
    bus.add(
        0x900_0000,
        0x1000,
        new Device() {
          @Override
          public long load(long offset, int size) {
            return 100 * offset + size;
          }

          @Override
          public void store(long offset, int size, long value) {
            stored[0] = value;
          }
        });
    page(0x900_0000 | LEAF);
    MemoryFault fault = assertThrows(MemoryFault.class, () -> mmu.space(1).load32(ADDRESS));
    assertEquals(Reason.OUTSIDE, fault.reason);
    mmu.space(1).openDevices(true);
    assertEquals(804, mmu.space(1).load32(ADDRESS + 8));
    mmu.space(1).store16(ADDRESS + 2, -1);
    assertEquals(0xffff, stored[0]);
    fault = assertThrows(MemoryFault.class, () -> mmu.space(1).load32(ADDRESS + 2));
    assertEquals(Reason.MISALIGNED, fault.reason);
    mmu.space(1).openDevices(false);
    assertThrows(MemoryFault.class, () -> mmu.space(1).load32(ADDRESS));
  }
}
