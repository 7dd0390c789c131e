package dev.axon64.machine.elf;

import dev.axon64.codegen.support.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads and checks the three tables of an ELF file: header, segments, sections. */
final class ElfParser {
  private static final int SEGMENT_HEADER = 56;
  private static final int SECTION_HEADER = 64;

  /** The value in the header that stands for a count or index in section 0. */
  private static final int EXTENDED = 0xffff;

  private final String where;
  private final ByteBuffer file;
  private final long length;

  /** Whether only what a kernel reads is read: the header and what is to be loaded. */
  private final boolean toRun;

  private final Map<Long, String> names = new HashMap<>();
  private long nameBudget;

  ElfParser(byte[] bytes, String where, boolean toRun) {
    ElfIdentity.check(bytes, where);
    this.toRun = toRun;
    this.where = where;
    this.file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    this.length = bytes.length;
    // Names may share bytes, but cannot need much more than there are.
    this.nameBudget = 2L * bytes.length;
  }

  ElfImage image() {
    if (!toRun && (file.get(6) != 1 || file.getInt(20) != 1)) {
      throw damaged("its version is not 1");
    }
    long segmentsAt = file.getLong(32);
    long sectionsAt = file.getLong(40);
    List<Section> sections = toRun ? List.of() : sections(sectionsAt);
    List<Segment> segments = segments(segmentsAt, sections);
    return new ElfImage(
        where,
        type(),
        file.get(7) & 0xff,
        file.getInt(48),
        file.getLong(24),
        segments.isEmpty() ? 0 : segmentsAt,
        segments,
        sections,
        file);
  }

  private ElfImage.Type type() {
    int type = file.getShort(16) & 0xffff;
    return switch (type) {
      case 1 -> ElfImage.Type.RELOCATABLE;
      case 2 -> ElfImage.Type.EXECUTABLE;
      case 3 -> ElfImage.Type.SHARED;
      case 4 -> throw new InputException(where, "is a core dump; give the program it came from");
      default -> throw damaged("its type " + type + " is none of object, program and library");
    };
  }

  private List<Section> sections(long at) {
    if (at == 0 && file.getShort(60) == 0) {
      return List.of();
    }
    checkEntrySize("section", file.getShort(58) & 0xffff, SECTION_HEADER);
    checkTable("section", at, 1, SECTION_HEADER);
    long count = file.getShort(60) & 0xffff;
    if (count == 0) {
      count = file.getLong((int) at + 32);
    }
    checkTable("section", at, count, SECTION_HEADER);
    long nameTable = file.getShort(62) & 0xffff;
    if (nameTable == EXTENDED) {
      nameTable = file.getInt((int) at + 40) & 0xffffffffL;
    }
    if (nameTable != 0 && nameTable >= count) {
      throw damaged("its section names should be in section " + nameTable + " of " + count);
    }
    Section strings =
        nameTable == 0 ? null : section((int) at, (int) nameTable, "of section names");
    if (strings != null && strings.type() != Section.SHT_STRTAB) {
      throw damaged("section " + nameTable + " should hold names but is no string table");
    }
    List<Section> sections = new ArrayList<>((int) count);
    for (int i = 0; i < count; i++) {
      String name =
          strings == null ? "" : name(strings, file.getInt((int) at + i * SECTION_HEADER));
      sections.add(section((int) at, i, name));
    }
    return sections;
  }

  private Section section(int table, int index, String name) {
    int at = table + index * SECTION_HEADER;
    Section section =
        new Section(
            index,
            name,
            file.getInt(at + 4),
            file.getLong(at + 8),
            file.getLong(at + 16),
            file.getLong(at + 24),
            file.getLong(at + 32),
            file.getInt(at + 40),
            file.getInt(at + 44),
            file.getLong(at + 48),
            file.getLong(at + 56));
    if (section.type() == Section.SHT_NULL) {
      return section;
    }
    String called = "section " + index + " " + ElfImage.quoted(name);
    if (section.isInFile()) {
      checkPresent(called, section.offset(), section.size());
    }
    checkAddresses(called, section.address(), section.size());
    checkAlignment(called, section.alignment());
    return section;
  }

  private String name(Section strings, int offset) {
    long start = offset & 0xffffffffL;
    return names.computeIfAbsent(
        start,
        unused -> {
          long end = start;
          while (end < strings.size() && file.get((int) (strings.offset() + end)) != 0) {
            end++;
          }
          nameBudget -= end - start;
          if (end >= strings.size() || nameBudget < 0) {
            throw damaged("a section name does not end, or names overlap beyond reason");
          }
          byte[] text = new byte[(int) (end - start)];
          file.get((int) (strings.offset() + start), text);
          return new String(text, StandardCharsets.UTF_8);
        });
  }

  private List<Segment> segments(long at, List<Section> sections) {
    long count = file.getShort(56) & 0xffff;
    if (count == EXTENDED && !sections.isEmpty()) {
      count = sections.get(0).info() & 0xffffffffL;
    }
    if (count == 0) {
      return List.of();
    }
    checkEntrySize("segment", file.getShort(54) & 0xffff, SEGMENT_HEADER);
    checkTable("segment", at, count, SEGMENT_HEADER);
    List<Segment> segments = new ArrayList<>((int) count);
    for (int i = 0; i < count; i++) {
      segments.add(segment((int) at + i * SEGMENT_HEADER, i));
    }
    if (!toRun) {
      SegmentRules.checkSingles(segments, where);
    }
    return segments;
  }

  private Segment segment(int at, int index) {
    Segment segment =
        new Segment(
            index,
            file.getInt(at),
            file.getInt(at + 4),
            file.getLong(at + 8),
            file.getLong(at + 16),
            file.getLong(at + 24),
            file.getLong(at + 32),
            file.getLong(at + 40),
            file.getLong(at + 48));
    if (segment.type() == Segment.PT_NULL) {
      return segment;
    }
    String called = "segment " + index;
    if (toRun) {
      checkToRun(called, segment);
      return segment;
    }
    checkPresent(called, segment.offset(), segment.fileSize());
    checkAlignment(called, segment.alignment());
    if (segment.isLoad() || segment.type() == Segment.PT_TLS) {
      checkAddresses(called, segment.address(), segment.memorySize());
    }
    SegmentRules.check(segment, file, where);
    return segment;
  }

  /**
   * What a kernel asks for: a file may end within a segment, and others than these say anything.
   */
  private void checkToRun(String called, Segment segment) {
    if (segment.type() == Segment.PT_INTERP) {
      checkPresent(called, segment.offset(), segment.fileSize());
      SegmentRules.check(segment, file, where);
    }
    if (segment.isLoad()) {
      boolean ordered =
          segment.fileSize() >= 0
              && segment.fileSize() <= segment.memorySize()
              && segment.offset() >= 0
              && segment.offset() <= Long.MAX_VALUE - segment.fileSize();
      if (!ordered) {
        throw damaged(called + " has sizes that no memory has");
      }
      checkAddresses(called, segment.address(), segment.memorySize());
    }
  }

  private void checkEntrySize(String what, int stated, int wanted) {
    if (stated != wanted) {
      throw damaged("its " + what + " headers have " + stated + " bytes, not " + wanted);
    }
  }

  private void checkTable(String what, long at, long count, int entry) {
    if (at < ElfIdentity.HEADER || at > length || count < 0 || count > (length - at) / entry) {
      throw damaged(
          "its table of "
              + Long.toUnsignedString(count)
              + " "
              + what
              + "s at offset "
              + Long.toUnsignedString(at)
              + " does not fit in "
              + length
              + " bytes");
    }
  }

  /**
   * Checks that a part lies in the file, unless it is empty: linkers give a segment of zeroes an
   * offset past the file's end.
   */
  private void checkPresent(String called, long offset, long size) {
    if (size == 0) {
      return;
    }
    if (offset < 0 || size < 0 || size > length || offset > length - size) {
      throw damaged(
          called
              + " claims "
              + Long.toUnsignedString(size)
              + " bytes at offset "
              + Long.toUnsignedString(offset)
              + " of a file of "
              + length);
    }
  }

  /** Checks that addresses do not wrap around; the last byte may have the highest address. */
  private void checkAddresses(String called, long address, long size) {
    if (size != 0 && Long.compareUnsigned(address + (size - 1), address) < 0) {
      throw damaged(
          called
              + " of "
              + Long.toUnsignedString(size)
              + " bytes at address 0x"
              + Long.toHexString(address)
              + " runs past the end of memory");
    }
  }

  private void checkAlignment(String called, long alignment) {
    if (alignment != 0 && Long.bitCount(alignment) != 1) {
      throw damaged(
          called
              + " has alignment "
              + Long.toUnsignedString(alignment)
              + ", which is no power of two");
    }
  }

  private InputException damaged(String what) {
    return damaged(where, what);
  }

  static InputException damaged(String where, String what) {
    return new InputException(
        where, "is a damaged ELF file: " + what + "; copy the file again or link it again");
  }
}
