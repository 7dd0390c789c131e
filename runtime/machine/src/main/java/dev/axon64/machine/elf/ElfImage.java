package dev.axon64.machine.elf;

import dev.axon64.codegen.support.AtomicFiles;
import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A 64-bit little-endian ELF file for AArch64 (System V ABI, chapters 4 and 5; ELF for the Arm
 * 64-bit Architecture). Every segment and section that claims bytes of the file has them.
 *
 * @param where the file, for messages
 * @param type what it is for
 * @param osAbi {@code EI_OSABI}: 0 is System V, 3 is GNU/Linux
 * @param flags {@code e_flags}
 * @param entry address of the first instruction, unsigned; 0 if there is none
 * @param programHeaders offset of the segment table in the file, 0 if there is none
 * @param segments in the file's order; they may overlap
 * @param sections in the file's order, the empty section 0 included; may be empty, may overlap
 * @param file all its bytes, read-only and little-endian
 */
public record ElfImage(
    String where,
    Type type,
    int osAbi,
    int flags,
    long entry,
    long programHeaders,
    List<Segment> segments,
    List<Section> sections,
    ByteBuffer file) {
  /** The most bytes of a file. */
  public static final long MOST_BYTES = 1L << 30;

  /** The purpose of a file, {@code e_type}. */
  public enum Type {
    /** An object for a linker, without addresses. */
    RELOCATABLE,
    /** A program at fixed addresses. */
    EXECUTABLE,
    /** A program or library that can lie anywhere. */
    SHARED
  }

  public ElfImage {
    segments = List.copyOf(segments);
    sections = List.copyOf(sections);
    file = littleEndian(file);
  }

  /**
   * Reads a file.
   *
   * @throws InputException if it cannot be read, is not an ELF for AArch64 or is damaged
   */
  public static ElfImage read(Path file) {
    return parse(AtomicFiles.read(file, MOST_BYTES), file.toString());
  }

  /**
   * Reads the bytes of a file, which must not change afterwards.
   *
   * @param where what messages name, usually the file
   * @throws InputException if they are not an ELF for AArch64 or damaged
   */
  public static ElfImage parse(byte[] bytes, String where) {
    return new ElfParser(bytes, where, false).image();
  }

  /**
   * Reads what a kernel reads of a program to run it: no sections, and no segments but those that
   * are loaded and the dynamic loader's name. The file may end within a segment.
   *
   * @param where what messages name, usually the file
   * @throws InputException if Linux would not run them either
   */
  public static ElfImage parseToRun(byte[] bytes, String where) {
    return new ElfParser(bytes, where, true).image();
  }

  /** The whole file in its own buffer: read-only, little-endian, from 0 to its length. */
  @Override
  public ByteBuffer file() {
    return littleEndian(file);
  }

  /**
   * A part of the file, read-only and little-endian.
   *
   * @throws IndexOutOfBoundsException if it is not in the file
   */
  public ByteBuffer bytes(long offset, long size) {
    return littleEndian(file.slice(Math.toIntExact(offset), Math.toIntExact(size)));
  }

  /** The dynamic loader that the program asks for, PT_INTERP. */
  public Optional<String> interpreter() {
    return segments.stream()
        .filter(s -> s.type() == Segment.PT_INTERP)
        .findFirst()
        .map(s -> StandardCharsets.UTF_8.decode(bytes(s.offset(), s.fileSize() - 1)).toString());
  }

  /**
   * The code: the sections of instructions, or, in a file without sections, the parts of the file
   * that its executable PT_LOAD segments take. Empty ranges are left out.
   */
  public List<CodeRange> executable() {
    if (!sections.isEmpty()) {
      return sections.stream()
          .filter(s -> s.isCode() && s.size() > 0)
          .map(s -> new CodeRange(s.name(), s.address(), (int) s.offset(), (int) s.size()))
          .toList();
    }
    return segments.stream()
        .filter(s -> s.isLoad() && s.isExecutable() && s.fileSize() > 0)
        .map(
            s ->
                new CodeRange(
                    "segment " + s.index(), s.address(), (int) s.offset(), (int) s.fileSize()))
        .toList();
  }

  /** The words of {@link #executable}; see {@link CodeWords#of}. */
  public CodeWords words() {
    return CodeWords.of(this);
  }

  private static ByteBuffer littleEndian(ByteBuffer bytes) {
    return bytes.asReadOnlyBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }

  private static final int MOST_QUOTED = 80;

  /** A name from the file in quotes, shortened, without control characters. */
  static String quoted(String name) {
    StringBuilder quoted = new StringBuilder("'");
    name.chars()
        .limit(MOST_QUOTED)
        .forEach(c -> quoted.append(c >= ' ' && c < 0x7f ? (char) c : '?'));
    return quoted.append(name.length() > MOST_QUOTED ? "...'" : "'").toString();
  }
}
