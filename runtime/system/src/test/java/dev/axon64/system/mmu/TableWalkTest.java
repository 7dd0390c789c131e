package dev.axon64.system.mmu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.PhysicalMemory;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Translation tables of all three granules, and what is wrong with them. */
class TableWalkTest {
  private static final long MEMORY = 0x4000_0000L;
  private static final long SIZE = 64L << 20;
  private static final long TABLES = MEMORY + (32L << 20);
  private static final long PAGE = 3;
  private static final long BLOCK = 1;
  private static final long USER = 1 << 6;
  private static final long READ_ONLY = 1 << 7;
  private static final long ACCESSED = 1 << 10;
  private static final long PXN = 1L << 53;
  private static final long UXN = 1L << 54;

  private final PhysicalMemory memory = new PhysicalMemory(MEMORY, SIZE);
  private final TranslationRegisters registers = new TranslationRegisters();
  private final TableWalk walk = new TableWalk(memory, registers);
  private long next = TABLES;

  /** Turns translation on, with both halves of these sizes and granules. */
  private void on(int bits, int granule) {
    long unused = 64 - bits;
    long lower = granule == 12 ? 0 : granule == 16 ? 1 : 2;
    long upper = granule == 12 ? 2 : granule == 16 ? 3 : 1;
    registers.translation = unused | unused << 16 | lower << 14 | upper << 30;
    registers.base[0] = table(granule);
    registers.base[1] = table(granule);
    registers.control = 1;
  }

  private long table(int granule) {
    long at = next + (1L << granule) - 1 & -1L << granule;
    next = at + (1L << granule);
    return at;
  }

  /** Maps an address by a leaf at a level, and makes the tables above it. */
  private void map(long address, int level, long leaf, int bits, int granule) {
    int stride = granule - 3;
    int first = 3 - (bits - granule - 1) / stride;
    long table = registers.base[address < 0 ? 1 : 0] & 0xffff_ffff_ffffL;
    for (int at = first; ; at++) {
      int shift = granule + stride * (3 - at);
      long mask = (1L << (at == first ? bits - shift : stride)) - 1;
      long entry = table + 8 * (address >>> shift & mask);
      if (at == level) {
        memory.store64(entry, leaf);
        return;
      }
      if (memory.load64(entry) == 0) {
        memory.store64(entry, table(granule) | PAGE);
      }
      table = memory.load64(entry) & 0xffff_ffff_f000L;
    }
  }

  private void fails(int status, long address, Access access, boolean privileged) {
    assertFalse(walk.walk(address, access, privileged), "%x".formatted(address));
    assertEquals(status, walk.fault(), "%x %s".formatted(address, access));
  }

  private void leads(long to, long address, Access access, boolean privileged) {
    assertTrue(walk.walk(address, access, privileged), () -> "fault " + walk.fault());
    assertEquals(to, walk.physical());
  }

  @Test
  void offIsIdentity() {
    leads(0x1234, 0x1234, Access.EXECUTE, true);
    fails(TableWalk.ADDRESS_SIZE, 1L << 40, Access.READ, true);
  }

  @ParameterizedTest
  @CsvSource({
    "48,12", "39,12", "36,12", "25,12", "48,14", "47,14", "36,14", "48,16", "42,16", "40,16"
  })
  void pagesOfAllGranules(int bits, int granule) {
    on(bits, granule);
    Random random = new Random(bits * 100L + granule);
    for (int i = 0; i < 50; i++) {
      long low = random.nextLong() & (1L << bits) - 1;
      long address = i % 2 == 0 ? low : low | -1L << bits;
      long page = MEMORY + (random.nextLong(SIZE >> granule) << granule);
      map(address, 3, page | ACCESSED | PAGE, bits, granule);
      leads(page + (address & (1L << granule) - 1), address, Access.READ, true);
      fails(TableWalk.PERMISSION + 3, address, Access.READ, false);
    }
    fails(TableWalk.TRANSLATION, 1L << bits, Access.READ, true);
    fails(TableWalk.TRANSLATION, (-1L << bits) - 1, Access.READ, true);
  }

  @Test
  void blocks() {
    on(48, 12);
    map(0x1_4020_0000L, 2, 0x4020_0000L | ACCESSED | BLOCK, 48, 12);
    leads(0x4031_2345L, 0x1_4031_2345L, Access.WRITE, true);
    assertEquals(21, walk.block());
    map(0x80_0000_0000L, 1, 0x4000_0000L | ACCESSED | BLOCK, 48, 12);
    leads(0x4123_4567L, 0x80_0123_4567L, Access.WRITE, true);
    assertEquals(30, walk.block());
    map(0x100_0000_0000L, 0, 0x4000_0000L | ACCESSED | BLOCK, 48, 12);
    fails(TableWalk.TRANSLATION, 0x100_0000_0000L, Access.READ, true);
  }

  @Test
  void permissions() {
    on(39, 12);
    long page = MEMORY + 0x5000;
    for (int bits = 0; bits < 16; bits++) {
      boolean user = (bits & 1) != 0;
      boolean readOnly = (bits & 2) != 0;
      boolean pxn = (bits & 4) != 0;
      boolean uxn = (bits & 8) != 0;
      long leaf =
          page
              | ACCESSED
              | PAGE
              | (user ? USER : 0)
              | (readOnly ? READ_ONLY : 0)
              | (pxn ? PXN : 0)
              | (uxn ? UXN : 0);
      map(0x1000, 3, leaf, 39, 12);
      registers.control = 1;
      assertEquals(user, walk.walk(0x1000, Access.READ, false));
      assertTrue(walk.walk(0x1000, Access.READ, true));
      assertEquals(user && !readOnly, walk.walk(0x1000, Access.WRITE, false));
      assertEquals(!readOnly, walk.walk(0x1000, Access.WRITE, true));
      assertEquals(!uxn, walk.walk(0x1000, Access.EXECUTE, false));
      assertEquals(!pxn && !(user && !readOnly), walk.walk(0x1000, Access.EXECUTE, true));
      registers.control = 1 | 1 << 19; // what can be written is not executed
      assertEquals(!uxn && !(user && !readOnly), walk.walk(0x1000, Access.EXECUTE, false));
      assertEquals(!pxn && readOnly, walk.walk(0x1000, Access.EXECUTE, true));
    }
  }

  @Test
  void tablesLimitWhatIsBelow() {
    on(39, 12);
    map(0x1000, 3, MEMORY | USER | ACCESSED | PAGE, 39, 12);
    long entry = registers.base[0];
    long table = memory.load64(entry);
    memory.store64(entry, table | 1L << 61);
    fails(TableWalk.PERMISSION + 3, 0x1000, Access.READ, false);
    memory.store64(entry, table | 1L << 62);
    fails(TableWalk.PERMISSION + 3, 0x1000, Access.WRITE, true);
    leads(MEMORY, 0x1000, Access.EXECUTE, true);
    memory.store64(entry, table | 1L << 62 | 1L << 59);
    fails(TableWalk.PERMISSION + 3, 0x1000, Access.EXECUTE, true);
    memory.store64(entry, table | 1L << 60);
    fails(TableWalk.PERMISSION + 3, 0x1000, Access.EXECUTE, false);
  }

  @Test
  void faultsTellTheLevel() {
    on(48, 12);
    fails(TableWalk.TRANSLATION, 0x1000, Access.READ, true);
    map(0x1000, 3, 0, 48, 12);
    fails(TableWalk.TRANSLATION + 3, 0x1000, Access.READ, true);
    fails(TableWalk.TRANSLATION + 2, 0x20_0000, Access.READ, true);
    fails(TableWalk.TRANSLATION + 1, 0x4000_0000, Access.READ, true);
    map(0x1000, 3, MEMORY | PAGE, 48, 12);
    fails(TableWalk.ACCESS_FLAG + 3, 0x1000, Access.READ, true);
    map(0x1000, 3, 1L << 40 | ACCESSED | PAGE, 48, 12);
    fails(TableWalk.ADDRESS_SIZE + 3, 0x1000, Access.READ, true);
    map(0x1000, 3, MEMORY | ACCESSED | BLOCK, 48, 12);
    fails(TableWalk.TRANSLATION + 3, 0x1000, Access.READ, true);
    memory.store64(registers.base[0], 0x1000 | PAGE); // a table where there is no memory
    fails(TableWalk.EXTERNAL + 1, 0x1000, Access.READ, true);
    registers.translation |= 1 << 7;
    fails(TableWalk.TRANSLATION, 0x1000, Access.READ, true);
  }

  @Test
  void theTopByteIsIgnoredWhereAskedFor() {
    on(39, 12);
    map(0x1000, 3, MEMORY | ACCESSED | PAGE, 39, 12);
    fails(TableWalk.TRANSLATION, 0x5a00_0000_0000_1000L, Access.READ, true);
    registers.translation |= 1L << 37;
    leads(MEMORY, 0x5a00_0000_0000_1000L, Access.READ, true);
  }

  /** Whatever tables hold, a walk ends, and within the 40 bits of physical addresses. */
  @Test
  void anyTables() {
    Random random = new Random(18);
    for (int i = 0; i < 4096 * 8; i++) {
      memory.store64(TABLES + 8L * i, entry(random));
    }
    for (int i = 0; i < 100_000; i++) {
      registers.control = random.nextInt(8) == 0 ? 0 : 1 | (long) random.nextInt() << 8;
      registers.translation = random.nextLong();
      registers.base[0] = entry(random);
      registers.base[1] = entry(random);
      Access access = Access.values()[random.nextInt(3)];
      if (walk.walk(random.nextLong() >> random.nextInt(64), access, random.nextBoolean())) {
        assertEquals(0, walk.physical() >>> 40);
      } else {
        assertTrue(walk.fault() < 0x20);
      }
    }
  }

  private static long entry(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> random.nextLong();
      default ->
          TABLES + random.nextInt(16) * 4096L
              | random.nextInt(4)
              | (long) random.nextInt(1024) << 2
              | random.nextLong(1 << 12) << 52;
    };
  }
}
