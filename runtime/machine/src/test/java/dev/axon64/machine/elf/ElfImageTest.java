package dev.axon64.machine.elf;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.axon64.codegen.support.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ElfImageTest {
  private static final long CODE_ADDRESS = SampleElf.BASE + SampleElf.CODE_AT;

  @Test
  void readsTheHeader(@TempDir Path folder) throws IOException {
    Path file = Files.write(folder.resolve("program"), new SampleElf().bytes());
    ElfImage image = ElfImage.read(file);
    assertEquals(file.toString(), image.where());
    assertEquals(ElfImage.Type.EXECUTABLE, image.type());
    assertEquals(3, image.osAbi());
    assertEquals(CODE_ADDRESS, image.entry());
    assertEquals(SampleElf.SEGMENTS_AT, image.programHeaders());
    assertEquals(Optional.of(SampleElf.INTERPRETER), image.interpreter());
    assertEquals(0x0123456789abcdefL, image.bytes(SampleElf.DATA_AT, 8).getLong());
    assertEquals(SampleElf.SIZE, image.file().remaining());
    assertEquals(ElfImage.Type.RELOCATABLE, new SampleElf().with(16, 2, 1).parse().type());
    assertEquals(ElfImage.Type.SHARED, new SampleElf().with(16, 2, 3).parse().type());
    assertThrows(
        InputException.class, () -> ElfImage.read(folder.resolve("missing")), "no such file");
  }

  @Test
  void readsSegmentsInFull() {
    List<Segment> segments = new SampleElf().parse().segments();
    assertEquals(
        List.of(
            Segment.PT_INTERP,
            Segment.PT_LOAD,
            Segment.PT_LOAD,
            Segment.PT_TLS,
            Segment.PT_GNU_STACK),
        segments.stream().map(Segment::type).toList());
    long data = SampleElf.BASE + SampleElf.DATA_AT;
    assertEquals(new Segment(2, 1, 6, SampleElf.DATA_AT, data, data, 8, 32, 4096), segments.get(2));
    assertTrue(segments.get(1).isExecutable() && segments.get(1).isReadable());
    assertFalse(segments.get(1).isWritable());
    assertTrue(segments.get(2).isWritable() && !segments.get(2).isExecutable());
  }

  @Test
  void readsSections() {
    List<Section> sections = new SampleElf().parse().sections();
    assertEquals(
        List.of("", ".interp", ".text", ".data", ".bss", ".shstrtab"),
        sections.stream().map(Section::name).toList());
    assertEquals(
        new Section(2, ".text", 1, 6, CODE_ADDRESS, SampleElf.CODE_AT, 13, 0, 0, 1, 0),
        sections.get(2));
    assertTrue(sections.get(2).isCode() && sections.get(2).isInFile());
    assertFalse(sections.get(4).isInFile() || sections.get(3).isCode());
  }

  @Test
  void findsCodeInSectionsAndItsWords() {
    ElfImage image = new SampleElf().parse();
    assertEquals(
        List.of(new CodeRange(".text", CODE_ADDRESS, SampleElf.CODE_AT, SampleElf.CODE_SIZE)),
        image.executable());
    CodeWords words = image.words();
    assertArrayEquals(SampleElf.CODE, words.words());
    assertArrayEquals(
        new long[] {CODE_ADDRESS, CODE_ADDRESS + 4, CODE_ADDRESS + 8}, words.addresses());
    assertEquals(List.of("'.text': its last byte is no whole word and left out"), words.remarks());
  }

  @Test
  void remarksOnCodeThatIsNotAligned() {
    CodeWords words =
        new SampleElf().section(2, 16, 8, 0x1002).section(2, 32, 8, 11).parse().words();
    assertArrayEquals(Arrays.copyOf(SampleElf.CODE, 2), words.words());
    assertEquals(
        List.of(
            "'.text': its last 3 bytes are no whole word and left out",
            "'.text': begins at 0x1002, which is not a multiple of 4"),
        words.remarks());
  }

  @Test
  void readsCodeOfRelocatableObjects() {
    SampleElf object = new SampleElf().with(16, 2, 1).with(32, 8, 0).with(56, 2, 0);
    ElfImage image = object.section(2, 16, 8, 0).section(3, 8, 8, 6).section(3, 16, 8, 0).parse();
    assertEquals(List.of(), image.segments());
    CodeWords words = image.words();
    assertArrayEquals(new long[] {0, 4, 8, 0, 4}, words.addresses());
    assertEquals(0x89abcdef, words.words()[3]);
    assertEquals(0x01234567, words.words()[4]);
  }

  @Test
  void findsCodeInSegmentsWhereThereAreNoSections() {
    ElfImage image = new SampleElf().withoutSections().parse();
    assertEquals(List.of(), image.sections());
    int size = SampleElf.CODE_AT + SampleElf.CODE_SIZE;
    assertEquals(List.of(new CodeRange("segment 1", SampleElf.BASE, 0, size)), image.executable());
    assertEquals(size / 4, image.words().words().length);
    assertEquals(List.of(), new SampleElf().section(2, 8, 8, 2).parse().executable());
  }

  @Test
  void readsCountsThatDoNotFitInTheHeader() {
    SampleElf elf = new SampleElf().with(56, 2, 0xffff).with(60, 2, 0).with(62, 2, 0xffff);
    elf.section(0, 44, 4, SampleElf.SEGMENT_COUNT).section(0, 32, 8, SampleElf.SECTION_COUNT);
    ElfImage image = elf.section(0, 40, 4, 5).parse();
    assertEquals(new SampleElf().parse().segments(), image.segments());
    assertEquals(".text", image.sections().get(2).name());
  }

  @Test
  void readsSectionsWithoutNames() {
    List<Section> sections = new SampleElf().with(62, 2, 0).parse().sections();
    assertTrue(sections.stream().allMatch(s -> s.name().isEmpty()));
  }

  @ParameterizedTest
  @CsvSource({
    "62, x86-64",
    "3, 32-bit x86",
    "243, RISC-V",
    "21, 64-bit PowerPC",
    "999, machine number 999"
  })
  void refusesOtherMachines(int machine, String name) {
    refused(new SampleElf().with(18, 2, machine), "is for " + name + "; Axon64 reads AArch64");
  }

  @Test
  void refusesOtherWidthsAndOrders() {
    refused(new SampleElf().with(4, 1, 1), "is a 32-bit little-endian ELF for AArch64");
    refused(new SampleElf().with(4, 1, 1).with(18, 2, 40), "is for 32-bit Arm");
    refused(new SampleElf().with(5, 1, 2).with(18, 2, 183 << 8), "is a 64-bit big-endian ELF");
    refused(new SampleElf().with(5, 1, 2).with(18, 2, 22 << 8), "is for S/390");
    refused(new SampleElf().with(4, 1, 3), "damaged ELF header: class 3");
    refused(new SampleElf().with(5, 1, 0), "damaged ELF header: class 2, data encoding 0");
  }

  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "hello, is no ELF file",
    "#!/bin/sh, is a script",
    "!<arch>, is an archive of objects",
    "MZ, is a Windows or EFI program",
    "\u007fELF\u0002\u0001, ends inside its ELF header",
  })
  void refusesOtherFiles(String text, String complaint) {
    refused(text.getBytes(StandardCharsets.ISO_8859_1), complaint);
  }

  @Test
  void refusesMachO() {
    refused(new byte[] {(byte) 0xcf, (byte) 0xfa, (byte) 0xed, (byte) 0xfe}, "is a Mach-O");
  }

  @Test
  void refusesDamagedHeaders() {
    refused(new SampleElf().with(6, 1, 0), "its version is not 1");
    refused(new SampleElf().with(20, 4, 2), "its version is not 1");
    refused(new SampleElf().with(16, 2, 4), "is a core dump");
    refused(new SampleElf().with(16, 2, 0xfe00), "its type 65024 is none of");
    refused(new SampleElf().with(54, 2, 32), "segment headers have 32 bytes, not 56");
    refused(new SampleElf().with(58, 2, 40), "section headers have 40 bytes, not 64");
    refused(new SampleElf().with(56, 2, 100), "table of 100 segments at offset 64");
    refused(new SampleElf().with(32, 8, -1), "table of 5 segments at offset 18446744073709551615");
    refused(new SampleElf().with(32, 8, 0), "table of 5 segments at offset 0");
    refused(new SampleElf().with(40, 8, SampleElf.SIZE), "sections at offset 840 does not fit");
    refused(new SampleElf().with(40, 8, 0), "sections at offset 0 does not fit");
    refused(new SampleElf().with(60, 2, 7), "table of 7 sections");
    refused(new SampleElf().with(60, 2, 0).section(0, 32, 8, -1), "18446744073709551615 sections");
    refused(new SampleElf().with(62, 2, 6), "section names should be in section 6 of 6");
    refused(new SampleElf().with(62, 2, 2), "section 2 should hold names but is no string table");
  }

  @Test
  void refusesFilesCutShort() {
    byte[] bytes = new SampleElf().bytes();
    for (int length = 6; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      refused(cut, length < 64 ? "ends inside its ELF header" : "does not fit in " + length);
    }
  }

  @Test
  void refusesDamagedSections() {
    refused(new SampleElf().section(2, 24, 8, 830), "section 2 '.text' claims 13 bytes at offset");
    refused(new SampleElf().section(2, 24, 8, -4), "offset 18446744073709551612 of a file of 840");
    refused(new SampleElf().section(2, 32, 8, Long.MAX_VALUE), "claims 9223372036854775807 bytes");
    refused(new SampleElf().section(4, 16, 8, -8), "24 bytes at address 0xfffffffffffffff8 runs");
    refused(new SampleElf().section(3, 48, 8, 3), "alignment 3, which is no power of two");
    refused(new SampleElf().section(2, 0, 4, 999), "a section name does not end");
    refused(new SampleElf().section(2, 0, 4, -1), "a section name does not end");
    refused(new SampleElf().with(SampleElf.NAMES_AT + 35, 1, 'x'), "a section name does not end");
    new SampleElf().section(4, 16, 8, -24).parse();
  }

  @Test
  void refusesDamagedSegments() {
    refused(new SampleElf().segment(1, 8, 8, 4096).segment(1, 32, 8, 1), "segment 1 claims 1 byte");
    refused(new SampleElf().segment(1, 32, 8, -1), "claims 18446744073709551615 bytes");
    refused(new SampleElf().segment(2, 40, 8, 7), "8 bytes in the file but only 7 in memory");
    refused(new SampleElf().segment(3, 40, 8, 3), "4 bytes in the file but only 3 in memory");
    refused(new SampleElf().segment(2, 40, 8, -1), "runs past the end of memory");
    refused(new SampleElf().segment(2, 16, 8, 0x401000), "differ modulo its alignment 4096");
    refused(new SampleElf().segment(4, 48, 8, 24), "alignment 24, which is no power of two");
    refused(new SampleElf().segment(3, 0, 4, Segment.PT_INTERP), "PT_INTERP is not the path");
    refused(new SampleElf().segment(0, 32, 8, 1), "PT_INTERP is not the path");
    refused(new SampleElf().segment(0, 32, 8, 20), "PT_INTERP is not the path");
    refused(new SampleElf().with(SampleElf.INTERPRETER_AT + 3, 1, 0), "PT_INTERP is not the path");
    refused(new SampleElf().segment(4, 0, 4, Segment.PT_TLS), "2 segments of type 7");
  }

  @Test
  void keepsWhatItDoesNotKnowAndWhatOverlaps() {
    SampleElf elf = new SampleElf().segment(4, 0, 4, 0x70000002).segment(2, 8, 8, 0);
    ElfImage image = elf.segment(2, 16, 8, SampleElf.BASE).section(5, 8, 8, -1).parse();
    assertEquals(0x70000002, image.segments().get(4).type());
    assertEquals(-1, image.sections().get(5).flags());
    new SampleElf().segment(4, 0, 4, Segment.PT_NULL).segment(4, 8, 8, -1).parse();
  }

  @Test
  void refusesCodeThatMultipliesTheFile() {
    SampleElf elf = new SampleElf();
    for (int i = 1; i <= 4; i++) {
      elf.section(i, 4, 4, 1).section(i, 8, 8, 6).section(i, 24, 8, 0);
      elf.section(i, 32, 8, SampleElf.SIZE);
    }
    ElfImage image = elf.parse();
    InputException refusal = assertThrows(InputException.class, image::words);
    assertTrue(refusal.getMessage().contains("overlap and hold 3360 bytes in a file of 840"));
  }

  private static void refused(SampleElf elf, String complaint) {
    refused(elf.bytes(), complaint);
  }

  private static void refused(byte[] bytes, String complaint) {
    InputException refusal =
        assertThrows(InputException.class, () -> ElfImage.parse(bytes, "given.elf"));
    String message = refusal.getMessage();
    assertTrue(message.startsWith("given.elf: ") && message.contains(complaint), message);
    assertEquals(1, message.lines().count(), message);
  }
}
