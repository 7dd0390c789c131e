package dev.axon64.emulator;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.elf.ElfImage;
import java.nio.file.Path;
import java.util.Map;

/**
 * An ELF file for AArch64 that can be loaded into emulators: a program, a library, or an object as
 * a compiler makes it, of which single functions can then be {@linkplain FunctionCall called}.
 */
public final class Elf {
  /** Where a file goes that can lie anywhere, unless the caller says where. */
  public static final long DEFAULT_BASE = 0x1000_0000L;

  private final ElfImage image;

  private Elf(ElfImage image) {
    this.image = image;
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it cannot be read, or is no ELF file for AArch64, or damaged
   */
  public static Elf read(Path file) {
    return new Elf(ElfImage.read(file));
  }

  /**
   * Reads the bytes of a file.
   *
   * @param where what messages call it
   * @throws InputException if it is no ELF file for AArch64, or damaged
   */
  public static Elf parse(byte[] bytes, String where) {
    return new Elf(ElfImage.parse(bytes, where));
  }

  /**
   * Loads the file: a program or library at the addresses that it states, an object at {@link
   * #DEFAULT_BASE}.
   *
   * @throws InputException if it needs symbols that it does not have
   * @throws IllegalArgumentException if something is mapped there already
   */
  public LoadedElf loadInto(Emulator emulator) {
    boolean object = image.type() == ElfImage.Type.RELOCATABLE;
    return loadInto(emulator, object ? DEFAULT_BASE : 0, Map.of());
  }

  /**
   * Loads the file at a place of the caller's.
   *
   * @param base where an object begins, or by how much a program or library is moved; a multiple of
   *     4096. 0 for a program at fixed addresses
   * @param symbols addresses of what other files define, by name
   * @throws InputException if it cannot lie there, or needs symbols that are not given
   * @throws IllegalArgumentException if something is mapped there already
   */
  public LoadedElf loadInto(Emulator emulator, long base, Map<String, Long> symbols) {
    return switch (image.type()) {
      case RELOCATABLE -> new ObjectLoader(image, base, symbols).load(emulator);
      case EXECUTABLE, SHARED -> new ProgramLoader(image, base, symbols).load(emulator);
    };
  }
}
