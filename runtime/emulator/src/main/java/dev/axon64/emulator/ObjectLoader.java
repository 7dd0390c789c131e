package dev.axon64.emulator;

import dev.axon64.codegen.support.InputException;
import dev.axon64.machine.elf.ElfImage;
import dev.axon64.machine.elf.ElfSymbolTable;
import dev.axon64.machine.elf.ElfSymbolTable.Symbol;
import dev.axon64.machine.elf.Section;
import dev.axon64.machine.memory.AddressSpace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Links one object as a compiler makes it: lays its sections out, code first, then constants, then
 * variables, and settles what depends on where they lie.
 */
final class ObjectLoader {
  private final ElfImage image;
  private final long base;
  private final Map<String, Long> given;
  private final Map<Integer, Long> addresses = new HashMap<>();
  private final Map<Integer, byte[]> contents = new HashMap<>();
  private final Map<Long, Long> slots = new HashMap<>();
  private final List<Part> parts = new ArrayList<>();
  private final List<Symbol> symbols;
  private final Map<Integer, Long> common = new HashMap<>();
  private long end;
  private long slotsAt;

  /** Pages with one protection. */
  private record Part(long start, long end, int protection) {}

  ObjectLoader(ElfImage image, long base, Map<String, Long> given) {
    this.image = image;
    this.base = base;
    this.given = given;
    this.end = base;
    this.symbols =
        image.sections().stream()
            .filter(section -> section.type() == Section.SHT_SYMTAB)
            .findFirst()
            .map(section -> ElfSymbolTable.of(image, section).all())
            .orElse(List.of());
  }

  LoadedElf load(Emulator emulator) {
    place(Section.SHF_EXECINSTR, AddressSpace.READ | AddressSpace.EXECUTE);
    place(0, AddressSpace.READ);
    place(Section.SHF_WRITE, AddressSpace.READ | AddressSpace.WRITE);
    if (addresses.isEmpty()) {
      throw new InputException(image.where(), "is an object with nothing to load");
    }
    placeCommon();
    relocations().forEach(this::reserveSlots);
    long slotsEnd = pageAbove(slotsAt + Long.BYTES * (long) slots.size());
    relocations().forEach(this::settle);
    AddressSpace memory = emulator.memory();
    long last = Math.max(end, slotsEnd);
    MappedMemory.checkFree(memory, base, last - base);
    for (Part part : parts) {
      map(memory, part.start, part.end, part.protection);
    }
    map(memory, slotsAt & -AddressSpace.PAGE, slotsEnd, AddressSpace.READ | AddressSpace.WRITE);
    addresses.forEach((index, address) -> memory.poke(address, contents.get(index)));
    slots.forEach((value, slot) -> memory.poke(slot, bytes(value)));
    return new LoadedElf(image.where(), 0, base, last, names());
  }

  private void map(AddressSpace memory, long from, long to, int protection) {
    if (to > from) {
      memory.map(from, to - from, protection, image.where());
    }
  }

  private static byte[] bytes(long value) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
  }

  private static long pageAbove(long address) {
    return address + AddressSpace.PAGE - 1 & -AddressSpace.PAGE;
  }

  /** Places the sections of one kind on pages of their own. */
  private void place(long kind, int protection) {
    long start = end;
    long kinds = Section.SHF_EXECINSTR | Section.SHF_WRITE;
    for (Section section : image.sections()) {
      boolean wanted =
          (section.flags() & Section.SHF_ALLOC) != 0
              && (section.flags() & kinds) == kind
              && section.size() > 0;
      if (wanted) {
        long alignment = Math.max(1, section.alignment());
        end = end + alignment - 1 & -alignment;
        addresses.put(section.index(), end);
        byte[] bytes = new byte[Math.toIntExact(section.size())];
        if (section.isInFile()) {
          image.bytes(section.offset(), section.size()).get(bytes);
        }
        contents.put(section.index(), bytes);
        end += section.size();
      }
    }
    end = pageAbove(end);
    parts.add(new Part(start, end, protection));
  }

  /** Gives the variables room that have no section. The table of addresses comes behind them. */
  private void placeCommon() {
    long at = end;
    for (int i = 0; i < symbols.size(); i++) {
      Symbol symbol = symbols.get(i);
      if (symbol.section() == ElfSymbolTable.COMMON) {
        long alignment = Math.max(1, symbol.value());
        at = at + alignment - 1 & -alignment;
        common.put(i, at);
        at += symbol.size();
      }
    }
    slotsAt = at + Long.BYTES - 1 & -Long.BYTES;
  }

  /** The sections of relocations for what is loaded. */
  private List<Section> relocations() {
    return image.sections().stream()
        .filter(
            section ->
                section.type() == Relocation.SHT_RELA && addresses.containsKey(section.info()))
        .toList();
  }

  private void reserveSlots(Section section) {
    for (Relocation relocation : Relocation.all(image, section)) {
      if (relocation.isOfSlot()) {
        slots.computeIfAbsent(
            value(relocation), value -> slotsAt + Long.BYTES * (long) slots.size());
      }
    }
  }

  private void settle(Section section) {
    byte[] bytes = contents.get(section.info());
    for (Relocation relocation : Relocation.all(image, section)) {
      if (relocation.isNone()) {
        continue;
      }
      String where =
          "%s, section %d at 0x%x".formatted(image.where(), section.info(), relocation.offset());
      if (relocation.offset() < 0 || relocation.offset() > bytes.length - Integer.BYTES) {
        throw new InputException(where, "is damaged: a relocation lies outside of its section");
      }
      long value = value(relocation);
      int at = (int) relocation.offset();
      relocation.apply(
          ByteBuffer.wrap(bytes),
          at,
          addresses.get(section.info()) + at,
          relocation.isOfSlot() ? slots.get(value) : value,
          where);
    }
  }

  private long value(Relocation relocation) {
    int number = relocation.symbol();
    if (number < 0 || number >= symbols.size()) {
      throw new InputException(image.where(), "is damaged: there is no symbol " + number);
    }
    return address(number) + relocation.addend();
  }

  private long address(int number) {
    Symbol symbol = symbols.get(number);
    return switch (symbol.section()) {
      case ElfSymbolTable.UNDEFINED -> outside(symbol, number);
      case ElfSymbolTable.ABSOLUTE -> symbol.value();
      case ElfSymbolTable.COMMON -> common.get(number);
      default -> addresses.getOrDefault(symbol.section(), 0L) + symbol.value();
    };
  }

  private long outside(Symbol symbol, int number) {
    Long address = given.get(symbol.name());
    if (address == null && number != 0 && !symbol.isWeak()) {
      throw new InputException(
          image.where(), "needs '" + symbol.name() + "'; give its address among the symbols");
    }
    return address == null ? 0 : address;
  }

  private Map<String, Long> names() {
    Map<String, Long> names = new HashMap<>();
    for (int i = 0; i < symbols.size(); i++) {
      Symbol symbol = symbols.get(i);
      boolean loaded =
          addresses.containsKey(symbol.section())
              || symbol.section() == ElfSymbolTable.ABSOLUTE
              || symbol.section() == ElfSymbolTable.COMMON;
      if (loaded && symbol.isNamed()) {
        names.putIfAbsent(symbol.name(), address(i));
      }
    }
    return names;
  }
}
