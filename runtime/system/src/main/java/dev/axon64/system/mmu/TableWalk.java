package dev.axon64.system.mmu;

import dev.axon64.machine.memory.MemoryFault.Access;
import dev.axon64.machine.memory.PhysicalMemory;

/**
 * One walk through the translation tables (Arm ARM, D8). Tables lie in memory; hardware does not
 * manage access flags and dirty bits, so that software sees a fault and does.
 */
public final class TableWalk {
  /** Status codes as in ESR_EL1 and PAR_EL1, to which the level is added. */
  static final int ADDRESS_SIZE = 0x00;

  static final int TRANSLATION = 0x04;
  static final int ACCESS_FLAG = 0x08;
  static final int PERMISSION = 0x0c;
  static final int EXTERNAL = 0x14;

  /** The number of bits of a physical address. */
  private static final int PHYSICAL_BITS = 40;

  private static final long OUTPUT = 0x0000_ffff_ffff_f000L;
  private static final long VALID = 1;
  private static final long TABLE = 2;
  private static final long FOR_EL0 = 1 << 6;
  private static final long READ_ONLY = 1 << 7;
  private static final long ACCESSED = 1 << 10;
  private static final long NOT_GLOBAL = 1 << 11;
  private static final long NOT_EXECUTABLE_AT_EL1 = 1L << 53;
  private static final long NOT_EXECUTABLE_AT_EL0 = 1L << 54;
  private static final long TABLE_NOT_AT_EL1 = 1L << 59;
  private static final long TABLE_NOT_AT_EL0 = 1L << 60;
  private static final long TABLE_NO_EL0 = 1L << 61;
  private static final long TABLE_READ_ONLY = 1L << 62;

  private final PhysicalMemory memory;
  private final TranslationRegisters registers;
  private AddressHalf[] halves;
  private long halvesOf = -1;

  private int fault;
  private long physical;
  private int block;
  private long leaf;

  TableWalk(PhysicalMemory memory, TranslationRegisters registers) {
    this.memory = memory;
    this.registers = registers;
  }

  /** Why the last walk failed: a status code of ESR_EL1; only if it did. */
  public int fault() {
    return fault;
  }

  /** Where the last walk led. */
  public long physical() {
    return physical;
  }

  /** Log2 of the bytes of the page or block that the last walk found. */
  int block() {
    return block;
  }

  /**
   * Shareability and memory type of what the last walk found, as PAR_EL1 has them.
   *
   * @param types MAIR_EL1
   */
  public long attributes(long types) {
    return (types >>> 8 * (leaf >>> 2 & 7) & 0xff) << 56 | (leaf >>> 8 & 3) << 7;
  }

  /** Whether the last walk found a translation that all address spaces have. */
  boolean isGlobal() {
    return (leaf & NOT_GLOBAL) == 0;
  }

  /**
   * Translates an address.
   *
   * @param privileged whether for EL1
   * @return whether the access is allowed
   */
  public boolean walk(long address, Access access, boolean privileged) {
    leaf = 0;
    block = Long.SIZE;
    if (!registers.isOn()) {
      physical = address & -1L >>> 8;
      return physical >>> PHYSICAL_BITS == 0 || fail(ADDRESS_SIZE);
    }
    int which = (int) (address >>> 55 & 1);
    AddressHalf half = half(which);
    long extent = half.tagged() ? address << 8 >> 8 : address;
    if (half.disabled() || extent >> half.size() != -which) {
      return fail(TRANSLATION);
    }
    int level = half.firstLevel();
    int bits = half.size() - half.shift(level);
    long table = registers.base[which] & OUTPUT & -1L << bits + 3;
    long limits = 0;
    while (true) {
      long index = address >>> half.shift(level) & (1L << bits) - 1;
      long entry = table + 8 * index;
      if (!memory.contains(entry)) {
        return fail(EXTERNAL + level);
      }
      long descriptor = memory.load64(entry);
      if ((descriptor & VALID) == 0) {
        return fail(TRANSLATION + level);
      }
      long output = descriptor & OUTPUT & -1L << half.granule();
      if (output >>> PHYSICAL_BITS != 0) {
        return fail(ADDRESS_SIZE + level);
      }
      if (level == 3 || (descriptor & TABLE) == 0) {
        if (level == 3 ? (descriptor & TABLE) == 0 : !mayBeBlock(half, level)) {
          return fail(TRANSLATION + level);
        }
        block = half.shift(level);
        physical = output & -1L << block | address & (1L << block) - 1;
        leaf = limited(descriptor, limits);
        return allowed(access, privileged, level);
      }
      limits |= descriptor;
      table = output;
      level++;
      bits = half.stride();
    }
  }

  private AddressHalf half(int which) {
    if (halvesOf != registers.translation || halves == null) {
      halvesOf = registers.translation;
      halves = new AddressHalf[] {AddressHalf.of(halvesOf, 0), AddressHalf.of(halvesOf, 1)};
    }
    return halves[which];
  }

  private static boolean mayBeBlock(AddressHalf half, int level) {
    return level == 2 || level == 1 && half.granule() == 12;
  }

  /** A leaf with the limits that the tables above it set. */
  private static long limited(long descriptor, long limits) {
    long limited = descriptor;
    if ((limits & TABLE_NO_EL0) != 0) {
      limited &= ~FOR_EL0;
    }
    if ((limits & TABLE_READ_ONLY) != 0) {
      limited |= READ_ONLY;
    }
    if ((limits & TABLE_NOT_AT_EL0) != 0) {
      limited |= NOT_EXECUTABLE_AT_EL0;
    }
    if ((limits & TABLE_NOT_AT_EL1) != 0) {
      limited |= NOT_EXECUTABLE_AT_EL1;
    }
    return limited;
  }

  private boolean allowed(Access access, boolean privileged, int level) {
    if ((leaf & ACCESSED) == 0) {
      return fail(ACCESS_FLAG + level);
    }
    boolean forEl0 = (leaf & FOR_EL0) != 0;
    boolean writable = (leaf & READ_ONLY) == 0;
    boolean allowed =
        switch (access) {
          case READ -> privileged || forEl0;
          case WRITE -> writable && (privileged || forEl0);
          case EXECUTE -> executable(privileged, forEl0, writable);
        };
    return allowed || fail(PERMISSION + level);
  }

  private boolean executable(boolean privileged, boolean forEl0, boolean writable) {
    boolean written = writable && (privileged || forEl0);
    if (written && registers.writableIsNotExecutable()) {
      return false;
    }
    return privileged
        ? (leaf & NOT_EXECUTABLE_AT_EL1) == 0 && !(forEl0 && writable)
        : (leaf & NOT_EXECUTABLE_AT_EL0) == 0;
  }

  private boolean fail(int status) {
    fault = status;
    return false;
  }
}
