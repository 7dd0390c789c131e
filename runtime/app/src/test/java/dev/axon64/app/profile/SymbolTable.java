package dev.axon64.app.profile;

import dev.axon64.machine.elf.ElfImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Gives a stripped program a symbol table, behind everything that the file has. */
final class SymbolTable {
  private static final int HEADER = 64;
  private static final int ENTRY = 24;
  private static final byte FUNCTION = 2;
  private static final int SYMTAB = 2;
  private static final int STRTAB = 3;

  private SymbolTable() {}

  /**
   * The same program with names.
   *
   * @param names of functions by address; each reaches to the next
   */
  static byte[] added(byte[] program, Map<Long, String> names, long end) {
    SortedMap<Long, String> functions = new TreeMap<>(names);
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    text.write(0);
    ByteBuffer symbols = buffer(ENTRY * (1 + functions.size())).position(ENTRY);
    functions.forEach(
        (address, name) -> {
          long next = functions.tailMap(address + 1).keySet().stream().findFirst().orElse(end);
          symbols.putInt(text.size()).put(FUNCTION).put((byte) 0).putShort((short) 1);
          symbols.putLong(address).putLong(next - address);
          text.writeBytes((name + "\0").getBytes(StandardCharsets.UTF_8));
        });
    int symbolsAt = program.length + 7 & -8;
    int textAt = symbolsAt + symbols.capacity();
    int sectionsAt = textAt + text.size() + 7 & -8;
    ByteBuffer file = buffer(sectionsAt + 3 * HEADER);
    file.put(program).position(symbolsAt).put(symbols.flip()).put(text.toByteArray());
    section(file.position(sectionsAt + HEADER), SYMTAB, symbolsAt, symbols.capacity(), 2, ENTRY);
    section(file.position(sectionsAt + 2 * HEADER), STRTAB, textAt, text.size(), 0, 0);
    file.putLong(40, sectionsAt).putShort(58, (short) HEADER).putShort(60, (short) 3);
    file.putShort(62, (short) 0);
    ElfImage.parse(file.array(), "the program with symbols");
    return file.array();
  }

  private static ByteBuffer buffer(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void section(
      ByteBuffer to, int type, long offset, long size, int link, long entrySize) {
    to.putInt(0).putInt(type).putLong(0).putLong(0).putLong(offset).putLong(size);
    to.putInt(link).putInt(1).putLong(8).putLong(entrySize);
  }
}
