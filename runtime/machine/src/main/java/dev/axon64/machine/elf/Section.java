package dev.axon64.machine.elf;

/**
 * A section header. Addresses are unsigned.
 *
 * @param index its place in the table
 * @param name empty where the file has no names
 * @param type one of the {@code SHT_} constants, or another that is kept as it is
 * @param flags {@link #SHF_WRITE}, {@link #SHF_ALLOC}, {@link #SHF_EXECINSTR} and others
 * @param address where it lies in memory; 0 in a relocatable object
 * @param offset of its first byte in the file
 * @param size bytes, all of them present unless {@code type} is SHT_NOBITS or SHT_NULL
 * @param link another section, by type
 * @param info more, by type
 * @param alignment 0 or a power of two
 * @param entrySize of a table's entries, or 0
 */
public record Section(
    int index,
    String name,
    int type,
    long flags,
    long address,
    long offset,
    long size,
    int link,
    int info,
    long alignment,
    long entrySize) {
  public static final int SHT_NULL = 0;
  public static final int SHT_PROGBITS = 1;
  public static final int SHT_SYMTAB = 2;
  public static final int SHT_STRTAB = 3;
  public static final int SHT_NOBITS = 8;

  public static final long SHF_WRITE = 1;
  public static final long SHF_ALLOC = 2;
  public static final long SHF_EXECINSTR = 4;

  /** Whether {@code offset} and {@code size} are a part of the file. */
  public boolean isInFile() {
    return type != SHT_NULL && type != SHT_NOBITS;
  }

  /** Whether the file says that it contains instructions. */
  public boolean isCode() {
    return type == SHT_PROGBITS && (flags & SHF_EXECINSTR) != 0;
  }
}
