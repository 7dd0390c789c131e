package dev.axon64.app;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.elf.CodeWords;
import dev.axon64.machine.elf.ElfImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;

/** Instruction words and their addresses from files. */
final class WordFile {
  private static final long MOST_BYTES = 512L << 20;

  private WordFile() {}

  /** The executable sections of an AArch64 ELF file. */
  static CodeWords elf(Path file) {
    CodeWords words = CodeWords.of(ElfImage.read(file));
    if (words.words().length == 0) {
      throw new InputException(
          file.toString(), "holds no executable words; give a program or object, or --raw words");
    }
    return words;
  }

  /**
   * Little-endian 32-bit words.
   *
   * @param pcs little-endian 64-bit addresses, one a word; null for 4 * index
   */
  static CodeWords raw(Path file, Path pcs) {
    ByteBuffer bytes = read(file, Integer.BYTES, "32-bit words");
    int[] words = new int[bytes.capacity() / Integer.BYTES];
    bytes.asIntBuffer().get(words);
    long[] addresses = new long[words.length];
    if (pcs == null) {
      for (int i = 0; i < addresses.length; i++) {
        addresses[i] = 4L * i;
      }
    } else {
      ByteBuffer from = read(pcs, Long.BYTES, "64-bit addresses");
      if (from.capacity() / Long.BYTES != words.length) {
        throw new InputException(
            pcs.toString(),
            "holds "
                + from.capacity() / Long.BYTES
                + " addresses for "
                + words.length
                + " words; there must be one a word");
      }
      from.asLongBuffer().get(addresses);
    }
    return new CodeWords(words, addresses, List.of());
  }

  private static ByteBuffer read(Path file, int unit, String what) {
    byte[] bytes = AtomicFiles.read(file, MOST_BYTES);
    if (bytes.length % unit != 0) {
      throw new InputException(
          file.toString(), bytes.length + " bytes are no whole number of " + what);
    }
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
