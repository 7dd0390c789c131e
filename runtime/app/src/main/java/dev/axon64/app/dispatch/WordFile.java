package dev.axon64.app.dispatch;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.elf.CodeWords;
import dev.axon64.machine.elf.ElfImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
   * @param pcs a file of little-endian 64-bit addresses, one for each word; else they are 4 * index
   * @throws InputException if a file cannot be read, or there are more or fewer addresses than
   *     words
   */
  static CodeWords raw(Path file, Optional<Path> pcs) {
    ByteBuffer bytes = read(file, Integer.BYTES, "32-bit words");
    int[] words = new int[bytes.capacity() / Integer.BYTES];
    bytes.asIntBuffer().get(words);
    long[] addresses = new long[words.length];
    if (pcs.isPresent()) {
      read(pcs.get(), addresses);
    } else {
      Arrays.setAll(addresses, i -> 4L * i);
    }
    return new CodeWords(words, addresses, List.of());
  }

  private static void read(Path pcs, long[] addresses) {
    ByteBuffer from = read(pcs, Long.BYTES, "64-bit addresses");
    int count = from.capacity() / Long.BYTES;
    if (count != addresses.length) {
      throw new InputException(
          pcs.toString(),
          "holds %d addresses for %d words; there must be one for each word"
              .formatted(count, addresses.length));
    }
    from.asLongBuffer().get(addresses);
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
