package dev.axon64.machine.elf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A small program as a linker lays it out: five segments, six sections, 13 bytes of code (so that
 * one is ragged). Tests overwrite single fields.
 */
final class SampleElf {
  static final int SEGMENTS_AT = 64;
  static final int SEGMENT_COUNT = 5;
  static final int INTERPRETER_AT = SEGMENTS_AT + SEGMENT_COUNT * 56;
  static final String INTERPRETER = "/lib/ld-linux-aarch64.so.1";
  static final int CODE_AT = 384;
  static final int CODE_SIZE = 13;
  static final int DATA_AT = 400;
  static final int NAMES_AT = 416;
  static final String NAMES = "\0.interp\0.text\0.data\0.bss\0.shstrtab\0";
  static final int SECTIONS_AT = 456;
  static final int SECTION_COUNT = 6;
  static final int SIZE = SECTIONS_AT + SECTION_COUNT * 64;
  static final long BASE = 0x400000;
  static final int[] CODE = {0xd2800000, 0x8b000020, 0xd65f03c0};

  private final ByteBuffer file = ByteBuffer.allocate(SIZE).order(ByteOrder.LITTLE_ENDIAN);

  SampleElf() {
    file.put(0, new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 3});
    file.position(16).putShort((short) 2).putShort((short) 183).putInt(1);
    file.putLong(BASE + CODE_AT).putLong(SEGMENTS_AT).putLong(SECTIONS_AT).putInt(0);
    file.putShort((short) 64).putShort((short) 56).putShort((short) SEGMENT_COUNT);
    file.putShort((short) 64).putShort((short) SECTION_COUNT).putShort((short) 5);
    segment(Segment.PT_INTERP, Segment.PF_R, INTERPRETER_AT, INTERPRETER.length() + 1, 0, 1);
    segment(Segment.PT_LOAD, Segment.PF_R | Segment.PF_X, 0, CODE_AT + CODE_SIZE, 0, 0x1000);
    segment(Segment.PT_LOAD, Segment.PF_R | Segment.PF_W, DATA_AT, 8, 24, 0x1000);
    segment(Segment.PT_TLS, Segment.PF_R, DATA_AT, 4, 4, 8);
    segment(Segment.PT_GNU_STACK, Segment.PF_R | Segment.PF_W, 0, 0, 0, 16);
    file.put(INTERPRETER.getBytes(StandardCharsets.US_ASCII));
    file.position(CODE_AT);
    for (int word : CODE) {
      file.putInt(word);
    }
    file.put((byte) 0xee).position(DATA_AT).putLong(0x0123456789abcdefL);
    file.position(NAMES_AT).put(NAMES.getBytes(StandardCharsets.US_ASCII));
    file.position(SECTIONS_AT + 64);
    section(".interp", 1, 2, BASE + INTERPRETER_AT, INTERPRETER_AT, INTERPRETER.length() + 1);
    section(".text", 1, 6, BASE + CODE_AT, CODE_AT, CODE_SIZE);
    section(".data", 1, 3, BASE + DATA_AT, DATA_AT, 8);
    section(".bss", 8, 3, BASE + DATA_AT + 8, DATA_AT + 8, 24);
    section(".shstrtab", 3, 0, 0, NAMES_AT, NAMES.length());
  }

  private void segment(int type, int flags, long offset, long size, long extra, long alignment) {
    file.putInt(type).putInt(flags).putLong(offset).putLong(BASE + offset).putLong(BASE + offset);
    file.putLong(size).putLong(size + extra).putLong(alignment);
  }

  private void section(String name, int type, long flags, long address, long offset, long size) {
    file.putInt(NAMES.indexOf("\0" + name + "\0") + 1).putInt(type).putLong(flags);
    file.putLong(address).putLong(offset).putLong(size).putInt(0).putInt(0);
    file.putLong(1).putLong(0);
  }

  /** Overwrites a little-endian field of 1, 2, 4 or 8 bytes. */
  SampleElf with(int at, int size, long value) {
    for (int i = 0; i < size; i++) {
      file.put(at + i, (byte) (value >> 8 * i));
    }
    return this;
  }

  /** Overwrites a field of segment {@code index}. */
  SampleElf segment(int index, int field, int size, long value) {
    return with(SEGMENTS_AT + index * 56 + field, size, value);
  }

  /** Overwrites a field of section {@code index}. */
  SampleElf section(int index, int field, int size, long value) {
    return with(SECTIONS_AT + index * 64 + field, size, value);
  }

  /** As sstrip leaves it: no section table. */
  SampleElf withoutSections() {
    return with(40, 8, 0).with(60, 4, 0);
  }

  byte[] bytes() {
    return file.array().clone();
  }

  ElfImage parse() {
    return ElfImage.parse(bytes(), "given.elf");
  }
}
