package dev.axon64.machine.elf;

import dev.axon64.codegen.support.InputException;
import dev.axon64.codegen.support.Signature;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Checks that a file is an ELF for AArch64, and says what it is otherwise. */
final class ElfIdentity {
  static final int HEADER = 64;
  private static final int SHORTEST_HEADER = 20;
  private static final int EM_AARCH64 = 183;
  private static final String WANTED = "; Axon64 reads AArch64 (64-bit, little-endian) ELF files";

  private ElfIdentity() {}

  /**
   * @throws InputException if the file is anything but a 64-bit little-endian ELF for AArch64
   */
  static void check(byte[] bytes, String where) {
    if (!Signature.begins(bytes, 0x7f, 'E', 'L', 'F')) {
      throw new InputException(where, "is " + otherFile(bytes) + WANTED);
    }
    if (bytes.length < SHORTEST_HEADER) {
      throw new InputException(where, "ends inside its ELF header; copy the file again");
    }
    int width = bytes[4];
    int order = bytes[5];
    if (width < 1 || width > 2 || order < 1 || order > 2) {
      throw new InputException(
          where,
          "has a damaged ELF header: class "
              + (width & 0xff)
              + ", data encoding "
              + (order & 0xff)
              + "; copy the file again");
    }
    ByteOrder byteOrder = order == 1 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    int machine = ByteBuffer.wrap(bytes).order(byteOrder).getShort(18) & 0xffff;
    if (machine != EM_AARCH64) {
      throw new InputException(where, "is for " + machine(machine) + WANTED);
    }
    if (width != 2 || order != 1) {
      throw new InputException(
          where,
          "is a "
              + (width == 1 ? "32-bit" : "64-bit")
              + (order == 2 ? " big-endian" : " little-endian")
              + " ELF for AArch64"
              + WANTED);
    }
    if (bytes.length < HEADER) {
      throw new InputException(where, "ends inside its ELF header; copy the file again");
    }
  }

  private static String otherFile(byte[] bytes) {
    if (bytes.length == 0) {
      return "empty";
    }
    if (Signature.begins(bytes, '!', '<', 'a', 'r', 'c', 'h', '>')) {
      return "an archive of objects; extract one with ar x";
    }
    if (Signature.begins(bytes, '#', '!')) {
      return "a script";
    }
    if (Signature.begins(bytes, 'M', 'Z')) {
      return "a Windows or EFI program";
    }
    if (Signature.begins(bytes, 0xcf, 0xfa, 0xed, 0xfe)
        || Signature.begins(bytes, 0xca, 0xfe, 0xba, 0xbe)) {
      return "a Mach-O or Java class file";
    }
    return "no ELF file";
  }

  /** Names of e_machine, from the registry of the System V ABI. */
  private static String machine(int number) {
    return switch (number) {
      case 0 -> "no machine";
      case 2 -> "SPARC";
      case 3 -> "32-bit x86";
      case 4 -> "Motorola 68000";
      case 8 -> "MIPS";
      case 15 -> "PA-RISC";
      case 20 -> "PowerPC";
      case 21 -> "64-bit PowerPC";
      case 22 -> "S/390";
      case 40 -> "32-bit Arm";
      case 42 -> "SuperH";
      case 43 -> "64-bit SPARC";
      case 50 -> "Itanium";
      case 62 -> "x86-64";
      case 83 -> "AVR";
      case 94 -> "Xtensa";
      case 190 -> "CUDA";
      case 224 -> "AMD GPUs";
      case 243 -> "RISC-V";
      case 247 -> "BPF";
      case 258 -> "LoongArch";
      default -> "machine number " + number;
    };
  }
}
