package dev.axon64.emulator;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.elf.Section;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A place in a file that depends on where something lies (ELF for the Arm 64-bit Architecture,
 * 5.7).
 *
 * @param offset of the place in its section, or its address
 * @param symbol number in the table
 * @param type what to compute
 */
record Relocation(long offset, int symbol, int type, long addend) {
  static final int SHT_RELA = 4;
  private static final int ENTRY = 24;
  private static final int PAGE_SHIFT = 12;

  /** The relocations of a section of them. */
  static List<Relocation> all(ElfImage image, Section section) {
    ByteBuffer bytes = image.bytes(section.offset(), section.size());
    List<Relocation> all = new ArrayList<>();
    for (int at = 0; at + ENTRY <= bytes.limit(); at += ENTRY) {
      long info = bytes.getLong(at + 8);
      all.add(
          new Relocation(
              bytes.getLong(at), (int) (info >>> 32), (int) info, bytes.getLong(at + 16)));
    }
    return all;
  }

  /** Whether it is about a slot that holds the symbol's address, and not about the symbol. */
  boolean isOfSlot() {
    return type == 311 || type == 312 || type == 309;
  }

  /** Whether nothing is to be done. */
  boolean isNone() {
    return type == 0 || type == 256;
  }

  /**
   * Writes what the place must hold.
   *
   * @param bytes of the place and behind it
   * @param place the address of the place
   * @param value the symbol's address and the addend
   * @param where what messages say
   * @throws InputException if the place cannot hold it, or the type is not known
   */
  void apply(ByteBuffer bytes, int at, long place, long value, String where) {
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    long distance = value - place;
    long pages = (value >> PAGE_SHIFT) - (place >> PAGE_SHIFT);
    switch (type) {
      case 257, 1024, 1025, 1026, 1027 -> bytes.putLong(at, value); // ABS64, ..., RELATIVE
      case 258 -> bytes.putInt(at, (int) fits(value, 33, where)); // ABS32
      case 259 -> bytes.putShort(at, (short) fits(value, 17, where)); // ABS16
      case 260 -> bytes.putLong(at, distance); // PREL64
      case 261, 314 -> bytes.putInt(at, (int) fits(distance, 32, where)); // PREL32, PLT32
      case 262 -> bytes.putShort(at, (short) fits(distance, 16, where)); // PREL16
      case 263, 264 -> field(bytes, at, 5, 16, value); // MOVW_UABS_G0
      case 265, 266 -> field(bytes, at, 5, 16, value >>> 16); // MOVW_UABS_G1
      case 267, 268 -> field(bytes, at, 5, 16, value >>> 32); // MOVW_UABS_G2
      case 269 -> field(bytes, at, 5, 16, value >>> 48); // MOVW_UABS_G3
      case 273, 309 -> field(bytes, at, 5, 19, fits(distance, 21, where) >> 2); // LD_PREL_LO19
      case 274 -> adr(bytes, at, fits(distance, 21, where)); // ADR_PREL_LO21
      case 275, 276, 311 -> adr(bytes, at, fits(pages, 21, where)); // ADR_PREL_PG_HI21
      case 277, 278 -> field(bytes, at, 10, 12, value); // ADD_ABS_LO12_NC, LDST8
      case 284 -> field(bytes, at, 10, 12, (value & 0xfff) >> 1); // LDST16
      case 285 -> field(bytes, at, 10, 12, (value & 0xfff) >> 2); // LDST32
      case 286, 312 -> field(bytes, at, 10, 12, (value & 0xfff) >> 3); // LDST64, LD64_GOT_LO12_NC
      case 299 -> field(bytes, at, 10, 12, (value & 0xfff) >> 4); // LDST128
      case 279 -> field(bytes, at, 5, 14, fits(distance, 16, where) >> 2); // TSTBR14
      case 280 -> field(bytes, at, 5, 19, fits(distance, 21, where) >> 2); // CONDBR19
      case 282, 283 -> field(bytes, at, 0, 26, fits(distance, 28, where) >> 2); // JUMP26, CALL26
      default ->
          throw new InputException(
              where, "needs relocation %d, which is not supported; link it first".formatted(type));
    }
  }

  private static long fits(long value, int bits, String where) {
    long sign = value >> bits - 1;
    if (sign != 0 && sign != -1) {
      throw new InputException(
          where,
          "refers to something 0x%x bytes away, which does not reach; load it nearer"
              .formatted(value));
    }
    return value;
  }

  private static void field(ByteBuffer bytes, int at, int low, int width, long value) {
    int mask = (1 << width) - 1;
    bytes.putInt(at, bytes.getInt(at) & ~(mask << low) | ((int) value & mask) << low);
  }

  private static void adr(ByteBuffer bytes, int at, long value) {
    field(bytes, at, 29, 2, value);
    field(bytes, at, 5, 19, value >> 2);
  }
}
