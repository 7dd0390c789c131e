package dev.axon64.machine.elf;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The symbols of one table of an ELF file, by their numbers in it. */
public final class ElfSymbolTable {
  /** Where a symbol stands that another file defines. */
  public static final int UNDEFINED = 0;

  /** Where a symbol stands whose value is no address. */
  public static final int ABSOLUTE = 0xfff1;

  /** Where a symbol stands that wants room of its own; its value is the alignment. */
  public static final int COMMON = 0xfff2;

  private static final int ENTRY = 24;
  private static final int LOCAL = 0;
  private static final int WEAK = 2;
  private static final int SECTION = 3;
  private static final int FILE = 4;

  private final List<Symbol> symbols;

  /**
   * One symbol.
   *
   * @param type {@code STT_}: 1 an object, 2 a function, 3 a section, ...
   * @param binding {@code STB_}: 0 local, 1 global, 2 weak
   * @param section where it is, by index, or one of the constants above
   * @param value an address; in an object for a linker, from its section's start
   */
  public record Symbol(String name, int type, int binding, int section, long value, long size) {
    /** Whether only its own file sees it. */
    public boolean isLocal() {
      return binding == LOCAL;
    }

    /** Whether it may stay undefined. */
    public boolean isWeak() {
      return binding == WEAK;
    }

    /** Whether it is the name of something in memory. */
    public boolean isNamed() {
      return type != SECTION && type != FILE && !name.isEmpty() && !name.startsWith("$");
    }
  }

  private ElfSymbolTable(List<Symbol> symbols) {
    this.symbols = symbols;
  }

  /**
   * Reads a table.
   *
   * @throws InputException if it is damaged
   */
  public static ElfSymbolTable of(ElfImage image, Section table) {
    String where = image.where();
    if (!table.isInFile() || table.link() <= 0 || table.link() >= image.sections().size()) {
      throw new InputException(where, "is damaged: section " + table.index() + " has no names");
    }
    Section names = image.sections().get(table.link());
    if (!names.isInFile()) {
      throw new InputException(where, "is damaged: section " + names.index() + " holds no names");
    }
    ByteBuffer entries = image.bytes(table.offset(), table.size());
    ByteBuffer text = image.bytes(names.offset(), names.size());
    List<Symbol> symbols = new ArrayList<>();
    for (int at = 0; at + ENTRY <= entries.limit(); at += ENTRY) {
      symbols.add(
          new Symbol(
              name(text, entries.getInt(at)),
              entries.get(at + 4) & 15,
              entries.get(at + 4) >>> 4 & 15,
              entries.getShort(at + 6) & 0xffff,
              entries.getLong(at + 8),
              entries.getLong(at + 16)));
    }
    return new ElfSymbolTable(List.copyOf(symbols));
  }

  private static String name(ByteBuffer text, int start) {
    int end = start;
    while (end >= 0 && end < text.limit() && text.get(end) != 0) {
      end++;
    }
    byte[] name = new byte[Math.max(0, end - start)];
    if (start >= 0 && start < text.limit()) {
      text.get(start, name);
    }
    return new String(name, StandardCharsets.UTF_8);
  }

  /** All symbols, in the table's order. */
  public List<Symbol> all() {
    return symbols;
  }
}
