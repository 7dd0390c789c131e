package dev.axon64.machine.elf;

import dev.axon64.machine.memory.AddressSpace;

/**
 * A program header: a part of the file as it is to lie in memory. Addresses are unsigned.
 *
 * @param index its place in the table
 * @param type one of the {@code PT_} constants, or another that is kept as it is
 * @param flags {@link #PF_X}, {@link #PF_W}, {@link #PF_R}
 * @param offset of its first byte in the file
 * @param address where that byte goes
 * @param physicalAddress as stated; of no use under an operating system
 * @param fileSize bytes in the file, all of them present
 * @param memorySize bytes in memory; of a PT_LOAD or PT_TLS at least {@code fileSize}
 * @param alignment 0 or a power of two
 */
public record Segment(
    int index,
    int type,
    int flags,
    long offset,
    long address,
    long physicalAddress,
    long fileSize,
    long memorySize,
    long alignment) {
  public static final int PT_NULL = 0;
  public static final int PT_LOAD = 1;
  public static final int PT_DYNAMIC = 2;
  public static final int PT_INTERP = 3;
  public static final int PT_NOTE = 4;
  public static final int PT_PHDR = 6;
  public static final int PT_TLS = 7;
  public static final int PT_GNU_EH_FRAME = 0x6474e550;
  public static final int PT_GNU_STACK = 0x6474e551;
  public static final int PT_GNU_RELRO = 0x6474e552;
  public static final int PT_GNU_PROPERTY = 0x6474e553;

  public static final int PF_X = 1;
  public static final int PF_W = 2;
  public static final int PF_R = 4;

  /** Whether it is loaded into memory. */
  public boolean isLoad() {
    return type == PT_LOAD;
  }

  public boolean isExecutable() {
    return (flags & PF_X) != 0;
  }

  public boolean isWritable() {
    return (flags & PF_W) != 0;
  }

  public boolean isReadable() {
    return (flags & PF_R) != 0;
  }

  /** The flags as a protection of {@link AddressSpace}: a sum of READ, WRITE and EXECUTE. */
  public int protection() {
    return (isReadable() ? AddressSpace.READ : 0)
        | (isWritable() ? AddressSpace.WRITE : 0)
        | (isExecutable() ? AddressSpace.EXECUTE : 0);
  }
}
