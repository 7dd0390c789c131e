package dev.axon64.emulator;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.elf.ElfSymbolTable;
import dev.axon64.machine.elf.ElfSymbolTable.Symbol;
import dev.axon64.machine.elf.Section;
import dev.axon64.machine.elf.Segment;
import dev.axon64.machine.memory.AddressSpace;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Loads programs and libraries, moved as a whole. */
final class ProgramLoader {
  private static final int SHT_DYNSYM = 11;
  private static final int RELATIVE = 1027;
  private static final int INDIRECT = 1032;

  private final ElfImage image;
  private final long base;
  private final Map<String, Long> given;

  ProgramLoader(ElfImage image, long base, Map<String, Long> given) {
    this.image = image;
    this.base = base;
    this.given = given;
  }

  LoadedElf load(Emulator emulator) {
    if (base != 0 && image.type() == ElfImage.Type.EXECUTABLE) {
      throw new InputException(
          image.where(), "has fixed addresses and cannot be moved; load it at base 0");
    }
    List<Segment> segments =
        image.segments().stream().filter(s -> s.isLoad() && s.memorySize() != 0).toList();
    if (segments.isEmpty()) {
      throw new InputException(image.where(), "has nothing to load");
    }
    AddressSpace memory = emulator.memory();
    long start = Long.MAX_VALUE;
    long end = 0;
    for (Segment segment : segments) {
      start = Math.min(start, firstPage(segment));
      end = Math.max(end, lastPage(segment));
    }
    checkFree(memory, segments);
    for (Segment segment : segments) {
      long first = firstPage(segment);
      memory.map(first, lastPage(segment) - first, segment.protection(), image.where());
    }
    for (Segment segment : segments) {
      byte[] bytes = new byte[(int) segment.fileSize()];
      if (bytes.length > 0) {
        image.bytes(segment.offset(), bytes.length).get(bytes);
      }
      memory.poke(segment.address() + base, bytes);
    }
    relocate(memory);
    return new LoadedElf(
        image.where(), image.entry() == 0 ? 0 : image.entry() + base, start, end, symbols());
  }

  private long firstPage(Segment segment) {
    return segment.address() + base & -AddressSpace.PAGE;
  }

  private long lastPage(Segment segment) {
    return segment.address() + base + segment.memorySize() + AddressSpace.PAGE - 1
        & -AddressSpace.PAGE;
  }

  /** Segments of one file may share pages, but with nothing else. */
  private void checkFree(AddressSpace memory, List<Segment> segments) {
    for (Segment segment : segments) {
      long first = firstPage(segment);
      MappedMemory.checkFree(memory, first, lastPage(segment) - first);
    }
  }

  private void relocate(AddressSpace memory) {
    for (Section section : image.sections()) {
      if (section.type() != Relocation.SHT_RELA || (section.flags() & Section.SHF_ALLOC) == 0) {
        continue;
      }
      List<Symbol> table =
          section.link() <= 0 || section.link() >= image.sections().size()
              ? List.of()
              : ElfSymbolTable.of(image, image.sections().get(section.link())).all();
      for (Relocation relocation : Relocation.all(image, section)) {
        relocate(memory, relocation, table);
      }
    }
  }

  private void relocate(AddressSpace memory, Relocation relocation, List<Symbol> table) {
    if (relocation.isNone() || relocation.type() == INDIRECT) {
      return; // the latter is settled by the program when it starts
    }
    String where = image.where() + " at 0x" + Long.toHexString(relocation.offset());
    long value = base;
    if (relocation.type() != RELATIVE) {
      if (relocation.symbol() < 0 || relocation.symbol() >= table.size()) {
        throw new InputException(where, "names a symbol that is not there");
      }
      value = value(table.get(relocation.symbol()));
    }
    long place = relocation.offset() + base;
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES);
    relocation.apply(bytes, 0, place, value + relocation.addend(), where);
    memory.poke(place, bytes.array());
  }

  private long value(Symbol symbol) {
    if (symbol.section() != ElfSymbolTable.UNDEFINED) {
      return symbol.value() + (symbol.section() == ElfSymbolTable.ABSOLUTE ? 0 : base);
    }
    Long address = given.get(symbol.name());
    if (address == null && !symbol.isWeak() && !symbol.name().isEmpty()) {
      throw new InputException(
          image.where(), "needs '" + symbol.name() + "'; give its address among the symbols");
    }
    return address == null ? 0 : address;
  }

  private Map<String, Long> symbols() {
    Map<String, Long> all = new HashMap<>();
    for (int type : new int[] {Section.SHT_SYMTAB, SHT_DYNSYM}) {
      for (Section section : image.sections()) {
        if (section.type() == type) {
          ElfSymbolTable.of(image, section).all().stream()
              .filter(s -> s.section() != ElfSymbolTable.UNDEFINED && s.isNamed())
              .forEach(s -> all.putIfAbsent(s.name(), value(s)));
        }
      }
    }
    return all;
  }
}
