package dev.axon64.machine.elf;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The functions of an ELF file by address, from its symbol table, or from the table of its dynamic
 * symbols where that is all there is. What is damaged is left out.
 */
public final class ElfSymbols {
  private static final int SHT_DYNSYM = 11;
  private static final int ENTRY = 24;
  private static final int FUNCTION = 2;
  private static final int INDIRECT_FUNCTION = 10;
  private static final int MOST_NAME = 1000;

  private final NavigableMap<Long, Symbol> symbols = new TreeMap<>();

  /**
   * A function.
   *
   * @param address of its first instruction, as the file has it
   * @param size in bytes; 0 if the file does not say
   */
  public record Symbol(String name, long address, long size) {}

  private ElfSymbols() {}

  /** Reads the functions of a file. */
  public static ElfSymbols of(ElfImage image) {
    ElfSymbols all = new ElfSymbols();
    for (int type : new int[] {Section.SHT_SYMTAB, SHT_DYNSYM}) {
      image.sections().stream()
          .filter(section -> section.type() == type && section.isInFile())
          .forEach(table -> all.read(image, table));
    }
    return all;
  }

  private void read(ElfImage image, Section table) {
    if (table.link() < 0 || table.link() >= image.sections().size()) {
      return;
    }
    Section names = image.sections().get(table.link());
    if (!names.isInFile()) {
      return;
    }
    ByteBuffer entries = image.bytes(table.offset(), table.size());
    ByteBuffer text = image.bytes(names.offset(), names.size());
    for (int at = 0; at + ENTRY <= entries.limit(); at += ENTRY) {
      int type = entries.get(at + 4) & 15;
      boolean isDefined = entries.getShort(at + 6) != 0;
      if (isDefined && (type == FUNCTION || type == INDIRECT_FUNCTION)) {
        long address = entries.getLong(at + 8);
        long size = entries.getLong(at + 16);
        name(text, entries.getInt(at))
            .ifPresent(
                name -> symbols.putIfAbsent(address, new Symbol(name, address, Math.max(0, size))));
      }
    }
  }

  private static Optional<String> name(ByteBuffer text, int start) {
    if (start < 0) {
      return Optional.empty();
    }
    int end = start;
    while (end < text.limit() && end - start < MOST_NAME && text.get(end) != 0) {
      end++;
    }
    if (end == start || end >= text.limit()) {
      return Optional.empty();
    }
    byte[] name = new byte[end - start];
    text.get(start, name);
    return Optional.of(new String(name, StandardCharsets.UTF_8));
  }

  /** The function that holds an address. */
  public Optional<Symbol> at(long address) {
    return Optional.ofNullable(symbols.floorEntry(address))
        .map(entry -> entry.getValue())
        .filter(symbol -> symbol.size == 0 || address - symbol.address < symbol.size);
  }
}
